"""How far answers are: what must be there before a statement is agreed, what is only asked about (DESIGN section 4)."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from staffdev_desktop.formkit.answers import Problem, is_empty
from staffdev_desktop.formkit.definition import AGREEMENTS, OUTCOMES, Field, Form, Section
from staffdev_desktop.kernel.names import count_of

USUAL_TARGETS = 3  # seeds/002: usually three targets for the next year
NEEDS_REASON = ("carried forward", "dropped")


class SectionState(StrEnum):
    """How far a section is, for the list of steps on screen."""

    EMPTY = "empty"
    PARTLY = "partly"
    DONE = "done"


def section_state(section: Section, answers: Mapping[str, Any]) -> SectionState:
    """Whether a section is empty, partly filled in, or done. Optional fields do not hold it back; signing happens on paper."""
    fields = [field for field in section.fields if field.kind not in ("signatures", "tick")]
    filled = [field for field in fields if not is_empty(field, answers.get(field.id))]
    if not filled:
        return SectionState.EMPTY if fields else SectionState.DONE
    unfinished = any(_is_unfinished(field, answers.get(field.id)) for field in filled)
    waiting = any(field not in filled and not field.optional for field in fields)
    return SectionState.PARTLY if unfinished or waiting else SectionState.DONE


def missing_before_agreed(
    form: Form, answers: Mapping[str, Any], *, first_year: bool = False, taken_in: bool = False
) -> tuple[Problem, ...]:
    """What must be there before a statement is agreed.

    `first_year`: there were no targets last year; `taken_in`: last year's came in from elsewhere.
    """
    found: list[Problem] = []
    for field in form.fields:
        value = answers.get(field.id)
        if field.kind == "outcomes" and not (first_year or taken_in):
            found += [Problem(field.id, sentence) for sentence in _missing_outcomes(value)]
        elif field.kind == "comments":
            found += [Problem(field.id, sentence) for sentence in _missing_comments(value, form.person)]
        elif field.kind == "agreement":
            found += [Problem(field.id, sentence) for sentence in _missing_agreement(value, (form.person, form.reviewer))]
    return tuple(found)


def questions_before_agreed(form: Form, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What to ask about before a statement is agreed; each may be answered ‘leave it so’."""
    found: list[Problem] = []
    for number, section in enumerate(form.sections, 1):
        asked = [field for field in section.fields if field.kind not in ("comments", "agreement", "signatures", "outcomes", "tick")]
        if not _any_filled(asked, answers):
            if not all(field.optional for field in asked):
                found.append(Problem(asked[0].id, f"Section {number}, {section.title}, is empty. Leave it so?"))
            continue
        for field in asked:
            value = answers.get(field.id)
            if field.kind == "targets":
                found += [Problem(field.id, sentence) for sentence in _target_questions(_rows(value))]
            elif field.kind in ("choice", "scale") and not field.optional and is_empty(field, value):
                found.append(Problem(field.id, f"‘{field.label or section.title}’ has no answer. Leave it so?"))
    return tuple(found)


def _any_filled(fields: Sequence[Field], answers: Mapping[str, Any]) -> bool:
    return any(not is_empty(field, answers.get(field.id)) for field in fields)


def _missing_outcomes(value: Any) -> Iterator[str]:
    rows = _rows(value)
    if not rows:
        yield "Say how each of last year’s targets went, or tick that this is the first year here."
    for number, row in enumerate(rows, 1):
        if row.get("outcome") not in OUTCOMES:
            yield f"Last year’s target {number} has no outcome yet."
        elif row["outcome"] in NEEDS_REASON and not _text(row.get("reason")):
            yield f"Last year’s target {number} is {row['outcome']}. Say why."


def _missing_comments(value: Any, person: str = Form.person) -> Iterator[str]:
    record = value if isinstance(value, Mapping) else {}
    if not _text(record.get("text")) and record.get("none") is not True:
        yield f"Write the {_in_sentence(person)}’s comments, or tick ‘none’."


def _missing_agreement(value: Any, names: tuple[str, str] = (Form.person, Form.reviewer)) -> Iterator[str]:
    record = value if isinstance(value, Mapping) else {}
    for side, name in zip(("member", "reviewer"), names, strict=True):
        if record.get(side) not in AGREEMENTS:
            yield f"The {_in_sentence(name)} has not said whether they agree."


def _target_questions(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    written = [row for row in rows if _text(row.get("target"))]
    if len(written) != USUAL_TARGETS:
        yield f"There {'is' if len(written) == 1 else 'are'} {count_of(len(written), 'target')} for this year; three are usual. Keep it so?"
    for number, row in enumerate(rows, 1):
        if _text(row.get("target")) and not _text(row.get("by_when")):
            yield f"Target {number} has no date. Leave it so?"
        elif not _text(row.get("target")) and any(_text(item) for item in row.values()):
            yield f"Row {number} of the targets has no target. Leave it so?"


def _is_unfinished(field: Field, value: Any) -> bool:
    if field.kind == "outcomes":
        return any(True for _ in _missing_outcomes(value))
    if field.kind == "agreement":
        return any(True for _ in _missing_agreement(value))
    if field.kind == "targets":
        return any(not _text(row.get("target")) or not _text(row.get("by_when")) for row in _rows(value))
    return False


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
