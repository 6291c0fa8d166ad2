"""What the matrix says of a cell, of a row and of the whole, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from staffdev_desktop.cpd.training.rows import Cell, Cover, ForWhom, Matrix, MatrixRow, RecordRow, State
from staffdev_desktop.cpd.training.rules import is_new
from staffdev_desktop.kernel.dates import MONTH_NAMES, day_with_year, long_day, short_day
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.staff.rules import KINDS
from staffdev_desktop.ui.widgets.badge import BadgeText

KIND_OF = {State.EXPIRED: "late", State.SOON: "warn", State.NOT_YET: "mute", State.IN_DATE: "ok", State.NOT_NEEDED: "mute"}
ICON_OF = {State.EXPIRED: "late", State.SOON: "clock", State.NOT_YET: "dot", State.IN_DATE: "check"}
ACTION, EVERYBODY, NEW = "action", "everybody", "new"
SHOW = (
    (ACTION, "Show: needs action first"),
    (EVERYBODY, "Show: everybody, A to Z"),
    (NEW, "Show: new starters"),
    (State.EXPIRED, "Show: expired"),
    (State.SOON, "Show: expires soon"),
    (State.NOT_YET, "Show: not yet done"),
)


def month(day: date) -> str:
    """Sep 2027."""
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.year}"


def cell_words(cell: Cell) -> str:
    """What stands in a cell; beside a booked day there is no room for the year."""
    if cell.state is State.NOT_YET:
        return "Not yet"
    if cell.state is State.NOT_NEEDED:
        return "not needed"
    if cell.until is None:
        return "Done"
    if cell.state is State.IN_DATE:
        return month(cell.until)
    return short_day(cell.until) if cell.booked_for else day_with_year(cell.until)


def post_words(row: MatrixRow, today: date) -> str:
    """What stands beside a name: the post, and for a new starter since when."""
    if not is_new(row, today) or row.joined_on is None:
        return row.person.posts
    began = f"begins {short_day(row.joined_on)}" if row.joined_on > today else f"since {short_day(row.joined_on)}"
    return " · ".join(filter(None, (row.person.posts, began)))


def cell_spoken(cell: Cell) -> str:
    """The same in a sentence, for a screen reader and the tool tip."""
    words = {
        State.EXPIRED: "expired, counted until",
        State.SOON: "expires soon, counts until",
        State.IN_DATE: "in date, counts until",
        State.NOT_YET: "not yet done",
        State.NOT_NEEDED: "not needed",
    }[cell.state]
    if cell.state in (State.EXPIRED, State.SOON, State.IN_DATE):
        words = f"{words} {long_day(cell.until)}" if cell.until else "done, counts for ever"
    if cell.state is State.IN_DATE and not cell.required:
        words += ", though not needed"
    if cell.booked_for:
        words += f", booked for {long_day(cell.booked_for)}"
    elif cell.missed:
        words += f", was booked for {long_day(cell.missed)}"
    return words


def state_badge(cell: Cell) -> BadgeText:
    """A cell as a badge, with the whole day."""
    words = {State.NOT_YET: "Not yet done", State.NOT_NEEDED: "Not needed"}.get(cell.state, "Done")
    if cell.until and cell.state is not State.NOT_NEEDED:
        words = f"{'Expired' if cell.state is State.EXPIRED else 'Until'} {day_with_year(cell.until)}"
    return BadgeText(KIND_OF[cell.state], words, ICON_OF.get(cell.state, "x"))


def counts(rows: Iterable[MatrixRow]) -> Counter[State]:
    """How many cells stand how, of those that are required."""
    return Counter(cell.state for row in rows for cell in row.cells if cell.required)


def badges(matrix: Matrix) -> list[BadgeText]:
    """The numbers first, the most urgent before the others; what is nought is left out."""
    found = counts(matrix.rows)
    ends = [cell.until for row in matrix.rows for cell in row.cells if cell.state is State.SOON and cell.until]
    last = matrix.today + timedelta(days=matrix.warn_days)
    soon = "this term" if matrix.term_ends and all(day <= matrix.term_ends for day in ends) else f"by {short_day(last)}"
    words = {
        State.EXPIRED: f"{found[State.EXPIRED]:,} expired",
        State.SOON: f"{found[State.SOON]:,} {'expires' if found[State.SOON] == 1 else 'expire'} {soon}",
        State.NOT_YET: f"{found[State.NOT_YET]:,} not yet done",
        State.IN_DATE: f"{found[State.IN_DATE]:,} in date",
    }
    shown = [BadgeText(KIND_OF[state], said, "checkc" if state is State.IN_DATE else ICON_OF[state]) for state, said in words.items()]
    return [badge for badge, state in zip(shown, words, strict=True) if found[state]]


def cover_badge(cover: Cover, today: date, warn_days: int) -> BadgeText:
    """‘Paediatric first aid: 5 in date, 1 needed’, with a warning before they are too few."""
    words = f"{cover.name}: {cover.have} in date, {cover.needed} needed"
    if cover.have < cover.needed:
        return BadgeText("late", words)
    if cover.falls_after and cover.falls_after <= today + timedelta(days=warn_days):
        return BadgeText("warn", f"{words}, too few after {short_day(cover.falls_after)}")
    return BadgeText("ok", words)


def foot_words(shown: Sequence[MatrixRow], matrix: Matrix) -> str:
    """How many are shown, and what the days mean."""
    acting = sum(any(cell.needs_action for cell in row.cells) for row in matrix.rows)
    people = count_of(len(matrix.rows), "person", "people")
    said = f"{acting} of {people} {'needs' if acting == 1 else 'need'} something done."
    if any(not row.person.here for row in shown):
        said = f"{count_of(len(shown), 'new starter')} shown, those still to begin too."
    elif len(shown) < len(matrix.rows):
        said = f"{len(shown)} of {people} shown."
    return f"{said} The date in each box is the last day the certificate counts."


def until_words(record: RecordRow) -> str:
    """The last day a record counts, in a table."""
    if record.details.done_on is None:
        return ""
    return day_with_year(record.until) if record.until else "for ever"


def whom_words(whom: Sequence[ForWhom], groups: dict[int, str], posts: dict[int, str]) -> str:
    """Whom a training is required of: ‘Site, Governor or trustee and 2 people by name’."""
    if any(line.everybody for line in whom):
        words = ["Everybody"]
    else:
        words = [groups.get(line.staff_group_id or 0, "") for line in whom if line.staff_group_id]
        words += [KINDS.get(line.person_kind, line.person_kind) for line in whom if line.person_kind]
        words += [posts.get(line.post_id or 0, "") for line in whom if line.post_id]
        named = sum(line.person_id is not None and not line.exempt for line in whom)
        words += [f"{count_of(named, 'person', 'people')} by name"] if named else []
    out = sum(line.exempt for line in whom)
    return (listed([each for each in words if each]) or "Nobody yet") + (f", except {out}" if out else "")
