"""What the pages of the view ‘Diagnostic’ are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.diagnostic.rows import RoundRow
from staffdev_desktop.ui.report_printer import ReportPrinter


class Page(QWidget):
    """One page. The panel calls `show_round` whenever something has changed, or another round is picked.

    `wanted(verb, what)` asks the panel: (‘record’, a diagnostic’s id), (‘person’, a person’s), (‘grid’, None), (‘log’, a person’s).
    """

    wanted = Signal(str, object)

    def __init__(self, school, hub, printer: ReportPrinter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub, self._printer = school, hub, printer
        self._round: RoundRow | None = None

    @property
    def round(self) -> RoundRow | None:
        """The round that is shown."""
        return self._round

    def show_round(self, round_: RoundRow | None) -> None:
        """Read and show."""
        self._round = round_
        self.reload()

    def reload(self) -> None:
        """Read and show what belongs to the round."""
        raise NotImplementedError

    def commit(self) -> None:
        """Save what is being typed. Raises UserError, Conflict, FileProblem."""

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self]

    def person_here(self) -> int | None:
        """Whoever is chosen in what is shown: their trend is at hand."""
        return None

    def print_shown(self) -> None:
        """Ctrl+P: the paper of what is shown."""
