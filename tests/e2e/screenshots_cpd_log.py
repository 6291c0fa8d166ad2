"""Screens and papers of a person’s log: 05 and what opens from it."""

from datetime import date
from functools import partial
from typing import Any

from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.log import papers, queries
from staffdev_desktop.cpd.log.requests import queries as requests
from staffdev_desktop.cpd.log.rules import by_term, year_of_entry
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.cpd.log.panel import ALL, REQUESTS

AISHA = "Aisha Rahman"


def draw(screens: Any) -> None:
    """A person’s log, the whole form, everybody’s entries, a day for many, requests and what they open."""
    people = {person.name: person.id for person in screens.school.read(queries.people)}
    tab = screens.window.show_tab("cpd")
    panel = tab.show_view("log", people[AISHA])
    panel.focus_first()
    screens.take("05-cpd-portfolio")
    _dialog(screens, "05-a-every-field", panel.open_form)
    tab.show_view("log", ALL)
    screens.take("05-b-everybodys-entries")
    _dialog(screens, "05-c-a-day-for-many", panel.log_for_many)
    tab.show_view("log", REQUESTS)
    panel.focus_first()
    screens.take("05-d-requests")
    asked = panel.requests.model.rows()[0]
    for name, opened in (
        ("05-e-ask", panel.requests.ask_new),
        ("05-f-decide", partial(panel.requests.do_next, asked.id)),
        ("05-g-budgets", panel.requests.change_budgets),
        ("05-h-extra-hours", panel.extra_hours),
    ):
        _dialog(screens, name, opened)


def _dialog(screens: Any, name: str, opened: Any) -> None:
    opened()
    screens.take_dialog(name)
    screens.person.dialog.touched = False
    screens.close_dialogs()


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """A log sheet, the log of a year, slips to ask with, the requests, the list for payroll."""
    terms = school.read(settings.calendar).terms
    name = school.read(settings.school).name
    today = date(2026, 10, 20)
    printed = Printed(name, today.year, today, practice=True)
    people = school.read(queries.people)
    aisha = next(person for person in people if person.name == AISHA)
    entries = school.read(queries.entries, person_id=aisha.id)
    groups = by_term([row for row in entries if year_of_entry(row.details.done_on, terms) == today.year - 1], terms)
    [owed] = school.read(ledger.ledger, year=today.year - 1, person_id=aisha.id)
    terms_owed = tuple(papers.Owed(part.name, part.due, part.counted) for part in owed.terms)
    log = papers.YearOfLog(aisha, groups, school.read(queries.links, person_id=aisha.id, year=today.year - 1), terms_owed)
    asked, budgets = school.read(requests.requests, year=today.year), school.read(requests.budgets, year=today.year)
    first = date(today.year, 9, 1)
    extra = school.read(queries.extra_hours, first=first, last=today)
    numbers = {person.id: person.staff_number for person in people}
    return [
        ("14-cpd-log-sheet", papers.log_sheets((aisha,), [kind.name for kind in school.read(queries.kinds)], printed)),
        ("14b-cpd-log", papers.person_log_paper(log, Printed(name, today.year - 1, today, practice=True))),
        ("14c-cpd-slips", papers.request_slips((asked[0], None), printed)),
        ("14d-cpd-requests", papers.requests_paper(asked, budgets, printed)),
        ("14e-extra-hours", papers.extra_hours_paper(extra, papers.period_words(first, today), numbers, printed)),
    ]
