"""Answers to a form: plain JSON values by field id, and whether they have the shape their field wants.

| kind | value |
|---|---|
| short_text, long_text | words |
| choice, scale | one of the field's choices, or "" |
| tick | true or false |
| tick_list, opportunities | a list of words (of the choices, if the field has any) |
| date | 2026-10-20, or "" |
| targets | rows of target, success_criteria, support, by_when, priority |
| outcomes | rows of target, by_when, agreed_on, outcome, note, reason |
| needs | rows of need, how, who, by_when, state |
| comments | {text, none} |
| agreement | {member, reviewer}: agreed, agreed with comments, not agreed, or "" |
| interim | {planned, when} |
| signatures | nothing: people sign on paper |
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from staffdev_desktop.formkit.definition import AGREEMENTS, OUTCOMES, Field, Form

ROWS = {
    "targets": ("target", "success_criteria", "support", "by_when", "priority"),
    "outcomes": ("target", "by_when", "agreed_on", "outcome", "note", "reason"),
    "needs": ("need", "how", "who", "by_when", "state"),
}
ROW_WORDS = {"targets": "Target", "outcomes": "Last year’s target", "needs": "Need"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Problem:
    """Something wrong with, or missing from, one answer: a sentence to show beside it."""

    field_id: str
    sentence: str


def check_answers(form: Form, answers: Any) -> tuple[Problem, ...]:
    """What is wrong with the shape of answers. Never raises, whatever JSON it is given."""
    if not isinstance(answers, Mapping):
        return (Problem("", "The answers are not in the shape this form needs."),)
    found = [Problem(str(key), "This form has no such question.") for key in answers if form.field(str(key)) is None]
    for field in form.fields:
        if field.id in answers:
            name = field.label or "This answer"
            found += [Problem(field.id, sentence) for sentence in _CHECKS[field.kind](field, name, answers[field.id])]
    return tuple(found)


def is_empty(field: Field, value: Any) -> bool:
    """Whether a field holds nothing anybody wrote or ticked. A row that only repeats last year's target counts as empty."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        keys = ("outcome", "note", "reason") if field.kind == "outcomes" else None
        return all(_row_is_empty(row, keys) for row in value)
    if isinstance(value, Mapping):
        return _row_is_empty(value, None)
    return not value


def _row_is_empty(row: Any, keys: tuple[str, ...] | None) -> bool:
    if not isinstance(row, Mapping):
        return not str(row or "").strip()
    values = row.values() if keys is None else [row.get(key) for key in keys]
    return not any(value.strip() if isinstance(value, str) else value for value in values)


def is_date(text: str) -> bool:
    """Whether a text is a real day written 2026-10-20."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _text(_field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} must be words."


def _choice(field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} must be words."
    elif value and value not in field.choices:
        yield f"‘{value[:40]}’ is not one of the choices: {', '.join(field.choices)}."


def _tick(_field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{name} is either ticked or not."


def _tick_list(field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield f"{name} must be a list of words."
        return
    for item in value:
        if field.choices and item not in field.choices:
            yield f"‘{item[:40]}’ is not one of the choices: {', '.join(field.choices)}."


def _date(_field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} must be a date."
    elif value and not is_date(value):
        yield f"‘{value[:40]}’ is not a date."


def _rows(field: Field, name: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        yield f"{name} must be a list of rows."
        return
    for number, row in enumerate(value, 1):
        for key, item in row.items():
            yield from _row_value(field, f"{ROW_WORDS[field.kind]} {number}", key, item)


def _row_value(field: Field, row_name: str, key: Any, value: Any) -> Iterator[str]:
    words = str(key).replace("_", " ")
    if key not in ROWS[field.kind]:
        yield f"{row_name} has ‘{words}’, which this form does not ask for."
    elif not isinstance(value, str):
        yield f"{row_name}: {words} must be words."
    elif key in ("by_when", "agreed_on") and value and not is_date(value):
        yield f"{row_name}: ‘{value[:40]}’ is not a date."
    elif key == "outcome" and value and value not in (field.choices or OUTCOMES):
        yield f"{row_name}: ‘{value[:40]}’ is not one of the outcomes: {', '.join(field.choices or OUTCOMES)}."


def _record(shape: Mapping[str, type]) -> Callable[[Field, str, Any], Iterator[str]]:
    def check(field: Field, name: str, value: Any) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"{name} is not in the shape this form needs."
            return
        for key, item in value.items():
            if key not in shape:
                yield f"{name} has ‘{key}’, which this form does not ask for."
            elif type(item) is not shape[key]:
                yield f"{name}: {key} is either ticked or not." if shape[key] is bool else f"{name}: {key} must be words."
            elif field.kind == "agreement" and item and item not in AGREEMENTS:
                yield f"‘{str(item)[:40]}’ is not one of: {', '.join(AGREEMENTS)}."

    return check


def _nothing(_field: Field, name: str, value: Any) -> Iterator[str]:
    if value:
        yield f"{name}: people sign on paper, so nothing is kept here."


_CHECKS: dict[str, Callable[[Field, str, Any], Iterator[str]]] = {
    "short_text": _text,
    "long_text": _text,
    "choice": _choice,
    "scale": _choice,
    "tick": _tick,
    "tick_list": _tick_list,
    "opportunities": _tick_list,
    "date": _date,
    "targets": _rows,
    "outcomes": _rows,
    "needs": _rows,
    "comments": _record({"text": str, "none": bool}),
    "agreement": _record({"member": str, "reviewer": str}),
    "interim": _record({"planned": bool, "when": str}),
    "signatures": _nothing,
}
