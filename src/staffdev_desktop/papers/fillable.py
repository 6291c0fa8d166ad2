"""Forms to fill in on a PC: the same paper with boxes to type in and to tick (AcroForm), which every PDF program can fill.

Names and posts are words of the page; boxes start empty. What is typed is shown in Helvetica, the only font every program has for
it; the file keeps every letter all the same. A hidden, read-only box carries the token that says which form this is.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.formkit import AGREEMENTS, OUTCOMES, Field
from staffdev_desktop.formkit.boxes import FORM_BOX, box_name, choice_mark, outcome_rows
from staffdev_desktop.papers.blocks import Block, Kept, Stack
from staffdev_desktop.papers.forms import Drawing, capital, last_target, linked_to, rows_of, under, with_colon
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.parts import Boxed, Mark, Tick, TickRow
from staffdev_desktop.papers.shapes import TICK_BOX
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, INK, RULE, Style, Text

ONE_LINE = 18.0
PER_LINE = 17.0  # typing takes less room than a pen
INSIDE = 1.5  # between a box's frame and what is typed in it
LARGEST_BOX = 180 * mm
TYPED = 10
NUMBER = 19.5
OUTCOME = Style(9.5, 16.5)


class TextBox(Block):
    """A box to type words in. `said` is what a screen reader says; a box higher than one line takes line breaks."""

    def __init__(self, name: str, said: str, high: float = ONE_LINE, *, before: float = 0) -> None:
        self._name, self._said = name, said
        self._high = min(high, LARGEST_BOX)
        self.before = before

    def height(self, width: float) -> float:
        return self._high

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setStrokeColor(RULE)  # drawn on the page: not every program shows a box's own border
        canvas.setLineWidth(0.5)
        canvas.rect(x, top - self._high, width, self._high)
        _acro_form(canvas).textfield(
            name=self._name,
            tooltip=self._said,
            x=x + INSIDE,
            y=top - self._high + INSIDE,
            width=width - 2 * INSIDE,
            height=self._high - 2 * INSIDE,
            fieldFlags="multiline" if self._high > ONE_LINE else "",
            maxlen=None,
            fontName="Helvetica",
            fontSize=TYPED,
            textColor=INK,
            fillColor=None,
            borderWidth=0,
        )


class TokenBox(Block):
    """The hidden box that says which form this is; it takes no room."""

    def __init__(self, token: str) -> None:
        self._token = token

    def height(self, width: float) -> float:
        return 0

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        form = _acro_form(canvas)
        form.extras["NeedAppearances"] = "true"  # programs draw what others have filled in
        form.textfield(
            name=FORM_BOX,
            value=self._token,
            x=x,
            y=top,
            width=1,
            height=1,
            maxlen=None,
            fieldFlags="readOnly",
            annotationFlags="hidden",
            fillColor=None,
            borderWidth=0,
        )


def _acro_form(canvas: Canvas) -> Any:
    return canvas.acroForm  # the type stubs want whole points


def tick_mark(name: str, said: str) -> Mark:
    """A box to tick, in place of the printed one."""

    def draw(canvas: Canvas, x: float, top: float) -> None:
        _acro_form(canvas).checkbox(name=name, tooltip=said, x=x, y=top - TICK_BOX, fieldFlags="", buttonStyle="cross", **_LOOK)

    return draw


def choice_marks(name: str, said: str, choices: Sequence[str]) -> list[tuple[str, Mark]]:
    """Choices of which one can be marked, and unmarked again."""

    def mark(place: int) -> Mark:
        def draw(canvas: Canvas, x: float, top: float) -> None:
            _acro_form(canvas).radio(
                name=name, value=choice_mark(place), tooltip=said, x=x, y=top - TICK_BOX, fieldFlags="radio", buttonStyle="cross",
                shape="square", **_LOOK,
            )  # fmt: skip

        return draw

    return [(capital(words), mark(place)) for place, words in enumerate(choices)]


_LOOK: dict[str, Any] = {"size": TICK_BOX, "textColor": INK, "fillColor": None, "borderColor": INK, "borderWidth": 1}


def _text(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    high = ONE_LINE if item.kind in ("short_text", "date") else max(2, item.lines) * PER_LINE
    return under(label, [TextBox(item.id, _said(item), high, before=2)])


def _choice(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    return [TickRow(with_colon(label), choice_marks(item.id, _said(item), item.choices))]


def _tick(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    return [Tick(item.label, tick_mark(item.id, _said(item)))]


def _tick_list(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    if not item.choices:
        return _text(item, label, value, drawing)
    return under(label, [Tick(words, tick_mark(box_name(item.id, place), words)) for place, words in enumerate(item.choices, 1)])


def _targets(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    rows = []
    for row in range(1, item.lines + 1):
        high = 20 * mm
        said = f"{_said(item)} {row}: "
        linked = [
            Text(f"{linked_to(item)}:", CELL_SMALL, before=1.5),
            TextBox(box_name(item.id, row, "priority"), f"{said}{linked_to(item)}"),
        ]
        rows.append(
            [
                Text(str(row), CELL.strong),
                Stack([TextBox(box_name(item.id, row, "target"), f"{said}target", high), *linked]),
                TextBox(box_name(item.id, row, "success_criteria"), f"{said}success criteria", high),
                TextBox(box_name(item.id, row, "support"), f"{said}support", high),
                TextBox(box_name(item.id, row, "by_when"), f"{said}by when"),
            ]
        )
    return under(label, [Grid((NUMBER, 150, 0, 0, 75), ("", "Target", "Success criteria", "Support", "By when"), rows)])


def _outcomes(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    known = rows_of(value)
    if not known and drawing.first_year:
        return [Text("This is the first review here, so there are no targets from last year.", BODY)]
    choices = item.choices or OUTCOMES
    rows = []
    for row in range(1, outcome_rows(item, len(known)) + 1):
        said = f"{_said(item)} {row}: "
        ticks = [Tick(words, mark, OUTCOME) for words, mark in choice_marks(box_name(item.id, row, "outcome"), f"{said}how far", choices)]
        high = max(44.0, len(choices) * OUTCOME.leading)
        target = last_target(known[row - 1]) if known else TextBox(box_name(item.id, row, "target"), f"{said}target", high)
        note = TextBox(box_name(item.id, row, "note"), f"{said}notes", high)
        rows.append([Text(str(row), CELL.strong), target, Stack(ticks), note])
    widths = (NUMBER, 166.5, 108 if len(choices) > 3 else 82.5, 0)
    return under(label, [Grid(widths, ("", "Target", "How far?", "Notes"), rows)])


def _needs(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    heads = {"need": "Need", "how": "How", "who": "Who arranges it", "by_when": "By when", "state": "State"}
    rows = []
    for row in range(1, item.lines + 1):
        high = {"need": 30.0, "how": 30.0, "who": 30.0}
        rows.append(
            [TextBox(box_name(item.id, row, key), f"{_said(item)} {row}: {head}", high.get(key, ONE_LINE)) for key, head in heads.items()]
        )
    return under(label, [Grid((140, 0, 88.5, 75, 66), tuple(heads.values()), rows)])


def _comments(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    words = TextBox(box_name(item.id, "text"), _said(item), 2 * item.lines * PER_LINE)
    return [Boxed(Stack([words, Tick("None", tick_mark(box_name(item.id, "none"), "No comments"), before=4)]))]


def _agreement(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    rows = []
    for side, name in zip(("member", "reviewer"), drawing.sides, strict=True):
        marks = choice_marks(box_name(item.id, side), f"{_said(item)} {name}", AGREEMENTS)
        rows.append([Text(name, CELL.strong), TickRow("", marks, CELL)])
    return under(label, [Kept(Grid((108, 0), (), rows))])


def _interim(item: Field, label: str, value: Any, drawing: Drawing) -> list[Block]:
    planned = TickRow(
        with_colon(label), [(f"Planned for the date below. {item.note}".strip(), tick_mark(box_name(item.id, "planned"), "Planned"))]
    )
    return [Stack([planned, TextBox(box_name(item.id, "when"), f"{_said(item)}: date", before=3)])]


def _said(item: Field) -> str:
    return item.label or capital(item.id.replace("_", " "))


FILLABLE: Mapping[str, Callable[[Field, str, Any, Drawing], list[Block]]] = {
    "short_text": _text,
    "long_text": _text,
    "date": _text,
    "choice": _choice,
    "scale": _choice,
    "tick": _tick,
    "tick_list": _tick_list,
    "opportunities": _tick_list,
    "targets": _targets,
    "outcomes": _outcomes,
    "needs": _needs,
    "comments": _comments,
    "agreement": _agreement,
    "interim": _interim,
}
