"""Screens and papers of the School view of CPD: who is behind and why, quality assurance, figures."""

from dataclasses import replace
from functools import partial
from typing import Any

from staffdev_desktop.cpd.ledger import papers, queries
from staffdev_desktop.cpd.ledger.figures import by_group, most_behind_first
from staffdev_desktop.cpd.ledger.rows import WHOLE_YEAR
from staffdev_desktop.cpd.quality import papers as quality_papers
from staffdev_desktop.cpd.quality import queries as quality
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.cpd.school.figures_view import PROGRAMMES

HANNAH, TICKED = "Hannah Cole", 3


def draw(screens: Any) -> None:
    """Who is behind, why, the absences; the queue with its ticks, a check; results, programmes, a score."""
    panel = screens.window.show_tab("cpd").show_view("school")
    panel.show_part("hours")
    screens.take("05-school")
    hannah = next(row.id for row in panel.hours.ledgers if row.person.name == HANNAH)
    _dialog(screens, "05-school-b-why", partial(panel.hours.say_why, hannah))
    panel.show_part("checks", "to check")
    screens.take("05-school-c-to-check")
    model = panel.checks.model
    model.set_ticked([model.id_at(place) for place in range(TICKED)])
    screens.take("05-school-d-ticked")
    model.clear_ticks()
    _dialog(screens, "05-school-e-check", partial(panel.checks.check_entry, model.id_at(0)))
    panel.show_part("figures")
    screens.take("05-school-f-results")
    panel.figures.shown.set_value(PROGRAMMES)
    panel.figures.shown.edited.emit(PROGRAMMES)
    screens.take("05-school-g-programmes")
    _dialog(screens, "05-school-h-score", partial(panel.figures.score, panel.figures.programmes[0].id))
    panel.show_part("hours")


def _dialog(screens: Any, name: str, opened: Any) -> None:
    opened()
    screens.take_dialog(name)
    screens.close_dialogs()


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """Everybody’s hours, why one person is behind, entries to check, what it was worth, programmes."""
    today = clock.today()
    year, own = year_of(today), school.read(settings.school)
    printed = Printed(own.name, year, today, practice=True)
    ledgers = most_behind_first(school.read(queries.ledger, year=year))
    hannah = next(row for row in ledgers if row.person.name == HANNAH)
    rows = school.read(quality.checks, year=year)
    waiting = [row for row in rows if row.entry.status == "To check"]
    last_year = [row.entry for row in school.read(quality.checks, year=year - 1)]
    return [
        ("16-hours-of-cpd", papers.hours_paper(ledgers, by_group(ledgers), "Everybody", printed)),
        ("16b-why-behind", papers.why_paper(hannah, WHOLE_YEAR, printed)),
        ("16c-cpd-to-check", quality_papers.checks_paper(waiting, "To check", printed)),
        ("16d-what-cpd-was-worth", quality_papers.results_paper(last_year, own.minimum_group, "", replace(printed, year=year - 1))),
        ("16e-programmes", quality_papers.programmes_paper(school.read(quality.programmes), printed)),
    ]
