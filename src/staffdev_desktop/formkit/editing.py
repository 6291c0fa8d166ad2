"""What a school does to its own edition of a form: wording, order, questions hidden, shown and added. Pure: each gives a new form.

A question keeps its id and its kind for ever, so that an answer is always to the question it was given to. What papers and next
year's review are built on cannot be lost. Everything here raises UserError with a sentence when a change cannot be made.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from staffdev_desktop.formkit.definition import LONGEST, Field, Form, Section, form_as_data, form_from_data
from staffdev_desktop.kernel.errors import UserError

CORE_KINDS = {  # what a statement cannot do without, and what it is called in a sentence
    "outcomes": "how last year’s targets went",
    "targets": "the new targets",
    "comments": "the comments",
    "agreement": "whether both agree",
    "signatures": "the signatures",
}
ADDED_KINDS = ("short_text", "long_text", "choice", "scale", "tick", "tick_list", "date")
FORM_WORDS = ("title", "audience", "intro", "person", "reviewer")
SECTION_WORDS = ("title", "short", "hint", "keep_together")
FIELD_WORDS = ("label", "hint", "note", "lines", "choices", "optional")


def copied(form: Form, form_id: str, title: str) -> Form:
    """A form of the school's own, made from another one: with its own id, from version 1."""
    return checked(replace(form, id=form_id, title=title, version=1))


def next_version(form: Form, newest: int) -> Form:
    """The same form as the version after the newest one that exists."""
    return checked(replace(form, version=newest + 1))


def reworded(form: Form, **words: Any) -> Form:
    """Change what the whole form says: title, audience, intro, person, reviewer."""
    _only(words, FORM_WORDS)
    return checked(replace(form, **words))


def reworded_section(form: Form, section_id: str, **words: Any) -> Form:
    """Change a section's title, short, hint or keep_together."""
    _only(words, SECTION_WORDS)
    return checked(_with_section(form, section_id, replace(_section(form, section_id), **words)))


def reworded_field(form: Form, field_id: str, **words: Any) -> Form:
    """Change a question's label, hint, note, lines, choices or optional; one that is hidden too."""
    _only(words, FIELD_WORDS)
    if "choices" in words:
        words["choices"] = tuple(words["choices"])
    section, place, is_hidden = _place(form, field_id)
    table = list(section.hidden if is_hidden else section.fields)
    table[place] = replace(table[place], **words)
    kept: dict[str, Any] = {"hidden": tuple(table)} if is_hidden else {"fields": tuple(table)}
    return checked(_with_section(form, section.id, replace(section, **kept)))


def moved_section(form: Form, section_id: str, to: int) -> Form:
    """Put a section at a place, 0 the first."""
    section = _section(form, section_id)
    others = [each for each in form.sections if each.id != section_id]
    others.insert(max(0, to), section)
    return replace(form, sections=tuple(others))


def moved_field(form: Form, field_id: str, section_id: str, to: int) -> Form:
    """Put a question at a place of a section, 0 the first: its own section or another."""
    field = _asked(form, field_id)
    target = _section(form, section_id)
    if target.id != _place(form, field_id)[0].id:
        form = _without(form, field_id, "Move the section instead.")
        target = _section(form, section_id)
    others = [each for each in target.fields if each.id != field_id]
    others.insert(max(0, to), field)
    return checked(_with_section(form, section_id, replace(target, fields=tuple(others))))


def hidden(form: Form, field_id: str) -> Form:
    """Stop asking a question. It stays in the form and can be shown again; answers to older versions keep it."""
    field = _asked(form, field_id)
    section = _place(form, field_id)[0]
    form = _without(form, field_id, "Take the section out instead.")
    section = _section(form, section.id)
    return checked(_with_section(form, section.id, replace(section, hidden=(*section.hidden, field))))


def shown(form: Form, field_id: str) -> Form:
    """Ask a hidden question, at the end of its section: so a school switches on the pay decision."""
    section, place, is_hidden = _place(form, field_id)
    if not is_hidden:
        raise UserError("This question is asked already.", field=field_id)
    rest = tuple(each for each in section.hidden if each.id != field_id)
    return checked(_with_section(form, section.id, replace(section, fields=(*section.fields, section.hidden[place]), hidden=rest)))


def added_field(form: Form, section_id: str, kind: str, label: str, *, choices: Sequence[str] = (), lines: int = 3) -> Form:
    """Ask something more, at the end of a section. `kind` is one of ADDED_KINDS; the id is made from the label."""
    section = _section(form, section_id)
    field = _new_field(form, kind, label, choices, lines)
    return checked(_with_section(form, section_id, replace(section, fields=(*section.fields, field))))


def added_section(form: Form, title: str, kind: str, *, choices: Sequence[str] = (), lines: int = 3, to: int | None = None) -> Form:
    """A section with one question, at a place or before the signatures. Its title is the question; more can be added."""
    if not title.strip():
        raise UserError("Write the section’s title.", field="title")
    section_id = _new_id(title, {section.id for section in form.sections})
    field = replace(_new_field(form, kind, title, choices, lines), label="")
    section = Section(section_id, title, fields=(field,))
    if to is None:
        last = [place for place, each in enumerate(form.sections) if any(item.kind == "signatures" for item in each.fields)]
        to = last[0] if last else len(form.sections)
    sections = list(form.sections)
    sections.insert(max(0, to), section)
    return checked(replace(form, sections=tuple(sections)))


def removed_section(form: Form, section_id: str) -> Form:
    """Take a whole section out, hidden questions and all. Older versions keep it."""
    _section(form, section_id)
    return checked(replace(form, sections=tuple(each for each in form.sections if each.id != section_id)))


def checked(form: Form) -> Form:
    """The form, if it can be used: its words and ids are sound, and a statement has what statements are built on."""
    sound = form_from_data(form_as_data(form))
    if sound.purpose == "statement":
        for kind, words in CORE_KINDS.items():
            count = len(sound.fields_of(kind))
            if count != 1:
                trouble = "cannot do without" if count == 0 else "asks twice for"
                raise UserError(f"‘{sound.title}’ {trouble} {words}: papers and next year’s review are built on it.", field=kind)
    return sound


def check_edition(form: Form, before: Form) -> None:
    """Raises UserError if a new version of a form is for something else, or gives a question of the old one another kind."""
    checked(form)
    if (form.id, form.purpose) != (before.id, before.purpose):
        raise UserError("A form cannot become a form for something else. Copy the other one instead.", field="purpose")
    kinds = {field.id: field.kind for field in every_field(before)}
    for field in every_field(form):
        if kinds.get(field.id, field.kind) != field.kind:
            name = field.label or field.id
            raise UserError(f"‘{name}’ was a question of another kind before. Hide it and add a new one.", field=field.id)


def every_field(form: Form) -> tuple[Field, ...]:
    """Every question of a form, hidden ones too."""
    return tuple(field for section in form.sections for field in (*section.fields, *section.hidden))


def _only(words: dict[str, Any], known: Sequence[str]) -> None:
    for key in words:
        if key not in known:
            raise UserError(f"‘{key}’ cannot be changed. These can: {', '.join(known)}.", field=key)


def _section(form: Form, section_id: str) -> Section:
    for section in form.sections:
        if section.id == section_id:
            return section
    raise UserError(f"The form has no section ‘{section_id}’.", field=section_id)


def _with_section(form: Form, section_id: str, new: Section) -> Form:
    return replace(form, sections=tuple(new if each.id == section_id else each for each in form.sections))


def _place(form: Form, field_id: str) -> tuple[Section, int, bool]:
    """Where a question is: its section, its place there, and whether it is hidden."""
    for section in form.sections:
        for is_hidden, table in ((False, section.fields), (True, section.hidden)):
            for place, field in enumerate(table):
                if field.id == field_id:
                    return section, place, is_hidden
    raise UserError(f"The form has no question ‘{field_id}’.", field=field_id)


def _asked(form: Form, field_id: str) -> Field:
    section, place, is_hidden = _place(form, field_id)
    if is_hidden:
        raise UserError("This question is hidden. Show it first.", field=field_id)
    return section.fields[place]


def _without(form: Form, field_id: str, instead: str) -> Form:
    section = _place(form, field_id)[0]
    rest = tuple(each for each in section.fields if each.id != field_id)
    if not rest:
        raise UserError(f"It is the only question of ‘{section.title}’. {instead}", field=field_id)
    return _with_section(form, section.id, replace(section, fields=rest))


def _new_field(form: Form, kind: str, label: str, choices: Sequence[str], lines: int) -> Field:
    if kind not in ADDED_KINDS:
        raise UserError(f"Questions of the kind ‘{kind}’ cannot be added. Use one of: {', '.join(ADDED_KINDS)}.", field="kind")
    if not label.strip():
        raise UserError("Write the question.", field="label")
    return Field(_new_id(label, {field.id for field in every_field(form)}), kind, label, choices=tuple(choices), lines=lines)


def _new_id(words: str, taken: set[str]) -> str:
    """‘What went well?’ becomes what_went_well, or what_went_well_2 where that is taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST["id"] - 10]
    start = start if start[:1].isalpha() else f"q_{start}".rstrip("_")
    found, number = start, 1
    while found in taken:
        number += 1
        found = f"{start}_{number}"
    return found
