"""The left side of the meeting: what is known before it begins."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel.dates import day_with_year, long_day, short_day
from staffdev_desktop.pdr.rows import ReviewRecord, TargetRow
from staffdev_desktop.pdr.rules import need_end
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.cards import Card, CardTitle, Rule
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.editors import TickField
from staffdev_desktop.ui.widgets.fields import role_label
from staffdev_desktop.ui.widgets.form_rows import NumberDisc

OUTCOME_BADGES = {
    "met": ("ok", None),
    "partly met": ("warn", "half"),
    "not met": ("late", None),
    "carried forward": ("info", "right"),
    "dropped": ("mute", "x"),
}


def outcome_badge(outcome: str) -> BadgeText:
    """The badge of an outcome; ‘Not judged yet’ where there is none."""
    kind, icon = OUTCOME_BADGES.get(outcome, ("mute", None))
    return BadgeText(kind, outcome.capitalize() if outcome else "Not judged yet", icon)


class LastTargets(Card):
    """Last year's targets with their outcomes as they are set at the right, or ‘first year here’."""

    first_year_ticked = Signal(object)  # as the tick tells it

    def __init__(self, record: ReviewRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges: list[Badge] = []
        agreed = max((each.agreed_on for each in record.last_targets if each.agreed_on), default=None)
        self.body.addWidget(CardTitle("Last year’s targets", f"agreed {long_day(agreed)}" if agreed else "", self))
        for number, target in enumerate(record.last_targets, 1):
            self.body.addWidget(Rule(self))
            self.body.addLayout(self._line(number, target))
        if not record.last_targets:
            words = role_label("There are none in the school’s file.", "second", self, wrap=True)
            self.body.addWidget(words)
            self.first_year = TickField("First &year here, or no targets last year", self)
            self.first_year.set_value(record.board.first_year)
            self.first_year.edited.connect(self.first_year_ticked)
            self.body.addWidget(self.first_year)

    def show_outcomes(self, outcomes: list[dict[str, str]]) -> None:
        """Follow what is chosen in the form."""
        for badge, outcome in zip(self._badges, outcomes, strict=False):
            badge.set_badge(outcome_badge(outcome.get("outcome", "")))

    def _line(self, number: int, target: TargetRow) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(role_label(target.target, "strong", self, wrap=True))
        detail = target.success_criteria or (f"By {day_with_year(target.by_when)}" if target.by_when else "")
        if detail:
            words.addWidget(role_label(detail, "second", self, wrap=True))
        badge = Badge(outcome_badge(target.outcome), self)
        self._badges.append(badge)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(NumberDisc(number, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        return line


class LastNeeds(Card):
    """What became of the training needs of last year's statement."""

    def __init__(self, record: ReviewRecord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.addWidget(CardTitle("Last year’s training needs", "", self))
        for each in record.last_needs:
            self.body.addWidget(Rule(self))
            self.body.addWidget(role_label(each.need, "strong", self, wrap=True))
            self.body.addWidget(role_label(need_end(each.state, each.reason), "second", self, wrap=True))


class SheetAnswers(Card):
    """What the member of staff wrote on the self-review sheet."""

    def __init__(self, record: ReviewRecord, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        returned = record.board.dates.returned_on
        second = ""
        if returned:
            second = f"returned {short_day(returned)}"
            if record.sheet_returned_to:
                second += f", typed in by {_shortened(record.sheet_returned_to)}"
        self.body.addWidget(CardTitle("Self-review answers", second, self))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(3)
        answered = 0
        for section in form.sections:
            for field in section.fields:
                text = _spoken(record.sheet_answers.get(field.id))
                if text:
                    if answered:
                        column.addWidget(Rule(page))
                    column.addWidget(role_label(field.label or section.title, "label", page, wrap=True))
                    column.addWidget(role_label(text, "body", page, wrap=True))
                    answered += 1
        if not answered:
            nothing = "No answers are typed in yet." if returned else "The sheet has not come back."
            column.addWidget(role_label(nothing, "second", page, wrap=True))
        column.addStretch(1)
        scroll = ClearScroll(self)
        scroll.setWidget(page)
        scroll.setAccessibleName("Self-review answers")
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus if answered else Qt.FocusPolicy.NoFocus)
        self.body.addWidget(scroll, 1)


def _shortened(name: str) -> str:
    """J. Whitlock."""
    first, _, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else first


def _spoken(value: object) -> str:
    """An answer of the sheet in words; rows of targets one to a line."""
    if isinstance(value, str):
        return value.strip()
    if value is True:
        return "Yes"
    if isinstance(value, dict):
        return str(value.get("text", "")).strip()
    if isinstance(value, list):
        lines = []
        for each in value:
            if isinstance(each, dict):
                parts = [each.get("target"), each.get("outcome"), each.get("note"), each.get("need"), each.get("how")]
                lines.append(" · ".join(str(part).strip() for part in parts if part and str(part).strip()))
            else:
                lines.append(str(each))
        return "\n".join(line for line in lines if line)
    return ""


WIDTH, MOST_WIDTH = 432, 470  # px at text size 100, and at any: large letters leave the form its room


class KnownColumn(ClearScroll):
    """Last year's targets and training needs above, the self-review answers beneath; it scrolls where letters are large."""

    def __init__(self, record: ReviewRecord, sheet_form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(min(theme.px(WIDTH), MOST_WIDTH))
        page = QWidget()
        self.last_targets = LastTargets(record, self)
        self.answers = SheetAnswers(record, sheet_form, self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.last_targets)
        if record.last_needs:
            column.addWidget(LastNeeds(record, self))
        column.addWidget(self.answers, 1)
        self.setWidget(page)
