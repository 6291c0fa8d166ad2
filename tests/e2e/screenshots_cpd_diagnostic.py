"""Screens and papers of the diagnostic: 05c, the board of the round, keying in, agreeing, the loop, and what opens from them."""

from typing import Any

from staffdev_desktop.cpd.diagnostic import papers, rules
from staffdev_desktop.cpd.diagnostic.queries import loop, people, rounds
from staffdev_desktop.cpd.diagnostic.rows import Stage
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.kernel import clock
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings

AISHA = "Aisha Rahman"


def draw(screens: Any) -> None:
    """Aisha Rahman’s trend first, as in the picture; then every other page, and the dialogs."""
    panel = screens.window.show_tab("cpd").show_view("diagnostic")
    aisha = next(person.id for person in screens.school.read(log.people) if person.name == AISHA)
    panel.go_to(aisha)
    panel.focus_first()
    screens.take("05c-diagnostic-trend")
    for key in ("board", "agreed", "loop", "ideas"):
        panel.choose.button(key).click()
        screens.take(f"05c-{key}")
    panel.choose.button("board").click()
    panel.page.key_in.click()
    screens.take("05c-key-in-a-team")
    panel.page.back.click()
    row = next(line for line in panel.page.model.shown_rows() if line.row.stage is Stage.MANAGER_IN)
    panel.page.table.opened.emit(row.id)
    screens.take("05c-agree-together")
    panel.page.back.click()
    for name, opened in (("05c-begin-a-round", panel.add_new), ("05c-areas", panel.edit_areas)):
        opened()
        screens.take_dialog(name)
        screens.person.dialog.touched = False
        screens.close_dialogs()


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """A sheet before and after, the chase list, a trend, agreed CPD, the loop with names and without."""
    newest = school.read(rounds.rounds)[0]
    printed = Printed(school.read(settings.school).name, newest.year, clock.today(), practice=True)
    records = school.read(people.records, round_id=newest.id)
    aisha = next(record for record in records if record.board.name == AISHA)
    empty = next(record for record in records if record.board.stage is Stage.SHEET_OUT)
    found, minimum = school.read(loop.loop, round_id=newest.id), school.read(settings.school).minimum_group
    chases = school.read(rounds.chases, round_id=newest.id)
    trend = school.read(people.trend, person_id=aisha.board.person_id)
    number = school.read(people.staff_number, person_id=aisha.board.person_id)
    figures = rules.loop_figures(found.rows, minimum)
    return [
        ("16-diagnostic-sheets", papers.sheets_paper([empty, aisha], printed)),
        ("16b-diagnostic-chase-list", papers.chase_paper(chases, printed, round_name=newest.name)),
        ("16c-diagnostic-trend", papers.trend_paper(trend, printed, staff_number=number)),
        ("16d-agreed-cpd", papers.agreed_paper(school.read(loop.agreed_cpd), printed)),
        ("16e-the-loop", papers.loop_paper(found, found.rows, printed)),
        ("16f-the-loop-in-figures", papers.loop_figures_paper(found, figures, printed, minimum=minimum)),
    ]
