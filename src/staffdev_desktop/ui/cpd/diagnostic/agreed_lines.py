"""CPD agreed for one area: the lines so far, and one more."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.diagnostic.rows import AgreedRow
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import IconButton, PlainButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, role_label


class AgreedLines(QWidget):
    """`added(what, by_when)` when one is put down, `removed(id)` when one is taken away. Enter in the line adds it too."""

    added = Signal(str, object)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._holders: list[QWidget] = []
        self.what = LabelledField("CPD we &agree for this area", LineField("For example two visits to a colleague’s lesson"), parent=self)
        self.by_when = LabelledField("By", DateField("31/8/2027"), parent=self)
        self.by_when.setFixedWidth(theme.px(120))
        self.add = PlainButton("Add", "plus", self)
        self.add.setAccessibleName("Add this CPD")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.what, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.by_when, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(self._lines)
        self.add.clicked.connect(self._add)
        self.what.editor.returnPressed.connect(self._add)
        self.by_when.editor.returnPressed.connect(self._add)

    def show_lines(self, rows: Sequence[AgreedRow], *, open_: bool) -> None:
        """Show these; `open_` is whether they may be changed."""
        for holder in self._holders:
            self._lines.removeWidget(holder)
            holder.deleteLater()
        self._holders = [self._line(row, open_) for row in rows]
        for widget in (self.what, self.by_when, self.add):
            widget.setEnabled(open_)

    def clear(self) -> None:
        """Make room for the next."""
        self.what.set_value("")
        self.what.set_error(None)
        self.by_when.set_value(None)

    def typed(self) -> str:
        """What is typed and not added yet."""
        return str(self.what.value())

    def _line(self, row: AgreedRow, open_: bool) -> QWidget:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        by = f" · by {day_with_year(row.by_when)}" if row.by_when else ""
        done = f" · done {day_with_year(row.done_on)}" if row.done_on else ""
        line.addWidget(role_label(f"{row.what}{by}{done}", "body", holder, wrap=True), 1)
        if open_:
            away = IconButton("x", f"Take away: {row.what}", holder)
            away.clicked.connect(partial(self.removed.emit, row.id))
            line.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(holder)
        return holder

    def _add(self) -> None:
        if self.by_when.editor.check() and self.what.value():
            self.added.emit(str(self.what.value()), self.by_when.value())
