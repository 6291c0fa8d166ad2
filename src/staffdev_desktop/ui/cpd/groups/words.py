"""How groups and projects stand in their tables."""

from datetime import date

from staffdev_desktop.cpd.groups.rows import GroupRow, ResearchRow, ResearchStage
from staffdev_desktop.cpd.groups.rules import next_meeting, to_take
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import clock_time, day_in_table, day_with_year, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

STAGES = {
    ResearchStage.APPLIED: ("warn", None),
    ResearchStage.NOT_SELECTED: ("mute", "x"),
    ResearchStage.UNDER_WAY: ("info", None),
    ResearchStage.REPORTED: ("info", "doc"),
    ResearchStage.SHARED: ("ok", None),
}
MEETINGS = {
    SessionState.COMING: ("mute", "cal"),
    SessionState.TODAY: ("info", "cal"),
    SessionState.TO_TAKE: ("warn", None),
    SessionState.HELD: ("ok", None),
    SessionState.CANCELLED: ("mute", "x"),
}


def capital(words: str) -> str:
    """‘Learning group’."""
    return words[:1].upper() + words[1:]


def group_badge(row: GroupRow) -> BadgeText:
    """How a group stands: what is to be seen to, in number; the sentences stand beside the table."""
    if row.ended_on is not None and row.ended_on <= clock.today():
        return BadgeText("mute", "Ended", "check")
    if row.warnings:
        return BadgeText("warn", f"{len(row.warnings)} to see to")
    return BadgeText("ok", "As planned")


def stage_badge(row: ResearchRow) -> BadgeText:
    """How far a project is, as a badge."""
    kind, icon = STAGES[row.stage]
    return BadgeText(kind, str(row.stage), icon)


def meeting_badge(meeting: SessionRow) -> BadgeText:
    """Where a meeting stands, as a badge: ‘3 there’ once attendance was taken."""
    kind, icon = MEETINGS[meeting.state]
    words = f"{meeting.present} there" if meeting.state is SessionState.HELD else str(meeting.state)
    return BadgeText(kind, "Attendance" if meeting.state is SessionState.TO_TAKE else words, icon)


def meeting_words(meeting: SessionRow) -> str:
    """‘Thu 1 Oct, 15:45’."""
    at = f", {clock_time(meeting.details.starts_at)}" if meeting.details.starts_at else ""
    return f"{day_in_table(meeting.details.held_on)}{at}"


def held_words(meetings: tuple[SessionRow, ...]) -> str:
    """‘1 of 3 held’."""
    live = [meeting for meeting in meetings if meeting.state is not SessionState.CANCELLED]
    held = sum(meeting.state is SessionState.HELD for meeting in live)
    return f"{held} of {len(live)} held" if live else "None planned"


def next_words(meetings: tuple[SessionRow, ...]) -> str:
    """The day of the next meeting, or that attendance comes first."""
    if to_take(meetings) is not None and to_take(meetings).state is SessionState.TO_TAKE:
        return f"Attendance, {short_day(to_take(meetings).details.held_on)}"
    ahead = next_meeting(meetings, clock.today())
    return meeting_words(ahead) if ahead else ""


def _next_badge(row: GroupRow | ResearchRow) -> BadgeText | None:
    first = to_take(row.meetings)
    return BadgeText("warn", next_words(row.meetings)) if first is not None and first.state is SessionState.TO_TAKE else None


def _next(row: GroupRow | ResearchRow) -> str:
    return next_words(row.meetings)


def _next_day(row: GroupRow | ResearchRow) -> date | None:
    ahead = to_take(row.meetings) or next_meeting(row.meetings, clock.today())
    return ahead.details.held_on if ahead else None


def _held(row: GroupRow | ResearchRow) -> str:
    return held_words(row.meetings)


def _group_name(row: GroupRow) -> str:
    return row.details.name


def _group_second(row: GroupRow) -> str:
    return " · ".join(words for words in (capital(row.details.kind), row.details.priority) if words)


def _lead(row: GroupRow) -> str:
    return row.lead


def _members(row: GroupRow) -> str:
    return str(len(row.members) + row.others)


def _member_names(row: GroupRow) -> str:
    names = ", ".join(member.name for member in row.members)
    return f"{names} and {count_of(row.others, 'other')}" if row.others else names


def _group_state(row: GroupRow) -> str:
    return group_badge(row).words


def _group_spoken(row: GroupRow) -> str:
    return " ".join(row.warnings) or group_badge(row).words


def _search(row: GroupRow | ResearchRow) -> str:
    return row.search


def groups_model(parent: object) -> TableModel:
    """The table of groups."""
    columns = (
        Column("name", "Group", 0, _group_name, extra=_group_second, tooltip=_group_second, delegate=TwoLineDelegate),
        Column("lead", "Led by", 150, _lead, tooltip=_member_names),
        Column("members", "Members", 72, _members, tooltip=_member_names, align="right"),
        Column("meetings", "Meetings", 104, _held),
        Column("next", "Next", 172, _next, sort_key=_next_day, extra=_next_badge, delegate=BadgeDelegate),
        Column("state", "How it stands", 124, _group_state, extra=group_badge, spoken=_group_spoken, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=_search, parent=parent)


def _title(row: ResearchRow) -> str:
    return row.details.title


def _who(row: ResearchRow) -> str:
    return row.name


def _area(row: ResearchRow) -> str:
    return row.details.area


def _applied(row: ResearchRow) -> str:
    return day_with_year(row.details.applied_on)


def _applied_day(row: ResearchRow) -> date:
    return row.details.applied_on


def _stage(row: ResearchRow) -> str:
    return str(row.stage)


def _stage_place(row: ResearchRow) -> int:
    return list(ResearchStage).index(row.stage)


def research_model(parent: object) -> TableModel:
    """The table of projects."""
    columns = (
        Column("title", "Project", 0, _title, extra=_who, tooltip=_title, delegate=TwoLineDelegate),
        Column("area", "Area", 164, _area, tooltip=_area),
        Column("applied", "Applied", 104, _applied, sort_key=_applied_day),
        Column("meetings", "Meetings", 104, _held),
        Column("next", "Next", 172, _next, sort_key=_next_day, extra=_next_badge, delegate=BadgeDelegate),
        Column("stage", "How far", 124, _stage, sort_key=_stage_place, extra=stage_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=_search, parent=parent)
