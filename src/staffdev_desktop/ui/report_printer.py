"""Reports on paper, shown first, and as spreadsheets. File names and the print queue carry numbers, never a name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs, messages, preview


@dataclass(frozen=True)
class Drawn:
    """A paper and what it is called."""

    pdf: bytes
    title: str
    file_name: str
    texts: tuple[str, ...]


class ReportPrinter(QObject):
    """Draws reports on the worker thread and shows them; saves lists as spreadsheets."""

    def __init__(self, school, hub, page) -> None:
        super().__init__(page)
        self._school, self._hub, self._page = school, hub, page

    def show(self, draw: Callable[[object], bytes], *, year: int, title: str, file_name: str, texts: Iterable[str] = ()) -> None:
        """Show the paper that `draw(printed)` makes; `printed` says for which school and day."""
        from staffdev_desktop.papers.reports import Printed  # ReportLab is loaded with the first paper

        school = self._school.read(settings.school)
        printed = Printed(school.name, year, clock.today(), self._school.read(settings.logo), self._school.practice)
        words = (school.name, *texts)

        def work(_tell: jobs.Tell) -> Drawn:
            return Drawn(draw(printed), title, file_name, words)

        jobs.run(work, title="Preparing the paper", on_done=self._drawn)

    def _drawn(self, drawn: Drawn) -> None:
        queue_title = drawn.file_name.removesuffix(".pdf")
        preview.show_paper(self._page, drawn.pdf, title=drawn.title, file_name=drawn.file_name, queue_title=queue_title, texts=drawn.texts)

    def save_sheet(self, content: bytes, *, file_name: str) -> Path | None:
        """Ask where to, and write the spreadsheet whole or not at all. Returns where it is, or None."""
        chosen = messages.save_file(self._page, "Save as a spreadsheet", suggested=Path.home() / file_name, kinds="Spreadsheets (*.xlsx)")
        if chosen is None:
            return None
        to = chosen if chosen.suffix.casefold() == ".xlsx" else chosen.with_name(chosen.name + ".xlsx")
        try:
            replace_file(to, content)
        except FileProblem as error:
            messages.problem(self._page, error)
            return None
        self._hub.notify(
            f"{to.name} is saved", "It lies outside the school’s encrypted file: keep it where only those who need it can read it."
        )
        return to
