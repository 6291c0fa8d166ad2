"""Item models over the rows of reviews: the board's columns, what its filters keep, and lists in groups. No widgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from staffdev_desktop.kernel.dates import clock_time, day_in_sentence, day_in_table, day_with_year, short_day
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.pdr.rows import BoardRow, CycleRow, Meeting, PlanRow, Stage
from staffdev_desktop.pdr.rules import chase_list, date_of_stage, deadline_badge, is_open
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import BadgeText, paint_badge
from staffdev_desktop.ui.widgets.delegates import EXTRA_ROLE, PADDING, RowDelegate, StageDelegate, StageText, TwoLineDelegate, draw_words
from staffdev_desktop.ui.widgets.tables import Column, TableModel

STAGE_COLUMNS = (
    (Stage.OUT, "Self-review out", 103),
    (Stage.RETURNED, "Returned", 73),
    (Stage.BOOKED, "Meeting booked", 110),
    (Stage.DRAFT, "Draft", 72),
    (Stage.AGREED, "Agreed", 72),
    (Stage.SIGNED, "Signed", 71),
)
DAY_WIDTH = 74


class DeadlineDelegate(RowDelegate):
    """A day, and beside it how long there is left: a badge if that is short, else quiet words."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: object) -> None:
        """Day, then badge."""
        super().paint_cell(painter, rect, index)
        badge = index.data(EXTRA_ROLE)
        left = rect.x() + PADDING + theme.px(DAY_WIDTH)
        if badge.kind == "mute":
            room = rect.adjusted(PADDING + theme.px(DAY_WIDTH), 0, -2, -1)
            draw_words(painter, room, badge.words, 12, theme.NORMAL, "text3")
        else:
            paint_badge(painter, left, rect.y() + (rect.height() - 1) / 2, badge, rect.right() - left)


def stage_text(row: BoardRow, stage: Stage, today: date) -> StageText:
    """The chip of one stage: done, now here, or not reached. A booked meeting that is still to come says its time."""
    reached = date_of_stage(row.dates, stage)
    if reached is None:
        return StageText("none")
    is_now = stage is row.stage and stage is not Stage.SIGNED
    if stage is Stage.BOOKED and is_now and isinstance(reached, datetime):
        day = "Today" if reached.date() == today else short_day(reached.date())
        return StageText("now", f"{day} {clock_time(reached)}")
    day = reached.date() if isinstance(reached, datetime) else reached
    return StageText("now" if is_now else "done", short_day(day))


def badge_of(row: BoardRow, today: date) -> BadgeText:
    """How a review stands to its deadline; ‘Away’ and ‘Not in this cycle’ say just that."""
    if row.exempt or row.away:
        return BadgeText("mute", "Not in this cycle" if row.exempt else "Away")
    return BadgeText(*deadline_badge(row.stage, row.deadline, today))


def _stage_column(stage: Stage, title: str, width: int, today: Callable[[], date]) -> Column:
    def value(row: BoardRow) -> str:
        return stage_text(row, stage, today()).words

    def sort_key(row: BoardRow) -> str | None:
        reached = date_of_stage(row.dates, stage)
        return None if reached is None else reached.isoformat()

    def spoken(row: BoardRow) -> str:
        chip = stage_text(row, stage, today())
        return {"none": "not reached", "now": f"now here, {chip.words}", "done": f"done {chip.words}"}[chip.state]

    def chip(row: BoardRow) -> StageText:
        return stage_text(row, stage, today())

    return Column(stage.name, title, width, value, sort_key=sort_key, extra=chip, spoken=spoken, delegate=StageDelegate)


def board_columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """The columns of the cycle board. `today` is asked whenever a cell is painted: a window stays open over midnight."""

    def left(row: BoardRow) -> BadgeText:
        return badge_of(row, today())

    def spoken_deadline(row: BoardRow) -> str:
        return f"{day_in_table(row.deadline)}, {badge_of(row, today()).words}"

    return (
        Column(
            "name", "Member of staff", 183, lambda row: row.name, extra=lambda row: row.posts, delegate=TwoLineDelegate,
            spoken=lambda row: f"{row.name}, {row.posts}", tooltip=lambda row: f"{row.posts}\n{row.number}",
        ),
        *(_stage_column(stage, title, width, today) for stage, title, width in STAGE_COLUMNS),
        Column(
            "deadline", "Deadline", 181, lambda row: day_in_table(row.deadline), sort_key=lambda row: row.deadline, extra=left,
            spoken=spoken_deadline, delegate=DeadlineDelegate,
        ),
        Column("reviewer", "Reviewer", 0, lambda row: row.reviewer or "Not named", delegate=_reviewer_delegate),
    )  # fmt: skip


def _reviewer_delegate(table: object) -> RowDelegate:
    return RowDelegate(table, colour="text2")


def board_model(today: Callable[[], date], parent: object = None) -> TableModel:
    """The model of the cycle board, sorted by deadline."""
    made = TableModel(board_columns(today), search_text=_search_text, tickable=True, parent=parent)
    made.sort(column_of(made, "deadline"))
    return made


def _search_text(row: BoardRow) -> str:
    return f"{row.name} {row.posts} {row.reviewer} {row.number} {row.staff_number} {row.group}"


def column_of(model: TableModel, key: str) -> int:
    """The place of a column by its key."""
    return next(place for place, column in enumerate(model.columns) if column.key == key)


# What the filters keep


@dataclass(frozen=True)
class BoardFilter:
    """What the board shows; the beginning is everything. `reviewer_id` 0 stands for ‘nobody is named’."""

    reviewer_id: int | None = None
    group: str | None = None
    stage: Stage | None = None
    cycle_id: int | None = None
    late_only: bool = False
    hide_signed: bool = False
    hide_away: bool = False

    def keeps(self, row: BoardRow, today: date) -> bool:
        """Whether a row is shown. The cycle is chosen in the query, not here."""
        if self.reviewer_id is not None and (row.reviewer_id or 0) != self.reviewer_id:
            return False
        if self.group is not None and row.group != self.group:
            return False
        if self.stage is not None and row.stage != self.stage:
            return False
        if self.hide_away and (row.away or row.exempt):
            return False
        if self.hide_signed and row.stage is Stage.SIGNED:
            return False
        return not self.late_only or badge_of(row, today).kind == "late" or _sheet_is_late(row, today)

    @property
    def more(self) -> int:
        """How many of the further filters are on."""
        return sum((self.late_only, self.hide_signed, self.hide_away, self.cycle_id is not None))

    def cleared(self) -> "BoardFilter":
        """Everything again."""
        return replace(self, reviewer_id=None, group=None, stage=None, cycle_id=None, late_only=False, hide_signed=False, hide_away=False)


def _sheet_is_late(row: BoardRow, today: date) -> bool:
    return row.stage is Stage.OUT and row.sheets_due_on < today and not (row.away or row.exempt)


def reviewer_choices(rows: Sequence[BoardRow]) -> list[tuple[int | None, str]]:
    """Everybody who reviews somebody here, by name."""
    named = {row.reviewer_id: row.reviewer for row in rows if row.reviewer_id is not None}
    found: list[tuple[int | None, str]] = [(None, "Reviewer: everyone")]
    found += sorted(named.items(), key=lambda item: searchable(item[1]))
    if any(row.reviewer_id is None for row in rows):
        found.append((0, "Not named"))
    return found


def group_choices(rows: Sequence[BoardRow]) -> list[tuple[str | None, str]]:
    """The staff groups that are here."""
    return [(None, "Group: all"), *((name, name) for name in sorted({row.group for row in rows}))]


def stage_choices() -> list[tuple[Stage | None, str]]:
    """Every stage, also that in which nothing has begun."""
    return [(None, "Stage: all"), *((stage, str(stage)) for stage in Stage)]


def cycle_words(cycles: Sequence[CycleRow]) -> tuple[str, str]:
    """The cycle's name and every deadline that is chased (ERRATA, 01); several cycles say when each ends."""
    if len(cycles) == 1:
        one = cycles[0]
        if one.closed_on:
            return one.name, f"Closed on {day_with_year(one.closed_on)}"
        return one.name, f"Sheets due {day_in_table(one.sheets_due_on)} · deadline {day_in_table(one.deadline)}"
    ends = sorted({cycle.deadline for cycle in cycles})
    return count_of(len(cycles), "cycle"), f"Deadlines {', '.join(day_in_table(day) for day in ends)}"


# Lists in groups


@dataclass(frozen=True)
class GroupHead:
    """The head of a group of lines: its name and how many lines it has."""

    title: str
    count: int


@dataclass(frozen=True)
class GroupLine:
    """A line: who, a second line beneath, and a badge without its box. `lead` stands before it instead of initials."""

    review_id: int
    first: str
    second: str
    badge: BadgeText | None
    lead: str = ""

    def spoken(self) -> str:
        """The line in words."""
        return ", ".join(part for part in (self.lead, self.first, self.second, self.badge.words if self.badge else "") if part)


GroupedRow = GroupHead | GroupLine


def chase_rows(board: Sequence[BoardRow], today: date) -> tuple[GroupedRow, ...]:
    """The chase list in its groups; days in the short form of lists."""
    lines = chase_list(board, today)
    rows: list[GroupedRow] = []
    for group in dict.fromkeys(line.group for line in lines):
        inside = [line for line in lines if line.group == group]
        rows.append(GroupHead(group, len(inside)))
        for line in inside:
            badge = BadgeText("late" if line.late else "warn", count_of(line.days, "day"), plain=True)
            rows.append(GroupLine(line.review_id, line.name, line.detail, badge))
    return tuple(rows)


def meeting_rows(meetings: Sequence[Meeting], today: date) -> tuple[GroupedRow, ...]:
    """Booked meetings day by day, today's and later ones first; below them those whose day is over and that wait to be written up."""
    coming = [meeting for meeting in meetings if meeting.at.date() >= today]
    waiting = [meeting for meeting in meetings if meeting.at.date() < today]
    rows: list[GroupedRow] = []
    for day in dict.fromkeys(meeting.at.date() for meeting in coming):
        inside = [meeting for meeting in coming if meeting.at.date() == day]
        words = day_in_sentence(day) if abs((day - today).days) < 180 else f"{day_in_table(day)} {day.year}"
        rows.append(GroupHead(f"Today, {words}" if day == today else words, len(inside)))
        rows += [_meeting_line(meeting, BadgeText("info", str(meeting.stage))) for meeting in inside]
    if waiting:
        rows.append(GroupHead("The day is over and nothing is agreed yet", len(waiting)))
        rows += [_meeting_line(meeting, BadgeText("warn", day_in_table(meeting.at.date())), with_stage=True) for meeting in waiting]
    return tuple(rows)


def _meeting_line(meeting: Meeting, badge: BadgeText, *, with_stage: bool = False) -> GroupLine:
    place = meeting.place or "No place yet"
    second = f"{place} · with {meeting.reviewer or 'nobody named yet'}" + (f" · {meeting.stage}" if with_stage else "")
    return GroupLine(meeting.review_id, meeting.name, second, badge, clock_time(meeting.at))


# The plan of a cycle


def plan_columns() -> tuple[Column, ...]:
    """Who would get a review, from whom, and what is in the way."""
    return (
        Column("name", "Member of staff", 190, lambda row: row.name, extra=lambda row: row.posts, delegate=TwoLineDelegate),
        Column("group", "Staff group", 135, lambda row: row.group),
        Column("reviewer", "Reviewer", 140, lambda row: row.reviewer or "Nobody yet", tooltip=lambda row: row.reviewer),
        Column("trouble", "To be settled", 0, plan_note, tooltip=lambda row: plan_note(row) or None, delegate=_trouble_delegate),
    )


def _trouble_delegate(table: object) -> RowDelegate:
    return RowDelegate(table, colour="warn", size=12)


def plan_note(row: PlanRow) -> str:
    """What is in the way, else what to think about."""
    return row.trouble or row.warning


def plan_key(row: PlanRow) -> tuple[int, int | None]:
    """What a review would be unique by: person and, where the school splits reviews, post."""
    return row.person_id, row.post_id


def agreed_words(row: BoardRow) -> str:
    """What a review's second line says in its own panel: its number, and the day it was agreed."""
    agreed = row.dates.agreed_at
    if agreed is None or is_open(row.stage):
        return row.number
    return f"{row.number} · version {row.version} · agreed {day_with_year(agreed.date())}"
