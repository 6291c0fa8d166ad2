"""The boxes of a fillable form: which there are, what they are called, and how what stands in them becomes answers.

One list for the paper that draws them (papers.fillable) and for the reader of what comes back (exchange.pdf_forms).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from staffdev_desktop.formkit.answers import ROWS
from staffdev_desktop.formkit.definition import AGREEMENTS, OUTCOMES, Field, Form
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import UserError

FORM_BOX = "staffdev:form"  # the read-only box that says which form this is (exchange.tokens)
_DATES = ("by_when", "agreed_on")


@dataclass(frozen=True)
class Box:
    """One box: words to type, a tick, or one of several choices (whose marks are c1, c2 ...)."""

    name: str
    kind: Literal["words", "tick", "one_of"]
    choices: tuple[str, ...] = ()


def box_name(*parts: str | int) -> str:
    """targets:2:by_when. No field's id has a colon."""
    return ":".join(str(part) for part in parts)


def choice_mark(place: int) -> str:
    """What a form file keeps for the choice at a place, 0 the first: plain letters survive every program."""
    return f"c{place + 1}"


def outcome_rows(field: Field, last_targets: int) -> int:
    """How many of last year's targets the form shows; where none is known there is room to write them."""
    return last_targets or field.lines


def boxes(form: Form, last_targets: int = 0, *, first_year: bool = False) -> tuple[Box, ...]:
    """Every box of a form, in order. `last_targets` of last year stand on it; in the first year nothing is asked about them."""
    found: list[Box] = []
    for field in form.fields:
        if not (first_year and not last_targets and field.kind == "outcomes"):
            found += _boxes_of(field, last_targets)
    return tuple(found)


def _boxes_of(field: Field, last_targets: int) -> list[Box]:
    kind, name = field.kind, field.id
    if kind in ("choice", "scale"):
        return [Box(name, "one_of", field.choices)]
    if kind == "tick":
        return [Box(name, "tick")]
    if kind in ("tick_list", "opportunities") and field.choices:
        return [Box(box_name(name, place), "tick") for place in range(1, len(field.choices) + 1)]
    if kind in ("targets", "needs"):
        return [Box(box_name(name, row, key), "words") for row in range(1, field.lines + 1) for key in ROWS[kind]]
    if kind == "outcomes":
        return [box for row in range(1, outcome_rows(field, last_targets) + 1) for box in _outcome_boxes(field, row, last_targets)]
    if kind == "comments":
        return [Box(box_name(name, "text"), "words"), Box(box_name(name, "none"), "tick")]
    if kind == "agreement":
        return [Box(box_name(name, side), "one_of", AGREEMENTS) for side in ("member", "reviewer")]
    if kind == "interim":
        return [Box(box_name(name, "planned"), "tick"), Box(box_name(name, "when"), "words")]
    return [] if kind == "signatures" else [Box(name, "words")]


def _outcome_boxes(field: Field, row: int, last_targets: int) -> list[Box]:
    target = [] if last_targets else [Box(box_name(field.id, row, "target"), "words")]
    choices = field.choices or OUTCOMES
    return [*target, Box(box_name(field.id, row, "outcome"), "one_of", choices), Box(box_name(field.id, row, "note"), "words")]


def answers_from_boxes(form: Form, filled: Mapping[str, str | bool]) -> dict[str, Any]:
    """Answers by field id from what stands in the boxes; what was left empty is left out.

    Dates are read as people type them; what is no date stays as it was written, for check_answers to say so. The rows about last
    year's targets come in the order in which these stand on the form, an empty one for a target without a word.
    """
    found = {field.id: _answer(field, filled) for field in form.fields}
    return {field_id: answer for field_id, answer in found.items() if answer}


def _answer(field: Field, filled: Mapping[str, str | bool]) -> Any:
    kind, name = field.kind, field.id
    if kind in ("tick_list", "opportunities"):
        if field.choices:
            return [words for place, words in enumerate(field.choices, 1) if filled.get(box_name(name, place))]
        return [line.strip() for line in str(filled.get(name, "")).splitlines() if line.strip()]
    if kind in ROWS:
        rows = _rows(field, filled)
        if kind != "outcomes":
            return [row for row in rows if row]
        return rows if any(rows) else []
    if kind in ("comments", "agreement", "interim"):
        start = f"{name}:"
        inner = {box.removeprefix(start): value for box, value in filled.items() if box.startswith(start) and value}
        if "when" in inner:
            inner["when"] = _as_date(str(inner["when"]))
        return inner
    value = filled.get(name, "")
    return _as_date(value) if kind == "date" and isinstance(value, str) else value


def _rows(field: Field, filled: Mapping[str, str | bool]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    while any(box_name(field.id, len(rows) + 1, key) in filled for key in ROWS[field.kind]):
        values = {key: str(filled.get(box_name(field.id, len(rows) + 1, key), "")) for key in ROWS[field.kind]}
        rows.append({key: _as_date(words) if key in _DATES else words for key, words in values.items() if words.strip()})
    return rows


def _as_date(words: str) -> str:
    try:
        return parse_date(words).isoformat() if words.strip() else ""
    except UserError:
        return words
