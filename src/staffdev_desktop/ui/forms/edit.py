"""A form being edited: the edition in use, the form as it will be, and words that were typed and cannot be taken yet.

Knows nothing of widgets, so a draft outlives the window that it was typed in (the screen lock deletes every widget).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from staffdev_desktop.formkit import Field, Form, Section, editing
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.settings.rules import CORE_KINDS, check_form

_SUBJECT = re.compile(r"^(?:The form|Section ‘[^’]*’|Field ‘[^’]*’)(?:: \w+)?")  # beside a field everybody sees what is meant


@dataclass(frozen=True)
class Place:
    """What is being edited: the whole form (no id), a section or a question."""

    kind: str  # form, section or field
    id: str = ""


WHOLE = Place("form")


@dataclass(frozen=True)
class Wrong:
    """Words as they were typed, and why they cannot be taken."""

    typed: Any
    sentence: str


class Edit:
    """`before` is the edition in use, `form` the form as it will be; `wrong` is what waits to be put right."""

    def __init__(self, before: Form, form: Form | None = None) -> None:
        self.before = before
        self.form = form or before
        self.wrong: dict[tuple[Place, str], Wrong] = {}

    @property
    def changed(self) -> bool:
        """Whether there is anything that discarding would lose."""
        return bool(self.wrong) or replace(self.form, version=self.before.version) != self.before

    # -- looking ------------------------------------------------------------------------------------------------------------

    def section(self, place: Place) -> Section | None:
        """The section that a place is, or is in."""
        for section in self.form.sections:
            if place.id == section.id if place.kind == "section" else self._holds(section, place):
                return section
        return None

    def field(self, place: Place) -> Field | None:
        """The question at a place, hidden or asked."""
        if place.kind != "field":
            return None
        return next((field for field in editing.every_field(self.form) if field.id == place.id), None)

    def is_hidden(self, place: Place) -> bool:
        """Whether the question there is not asked now."""
        section = self.section(place)
        return place.kind == "field" and section is not None and any(field.id == place.id for field in section.hidden)

    def is_there(self, place: Place) -> bool:
        """Whether the place is still part of the form."""
        return place == WHOLE or self.section(place) is not None

    def why_kept(self, place: Place) -> str:
        """Why a question or section cannot go: the sentence of settings.rules.check_form, or nothing if it may."""
        without = replace(self.form, sections=tuple(self._stripped(section, place) for section in self.form.sections))
        try:
            check_form(without, self.before)
        except UserError as error:
            return error.message
        return ""

    # -- changing -----------------------------------------------------------------------------------------------------------

    def set_words(self, place: Place, key: str, value: Any) -> None:
        """Change one thing that is said. What cannot be taken is remembered as it was typed. Raises UserError."""
        try:
            self.form = self._with_words(place, key, value)
        except UserError as error:
            sentence = _SUBJECT.sub("This", error.message)
            self.wrong[place, key] = Wrong(value, sentence)
            raise UserError(sentence, field=key) from error
        self.wrong.pop((place, key), None)

    def refuse(self, place: Place, key: str, typed: Any, sentence: str) -> None:
        """Remember words that do not even read as what they should be."""
        self.wrong[place, key] = Wrong(typed, sentence)

    def move(self, place: Place, step: int) -> None:
        """Up (-1) or down (1): a section among sections, a question within its section and on into the next. Raises UserError."""
        section = self.section(place)
        if section is None:
            return
        here = self.form.sections.index(section)
        if place.kind == "section":
            if 0 <= here + step < len(self.form.sections):
                self.form = editing.moved_section(self.form, place.id, here + step)
            return
        ids = [field.id for field in section.fields]
        to = ids.index(place.id) + step if place.id in ids else -1
        if place.id not in ids or 0 <= to < len(ids):
            self.form = editing.moved_field(self.form, place.id, section.id, to)
        elif 0 <= here + step < len(self.form.sections):
            target = self.form.sections[here + step]
            self.form = editing.moved_field(self.form, place.id, target.id, len(target.fields) if step < 0 else 0)

    def hide(self, place: Place) -> None:
        """Stop asking a question. Raises UserError if reviews are built on it, or if its section would ask nothing."""
        if reason := self.why_kept(place):
            raise UserError(reason, field=place.id)
        self.form = editing.hidden(self.form, place.id)

    def show(self, place: Place) -> None:
        """Ask a hidden question again. Raises UserError."""
        self.form = editing.shown(self.form, place.id)

    def take_out(self, place: Place) -> None:
        """Take a whole section out. Raises UserError if reviews are built on what it asks, or if it is the last one."""
        if reason := self.why_kept(place):
            raise UserError(reason, field=place.id)
        self.form = editing.removed_section(self.form, place.id)
        self.forget_what_is_gone()

    def add(self, place: Place, kind: str, label: str, choices: Sequence[str], lines: int, *, own_section: bool) -> Place:
        """Ask something more: in the section of `place`, or in a section of its own after it. Returns where. Raises UserError."""
        known = {field.id for field in editing.every_field(self.form)}
        section = self.section(place)
        if own_section or section is None:
            to = None if section is None else self.form.sections.index(section) + 1
            self.form = editing.added_section(self.form, label, kind, choices=choices, lines=lines, to=to)
        else:
            self.form = editing.added_field(self.form, section.id, kind, label, choices=choices, lines=lines)
        return Place("field", next(field.id for field in editing.every_field(self.form) if field.id not in known))

    def replace_with(self, form: Form) -> None:
        """Other words altogether: from a file, or the edition in use again."""
        self.form = form
        self.wrong.clear()

    def forget_what_is_gone(self) -> None:
        """Wrong words of a section that was taken out hold nothing up."""
        self.wrong = {key: wrong for key, wrong in self.wrong.items() if self.is_there(key[0])}

    # -- within -------------------------------------------------------------------------------------------------------------

    @staticmethod
    def _holds(section: Section, place: Place) -> bool:
        return place.kind == "field" and any(field.id == place.id for field in (*section.fields, *section.hidden))

    @staticmethod
    def _stripped(section: Section, place: Place) -> Section:
        if place.kind == "section":
            return replace(section, fields=()) if section.id == place.id else section
        kept = tuple(field for field in section.fields if field.id != place.id or field.kind not in CORE_KINDS)
        return replace(section, fields=kept)

    def _with_words(self, place: Place, key: str, value: Any) -> Form:
        if place.kind == "form":
            return editing.reworded(self.form, **{key: value})
        if place.kind == "section":
            return editing.reworded_section(self.form, place.id, **{key: value})
        return editing.reworded_field(self.form, place.id, **{key: value})


class Drafts:
    """Edits that nobody has saved or discarded, for as long as the program runs: a screen lock must not lose them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Edit] = {}

    def of(self, school: str, before: Form) -> Edit:
        """The unsaved edit of a form, else a fresh one. One begun on an older edition goes on from the one in use."""
        edit = self._kept.setdefault((school, before.id), Edit(before))
        if not edit.changed:
            edit.replace_with(before)
        edit.before = before
        return edit

    def has(self, school: str, form_id: str) -> bool:
        """Whether a form has changes that are not saved."""
        edit = self._kept.get((school, form_id))
        return edit is not None and edit.changed

    def forget(self, school: str, form_id: str) -> None:
        """The edit was saved or discarded."""
        self._kept.pop((school, form_id), None)


drafts = Drafts()
