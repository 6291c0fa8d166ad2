"""What one returned form says, against the right person, post and year, beside what stands in the review already."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.returned_words import Line
from staffdev_desktop.pdr.returns import MEETING, ReturnRow
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.pdr.returns.models import badge_of, came_back, post_of, which_form, which_year, whose, why
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.cards import Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, role_label

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
NOTHING = "Nothing written"


class AnswersPanel(QFrame):
    """Shows a ReturnRow. `held_edited(day)` when somebody says on which day a meeting was held; None for not saying."""

    held_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "quiet")
        self._name = role_label("", "card", self)
        self._badge = Badge(BadgeText("mute", ""), self)
        self._facts = role_label("", "second", self, wrap=True)
        self._why = role_label("", "body", self, wrap=True)
        self.held = LabelledField("Meeting &held on", DateField(), hint="Leave it empty if the form does not say.", parent=self)
        self.held.setMaximumWidth(theme.px(230))
        self.held.edited.connect(self._held)
        self.view = ClearScroll(self)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll
        self.view.setAccessibleName("What the form says")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        column.addLayout(head)
        for part in (self._facts, self._why, self.held, Rule(self)):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        self.show_row(None)

    def show_row(self, row: ReturnRow | None, held_on: date | None = None) -> None:
        """Show one form, or that none is chosen."""
        self._name.setText(whose(row) if row else "No form chosen")
        self._badge.setVisible(row is not None)
        if row:
            self._badge.set_badge(badge_of(row))
        self._facts.setText(_facts(row) if row else "Choose a folder or a file above.")
        self._why.setText(why(row) if row else "")
        self._why.setVisible(bool(row and row.reasons))
        self.held.setVisible(bool(row and row.taken and row.kind == MEETING))
        self.held.set_value(held_on)
        self.view.setWidget(_page(row.lines if row else ()))

    def words(self) -> str:
        """Everything that is shown, as it is read out."""
        return self.view.widget().accessibleDescription()

    def day_is_right(self) -> bool:
        """Whether the day on which the meeting was held is one, and not still to come; else it is said beside it."""
        if not self.held.editor.check():
            return False
        day = self.held.value()
        late = isinstance(day, date) and day > clock.today()
        self.held.set_error("A meeting cannot have been held in the future." if late else None)
        return not late

    def _held(self, day: object) -> None:
        late = isinstance(day, date) and day > clock.today()
        self.held_edited.emit(None if late else day)


def _facts(row: ReturnRow) -> str:
    number = row.record.board.number if row.record else ""
    form = f"{which_form(row)} {which_year(row)}".strip()
    return " · ".join(part for part in (post_of(row), form, number, came_back(row), row.path.name) if part)


def _page(lines: tuple[Line, ...]) -> QWidget:
    """Question and answer, one under the other; where something else stands in the review, that too."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 4, 8, 4)
    column.setSpacing(2)
    read_out = []
    for line in lines:
        if not (line.words or line.now):
            continue
        column.addWidget(role_label(line.question, "label", page, wrap=True))
        column.addWidget(_words(line.words or NOTHING, "body" if line.words else "hint", page))
        read_out.append(f"{line.question}: {line.words or NOTHING}.")
        if line.now:
            told = "Now in the review, and replaced" if line.replaces else "Now in the review"
            column.addWidget(_words(f"{told}: {line.now}", "second", page))
            read_out.append(f"{told}: {line.now}.")
        column.addSpacing(8)
    column.addStretch(1)
    page.setAccessibleDescription("\n".join(read_out))
    return page


def _words(text: str, role: str, parent: QWidget) -> QWidget:
    label = role_label(text, role, parent, wrap=True)
    label.setTextInteractionFlags(SELECTABLE)
    return label
