"""Any form on paper: as a sheet to write on, with ruled lines where nothing is written yet, or filled in from answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reportlab.lib.units import mm

from staffdev_desktop.formkit import AGREEMENTS, OUTCOMES, Field, Form, Section, is_empty, names_standard
from staffdev_desktop.kernel.dates import MONTH_NAMES, day_with_year, long_day
from staffdev_desktop.papers.blocks import Block, Gap, Kept, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import Boxed, Lines, Outcome, Signatures, Tick, TickRow, heading, section
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, INK2, Span, Style, Text

BETWEEN_FIELDS = 1.5 * mm
NUMBER = 19.5
NOTHING = "Nothing written here."
QUIET = Style(BODY.size, BODY.leading, ink=INK2)


@dataclass(frozen=True)
class Drawing:
    """How a form is drawn.

    `blank`: a sheet to write on; what answers hold already is printed on it. `only_written`: without what is empty, and
    without numbers and hints. `people` sign: role, name, post; without them there is no signature block. `closing` follows
    the signatures on the same page. `skip` are fields drawn elsewhere. `sides` are the form's own words for the two sides.
    `drawn` holds other ways to draw a kind of field: boxes to type in (papers.fillable).
    """

    answers: Mapping[str, Any]
    blank: bool = False
    first_year: bool = False
    people: tuple[tuple[str, str, str], ...] = ()
    closing: tuple[Block, ...] = ()
    skip: frozenset[str] = frozenset()
    only_written: bool = False
    sides: tuple[str, str] = (Form.person, Form.reviewer)
    drawn: Mapping[str, Callable[[Field, str, Any, "Drawing"], list[Block]]] = field(default_factory=dict)


def form_story(form: Form, drawing: Drawing) -> list[Block]:
    """A form's sections as blocks, numbered in order; a section with nothing to draw is left out."""
    drawing = replace(drawing, sides=(form.person, form.reviewer))
    story: list[Block] = []
    number = 0
    for part in form.sections:
        body = _section_body(part, drawing)
        if body:
            number += 1
            head = heading(part.title) if drawing.only_written else heading(part.title, number, part.hint)
            story.append(section(head, body, whole=part.keep_together))
    return story


def _section_body(part: Section, drawing: Drawing) -> list[Block]:
    body: list[Block] = []
    shown = [item for item in part.fields if _is_shown(item, part, drawing)]
    for item in shown:
        label = item.label if len(shown) > 1 else ""
        blocks = _drawn(item, label, drawing.answers.get(item.id), drawing)
        if drawing.blank and item.hint and item.kind not in ("targets", "comments"):
            blocks = _with_hint(item, label, blocks, drawing)
        if body and blocks:
            blocks[0].before = max(blocks[0].before, BETWEEN_FIELDS)
        body += blocks
    return body


def _drawn(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    return drawing.drawn.get(item.kind, _DRAWN[item.kind])(item, label, value, drawing)


def _with_hint(item: Field, label: str, blocks: list[Block], drawing: Drawing) -> list[Block]:
    """A question's hint: beside its label if that has a line of its own, else above."""
    beside = label and item.kind in ("short_text", "long_text", "date", "tick_list", "opportunities")
    if beside and is_empty(item, drawing.answers.get(item.id)):
        head = Text([(label, BODY.strong), (f" \N{NO-BREAK SPACE}{item.hint}", CELL_SMALL)])
        return [Stack([head, *_drawn(item, "", None, drawing)], stuck=1)]
    return [Stack([Text(item.hint, CELL_SMALL), *blocks], stuck=1)]


def _is_shown(item: Field, part: Section, drawing: Drawing) -> bool:
    if item.id in drawing.skip or (item.kind == "signatures" and not drawing.people):
        return False
    if drawing.only_written:
        return not is_empty(item, drawing.answers.get(item.id))
    if drawing.blank or not item.optional or item.kind in ("needs", "targets"):
        return True
    if item.kind == "tick":  # consent to share what was not written means nothing
        place = part.fields.index(item)
        return place == 0 or not is_empty(part.fields[place - 1], drawing.answers.get(part.fields[place - 1].id))
    return not is_empty(item, drawing.answers.get(item.id))


def _text(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    if is_empty(item, value):
        return under(label, [Lines(item.lines)]) if drawing.blank else [_run_in(label, NOTHING, QUIET)]
    return [_run_in(label, _words(value), BODY)]


def _choice(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    return [TickRow(with_colon(label), [(choice, choice == value) for choice in item.choices])]


def _tick(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    return [Tick(item.label, value is True)]


def _tick_list(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    ticked = [_words(entry) for entry in value] if isinstance(value, list | tuple) else []
    if drawing.blank:
        others = [entry for entry in ticked if entry not in item.choices]
        return under(label, [Tick(entry, entry in ticked) for entry in (*item.choices, *others)] or [Lines(item.lines)])
    return under(label, [Tick(entry, True) for entry in ticked]) if ticked else [_run_in(label, "None ticked.", QUIET)]


def _date(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    if is_empty(item, value):
        return under(label, [Lines(1)]) if drawing.blank else [_run_in(label, NOTHING, QUIET)]
    return [_run_in(label, day_words(value, long_day), BODY)]


def _targets(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    rows = [_target_row(number, row, item, drawing.blank) for number, row in enumerate(rows_of(value), 1)]
    if drawing.blank:
        rows += [_target_row(number, {}, item, True) for number in range(len(rows) + 1, item.lines + 1)]
    if not rows:
        return [_run_in(label, "No targets were agreed.", QUIET)]
    return under(label, [Grid((NUMBER, 141, 0, 0, 69), ("", "Target", "Success criteria", "Support", "By when"), rows)])


def linked_to(item: Field, words: str = "") -> str:
    """What stands before the priority or standard that a target is linked to; without words before room to write it."""
    if words:
        return "Standard" if names_standard(item, words) else "School priority"
    return "Priority or standard" if item.frameworks else "School priority"


def _target_row(number: int, row: Mapping[str, Any], item: Field, blank: bool) -> list[Block]:
    empty = not any(_words(value) for value in row.values())
    if blank and empty:
        target: Block = Stack([Gap(24 * mm), Text(f"{linked_to(item)}:", CELL_SMALL)])
    else:
        priority = _words(row.get("priority"))
        target = _with_small(_words(row.get("target")), f"{linked_to(item, priority)}: {priority}" if priority else "")
    return [
        Text(str(number), CELL.strong),
        target,
        Text(_words(row.get("success_criteria")), CELL, follow=True),
        Text(_words(row.get("support")), CELL, follow=True),
        Text(day_words(row.get("by_when"), day_with_year), CELL),
    ]


def _outcomes(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    rows = rows_of(value)
    if not rows and drawing.first_year:
        return [_run_in(label, "This is the first review here, so there are no targets from last year.", BODY)]
    if drawing.blank:
        return under(label, [_outcomes_to_tick(item, rows or [{}] * item.lines)])
    if not rows:
        return [_run_in(label, "No targets from last year are on record.", QUIET)]
    agreed, head = _agreed_in_head(rows)
    body = [
        [
            Text(str(number), CELL.strong),
            _with_small(_words(row.get("target")), "" if agreed else _agreed(row)),
            Outcome(_words(row.get("outcome"))),
            _with_small(_words(row.get("note")), _reason(row)),
        ]
        for number, row in enumerate(rows, 1)
    ]
    return under(label, [Grid((NUMBER, 174, 103.5, 0), ("", head, "Outcome", "What we saw"), body)])


def _outcomes_to_tick(item: Field, rows: Sequence[Mapping[str, Any]]) -> Grid:
    agreed, head = _agreed_in_head(rows)
    choices = item.choices or OUTCOMES
    style = Style(9.5, 16.5)
    body: list[list[Block]] = []
    for number, row in enumerate(rows, 1):
        ticks = [Tick(capital(choice), choice == row.get("outcome"), style) for choice in choices]
        note = _words(row.get("note"))
        lines = max(2, int(len(choices) * 16.5 / (8 * mm)))
        body.append(
            [
                Text(str(number), CELL.strong),
                last_target(row, with_day=not agreed),
                Stack(ticks),
                Text(note, CELL, follow=True) if note else Lines(lines, 8 * mm),
            ]
        )
    return Grid((NUMBER, 166.5, 108 if len(choices) > 3 else 82.5, 0), ("", head, "How far?", "Notes"), body)


def last_target(row: Mapping[str, Any], *, with_day: bool = True) -> Block:
    """A target of last year on a form to fill in: its words, when it was agreed, by when it was to be met."""
    by_when = day_words(row.get("by_when"), month_words)
    small = ". ".join(part for part in (_agreed(row) if with_day else "", f"By {by_when}" if by_when else "") if part)
    return _with_small(_words(row.get("target")), small)


def _needs(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    keys = ("need", "how", "who", "by_when", "state")
    rows: list[list[Block]] = [
        [Text(day_words(row.get(key), day_with_year) if key == "by_when" else capital(_words(row.get(key)), key), CELL) for key in keys]
        for row in rows_of(value)
    ]
    if drawing.blank:
        rows += [[Gap(11 * mm), *(Text("") for _ in keys[1:])] for _ in range(max(0, item.lines - len(rows)))]
    if not rows:
        return [_run_in(label, "No training or development needs were agreed.", QUIET)]
    return under(label, [Grid((150, 0, 88.5, 69, 60), ("Need", "How", "Who arranges it", "By when", "State"), rows)])


def _comments(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    record = value if isinstance(value, Mapping) else {}
    words = _words(record.get("text"))
    inner: list[Block] = []
    if words:
        inner = [Text(words, BODY, follow=True)]
    elif not drawing.blank:
        inner = [Text("None." if record.get("none") is True else NOTHING)]
    return [Boxed(Stack([*inner, Lines(2 * item.lines if drawing.blank else item.lines, 8.6 * mm)]))]


def _agreement(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    record = value if isinstance(value, Mapping) else {}
    sides = tuple(zip(("member", "reviewer"), drawing.sides, strict=True))
    if drawing.blank:
        rows = [[Text(name, CELL.strong), TickRow("", [(capital(words), False) for words in AGREEMENTS], CELL)] for _, name in sides]
        return under(label, [Kept(Grid((108, 0), (), rows))])
    spans: list[Span] = [(f"{with_colon(label)} ", BODY.strong)] if label else []
    for place, (side, name) in enumerate(sides):
        spans += [(f"{' · ' if place else ''}{name}: ", BODY), (_words(record.get(side)) or "not said", BODY.strong)]
    return [Text(spans)]


def _interim(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    record = value if isinstance(value, Mapping) else {}
    when = day_words(record.get("when"), long_day)
    if record.get("planned") is True:
        words = f"Planned for {when}." if when else "Planned; the date is still open."
    elif drawing.blank:
        words = "Planned for . . . . . . . . . . . . . . . ."
    else:
        words = "None planned for now."
    return [TickRow(with_colon(label), [(f"{words} {item.note}".strip(), record.get("planned") is True)])]


def _signatures(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    note: list[Block] = [Text(item.note)] if item.note else []
    return [Kept(Stack([*note, Signatures(drawing.people, before=3 * mm), *drawing.closing]))]


_DRAWN: dict[str, Callable[[Field, str, Any, Drawing], list[Block]]] = {
    "short_text": _text,
    "long_text": _text,
    "choice": _choice,
    "scale": _choice,
    "tick": _tick,
    "tick_list": _tick_list,
    "opportunities": _tick_list,
    "date": _date,
    "targets": _targets,
    "outcomes": _outcomes,
    "needs": _needs,
    "comments": _comments,
    "agreement": _agreement,
    "signatures": _signatures,
    "interim": _interim,
}


def with_colon(label: str) -> str:
    """A label before what it asks for."""
    return f"{label}:" if label and label[-1] not in "?:." else label


def _run_in(label: str, words: str, style: Style) -> Text:
    """Words after their label on the same line; without a label a paragraph of their own."""
    if not label:
        return Text(words, style, follow=True)
    return Text([(f"{with_colon(label)} ", BODY.strong), (words, style)], follow=True)


def under(label: str, blocks: list[Block]) -> list[Block]:
    """Blocks under their label, which never stands alone at the foot."""
    return [Stack([Text(label, BODY.strong), *blocks], stuck=1)] if label else blocks


def rows_of(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table's answer that hold any words."""
    rows = value if isinstance(value, list | tuple) else ()
    return [row for row in rows if isinstance(row, Mapping) and any(_words(entry) for entry in row.values())]


def day_words(value: Any, write: Callable[[date], str]) -> str:
    """An ISO date written out; words that are no date as they stand."""
    words = _words(value)
    try:
        return write(date.fromisoformat(words)) if words else ""
    except ValueError:
        return words


def month_words(day: date) -> str:
    """July 2026."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def _with_small(words: str, small: str) -> Block:
    text = Text(words, CELL, follow=True)
    return Stack([text, Text(small, CELL_SMALL, before=1.5)]) if small else text


def _agreed_in_head(rows: Sequence[Mapping[str, Any]]) -> tuple[bool, str]:
    """One date for all targets goes into the heading."""
    days = {_words(row.get("agreed_on")) for row in rows}
    if len(days) == 1 and (day := days.pop()):
        return True, f"Target agreed on {day_words(day, long_day)}"
    return False, "Target"


def _agreed(row: Mapping[str, Any]) -> str:
    day = day_words(row.get("agreed_on"), day_with_year)
    return f"Agreed {day}" if day else ""


def _reason(row: Mapping[str, Any]) -> str:
    reason = _words(row.get("reason"))
    return f"Reason: {reason}" if reason else ""


def capital(words: str, key: str = "state") -> str:
    """Words with a capital; of the columns of a table of needs only the state."""
    return words[:1].upper() + words[1:] if key == "state" else words


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)
