"""What a form is: sections of fields, each of a known kind (DESIGN section 5)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from staffdev_desktop.kernel.errors import UserError

KINDS = (
    "short_text",
    "long_text",
    "choice",
    "scale",
    "tick",
    "tick_list",
    "date",
    "targets",
    "outcomes",
    "needs",
    "opportunities",
    "comments",
    "agreement",
    "signatures",
    "interim",
)
NEEDS_CHOICES = ("choice", "scale", "tick_list")
OUTCOMES = ("met", "partly met", "not met", "carried forward", "dropped")
AGREEMENTS = ("agreed", "agreed with comments", "not agreed")
LONGEST = {"id": 60, "title": 200, "short": 24, "person": 60, "reviewer": 60, "label": 300, "hint": 500, "intro": 3000, "note": 1000}
_ID = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True)
class Field:
    """One question. `lines` is how many ruled lines (of a table, how many rows) the printed sheet gives it.

    `note` is printed under it on a statement. `choices` are the words to choose from; for outcomes they are the outcomes that
    may be ticked. `frameworks` are the standards (formkit.frameworks) that a target may name beside the school's priorities.
    """

    id: str
    kind: str
    label: str = ""
    hint: str = ""
    lines: int = 3
    choices: tuple[str, ...] = ()
    optional: bool = False
    note: str = ""
    frameworks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Questions under one heading; `keep_together` stays on one page of paper if a page can hold it.

    `short` is the title in a word or two, for the list of steps on screen; without it the title stands there. `hidden` are
    questions that the form has but does not ask until a school switches them on (formkit.editing).
    """

    id: str
    title: str
    hint: str = ""
    fields: tuple[Field, ...] = ()
    keep_together: bool = False
    short: str = ""
    hidden: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Form:
    """A whole form. `version` is the form's own; an answer keeps the version it was given to.

    `person` and `reviewer` are the words for the two sides.
    """

    id: str
    version: int
    title: str
    purpose: str
    audience: str
    intro: str = ""
    sections: tuple[Section, ...] = ()
    person: str = "Member of staff"
    reviewer: str = "Reviewer"

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field that is asked, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    def fields_of(self, kind: str) -> tuple[Field, ...]:
        """The fields of one kind, in order."""
        return tuple(field for field in self.fields if field.kind == kind)

    def field(self, field_id: str) -> Field | None:
        """A field by its id."""
        return next((field for field in self.fields if field.id == field_id), None)


def form_as_data(form: Form) -> dict[str, Any]:
    """A form as plain data for a snapshot: with every value, so that later defaults cannot change old words."""
    return {
        **{key: getattr(form, key) for key in ("id", "version", "title", "purpose", "audience", "intro", "person", "reviewer")},
        "sections": [
            {
                **{key: getattr(section, key) for key in ("id", "title", "hint", "keep_together", "short")},
                "fields": [_field_as_data(field) for field in section.fields],
                "hidden": [_field_as_data(field) for field in section.hidden],
            }
            for section in form.sections
        ],
    }


def _field_as_data(field: Field) -> dict[str, Any]:
    values = {spec.name: getattr(field, spec.name) for spec in fields(Field)}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def form_from_data(data: Mapping[str, Any]) -> Form:
    """A form from plain data. Raises UserError with a sentence that names the section or field that is wrong."""
    _known(data, Form, "The form")
    sections = tuple(_section(section, number) for number, section in enumerate(_tables(data, "sections", "The form"), 1))
    form = Form(
        id=_identifier(data, "The form"),
        version=_whole_number(data, "version", "The form", 1, 9999),
        title=_words(data, "title", "The form", required=True),
        purpose=_words(data, "purpose", "The form", required=True),
        audience=_words(data, "audience", "The form", required=True),
        intro=_words(data, "intro", "The form"),
        sections=sections,
        person=_words(data, "person", "The form") or Form.person,
        reviewer=_words(data, "reviewer", "The form") or Form.reviewer,
    )
    if not sections:
        raise UserError("The form has no sections. Add one with [[sections]].", field="sections")
    _unique([section.id for section in sections], "section")
    _unique([field.id for section in sections for field in (*section.fields, *section.hidden)], "field")
    return form


def _section(data: Mapping[str, Any], number: int) -> Section:
    where = f"Section {number}"
    _known(data, Section, where)
    section_id = _identifier(data, where)
    where = f"Section ‘{section_id}’"
    section = Section(
        id=section_id,
        title=_words(data, "title", where, required=True),
        hint=_words(data, "hint", where),
        fields=tuple(_field(field, f"{where}, field {place}") for place, field in enumerate(_tables(data, "fields", where), 1)),
        keep_together=_yes_no(data, "keep_together", where),
        short=_words(data, "short", where),
        hidden=tuple(_field(field, f"{where}, hidden {place}") for place, field in enumerate(_tables(data, "hidden", where), 1)),
    )
    if not section.fields:
        raise UserError(f"{where} asks nothing. Give it a question with [[sections.fields]], or take it out.", field=section_id)
    return section


def _field(data: Mapping[str, Any], where: str) -> Field:
    _known(data, Field, where)
    field_id = _identifier(data, where)
    where = f"Field ‘{field_id}’"
    kind = data.get("kind", "")
    if kind not in KINDS:
        raise UserError(f"{where} has the kind ‘{kind}’, which is not known. Use one of: {', '.join(KINDS)}.", field="kind")
    choices, frameworks = _list_of_words(data, "choices", where), _list_of_words(data, "frameworks", where)
    if len(choices) < 2 and (kind in NEEDS_CHOICES or (kind == "outcomes" and choices)):
        raise UserError(f"{where} needs at least two choices.", field="choices")
    if len(set(choices)) != len(choices):
        raise UserError(f"{where} has the same choice twice.", field="choices")
    if kind == "outcomes" and not set(choices) <= set(OUTCOMES):
        raise UserError(f"{where}: the outcomes to choose from are {', '.join(OUTCOMES)}.", field="choices")
    return Field(
        id=field_id,
        kind=kind,
        label=_words(data, "label", where),
        hint=_words(data, "hint", where),
        lines=_whole_number(data, "lines", where, 1, 40, default=3),
        choices=choices,
        optional=_yes_no(data, "optional", where),
        note=_words(data, "note", where),
        frameworks=frameworks,
    )


def _known(data: Any, model: type, where: str) -> None:
    if not isinstance(data, Mapping):
        raise UserError(f"{where} must be a table of values.")
    names = {spec.name for spec in fields(model)}
    for key in data:
        if key not in names:
            raise UserError(f"{where} has ‘{key}’, which is not known. Use one of: {', '.join(sorted(names))}.", field=str(key))


def _tables(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list | tuple):
        raise UserError(f"{where}: {key} must be a list of tables, each begun with [[{key}]].", field=key)
    return list(value)


def _list_of_words(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item.strip() for item in value):
        raise UserError(f"{where}: {key} must be a list of words.", field=key)
    return tuple(value)


def _identifier(data: Mapping[str, Any], where: str) -> str:
    value = data.get("id", "")
    if not isinstance(value, str) or not _ID.fullmatch(value) or len(value) > LONGEST["id"]:
        raise UserError(f"{where} needs an id of small letters, digits, - and _, such as ‘next_steps’.", field="id")
    return value


def _words(data: Mapping[str, Any], key: str, where: str, *, required: bool = False) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise UserError(f"{where}: {key} must be words in quotation marks.", field=key)
    value = value.strip()
    if required and not value:
        raise UserError(f"{where} needs a {key}.", field=key)
    if len(value) > LONGEST.get(key, LONGEST["title"]):
        raise UserError(f"{where}: {key} is longer than {LONGEST.get(key, LONGEST['title'])} characters.", field=key)
    return value


def _whole_number(data: Mapping[str, Any], key: str, where: str, least: int, most: int, default: int | None = None) -> int:
    value = data.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UserError(f"{where}: {key} must be a whole number from {least} to {most}.", field=key)
    return value


def _yes_no(data: Mapping[str, Any], key: str, where: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise UserError(f"{where}: {key} must be true or false.", field=key)
    return value


def _unique(ids: list[str], what: str) -> None:
    for one in ids:
        if ids.count(one) > 1:
            raise UserError(f"Two of the form’s {what}s have the id ‘{one}’. Each needs its own.", field=one)
