"""The editors of a form that are tables of boxes: this year's targets, outcomes of last year's, and development needs.

Each row keeps the record it came with, so what is not shown is not lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.formkit import OUTCOMES
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import QuietButton
from staffdev_desktop.ui.widgets.editors import ChoiceField, TextField
from staffdev_desktop.ui.widgets.fields import role_label, set_bad
from staffdev_desktop.ui.widgets.form_editors import DayEditor, capital, day_of
from staffdev_desktop.ui.widgets.segments import Segments

NEED_STATES = ("to arrange", "booked", "done")
REASONED = ("carried forward", "dropped")


class NumberDisc(QWidget):
    """The number of a row in a thin circle."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_number"):
            self._measure()

    def _measure(self) -> None:
        self.setFixedSize(theme.px(28), theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Circle and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(20)
        box = QRectF(0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        painter.setPen(theme.colour("field"))
        painter.drawEllipse(box)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class RowsEditor(QWidget):
    """What the three tables share: rows of named boxes over records, a button that adds a row, and `problem` from any date."""

    edited = Signal(object)
    problem = Signal(str)

    widths: Mapping[str, int] = {"by_when": 96, "state": 110}  # px at 100 per cent; the other boxes share the rest
    least_rows = 1
    adds = "Add a row"
    row_words = "Row"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: list[dict[str, Any]] = []
        self._boxes: list[dict[str, QWidget]] = []
        self._wrong: dict[QWidget, str] = {}
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(6)
        self.add_button = QuietButton(self.adds, "plus", self)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(4)
        self.foot.addWidget(self.add_button)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.grid)
        column.addLayout(self.foot)
        self.add_button.clicked.connect(self._add_by_hand)
        self._begin()
        while len(self._boxes) < self.least_rows:
            self._add({})

    def value(self) -> list[dict[str, Any]]:
        """The records as they stand; rows at the end in which nothing is written are left out."""
        pairs = zip(self._records, self._boxes, strict=True)
        rows = [record | {key: box.value() or "" for key, box in boxes.items()} for record, boxes in pairs]
        while rows and not any(str(item).strip() for item in rows[-1].values()):
            rows.pop()
        return rows

    def set_value(self, value: Any) -> None:
        """Show records; boxes that are there are kept, so a caret stays where it is."""
        records = [dict(row) for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        if records == self.value():
            return
        for number, record in enumerate(records):
            if number < len(self._boxes) and self._fits(number, record):
                self._records[number] = record
                self._fill(self._boxes[number], record)
            else:
                self._drop_from(number)
                self._add(record)
        self._drop_from(len(records))
        while len(self._boxes) < self.least_rows:
            self._add({})

    def box(self, number: int, key: str) -> QWidget:
        """The box of a row, counted from 0."""
        return self._boxes[number][key]

    def first_box(self) -> QWidget:
        """The first box of the first row; the button that adds one where there is none."""
        return next(iter(self._boxes[0].values())) if self._boxes else self.add_button

    def _begin(self) -> None:
        """Put the heads of the columns."""

    def _make(self, number: int, record: Mapping[str, Any]) -> dict[str, QWidget]:
        """Make and place the boxes of a row."""
        raise NotImplementedError

    def _fits(self, _number: int, _record: Mapping[str, Any]) -> bool:
        """Whether the boxes made for a row can show this record."""
        return True

    def _fill(self, boxes: Mapping[str, QWidget], record: Mapping[str, Any]) -> None:
        for key, box in boxes.items():
            box.set_value(record.get(key) or "")

    def _add(self, record: Mapping[str, Any]) -> None:
        number = len(self._boxes)
        before = list(self._boxes[-1].values())[-1] if self._boxes else None
        boxes = self._make(number, record)
        self._records.append(dict(record))
        self._boxes.append(boxes)
        for key, box in boxes.items():
            box.setAccessibleName(f"{self.row_words} {number + 1}: {key.replace('_', ' ')}")
            box.edited.connect(self._tell)
            if hasattr(box, "problem"):
                box.problem.connect(self._note_problem)
            if before is not None:
                QWidget.setTabOrder(before, box)
            before = box
        self._fill(boxes, record)
        self._measure(boxes)
        QWidget.setTabOrder(before, self.add_button)

    def in_reading_order(self) -> list[QWidget]:
        """The rows from left to right, then the button."""
        return [*(box for boxes in self._boxes for box in boxes.values()), self.add_button]

    def changeEvent(self, event: QEvent) -> None:
        """Boxes of a fixed width grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for boxes in getattr(self, "_boxes", ()):
                self._measure(boxes)

    def _measure(self, boxes: Mapping[str, QWidget]) -> None:
        for key, wide in self.widths.items():
            if key in boxes:
                boxes[key].setFixedWidth(theme.px(wide))

    def _drop_from(self, number: int) -> None:
        while len(self._boxes) > number:
            self._boxes.pop()
            self._records.pop()
            for widget in self._row_widgets(len(self._boxes)):
                self._wrong.pop(widget, None)
                self.grid.removeWidget(widget)
                widget.setParent(None)
                widget.deleteLater()

    def _row_widgets(self, number: int) -> list[QWidget]:
        found = []
        for place in range(self.grid.count()):
            widget = self.grid.itemAt(place).widget()
            if widget is not None and widget.property("row") == number:
                found.append(widget)
        return found

    def _put(self, widget: QWidget, number: int, grid_row: int, column: int, span: int = 1, *, top: bool = True) -> QWidget:
        widget.setProperty("row", number)
        if top:
            self.grid.addWidget(widget, grid_row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        else:
            self.grid.addWidget(widget, grid_row, column, 1, span)
        return widget

    def _add_by_hand(self) -> None:
        self._add({})
        boxes = list(self._boxes[-1].values())
        for box in boxes:  # what a layout was just given is else shown only later, and could not take the focus
            if not box.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                box.show()
        boxes[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, _value: object) -> None:
        self.edited.emit(self.value())

    def _note_problem(self, sentence: str) -> None:
        box = self.sender()
        set_bad(box, bool(sentence))
        box.setAccessibleDescription(sentence)
        if sentence:
            self._wrong[box] = f"{box.accessibleName()}. {sentence}"
        else:
            self._wrong.pop(box, None)
        self.problem.emit(next(iter(self._wrong.values()), ""))

    def _heads(self, titles: Sequence[str], first_column: int = 1) -> None:
        for place, title in enumerate(titles):
            self.grid.addWidget(role_label(title, "label", self), 0, first_column + place)


class TargetsEditor(RowsEditor):
    """This year's targets: boxes numbered from 1, three to begin with."""

    least_rows = 3
    adds = "Add a target"
    row_words = "Target"

    def __init__(self, priorities: Sequence[str] = (), parent: QWidget | None = None) -> None:
        self._priorities = tuple(priorities)
        super().__init__(parent)

    def _begin(self) -> None:
        self._heads(["Target", "Success criteria", "Support", "By when"])
        for column, share in ((1, 28), (2, 21), (3, 21), (4, 0)):
            self.grid.setColumnStretch(column, share)

    def _make(self, number: int, _record: Mapping[str, Any]) -> dict[str, QWidget]:
        row = 2 * number + 1
        self._put(NumberDisc(number + 1, self), number, row, 0)
        example = "Third target, if you want one" if number == 2 else ""
        boxes: dict[str, QWidget] = {}
        for column, key in enumerate(("target", "success_criteria", "support"), 1):
            boxes[key] = self._put(TextField(example if column == 1 else "", 3, parent=self), number, row, column, top=False)
        boxes["by_when"] = self._put(DayEditor("Date", self), number, row, 4)
        if self._priorities:
            choice = ChoiceField([("", "No school priority"), *((words, words) for words in self._priorities)], self)
            choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)  # a standard has a long name: the columns stay as they are
            boxes["priority"] = self._put(choice, number, row + 1, 1)
        return boxes


class NeedsEditor(RowsEditor):
    """Training and development needs: what, how, who sees to it, by when, and how far it is."""

    adds = "Add a need"
    row_words = "Need"
    search_asked = Signal()

    def offer_search(self) -> None:
        """A second button, which asks for the directory: `search_asked`."""
        self.search_button = QuietButton("Search the directory…", "search", self)
        self.search_button.clicked.connect(self.search_asked)
        self.foot.insertWidget(1, self.search_button)
        QWidget.setTabOrder(self.add_button, self.search_button)

    def in_reading_order(self) -> list[QWidget]:
        """The rows, then both buttons."""
        more = getattr(self, "search_button", None)
        return [*super().in_reading_order(), *([more] if more is not None else [])]

    def _begin(self) -> None:
        self._heads(["Need", "How", "Who sees to it", "By when", "State"], 0)
        for column, share in ((0, 30), (1, 24), (2, 16)):
            self.grid.setColumnStretch(column, share)

    def _make(self, number: int, record: Mapping[str, Any]) -> dict[str, QWidget]:
        row = number + 1
        boxes: dict[str, QWidget] = {}
        for column, key in enumerate(("need", "how", "who")):
            boxes[key] = self._put(TextField("", 1, 6, self), number, row, column, top=False)
        boxes["by_when"] = self._put(DayEditor("Date", self), number, row, 3)
        stored, first = str(record.get("state") or ""), NEED_STATES[0]
        others = dict.fromkeys((*NEED_STATES[1:], stored))
        named = [(one, capital(one)) for one in others if one not in ("", first)]
        state = ChoiceField([(stored if stored == first else "", capital(first)), *named], self)  # nothing said is still to arrange
        boxes["state"] = self._put(state, number, row, 4)
        return boxes

    def _fits(self, number: int, record: Mapping[str, Any]) -> bool:
        state = self._boxes[number]["state"]
        return not record.get("state") or state.findData(record["state"]) >= 0


class OutcomesEditor(RowsEditor):
    """How each of last year's targets went. A target that came from last year's statement stands as it was agreed."""

    least_rows = 0
    adds = "Add a target of last year"
    row_words = "Last year’s target"

    def __init__(self, choices: Sequence[str] = (), parent: QWidget | None = None) -> None:
        self._choices = tuple(choices) or OUTCOMES
        super().__init__(parent)

    def first_box(self) -> QWidget:
        """Where something is still to be said: an outcome, or the reason for one."""
        for boxes in self._boxes:
            if "target" in boxes:
                break
            if not boxes["outcome"].value():
                return boxes["outcome"]
            if boxes["outcome"].value() in REASONED and not boxes["reason"].value():
                return boxes["reason"]
        return super().first_box()

    def _begin(self) -> None:
        self.grid.setColumnStretch(1, 1)

    def _make(self, number: int, record: Mapping[str, Any]) -> dict[str, QWidget]:
        row = 2 * number
        boxes: dict[str, QWidget] = {}
        self._put(NumberDisc(number + 1, self), number, row, 0)
        if record.get("agreed_on"):
            self._put(role_label(_as_agreed(record), "strong", self, wrap=True), number, row, 1, top=False)
        else:
            boxes["target"] = self._put(TextField("The target, as it was written last year", 1, 4, self), number, row, 1, top=False)
        pairs = [(choice, capital(choice)) for choice in self._choices]
        outcome = Segments(pairs, "Outcome", self, may_clear=True)
        boxes["outcome"] = self._put(outcome, number, row, 2)
        words = QWidget(self)
        line = QHBoxLayout(words)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(8)
        boxes["note"] = TextField("What helped, or got in the way", 1, 4, words)
        boxes["reason"] = TextField("Why it is carried forward or dropped", 1, 4, words)
        for key in ("note", "reason"):
            line.addWidget(boxes[key], 1)
        self._put(words, number, row + 1, 1, 2, top=False)
        outcome.edited.connect(self._ask_why)
        return boxes

    def _fits(self, number: int, record: Mapping[str, Any]) -> bool:
        kept = self._records[number]
        return all(kept.get(key) == record.get(key) for key in ("target", "agreed_on", "by_when"))

    def _fill(self, boxes: Mapping[str, QWidget], record: Mapping[str, Any]) -> None:
        super()._fill(boxes, record)
        self._show_reason(boxes)

    def _ask_why(self, _value: object) -> None:
        for boxes in self._boxes:
            self._show_reason(boxes)

    def _show_reason(self, boxes: Mapping[str, QWidget]) -> None:
        wanted = boxes["outcome"].value() in REASONED or bool(boxes["reason"].value())
        boxes["reason"].setVisible(wanted)


def order_tabs(editors: Iterable[QWidget]) -> None:
    """Tab goes as one reads, whichever box was made first. Call it once the editors are in one window."""
    before: QWidget | None = None
    for editor in editors:
        for box in editor.in_reading_order() if isinstance(editor, RowsEditor) else (editor,):
            for part in (box, *box.findChildren(QWidget)):
                here = part.window() is box.window()  # the list of a choice is a window of its own
                if here and part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.focusProxy() is None:
                    if before is not None:
                        QWidget.setTabOrder(before, part)
                    before = part


def _as_agreed(record: Mapping[str, Any]) -> str:
    words = str(record.get("target") or "")
    by_when = day_of(record.get("by_when"))
    return f"{words} (by {day_with_year(by_when)})" if by_when else words
