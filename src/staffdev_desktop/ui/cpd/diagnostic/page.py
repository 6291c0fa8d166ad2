"""What the pages of the view ‘Diagnostic’ are."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.diagnostic.rows import RoundRow
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.report_printer import ReportPrinter


class Page(QWidget):
    """One page. The panel calls `show_round` whenever something has changed, or another round is picked.

    `wanted(verb, what)` asks the panel: (‘record’, a diagnostic’s id), (‘person’, a person’s), (‘round’, a round’s), (‘grid’, None),
    (‘back’, None).
    """

    wanted = Signal(str, object)
    gives_way: tuple[str, ...] = ()  # columns of its table that are hidden where it is narrower than `least_room` px at 100 per cent
    least_room = 0

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, or large letters, some columns leave theirs to the others."""
        super().resizeEvent(event)
        self._give_way()

    def changeEvent(self, event: QEvent) -> None:
        """The same when the letters grow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._give_way()

    def _give_way(self) -> None:
        table = getattr(self, "table", None)
        if self.gives_way and table is not None:
            for place, column in enumerate(table.model().columns):
                if column.key in self.gives_way:
                    table.setColumnHidden(place, self.width() < theme.px(self.least_room))

    def person_here(self) -> int | None:
        """Whoever is chosen in what is shown: their trend is at hand."""
        return None

    def print_shown(self) -> None:
        """Ctrl+P: the paper of what is shown."""
