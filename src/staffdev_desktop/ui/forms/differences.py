"""What is different between two editions of a form, a sentence each: read before an edition from a file becomes a version."""

from collections.abc import Iterator
from typing import Any

from staffdev_desktop.formkit import Field, Form, Section
from staffdev_desktop.formkit.editing import FORM_WORDS, SECTION_WORDS, every_field
from staffdev_desktop.ui.forms.words import KIND_WORDS, name_of

WORDS = {
    "title": "Title",
    "audience": "For",
    "intro": "Introduction",
    "person": "Word for the person reviewed",
    "reviewer": "Word for the reviewer",
    "short": "Short title",
    "hint": "Hint",
    "keep_together": "Kept on one page",
    "label": "Question",
    "note": "Words printed under it",
    "lines": "Lines on paper",
    "choices": "Choices",
    "optional": "May be left empty",
    "frameworks": "Standards that targets may name",
}
FIELD_WORDS = ("label", "hint", "choices", "lines", "note", "optional", "frameworks")


def differences(before: Form, after: Form) -> tuple[str, ...]:
    """Every difference in a sentence, in the order of the form; none if only the version differs."""
    old, new = {each.id: each for each in before.sections}, {each.id: each for each in after.sections}
    homes_before, homes_after = _homes(before), _homes(after)
    found = [*_reworded("The form", before, after, FORM_WORDS)]
    found += [f"Section taken out: {_quoted(each.title)}." for each in before.sections if each.id not in new]
    found += [f"New section: {_quoted(each.title)}." for each in after.sections if each.id not in old]
    found += _order(before, after)
    for section in after.sections:
        if section.id in old:
            found += _reworded(f"Section {_quoted(section.title)}", old[section.id], section, SECTION_WORDS)
        found += _questions(section, homes_before)
    for field_id, (section, field, _is_hidden) in homes_before.items():
        if field_id not in homes_after and section.id in new:
            found.append(f"Question gone: {_quoted(name_of(field, section))}.")
    return tuple(found)


def _questions(section: Section, before: dict[str, tuple[Section, Field, bool]]) -> Iterator[str]:
    for field, is_hidden in [(each, False) for each in section.fields] + [(each, True) for each in section.hidden]:
        name = _quoted(name_of(field, section))
        if field.id not in before:
            hidden = " (hidden)" if is_hidden else ""
            yield f"New question in {_quoted(section.title)}{hidden}: {name}, {KIND_WORDS[field.kind].lower()}."
            continue
        old_section, old, was_hidden = before[field.id]
        if is_hidden != was_hidden:
            yield f"{'Hidden' if is_hidden else 'Shown again'}: {name}."
        if old_section.id != section.id:
            yield f"{name} moves from {_quoted(old_section.title)} to {_quoted(section.title)}."
        if old.kind != field.kind:
            yield f"{name}: {KIND_WORDS[old.kind].lower()} before, {KIND_WORDS[field.kind].lower()} now."
        yield from _reworded(name, old, field, FIELD_WORDS)


def _homes(form: Form) -> dict[str, tuple[Section, Field, bool]]:
    return {
        field.id: (section, field, is_hidden)
        for section in form.sections
        for is_hidden, table in ((False, section.fields), (True, section.hidden))
        for field in table
    }


def _order(before: Form, after: Form) -> Iterator[str]:
    """Sections in another order, and questions in another order within their section; told by those that both have."""
    kept = {each.id for each in before.sections} & {each.id for each in after.sections}
    if [each.id for each in before.sections if each.id in kept] != [each.id for each in after.sections if each.id in kept]:
        yield f"The order of the sections: {', '.join(each.title for each in after.sections)}."
    old = {each.id: each for each in before.sections}
    asked_before = {field.id for field in every_field(before)}
    for section in after.sections:
        if section.id not in old:
            continue
        here = [field.id for field in section.fields if field.id in {each.id for each in old[section.id].fields}]
        was = [field.id for field in old[section.id].fields if field.id in {each.id for each in section.fields}]
        if here != was and set(here) <= asked_before:
            yield f"The order in {_quoted(section.title)}: {', '.join(name_of(field, section) for field in section.fields)}."


def _reworded(what: str, before: Any, after: Any, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{what}: {WORDS[key][:1].lower()}{WORDS[key][1:]} {_said(old)}, now {_said(new)}."


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _quoted(", ".join(value)) if value else "nothing"
    return str(value) if isinstance(value, int) else _quoted(value) if value else "nothing"


def _quoted(words: str) -> str:
    return f"‘{words if len(words) <= 160 else words[:157] + '…'}’"
