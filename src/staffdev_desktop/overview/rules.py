"""What needs doing now, the most urgent first, and how far the year is. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from staffdev_desktop.kernel.dates import day_in_sentence
from staffdev_desktop.kernel.names import listed
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.overview.rows import CycleProgress, StageShare, ToDo
from staffdev_desktop.pdr.rows import BoardRow, CycleRow, Stage
from staffdev_desktop.pdr.rules import DUE_SOON_DAYS

NAMES_SHOWN = 2
URGENCY = ("late", "warn", "info", "ok", "mute")
BAR_STAGES = (Stage.OUT, Stage.RETURNED, Stage.BOOKED, Stage.DRAFT, Stage.AGREED, Stage.SIGNED)


def progress(rows: Sequence[BoardRow], cycles: Sequence[CycleRow], year: int) -> CycleProgress | None:
    """The cycle bar: how many reviews stand in each stage. None if the year has no reviews."""
    counted = [row for row in rows if not row.exempt]
    if not counted:
        return None
    stages = (Stage.NOT_STARTED, *BAR_STAGES) if any(row.stage is Stage.NOT_STARTED for row in counted) else BAR_STAGES
    shares = tuple(StageShare(stage.value, sum(row.stage is stage for row in counted)) for stage in stages)
    signed = sum(row.stage is Stage.SIGNED for row in counted)
    due = sorted({(cycle.deadline, cycle.name) for cycle in cycles if cycle.year == year})
    deadlines = " · ".join(f"{name} by {day_in_sentence(day)}" for day, name in due)
    return CycleProgress(f"PDR cycle {year_label(year)}", len(counted), signed, round(100 * signed / len(counted)), deadlines, shares)


def things_to_do(rows: Sequence[BoardRow], today: date, *, names: bool = True) -> tuple[ToDo, ...]:
    """What the reviews of a year ask for, the most urgent first. Without `names` for a screen that others can see (ERRATA, 01)."""
    live = [row if names else replace(row, name="") for row in rows if not (row.away or row.exempt)]
    found = (_overdue(live, today), _sheets_late(live, today), _no_reviewer(live), _due_soon(live, today), _unsigned(live), _not_sent(live))
    return tuple(each for each in found if each is not None)


def most_urgent_first(things: Sequence[ToDo]) -> tuple[ToDo, ...]:
    """What is late before what is due, and that before what can wait; within these as it came."""
    return tuple(sorted(things, key=lambda each: URGENCY.index(each.badge)))


def _who(rows: Sequence[BoardRow]) -> str:
    names = [row.name for row in rows[:NAMES_SHOWN] if row.name]
    if not names:
        return "Names are hidden"
    rest = len(rows) - len(names)
    return listed([*names, f"{rest} more"]) if rest else listed(names)


def _ids(rows: Sequence[BoardRow]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _overdue(rows: Sequence[BoardRow], today: date) -> ToDo | None:
    late = [row for row in rows if row.deadline < today and row.stage not in (Stage.AGREED, Stage.SIGNED)]
    if not late:
        return None
    detail = f"{_who(late)} · deadline was {day_in_sentence(min(row.deadline for row in late))}"
    title = "Review is past its deadline" if len(late) == 1 else "Reviews are past their deadline"
    return ToDo("overdue", "pdr", len(late), title, detail, "late", "Overdue", "See reviews", _ids(late))


def _sheets_late(rows: Sequence[BoardRow], today: date) -> ToDo | None:
    late = [row for row in rows if row.stage is Stage.OUT and row.sheets_due_on < today]
    if not late:
        return None
    title = "Self-review sheet is not back" if len(late) == 1 else "Self-review sheets are not back"
    detail = f"{_who(late)} · asked for by {day_in_sentence(min(row.sheets_due_on for row in late))}"
    return ToDo("sheets", "doc", len(late), title, detail, "late", "Overdue", "Chase", _ids(late))


def _no_reviewer(rows: Sequence[BoardRow]) -> ToDo | None:
    missing = [row for row in rows if row.reviewer_id is None]
    if not missing:
        return None
    title = "Review has no reviewer" if len(missing) == 1 else "Reviews have no reviewer"
    return ToDo("reviewer", "user", len(missing), title, _who(missing), "late", "Missing", "Choose", _ids(missing))


def _due_soon(rows: Sequence[BoardRow], today: date) -> ToDo | None:
    early = (Stage.NOT_STARTED, Stage.OUT, Stage.RETURNED, Stage.BOOKED, Stage.DRAFT)
    due = [row for row in rows if row.stage in early and 0 <= (row.deadline - today).days <= DUE_SOON_DAYS]
    if due:
        title, kind, words = f"Reviews are due by {day_in_sentence(min(row.deadline for row in due))}", "warn", "Due soon"
    else:
        due = [row for row in rows if row.stage in (Stage.RETURNED, Stage.OUT) and row.deadline >= today]
        due = [row for row in due if row.dates.booked_for is None]
        title, kind, words = "Reviews have no meeting yet", "info", "To plan"
    if not due:
        return None
    unbooked = sum(row.dates.booked_for is None for row in due)
    detail = f"{unbooked} of them have no meeting booked yet" if words == "Due soon" else _until(due)
    return ToDo("book", "cal", len(due), title, detail, kind, words, "Book meetings", _ids(due))


def _until(rows: Sequence[BoardRow]) -> str:
    return f"Deadline {day_in_sentence(min(row.deadline for row in rows))}"


def _unsigned(rows: Sequence[BoardRow]) -> ToDo | None:
    waiting = [(row, row.dates.agreed_at) for row in rows if row.stage is Stage.AGREED and row.dates.agreed_at is not None]
    if not waiting:
        return None
    first, at = min(waiting, key=lambda each: each[1])
    title = "Statement is waiting for a signature" if len(waiting) == 1 else "Statements are waiting for a signature"
    detail = f"Longest wait: {first.name + ', ' if first.name else ''}agreed on {day_in_sentence(at.date())}"
    return ToDo("sign", "sign", len(waiting), title, detail, "warn", "Waiting", "Print statements", _ids([row for row, _ in waiting]))


def _not_sent(rows: Sequence[BoardRow]) -> ToDo | None:
    waiting = [row for row in rows if row.stage is Stage.NOT_STARTED]
    if not waiting:
        return None
    title = "Self-review sheet is not out yet" if len(waiting) == 1 else "Self-review sheets are not out yet"
    detail = f"Due back {day_in_sentence(min(row.sheets_due_on for row in waiting))}"
    return ToDo("print", "print", len(waiting), title, detail, "info", "To print", "Print sheets", _ids(waiting))


def second_key_holder() -> ToDo:
    """Asked for until there is one: with one password lost, the recovery sheet would be the only way in (DESIGN section 3)."""
    detail = "If you are away or forget your password, nobody else can open the school’s file"
    return ToDo("key-holder", "key", 1, "A second key-holder is missing", detail, "late", "Missing", "Choose somebody")
