"""The screen as it will be: a FormView that follows an edited form, section by section.

Building a whole form takes longer than a window may stand still, so only sections that changed are built anew, one at a time.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from staffdev_desktop.formkit import Form, Section
from staffdev_desktop.formkit.answers import check_answers
from staffdev_desktop.ui.widgets.form_view import FormView, SectionBox


class LiveForm(FormView):
    """`show_form(form)` as often as wanted; `caught_up` once the screen is that form. What is tried out in it stays while it can."""

    caught_up = Signal()

    def __init__(self, form: Form, choices: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(replace(form, sections=()), choices=choices, parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # a table of targets is wider than half a window
        self.setCornerWidget(QWidget(self))  # else the style draws a box where the two bars meet
        self._offered = choices
        self._wanted = form
        self._built: dict[str, SectionBox] = {}  # what is seen
        self._ready: dict[str, SectionBox] = {}  # what takes its place once every section is ready
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_one)
        self.show_form(form)

    def show_form(self, form: Form) -> None:
        """Become this form in the next moments."""
        self._wanted = form
        self._timer.start(0)

    def is_current(self) -> bool:
        """Whether the screen shows the form wanted last."""
        return not self._timer.isActive()

    def bring_into_sight(self, section_id: str, field_id: str = "") -> None:
        """Scroll to a section or question without taking the keyboard there."""
        target: QWidget | None = self._boxes.get(field_id) or next((box for box in self._sections if box.section.id == section_id), None)
        if target is not None:
            self._grid.activate()  # where things stand is only known once they are laid out
            self.ensureWidgetVisible(target, 0, 24)
            self.horizontalScrollBar().setValue(0)

    def _give_letters(self) -> None:
        """Alt letters belong to the words being edited, which change with every choice: the screen beside them gets none."""
        for box in self._boxes.values():
            box.label.setText(box.name.replace("&", "&&"))

    def _build_one(self) -> None:
        for section in self._wanted.sections:
            if not (_is(self._built.get(section.id), section) or _is(self._ready.get(section.id), section)):
                self._make(section)
                self._timer.start(0)
                return
        self._settle()

    def _make(self, section: Section) -> None:
        """Build a section out of sight; the one before it stays until all are ready."""
        if section.id in self._ready:
            self._ready.pop(section.id).deleteLater()
        self._ready[section.id] = made = SectionBox(section, self._offered, self._page)
        made.hide()
        for box in made.boxes:
            box.answered.connect(self.answer_changed)

    def _take_over(self, section: Section) -> None:
        """Put a section that stands ready in the place of the one before it."""
        made, before = self._ready.pop(section.id, None), self._built.get(section.id)
        if made is None:
            return
        if _is(before, section):  # changed and changed back while it was built
            made.deleteLater()
            return
        if before is not None:
            self._keep_answers(before, made)
            self._drop(before)
        self._built[section.id] = made

    def _keep_answers(self, before: SectionBox, made: SectionBox) -> None:
        tried = {box.field.id: box.editor.value() for box in before.boxes if box.field.kind != "signatures"}
        kinds = {box.field.id: box.field.kind for box in before.boxes}
        alone = replace(self._wanted, sections=(made.section,))
        for box in made.boxes:
            value = tried.get(box.field.id)
            fits = kinds.get(box.field.id) == box.field.kind and not check_answers(alone, {box.field.id: value})
            box.editor.set_value(value if fits else None)

    def _drop(self, box: SectionBox) -> None:
        self._grid.removeWidget(box)
        self._sections = [each for each in self._sections if each is not box]
        box.hide()
        box.deleteLater()

    def _settle(self) -> None:
        """Every section stands ready: put them in their order."""
        for section in self._wanted.sections:
            self._take_over(section)
        wanted = {section.id for section in self._wanted.sections}
        for gone in [key for key in self._ready if key not in wanted]:
            self._ready.pop(gone).deleteLater()
        for gone in [key for key in self._built if key not in wanted]:
            self._drop(self._built.pop(gone))
        self.form = self._wanted
        for box in self._sections:
            self._grid.removeWidget(box)
        self._sections = [self._built[section.id] for section in self._wanted.sections]
        self._boxes = {box.field.id: box for section in self._sections for box in section.boxes}
        columns, self._columns = max(self._columns, 1), 0
        self._lay_out(columns)
        for box in self._sections:
            box.show()
        self._give_letters()
        self.caught_up.emit()


def _is(box: SectionBox | None, section: Section) -> bool:
    return box is not None and _asked(box.section) == _asked(section)


def _asked(section: Section) -> Section:
    """A section without what the screen does not show."""
    return replace(section, hidden=(), keep_together=False, short="")
