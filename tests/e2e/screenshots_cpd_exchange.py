"""Screens and papers of what comes in and goes out: a central spreadsheet, a matrix of courses, a person’s portfolio."""

from datetime import date, timedelta
from typing import Any

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.portfolio.papers import portfolio_paper, story_paper
from staffdev_desktop.cpd.portfolio.queries import portfolio
from staffdev_desktop.cpd.portfolio.story import story
from staffdev_desktop.exchange.writing import write_xlsx
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.cpd.importing.view import VIEW, Asked
from staffdev_desktop.ui.cpd.portfolio.dialogs import PortfolioDialog
from tests.e2e.person import wait

KAREN = "Karen Doyle"
HEADER = ("Staff member", "Date of training", "Hours", "Course title", "Type", "Provider", "Cost", "Impact on pupils")
COURSES = ("Name", "Post", "Safeguarding update 01/09/2026 (2h)", "Fire safety", "First aid", "Prevent")
TITLES = ("Reading aloud to a class", "Calm corridors", "Questions in mathematics", "Using the visualiser", "Working with parents")


def draw(screens: Any) -> None:
    """The preview of a list with its questions, the same of a matrix, and what is asked about a portfolio."""
    tab = screens.window.show_tab("cpd")
    people = screens.school.read(queries.people)
    for name, header, rows in (
        ("05-import-a-list", HEADER, _list(people)),
        ("05-import-b-matrix", COURSES, _matrix(people)),
    ):
        path = screens.path.parent / f"{name}.xlsx"
        path.write_bytes(write_xlsx("CPD", header, rows))
        tab.show_view(VIEW, Asked(path, "school"))
        wait(lambda: not jobs.jobs().running, "the preview of the sheet")
        screens.take(name)
    tab.show_view("school")
    log = tab.show_view("log", next(person.id for person in people if person.name == KAREN))
    log.portfolio()
    assert isinstance(screens.person.dialog, PortfolioDialog)
    screens.take_dialog("05-portfolio")
    screens.close_dialogs()


def _list(people: Any) -> list[tuple[Any, ...]]:
    """Thirty lines, some with something to answer or to mend."""
    made: list[tuple[Any, ...]] = []
    for line in range(30):
        name, title = people[(7 * line) % len(people)].name, TITLES[line % len(TITLES)]
        day = date(2026, 9, 3) + timedelta(days=line)
        kind = ("Course", "Drop-in", "Twilight", "Webinar")[line % 4]
        made.append(
            (name, day, ("45 min", 1.5, "1:15")[line % 3], title, kind, "Larkfield Hub", None, "Pupils finish the page" if line % 2 else "")
        )
    for line, change in ((3, {0: "K. Doyle"}), (9, {0: "K. Doyle"}), (5, {2: 25}), (6, {1: date(2027, 1, 4)}), (8, {0: "Zeb Quark"})):
        made[line] = tuple(change.get(place, cell) for place, cell in enumerate(made[line]))
    return made


def _matrix(people: Any) -> list[tuple[Any, ...]]:
    return [
        (
            person.name,
            person.posts,
            "x",
            date(2026, 9, 14) if line % 3 else None,
            ("yes", 6, "tbc")[line % 3],
            1 if line % 2 else date(2026, 10, 1),
        )
        for line, person in enumerate(people[:24])
    ]


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """One person’s portfolio with the evidence by standard, and their story."""
    karen = next(person.id for person in school.read(queries.people) if person.name == KAREN)
    today = clock.today()
    found = school.read(portfolio, person_id=karen)
    printed = Printed(school.read(settings.school).name, year_of(today), today, practice=True)
    return [
        ("17-cpd-portfolio", portfolio_paper(found, printed, standards=True)),
        ("17b-my-development", story_paper(found, story(found), printed)),
    ]
