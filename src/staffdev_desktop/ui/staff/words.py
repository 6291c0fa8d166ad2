"""What the record says, as lines and badges. Plain functions over rows: no widgets."""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.kernel.dates import MONTH_NAMES, clock_time, day_in_table, day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr.rows import BoardRow, PersonStage, Stage, TargetRow
from staffdev_desktop.staff.rows import EmploymentRow, HoldingRow, PersonRecord, RoleSpell, Roll, When
from staffdev_desktop.staff.rules import KINDS
from staffdev_desktop.ui.staff.lines import Line
from staffdev_desktop.ui.staff.models import stage_badge
from staffdev_desktop.ui.widgets.badge import BadgeText

GAP_DAYS = 45  # the summer holiday is no gap
_OUTCOMES = {
    "met": BadgeText("ok", "Met"),
    "partly met": BadgeText("warn", "Partly met", "half"),
    "not met": BadgeText("late", "Not met"),
    "carried forward": BadgeText("info", "Carried forward", "right"),
    "dropped": BadgeText("mute", "Dropped", "x"),
}


def second_line(record: PersonRecord) -> str:
    """Posts, hours a week, and what kind of person where that is not an employee."""
    held = posts_to_show(record)
    parts = [", ".join(dict.fromkeys(each.details.title for each in held))]
    hours = sum(each.details.weekly_hours or 0 for each in held)
    parts.append(f"{hours:g} hours" if hours else "")
    parts.append(KINDS[record.details.kind] if record.details.kind != "employee" else "")
    return " · ".join(part for part in parts if part) or "No post is written down yet"


def managers(record: PersonRecord) -> str:
    """The line managers of the posts held now, each once."""
    return ", ".join(dict.fromkeys(each.line_manager for each in record.current if each.line_manager)) or ("None" if record.current else "")


def posts_to_show(record: PersonRecord) -> tuple[HoldingRow, ...]:
    """The posts of now; of somebody who is still to come, those to come."""
    wanted = When.COMING if record.roll is Roll.JOINING else When.CURRENT
    return tuple(each for each in record.holdings if each.when is wanted)


def review_badge(stage: PersonStage | None, review: BoardRow | None, today: date) -> BadgeText | None:
    """How far this year's review is; a booked meeting says when it is."""
    if stage is None:
        return None
    at = review.dates.booked_for if review and review.stage is Stage.BOOKED else None
    if at is None or stage.badge != "info":
        return stage_badge(stage)
    return BadgeText("info", f"Meeting {'today' if at.date() == today else day_in_table(at.date())} {clock_time(at)}", "cal")


def month_words(day: date | None) -> str:
    """‘Sep 2024’, or nothing."""
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.year}" if day else ""


def target_lines(targets: Sequence[TargetRow]) -> list[Line]:
    """Targets with their number, day and outcome."""
    lines = []
    for number, target in enumerate(targets, 1):
        by_when = f"By {MONTH_NAMES[target.by_when.month - 1]} {target.by_when.year}" if target.by_when else "No day set"
        lines.append(Line(target.id, target.target, str(number), below=by_when, badge=_OUTCOMES.get(target.outcome)))
    return lines


def spell_lines(history: Sequence[RoleSpell]) -> list[Line]:
    """Role history. An end is only said where no other post begins soon after it: else the line above says it."""
    begins = [spell.starts_on for spell in history if spell.starts_on]
    lines = []
    for spell in history:
        title = f"{spell.title}, {spell.site}" if spell.site else spell.title
        end = spell.ends_on
        goes_on = end is None or spell.when is When.COMING or any(0 <= (day - end).days <= GAP_DAYS for day in begins)
        until = "" if goes_on else f"to {month_words(end)}"
        lines.append(Line(spell.holding_id, title, month_words(spell.starts_on) or "–", until, strong=spell.when is When.CURRENT))
    return lines


def post_line(holding: HoldingRow) -> Line:
    """A post held now: since when, which, under whom, for how many hours."""
    details = holding.details
    hours = f"{details.weekly_hours:g}" if details.weekly_hours else ""
    if hours and details.full_time_hours:
        hours = f"{hours} of {details.full_time_hours:g}"
    parts = (
        f"{hours} h" if hours else "",
        details.allowance,
        details.filled_how,
        f"line manager {holding.line_manager}" if holding.line_manager else "no line manager",
        f"until {day_with_year(details.ends_on)}" if details.ends_on else "",
    )
    title = f"{details.title}, {details.site}" if details.site else details.title
    return Line(holding.id, title, month_words(details.starts_on) or "–", " · ".join(part for part in parts if part), strong=True)


def known_lines(record: PersonRecord) -> list[Line]:
    """Qualifications and statuses under the name awarded, then memberships."""
    lines = []
    for row in record.qualifications:
        details = row.details
        level = f"level {details.level}" if details.level.isdigit() else details.level
        second = " · ".join(part for part in (level, details.provider) if part)
        lines.append(Line(("qualification", row.id), details.name, str(details.awarded_on.year) if details.awarded_on else "–", second))
    for member in record.memberships:
        since = str(member.details.starts_on.year) if member.details.starts_on else "–"
        second = f"member {member.details.number}" if member.details.number else "member"
        lines.append(Line(("membership", member.id), member.details.body, since, second))
    return lines


def contact_lines(record: PersonRecord) -> list[Line]:
    """Email, phone, pronouns, and the first line of the notes."""
    details = record.details
    note = details.notes.split("\n", 1)[0]
    return [Line("edit", words) for words in (details.email, details.phone, details.pronouns, note) if words]


def time_line(row: EmploymentRow, today: date) -> Line:
    """A time with the school, with why and where to if it has ended."""
    details = row.details
    since = f"Since {day_with_year(details.starts_on)}" if details.starts_on else "Here, start not entered"
    if details.starts_on and details.starts_on > today:
        since = f"From {day_with_year(details.starts_on)}"
    if details.ends_on:
        since = f"{day_with_year(details.starts_on) if details.starts_on else 'Not entered'} to {day_with_year(details.ends_on)}"
    why = ", ".join(part for part in (details.reason, details.destination) if part)
    return Line(row.id, since, second=why, strong=details.ends_on is None or details.ends_on >= today)


def managed_lines(record: PersonRecord) -> list[Line]:
    """Whom somebody manages, and in which post."""
    return [Line(row.person_id, row.name, second=row.title) for row in record.manages]


def shown_words(shown: int, everybody: int, with_review: int) -> str:
    """The foot of the list: ‘14 of 61 people shown · 56 have a review this year’."""
    first = f"{shown} of {everybody} people shown" if everybody != 1 else f"{shown} of 1 person shown"
    if not with_review:
        return first
    return f"{first} · {count_of(with_review, 'has', 'have')} a review this year"
