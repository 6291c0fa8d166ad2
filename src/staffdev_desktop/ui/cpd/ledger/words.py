"""How the ledger is said on screen: badges, and hours against what is due."""

from staffdev_desktop.cpd.ledger.rows import Pace, Part
from staffdev_desktop.cpd.ledger.rules import pace_words
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.ui.widgets.badge import BadgeText

_KINDS = {
    Pace.NOTHING_OWED: "mute",
    Pace.TO_COME: "mute",
    Pace.BEHIND: "warn",
    Pace.ON_TRACK: "ok",
    Pace.AHEAD: "ok",
    Pace.DONE: "ok",
}


def pace_badge(part: Part) -> BadgeText:
    """The state of a term or of the year."""
    return BadgeText(_KINDS[part.pace], pace_words(part))


def have_words(part: Part) -> str:
    """3.50, or 0 for none: the big number."""
    return hours_in_table(part.have) if part.have else "0"


def of_words(part: Part) -> str:
    """‘of 4 hours’."""
    return f"of {hours(part.due)} {'hour' if part.due == 60 else 'hours'}" if part.due else "hours"


def by_now_words(part: Part) -> tuple[str, ...]:
    """‘1.75 due by now’ and shorter, while that is something else than what is due."""
    due = hours(part.due_by_now)
    return (f"{due} due by now", f"{due} by now") if 0 < part.due_by_now < part.due else ()


def part_in_words(part: Part) -> str:
    """Everything a card says, for a screen reader."""
    return ", ".join((part.name, pace_words(part), f"{have_words(part)} {of_words(part)}", *by_now_words(part)[:1]))
