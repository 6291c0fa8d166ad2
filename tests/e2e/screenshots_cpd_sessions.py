"""Screens and papers of sessions and programmes."""

from collections.abc import Callable
from datetime import date
from typing import Any

from staffdev_desktop.cpd.programmes import papers, queries
from staffdev_desktop.cpd.programmes.enrolments import papers as progress
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.kernel import clock
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings

YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def draw(screens: Any) -> None:
    """The calendar with its dialogs, programmes with theirs, topics."""
    panel = screens.window.show_tab("cpd").show_view("sessions")
    calendar, programmes = panel.calendar, panel.programmes
    panel.focus_first()
    screens.take("05d-sessions")
    _dialog(screens, "05d-a-plan-a-session", calendar.plan)
    calendar.show_session(next(row.id for row in calendar.year_rows() if row.waiting))
    screens.take("05d-b-a-session-that-is-full")
    calendar.show_session(next(row.id for row in calendar.year_rows() if row.present > 5))
    _dialog(screens, "05d-c-attendance", lambda: calendar.do("attendance"))
    panel.go_to("programmes")
    screens.take("05e-programmes")
    programmes.list.choose(next(each.id for each in programmes.list_model.rows() if each.name == "Middle-leader programme"))
    screens.take("05e-a-middle-leaders")
    for name, opened in (
        ("05e-b-mark-a-part", programmes.mark_part),
        ("05e-c-enrol-people", programmes.enrol),
        ("05e-d-how-it-ended", programmes.end.click),
        ("05e-e-change-a-programme", programmes.edit.click),
    ):
        _dialog(screens, name, opened)
    panel.go_to("topics")
    screens.take("05f-topics")


def _dialog(screens: Any, name: str, opened: Callable[[], object]) -> None:
    opened()
    screens.take_dialog(name)
    screens.person.dialog.touched = False
    screens.close_dialogs()


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """The calendar, a sign-in sheet, certificates, progress on programmes."""
    printed = Printed(school.read(settings.school).name, YEAR[0].year, clock.today(), practice=True)
    rows = school.read(queries.sessions, first=YEAR[0], last=YEAR[1])
    full, held = next(row for row in rows if row.waiting), next(row for row in rows if row.present > 5)
    there = [place for place in school.read(queries.places, session_id=held.id) if place.present][:1]
    people = school.read(enrolments.enrolments)
    found = [(each, [row for row in people if row.programme_id == each.id]) for each in school.read(enrolments.programmes)]
    certificates = papers.certificates(held, [papers.Attended(each.name, each.posts) for each in there], printed, lambda *_words: None)
    return [
        ("16-calendar-of-cpd", papers.calendar_paper(rows, school.read(settings.calendar).terms, printed)),
        ("16b-sign-in-sheet", papers.sign_in_sheet(full, school.read(queries.places, session_id=full.id), printed)),
        ("16c-certificate", certificates),
        ("16d-progress", progress.progress_paper([(each, theirs) for each, theirs in found if theirs], printed)),
    ]
