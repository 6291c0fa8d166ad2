"""Makes what is handed out of somebody’s CPD, on the worker thread, and shows or saves it. File names carry numbers, never a name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.exporting import write_log
from staffdev_desktop.cpd.log.person_sheet import write_person_sheet
from staffdev_desktop.cpd.log.rules import STRANDS, year_of_entry
from staffdev_desktop.cpd.log.sheets import LOG, file_name
from staffdev_desktop.cpd.portfolio.package import as_zip, package
from staffdev_desktop.cpd.portfolio.pages import page as whole_page
from staffdev_desktop.cpd.portfolio.queries import portfolio
from staffdev_desktop.cpd.portfolio.rows import Portfolio
from staffdev_desktop.cpd.portfolio.story import TITLE, story, story_html, story_text
from staffdev_desktop.exchange.tokens import LogToken
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import YEAR_TURNS_IN, year_of
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.report_printer import ReportPrinter

OUTSIDE = "It lies outside the school’s encrypted file: keep it where only those who need it can read it."


class Kind(StrEnum):
    """What can be made."""

    PAPER = "A tidy paper (PDF)"
    PACKAGE = "A package to take along (ZIP)"
    STORY_PAPER = "My development: a draft in time order (PDF)"
    STORY_PAGE = "My development: a draft to edit (web page)"
    STORY_TEXT = "My development: a draft to edit (text)"
    SHEET = "A log sheet to fill in at home (Excel)"
    LOG = "The log as a spreadsheet (Excel)"
    LOG_CSV = "The log as a spreadsheet (CSV)"


_FILES = {
    Kind.PACKAGE: ("cpd-portfolio", "zip", "Packages (*.zip)"),
    Kind.STORY_PAGE: ("my-development", "html", "Web pages (*.html)"),
    Kind.STORY_TEXT: ("my-development", "txt", "Text (*.txt)"),
    Kind.SHEET: ("cpd-log-sheet", "xlsx", "Spreadsheets (*.xlsx)"),
    Kind.LOG: (LOG, "xlsx", "Spreadsheets (*.xlsx)"),
    Kind.LOG_CSV: (LOG, "csv", "Spreadsheets (*.csv)"),
}


@dataclass(frozen=True)
class Asked:
    """What is to be made of whom: `year` is the academic year, or None for all of them. A log sheet is always for one year."""

    kind: Kind
    person_id: int
    year: int | None
    standards: bool = False


class PortfolioMaker(QObject):
    """Belongs to the page that asks."""

    def __init__(self, school, hub, page) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page
        self._printer = ReportPrinter(school, hub, page)

    def make(self, asked: Asked) -> None:
        """Show a paper, or ask where a file goes and write it."""
        found = self._school.read(portfolio, person_id=asked.person_id, **_between(asked.year))
        number = found.person.staff_number or str(found.person.id)
        if asked.kind in (Kind.PAPER, Kind.STORY_PAPER):
            self._show(asked, found, number)
            return
        self._save(asked.kind, number, self._content(asked, found))

    def save_whole_log(self, year: int | None, kind: Kind = Kind.LOG) -> None:
        """Ask where the log of everybody whom the user may see goes, of one academic year or of all, and write it."""
        school = self._school

        def content(_tell: jobs.Tell) -> bytes:
            people = {person.id: person for person in school.read(queries.people, here_only=False)}
            return write_log(school.read(queries.entries, **_between(year)), people, f"log.{_FILES[kind][1]}")

        self._save(kind, "school" if year is None else str(year), content)

    def _save(self, kind: Kind, what: str, content: Callable[[jobs.Tell], bytes]) -> None:
        """Ask where it goes, and write it whole or not at all."""
        start, ending, kinds = _FILES[kind]
        suggested = Path.home() / file_name(start, what, clock.today(), ending)
        chosen = messages.save_file(self._page, "Where should it go?", suggested=suggested, kinds=kinds)
        if chosen is None:
            return
        to = chosen if chosen.suffix else chosen.with_suffix(f".{ending}")

        def work(tell: jobs.Tell) -> Path:
            replace_file(to, content(tell))
            return to

        jobs.run(work, title="Putting it together", on_done=self._written)

    def _show(self, asked: Asked, found: Portfolio, number: str) -> None:
        def draw(printed) -> bytes:
            from staffdev_desktop.cpd.portfolio.papers import portfolio_paper, story_paper  # ReportLab is loaded with the first paper

            if asked.kind is Kind.STORY_PAPER:
                return story_paper(found, story(found), printed)
            return portfolio_paper(found, printed, standards=asked.standards)

        start = "my-development" if asked.kind is Kind.STORY_PAPER else "cpd-portfolio"
        title = "My development" if asked.kind is Kind.STORY_PAPER else "CPD portfolio"
        year = asked.year if asked.year is not None else year_of(clock.today())
        texts = [found.person.name, *(row.details.activity for row in found.entries), *(row.details.impact for row in found.entries)]
        self._printer.show(draw, year=year, title=title, file_name=file_name(start, number, clock.today()), texts=texts)

    def _written(self, to: Path) -> None:
        self._hub.notify(f"{to.name} is saved", OUTSIDE)

    def _content(self, asked: Asked, found: Portfolio) -> Callable[[jobs.Tell], bytes]:
        """What makes the bytes, on the worker thread."""
        name = found.person.name
        if asked.kind is Kind.PACKAGE:
            return self._package(asked, found)
        if asked.kind is Kind.STORY_PAGE:
            return lambda _tell: whole_page(TITLE, story_html(story(found), name))
        if asked.kind is Kind.STORY_TEXT:
            return lambda _tell: b"\xef\xbb\xbf" + story_text(story(found), name).encode()
        if asked.kind is Kind.SHEET:
            year = asked.year if asked.year is not None else year_of(clock.today())
            token = LogToken(found.person.id, year, self._school.file_id)
            entries = tuple(row for row in found.entries if year_of_entry(row.details.done_on, found.terms) == year)
            kinds = self._school.read(queries.kinds)
            key = self._school.form_key
            return lambda _tell: write_person_sheet(name, token, key, entries=entries, kinds=kinds, strands=STRANDS)
        ending = "log.csv" if asked.kind is Kind.LOG_CSV else "log.xlsx"
        return lambda _tell: write_log(found.entries, {found.person.id: found.person}, ending)

    def _package(self, asked: Asked, found: Portfolio) -> Callable[[jobs.Tell], bytes]:
        school, today = self._school, clock.today()
        logo = school.read(settings.logo)

        def content(tell: jobs.Tell) -> bytes:
            from staffdev_desktop.cpd.portfolio.papers import portfolio_paper
            from staffdev_desktop.papers.reports import Printed

            year = asked.year if asked.year is not None else year_of(today)
            pdf = portfolio_paper(found, Printed(found.school, year, today, logo, school.practice), standards=asked.standards)
            items = package(found, pdf, lambda number: school.read(queries.evidence_content, evidence_id=number), today)
            whole, done = 5 + len(found.evidence), iter(range(1, 6 + len(found.evidence)))
            return as_zip(items, today, lambda _name: tell(next(done), whole, "Packing"))

        return content


def _between(year: int | None) -> dict[str, date | None]:
    if year is None:
        return {"first": None, "last": None}
    return {"first": date(year, YEAR_TURNS_IN, 1), "last": date(year + 1, YEAR_TURNS_IN - 1, 31)}
