"""What a returned form says, made to fit the review it belongs to, and put into words beside what stands there already. Pure.

Nothing is dropped without a remark: what is no date is kept as words, and what cannot be kept is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staffdev_desktop.formkit import Field, Form, is_date, is_empty
from staffdev_desktop.kernel.dates import long_day, parse_date
from staffdev_desktop.pdr.rows import ReviewRecord, TargetRow
from staffdev_desktop.pdr.rules import NEED_STATES

Answers = Mapping[str, Any]
CARRIED = "carried forward"
JUDGED = ("outcome", "note")  # what a form may say about a target of last year
_EMPTY: dict[str, Any] = {"tick": False, "tick_list": [], "opportunities": [], "targets": [], "outcomes": [], "needs": []}
_RECORDS = ("comments", "agreement", "interim")


@dataclass(frozen=True)
class Fitted:
    """Answers that the services take. `last_targets` are last year's, where they were typed on the form; `remarks` are questions."""

    answers: Answers
    last_targets: tuple[Mapping[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A question with what the form says, and what stands in the review now where that is something else."""

    question: str
    words: str
    now: str = ""
    replaces: bool = False


def fit_sheet(form: Form, answers: Answers, record: ReviewRecord) -> Fitted:
    """A self-review sheet as a whole: a question that it leaves empty is empty. Last year's targets stand beside their outcomes."""
    fitted, remarks = _fit_fields(form, answers)
    for field in form.fields_of("outcomes"):
        if field.id in fitted and record.last_targets:
            fitted[field.id] = [_facts(target) | row for target, row in zip(record.last_targets, fitted[field.id], strict=False)]
    whole = {field.id: fitted.get(field.id, _nothing(field)) for field in form.fields if field.kind != "signatures"}
    return Fitted(whole, remarks=tuple(remarks))


def fit_meeting(form: Form, answers: Answers, record: ReviewRecord) -> Fitted:
    """A meeting form: only what it answers. Targets carried forward stand among this year's, as they do on the screen."""
    fitted, remarks = _fit_fields(form, answers)
    typed: list[Mapping[str, str]] = []
    carried: list[dict[str, str]] = []
    for field in form.fields_of("outcomes"):
        rows = fitted.get(field.id, [])
        if rows and not any(row.get("target") for row in rows):
            carried += [_carried(target) for target, row in zip(record.last_targets, rows, strict=False) if row.get("outcome") == CARRIED]
        elif rows:
            typed = [row for row in rows if row.get("target")]
            carried += [{"target": row["target"]} for row in typed if row.get("outcome") == CARRIED]
            if len(typed) < len([row for row in rows if row]):
                remarks.append("An outcome of last year has no target beside it: it is left out.")
            rows = typed
        if rows:
            fitted[field.id] = [{key: row[key] for key in JUDGED if row.get(key)} for row in rows]
    for field in form.fields_of("targets"):
        if field.id in fitted:
            said = {row.get("target") for row in fitted[field.id]}
            fitted[field.id] = [*fitted[field.id], *(row for row in carried if row["target"] not in said)]
    return Fitted(fitted, tuple(typed), tuple(remarks))


def without_outcomes(form: Form, answers: Answers) -> Answers:
    """The answers but for those about last year's targets."""
    dropped = {field.id for field in form.fields_of("outcomes")}
    return {key: value for key, value in answers.items() if key not in dropped}


def bare(field: Field, value: Any) -> Any:
    """An answer without what is empty in it, so that two that say the same are the same."""
    if field.kind == "outcomes" and isinstance(value, list):
        return [{key: row[key] for key in (*JUDGED, "target") if row.get(key)} for row in value] if not is_empty(field, value) else None
    if isinstance(value, list):
        rows = [{key: part for key, part in row.items() if part} if isinstance(row, Mapping) else row for row in value]
        return [row for row in rows if row] or None
    if isinstance(value, Mapping):
        return {key: part for key, part in value.items() if part} or None
    return value or None


def lines(form: Form, answers: Answers, now: Answers, last_targets: Sequence[TargetRow]) -> tuple[Line, ...]:
    """The form question by question, in its own order, beside what stands in the review."""
    found = []
    for section in form.sections:
        for field in section.fields:
            if field.kind == "signatures":
                continue
            words = in_words(field, answers.get(field.id), last_targets)
            before = in_words(field, now.get(field.id), last_targets)
            answered = field.id in answers and words != before
            question = field.label or section.title
            found.append(Line(question, words, before if before != words else "", replaces=answered and bool(before)))
    return tuple(found)


def in_words(field: Field, value: Any, last_targets: Sequence[TargetRow] = ()) -> str:
    """An answer as people read it; nothing for an empty one."""
    value = bare(field, value)
    if value is None:
        return ""
    if field.kind == "outcomes":
        return "\n".join(words for place, row in enumerate(value) if (words := _outcome_words(place, row, last_targets)))
    if field.kind in ("targets", "needs"):
        return "\n".join(f"{number}. {_row_words(row)}" for number, row in enumerate(value, 1))
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    if isinstance(value, Mapping):
        return _record_words(field, value)
    if value is True:
        return "Ticked"
    return _day_words(str(value)) if field.kind == "date" else str(value)


def _fit_fields(form: Form, answers: Answers) -> tuple[dict[str, Any], list[str]]:
    fitted: dict[str, Any] = {}
    remarks: list[str] = []
    for field in form.fields:
        if field.id not in answers:
            continue
        value = answers[field.id]
        if field.kind in ("targets", "needs"):
            value = [_fit_row(field, row, remarks) for row in value]
        elif field.kind == "date" and not is_date(value):
            remarks.append(f"‘{value[:40]}’ is not a date: ‘{field.label}’ is left out.")
            continue
        elif field.kind == "interim" and not is_date(value.get("when") or "2026-01-01"):
            remarks.append(f"‘{value['when'][:40]}’ is not a date: it is kept as words.")
        elif field.kind == "comments" and value.get("none") and value.get("text", "").strip():
            remarks.append("‘None’ is ticked beside comments: the comments are kept.")
            value = {"text": value["text"]}
        fitted[field.id] = value
    return fitted, remarks


def _fit_row(field: Field, row: Mapping[str, str], remarks: list[str]) -> dict[str, str]:
    """A row whose date is a date; words such as ‘Easter’ go under the target or need they belong to."""
    fitted = dict(row)
    first = "target" if field.kind == "targets" else "need"
    when = fitted.get("by_when", "")
    if when and not is_date(when):
        remarks.append(f"‘{when[:40]}’ is not a date: it is kept as words.")
        fitted[first] = _under(fitted.get(first, ""), f"By when: {fitted.pop('by_when')}")
    if field.kind == "needs":
        state = fitted.get("state", "").strip()
        if state and state.casefold() not in NEED_STATES:
            remarks.append(f"‘{state[:40]}’ is not a state of a need: it is kept as words.")
            fitted[first] = _under(fitted.get(first, ""), f"State: {state}")
        fitted["state"] = state.casefold() if state.casefold() in NEED_STATES else NEED_STATES[0]
    return fitted


def _under(words: str, more: str) -> str:
    return f"{words}\n{more}" if words else more


def _nothing(field: Field) -> Any:
    return {} if field.kind in _RECORDS else _EMPTY.get(field.kind, "")


def _facts(target: TargetRow) -> dict[str, str]:
    """What a sheet keeps of a target of last year beside its outcome."""
    return {
        "target": target.target,
        "by_when": target.by_when.isoformat() if target.by_when else "",
        "agreed_on": target.agreed_on.isoformat() if target.agreed_on else "",
    }


def _carried(target: TargetRow) -> dict[str, str]:
    kept = {"target": target.target, "success_criteria": target.success_criteria, "support": target.support, "priority": target.priority}
    return {key: words for key, words in kept.items() if words}


def _outcome_words(place: int, row: Mapping[str, str], last_targets: Sequence[TargetRow]) -> str:
    said = [words for words in (row.get("outcome", "").capitalize(), row.get("note", "")) if words]
    target = row.get("target") or (last_targets[place].target if place < len(last_targets) else "")
    return f"{place + 1}. {target or 'Last year’s target'}: {'. '.join(said)}" if said else ""


def _row_words(row: Mapping[str, str]) -> str:
    names = {"success_criteria": "Success", "support": "Support", "how": "How", "who": "Who", "priority": "Linked to", "state": "State"}
    parts = [row.get("target") or row.get("need") or ""]
    parts += [f"{name}: {row[key]}" for key, name in names.items() if row.get(key)]
    if row.get("by_when"):
        parts.append(f"By {_day_words(row['by_when'])}")
    return "\n".join(part for part in parts if part)


def _record_words(field: Field, value: Mapping[str, Any]) -> str:
    if field.kind == "comments":
        return str(value.get("text") or "None")
    if field.kind == "interim":
        when = f"for {_day_words(value['when'])}" if value.get("when") else ""
        return f"Planned {when}".strip() if value.get("planned") else f"Not ticked as planned, {when}".rstrip(", ")
    sides = {"member": "Member of staff", "reviewer": "Reviewer"}
    return "\n".join(f"{name}: {value[side]}" for side, name in sides.items() if value.get(side))


def _day_words(text: str) -> str:
    return long_day(parse_date(text)) if is_date(text) else text
