"""What the view prints: the log of a person, sheets and slips to fill in by hand."""

from functools import partial

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryRow
from staffdev_desktop.cpd.log.rules import by_term, year_of_entry
from staffdev_desktop.kernel import clock
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.report_printer import ReportPrinter

PRINTS = (
    ("Log &of this person, on paper…", "print_log"),
    ("Log &sheet to fill in by hand…", "print_sheet"),
    ("S&lips to ask on paper…", "print_slips"),
    ("&Requests as shown, on paper…", "print_requests"),
    ("Requests as shown, as a spreadshee&t…", "save_requests"),
    ("&Extra hours to pay…", "extra_hours"),
    ("Port&folio, package or draft…", "portfolio"),
    ("Log s&heet to fill in at home, Excel…", "save_sheets"),
    ("The whole log as a sprea&dsheet…", "save_log"),
    ("Take &in a spreadsheet…", "take_in_spreadsheet"),
)


class LogPrinter(ReportPrinter):
    """Draws the papers of the log for whoever is shown."""

    def print_log(self, person: CpdPerson, rows: tuple[EntryRow, ...], year: int, ledger: PersonLedger | None = None) -> None:
        """The log of one person for a year, with what its ledger says is owed."""
        from staffdev_desktop.cpd.log import papers, sheets

        terms = self._school.read(settings.calendar).terms
        groups = by_term([row for row in rows if year_of_entry(row.details.done_on, terms) == year], terms)
        links = self._school.read(queries.links, person_id=person.id, year=year)
        terms_owed = ledger.terms if ledger and ledger.whole.due else ()
        owed = tuple(papers.Owed(part.name, part.due, part.counted) for part in terms_owed)
        log = papers.YearOfLog(person, groups, links, owed)
        texts = (person.name, person.posts, *(words for row in rows for words in (row.details.activity, row.details.impact, row.kind)))
        name = sheets.file_name(sheets.LOG, person.staff_number or person.id, clock.today())
        self.show(partial(papers.person_log_paper, log), year=year, title=papers.LOG, file_name=name, texts=texts)

    def print_sheets(self, people: tuple[CpdPerson | None, ...], year: int) -> None:
        """A sheet for each of these people."""
        from staffdev_desktop.cpd.log import papers, sheets

        kinds = tuple(kind.name for kind in self._school.read(queries.kinds))
        only = people[0].staff_number if len(people) == 1 and people[0] else year
        name = sheets.file_name(sheets.SHEET, only, clock.today())
        texts = tuple(person.name for person in people if person)
        self.show(partial(papers.log_sheets, people, kinds), year=year, title=papers.SHEET, file_name=name, texts=texts)

    def print_slips(self, slips: tuple, year: int) -> None:
        """Slips to ask with: requests, people or None for a blank one."""
        from staffdev_desktop.cpd.log import papers, sheets

        name = sheets.file_name(sheets.SLIPS, year, clock.today())
        texts = tuple(slip.name for slip in slips if slip)
        self.show(partial(papers.request_slips, slips), year=year, title=papers.SLIPS, file_name=name, texts=texts)
