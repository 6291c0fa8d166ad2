"""The courses of a matrix: which are taken in, and the hours and the day of cells that do not say their own."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log.importing_matrix import Course, letters
from staffdev_desktop.cpd.log.rules import hours, read_minutes
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.import_columns import WIDTH
from staffdev_desktop.ui.widgets.cards import Card, CardTitle
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.editors import DateField, TickField, TypedField
from staffdev_desktop.ui.widgets.fields import LabelledField, role_label

FIELD = 96
LONGEST_NAME = 36  # letters that fit beside the tick


class CourseHours(TypedField):
    """Hours of a course, in minutes: 0.75, 45 min, 1:15."""

    def __init__(self, example: str = "", parent: QWidget | None = None) -> None:
        super().__init__(example, parent)

    def set_value(self, value: int | str | None) -> None:
        """Show minutes as hours."""
        super().set_value(value if isinstance(value, str | None) else hours(value))

    def _read(self, words: str) -> int:
        return read_minutes(words)


class _CourseLine:
    """The three editors of one course."""

    def __init__(self, course: Course, inside: QWidget) -> None:
        self.course = course
        name = f"{letters(course.column)}: {course.activity}"
        self.wanted = TickField(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…", inside)
        self.wanted.setToolTip(course.activity)
        self.wanted.set_value(course.wanted)
        self.hours, self.day = CourseHours("Hours", inside), DateField("Date", inside)
        self.hours.setAccessibleName(f"Hours of {course.activity}")
        self.day.setAccessibleName(f"Date of {course.activity}")
        self.hours.set_value(course.minutes)
        self.day.set_value(course.day)
        for editor in (self.hours, self.day):
            editor.setMinimumWidth(theme.px(FIELD))

    def chosen(self, minutes: int | None, day: object) -> Course:
        """The course as it is to be read; the given ones stand in where it has none of its own."""
        own_minutes, own_day = self.hours.value(), self.day.value()
        return replace(self.course, wanted=bool(self.wanted.value()), minutes=own_minutes or minutes, day=own_day or day)


class CoursesCard(Card):
    """A line for each course. `changed` when the person changes anything."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self.title = CardTitle("Courses", "", self)
        self.hours = LabelledField("Hours of each", CourseHours("1.5", self), parent=self)
        self.day = LabelledField("Date of ticks", DateField("31/8/2027", self), parent=self)
        for field in (self.hours, self.day):
            field.edited.connect(self._tell)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.hours, 1)
        both.addWidget(self.day, 1)
        self.lines: list[_CourseLine] = []
        self._scroll = ClearScroll(self)
        column: QVBoxLayout = self.body
        column.addWidget(self.title)
        column.addLayout(both)
        column.addWidget(
            role_label("For cells that do not say their own. Where a course differs, write it under its name.", "small", self, wrap=True)
        )
        column.addWidget(self._scroll, 1)

    def set_courses(self, courses: Sequence[Course]) -> None:
        """Show these courses."""
        self.title.set_words("Courses", count_of(len(courses), "column"))
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.lines = [_CourseLine(course, inside) for course in courses]
        for place, line in enumerate(self.lines):
            grid.addWidget(line.wanted, 2 * place, 0, 1, 2)
            grid.addWidget(line.hours, 2 * place + 1, 0)
            grid.addWidget(line.day, 2 * place + 1, 1)
            for editor in (line.wanted, line.hours, line.day):
                editor.edited.connect(self._tell)
        grid.setRowStretch(2 * len(self.lines), 1)
        self._scroll.setWidget(inside)

    def chosen(self) -> tuple[Course, ...]:
        """The courses as they are to be read."""
        minutes, day = self.hours.value(), self.day.value()
        return tuple(line.chosen(minutes, day) for line in self.lines)

    def _tell(self, _value: object) -> None:
        self.changed.emit()
