"""What the view prints and saves: the calendar, sheets to sign in on, certificates, progress; lists and calendar files."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from staffdev_desktop.cpd.programmes import queries
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, ProgrammeRow
from staffdev_desktop.cpd.programmes.rows import SessionRow
from staffdev_desktop.exchange import calendars
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs, messages
from staffdev_desktop.ui.cpd.sessions.calendar_model import texts_of
from staffdev_desktop.ui.report_printer import Drawn, ReportPrinter

ICS = "Calendar files (*.ics)"


class SessionsPrinter(ReportPrinter):
    """Draws the papers of sessions and programmes, and writes their files."""

    def print_calendar(self, rows: Sequence[SessionRow], year: int) -> None:
        """The year on one page."""
        from staffdev_desktop.cpd.programmes import papers, sheets

        terms = self._school.read(settings.calendar).terms
        name = sheets.file_name("cpd-calendar", year, clock.today())
        self.show(
            partial(papers.calendar_paper, tuple(rows), terms), year=year, title=papers.CALENDAR, file_name=name, texts=texts_of(rows)
        )

    def print_sign_in(self, row: SessionRow, year: int) -> None:
        """The sheet to sign in on."""
        from staffdev_desktop.cpd.programmes import papers, sheets

        places = self._school.read(queries.places, session_id=row.id)
        name = sheets.file_name("cpd-sign-in", row.id, clock.today())
        texts = (*texts_of([row]), *(words for place in places for words in (place.name, place.posts)))
        self.show(partial(papers.sign_in_sheet, row, places), year=year, title=papers.SIGN_IN, file_name=name, texts=texts)

    def print_certificates(self, row: SessionRow, year: int) -> None:
        """A certificate for each who was there, drawn one by one on the worker thread; Stop ends it."""
        from staffdev_desktop.cpd.programmes import papers, sheets
        from staffdev_desktop.papers.reports import Printed

        there = [place for place in self._school.read(queries.places, session_id=row.id) if place.present]
        if not there:
            messages.tell(self._page, "Nobody was there", "Take the attendance first: each person ticked gets a certificate.")
            return
        school = self._school.read(settings.school)
        printed = Printed(school.name, year, clock.today(), self._school.read(settings.logo), self._school.practice)
        people = [papers.Attended(place.name, place.posts) for place in there]
        texts = (school.name, *texts_of([row]), *(words for person in people for words in (person.name, person.posts)))
        name = sheets.file_name("cpd-certificates", row.id, clock.today())

        def work(tell: jobs.Tell) -> Drawn:
            return Drawn(papers.certificates(row, people, printed, tell), papers.CERTIFICATE, name, texts)

        jobs.run(work, title="Drawing certificates", on_done=self._drawn)

    def print_progress(self, found: Sequence[tuple[ProgrammeRow, Sequence[EnrolmentRow]]], year: int) -> None:
        """How far everybody on these programmes is."""
        from staffdev_desktop.cpd.programmes import sheets
        from staffdev_desktop.cpd.programmes.enrolments import papers

        rows = [row for _, theirs in found for row in theirs]
        name = sheets.file_name("cpd-programmes", year, clock.today())
        texts = _texts_of_people(rows)
        self.show(partial(papers.progress_paper, tuple(found)), year=year, title=papers.PROGRESS, file_name=name, texts=texts)

    def print_person(self, rows: Sequence[EnrolmentRow], year: int) -> None:
        """The programmes of one person."""
        from staffdev_desktop.cpd.programmes import sheets
        from staffdev_desktop.cpd.programmes.enrolments import papers

        name = sheets.file_name("cpd-programmes-of", rows[0].person_id, clock.today())
        self.show(
            partial(papers.person_paper, tuple(rows)), year=year, title=papers.OF_PERSON, file_name=name, texts=_texts_of_people(rows)
        )

    def save_sessions(self, rows: Sequence[SessionRow], year: int) -> None:
        """The calendar as a spreadsheet."""
        from staffdev_desktop.cpd.programmes import sheets

        self.save_sheet(sheets.sessions_sheet(rows, year), file_name=sheets.file_name("cpd-calendar", year, clock.today(), "xlsx"))

    def save_progress(self, rows: Sequence[EnrolmentRow], year: int) -> None:
        """Who is on which programme as a spreadsheet."""
        from staffdev_desktop.cpd.programmes import sheets

        self.save_sheet(sheets.progress_sheet(rows, year), file_name=sheets.file_name("cpd-programmes", year, clock.today(), "xlsx"))

    def save_calendar(self, rows: Sequence[SessionRow], what: int | str) -> Path | None:
        """Sessions as a calendar file for Outlook and telephones. Returns where it is, or None."""
        from staffdev_desktop.cpd.programmes import sheets

        file_id = read_facts(SchoolFolder(self._school.path)).file_id
        try:
            content = sheets.calendar_of(rows, file_id=file_id, written_at=clock.now())
            if content is None:
                raise UserError("None of these sessions has a time yet. A calendar needs one: enter when it begins.")
            chosen = messages.save_file(
                self._page, "Save for a calendar", suggested=Path.home() / calendars.file_name(f"CPD-{what}"), kinds=ICS
            )
            if chosen is None:
                return None
            to = chosen if chosen.suffix.casefold() == calendars.SUFFIX else chosen.with_name(chosen.name + calendars.SUFFIX)
            calendars.write_files(to.parent, {to.name: content})
        except (UserError, FileProblem) as error:
            messages.problem(self._page, error)
            return None
        left_out = sum(row.details.starts_at is None for row in rows)
        words = f"{count_of(left_out, 'session')} without a time left out." if left_out else "It names sessions and places, and no people."
        self._hub.notify(f"{to.name} is saved", words)
        return to


def _texts_of_people(rows: Sequence[EnrolmentRow]) -> tuple[str, ...]:
    return tuple(words for row in rows for words in (row.name, row.posts, row.programme, row.details.mentor, row.cohort))
