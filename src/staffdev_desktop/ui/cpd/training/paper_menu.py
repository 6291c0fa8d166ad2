"""The papers and spreadsheets of training."""

from collections.abc import Sequence
from functools import partial

from staffdev_desktop.cpd.training.rows import Matrix, MatrixRow
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.report_printer import ReportPrinter

PAPERS = (
    ("&Matrix as shown, for an inspection…", "matrix_paper"),
    ("Training to &arrange by the end of next term…", "due_paper"),
    ("What the person chosen &owes…", "owed_here_paper"),
    ("What &each person shown owes, a sheet for each…", "owed_paper"),
    ("Matrix as shown, as a &spreadsheet…", "matrix_sheet"),
    ("Training to arrange, as a s&preadsheet…", "due_sheet"),
)


class TrainingPapers:
    """One method for each entry of the menu: it takes the matrix and the rows shown."""

    def __init__(self, school, hub, panel) -> None:
        self._school, self._hub, self._panel = school, hub, panel
        self.printer = ReportPrinter(school, hub, panel)

    def matrix_paper(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """The matrix, as it is filtered and ordered on screen."""
        from staffdev_desktop.cpd.training import papers, sheets

        draw = partial(papers.matrix_paper, matrix, rows, self._school.actor.name)
        self._show(draw, "Training of staff", sheets.file_name(sheets.MATRIX, matrix.today), matrix, rows)

    def due_paper(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """What is to be arranged for the people shown."""
        from staffdev_desktop.cpd.training import papers, sheets

        lines, until = self._due(matrix, rows)
        draw = partial(papers.due_paper, lines, until, self._school.actor.name)
        self._show(draw, "Training to arrange", sheets.file_name(sheets.DUE, matrix.today), matrix, rows)

    def owed_here_paper(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """What the person owes in whose row the keyboard is; else the first one shown."""
        here = self._panel.table.here()
        self._owed(matrix, [row for row in rows if here is None or row.id == here[0]][:1])

    def owed_by(self, matrix: Matrix, person_id: int) -> None:
        """What one person owes, still to begin or not."""
        self._owed(matrix, [row for row in (*matrix.rows, *matrix.joining) if row.id == person_id])

    def owed_paper(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """A sheet for everybody shown who has something to do."""
        self._owed(matrix, [row for row in rows if any(cell.needs_action for cell in row.cells)])

    def matrix_sheet(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """The matrix, as it is filtered and ordered on screen."""
        from staffdev_desktop.cpd.training import sheets

        self.printer.save_sheet(sheets.matrix_sheet(matrix, rows), file_name=sheets.file_name(sheets.MATRIX, matrix.today, "xlsx"))

    def due_sheet(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        """What is to be arranged for the people shown."""
        from staffdev_desktop.cpd.training import sheets

        lines, _until = self._due(matrix, rows)
        self.printer.save_sheet(sheets.due_sheet(lines), file_name=sheets.file_name(sheets.DUE, matrix.today, "xlsx"))

    def _owed(self, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        from staffdev_desktop.cpd.training import papers, sheets

        if not rows:
            self._hub.notify("Nobody shown owes any training", kind="info")
            return
        draw = partial(papers.owed_paper, matrix, rows, self._school.actor.name)
        self._show(draw, "Training owed", sheets.file_name(sheets.OWED, matrix.today), matrix, rows)

    def _due(self, matrix: Matrix, rows: Sequence[MatrixRow]):
        from staffdev_desktop.cpd.training.due import due_lines, horizon

        until = horizon(matrix.today, self._school.read(settings.calendar).terms)
        return due_lines(matrix, rows, until), until

    def _show(self, draw, title: str, file_name: str, matrix: Matrix, rows: Sequence[MatrixRow]) -> None:
        from staffdev_desktop.cpd.training.sheets import texts_of

        self.printer.show(draw, year=year_of(matrix.today), title=title, file_name=file_name, texts=texts_of(rows, matrix))
