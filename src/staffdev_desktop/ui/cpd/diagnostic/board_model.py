"""How the people in a round stand in a table: four stages, whose turn it is, and how late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from staffdev_desktop.cpd.diagnostic.rows import STAGES, BoardRow, Chase, RoundRow, Stage
from staffdev_desktop.cpd.diagnostic.rules import NOBODY, waited
from staffdev_desktop.kernel.dates import short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, StageDelegate, StageText, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

LATE, WITHOUT = "late", "nobody"
_DAYS = {
    Stage.SHEET_OUT: "sheet_out_on",
    Stage.OWN_IN: "own_on",
    Stage.MANAGER_IN: "manager_on",
    Stage.AGREED: "agreed_on",
}
HEADS = {Stage.SHEET_OUT: "Sheet out", Stage.OWN_IN: "Own ratings", Stage.MANAGER_IN: "Line manager’s", Stage.AGREED: "Agreed"}
_BADGES = {
    Stage.NOT_STARTED: ("mute", "dot"),
    Stage.SHEET_OUT: ("mute", "doc"),
    Stage.OWN_IN: ("info", "half"),
    Stage.MANAGER_IN: ("info", "half"),
    Stage.AGREED: ("ok", None),
}


@dataclass(frozen=True)
class Line:
    """A row of the board with whose turn it is."""

    row: BoardRow
    turn: str
    waiting_for: str
    wait: str
    late: bool

    @property
    def id(self) -> int:
        """The diagnostic’s."""
        return self.row.id


@dataclass(frozen=True)
class BoardFilter:
    """What to show; None shows all. `stage` is a stage or LATE; `manager` may be WITHOUT."""

    stage: str | None = None
    set_name: str | None = None
    manager: str | None = None

    def keeps(self, line: Line) -> bool:
        """Whether a line is shown."""
        in_stage = line.row.late if self.stage == LATE else self.stage in (None, line.row.stage)
        return in_stage and self.set_name in (None, line.row.set_name) and self.manager in (None, line.row.manager or WITHOUT)


def lines_of(rows: Iterable[BoardRow], chases: Iterable[Chase]) -> tuple[Line, ...]:
    """Each row with whose turn it is; where both have to do something, both are named."""
    waiting: dict[int, list[Chase]] = {}
    for chase in chases:
        waiting.setdefault(chase.diagnostic_id, []).append(chase)
    found = []
    for row in rows:
        theirs = waiting.get(row.id, [])
        wait = waited(theirs[0]) if theirs else ""
        turn = " and ".join(dict.fromkeys(chase.who for chase in theirs))
        found.append(Line(row, turn, ", ".join(chase.waiting_for for chase in theirs), wait, row.late and bool(theirs)))
    return tuple(found)


def _stage_text(stage: Stage, line: Line) -> StageText:
    day: date | None = getattr(line.row.dates, _DAYS[stage])
    if day is None:
        return StageText("none")
    return StageText("now" if line.row.stage is stage and stage is not Stage.AGREED else "done", short_day(day))


def _stage_words(stage: Stage, line: Line) -> str:
    day: date | None = getattr(line.row.dates, _DAYS[stage])
    return short_day(day) if day else ""


def _stage_spoken(stage: Stage, line: Line) -> str:
    return f"{HEADS[stage]}: {_stage_words(stage, line) or 'not yet'}"


def _stage_key(stage: Stage, line: Line) -> date | None:
    return getattr(line.row.dates, _DAYS[stage])


def _of_row(key: str, line: Line) -> str:
    return getattr(line.row, key)


def _wait(line: Line) -> str:
    return line.wait or ("Done" if line.row.stage is Stage.AGREED else "")


def _wait_badge(line: Line) -> BadgeText | None:
    if line.row.stage is Stage.AGREED:
        return BadgeText("ok", "Agreed")
    if not line.wait:
        return None
    return BadgeText("late", line.wait) if line.late else BadgeText("mute", line.wait, "clock")


def _manager(line: Line) -> str:
    return line.row.manager or NOBODY


def _turn(line: Line) -> str:
    return line.turn


def _waiting_for(line: Line) -> str:
    return line.waiting_for


def _search(line: Line) -> str:
    return line.row.search


def board_model(parent, *, tickable: bool) -> TableModel:
    """The table’s model; rows come by surname."""
    stages = [
        Column(
            stage.name.casefold(),
            HEADS[stage],
            112,
            partial(_stage_words, stage),
            sort_key=partial(_stage_key, stage),
            extra=partial(_stage_text, stage),
            spoken=partial(_stage_spoken, stage),
            delegate=StageDelegate,
        )
        for stage in STAGES[1:]
    ]
    columns = (
        Column("name", "Member of staff", 0, partial(_of_row, "name"), sort_key=partial(_of_row, "sort_key"),
               extra=partial(_of_row, "posts"), tooltip=partial(_of_row, "posts"), delegate=partial(TwoLineDelegate, avatar=True)),
        Column("set", "Areas", 138, partial(_of_row, "set_name"), tooltip=partial(_of_row, "set_name")),
        Column("manager", "Line manager", 138, _manager, tooltip=_manager),
        *stages,
        Column("turn", "Whose turn it is", 208, _turn, extra=_waiting_for, tooltip=_waiting_for, delegate=TwoLineDelegate),
        Column("wait", "How long", 118, _wait, extra=_wait_badge, delegate=BadgeDelegate),
    )  # fmt: skip
    return TableModel(columns, tickable=tickable, search_text=_search, parent=parent)


def stage_choices() -> list[tuple[str | None, str]]:
    """What the filter of stages offers."""
    return [(None, "All stages"), (LATE, "Past the deadline"), *((stage, str(stage)) for stage in STAGES)]


def values_of(lines: Sequence[Line], key: str, everything: str) -> list[tuple[str | None, str]]:
    """The sets, or line managers, that occur, after a line for all of them."""
    found = sorted({getattr(line.row, key) for line in lines} - {""}, key=str.casefold)
    choices: list[tuple[str | None, str]] = [(None, everything), *((words, words) for words in found)]
    if key == "manager" and any(not line.row.manager for line in lines):
        choices.append((WITHOUT, NOBODY))
    return choices


def summary_badges(lines: Sequence[Line]) -> list[BadgeText]:
    """What stands above the board: numbers first."""
    late = sum(line.late for line in lines)
    badges = [BadgeText("late", f"{late} past the deadline")] if late else []
    for stage in STAGES:
        number = sum(line.row.stage is stage for line in lines)
        if number:
            kind, icon = _BADGES[stage]
            badges.append(BadgeText(kind, f"{number} {str(stage)[:1].lower()}{str(stage)[1:]}", icon))
    return badges


def round_words(round_: RoundRow) -> str:
    """‘17 of 33 people agreed. Open from 7 Sep, agreed by 16 Oct.’"""
    days = round_.details
    told = f"{round_.agreed} of {count_of(round_.people, 'person', 'people')} agreed. "
    if round_.closed_on:
        return f"{told}Closed on {short_day(round_.closed_on)}."
    return f"{told}Open from {short_day(days.opens_on)}, to be agreed by {short_day(days.deadline)}."
