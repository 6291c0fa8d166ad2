"""Decisions of the log: hours as people type them, what an entry must be, how far it is. Pure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from staffdev_desktop.cpd.log.rows import CheckFacts, EntryDetails, EntryStatus
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError

DAY_MINUTES = 24 * 60
LONGEST_LINE, LONGEST_WORDS = 200, 20_000
PAID = ("paid time", "own time", "extra hours to pay")
ASSURED, SENT_BACK = "assured", "sent back"
WORTH = ("yes", "partly", "no")

# What a school begins with (004: drop-ins, reflective practitioner, learning groups, action research; 002: sessions, networks, study).
# Name, whether it counts towards hours owed, whether its impact is asked for.
FIRST_KINDS = (
    ("15-minute drop-in", True, True),
    ("Course", True, True),
    ("Conference", True, True),
    ("Peer observation", True, True),
    ("Video reflection", True, True),
    ("Visit to another school", True, True),
    ("Coaching", True, True),
    ("Reading", True, True),
    ("Learning group", True, True),
    ("Action research", True, True),
    ("Accredited study", True, True),
    ("INSET", False, False),
    ("Network", True, True),
    ("Webinar", True, True),
    ("Required training", False, False),
)
STRANDS = ("Professional practice", "Professional identity", "Current issues", "Leadership development")  # 002
SETTINGS = ("In school", "Local networks", "Local authority", "National and regional")  # DESIGN section 1, Words

_CLOCK = re.compile(r"(\d{1,3}):([0-5]?\d)(?:\s*(?:h|hrs?|hours?))?$")
_WORDS = re.compile(r"(?:(\d{1,3})\s*(?:h|hrs?|hours?))?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?))?$")
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?|[.,]\d{1,3})\s*(?:h|hrs?|hours?)?$")


def read_minutes(text: str, *, field: str | None = "minutes") -> int:
    """Minutes from what people type as hours: 0.75, 1,5, 45 min, 1:15, 1 h 15 min. Raises UserError."""
    plain = " ".join(text.split()).casefold()
    wrong = UserError(f"‘{text.strip()[:20]}’ is not a number of hours. Write 0.75, 45 min or 1:15.", field=field)
    if plain.startswith(("-", "–", "−")):
        raise UserError("Hours cannot be less than nothing.", field=field)
    if match := _CLOCK.match(plain):
        return int(match[1]) * 60 + int(match[2])
    if match := _NUMBER.match(plain):
        return round(float(match[1].replace(",", ".")) * 60)
    if plain and (match := _WORDS.match(plain)):
        return int(match[1] or 0) * 60 + int(match[2] or 0)
    raise wrong


def hours(minutes: int) -> str:
    """0.25, 3.5, 12: hours in a sentence, without noughts at the end."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def hours_in_table(minutes: int) -> str:
    """0.25, 3.50: hours with two places, so that a column lines up."""
    return f"{minutes / 60:.2f}"


def check_details(details: EntryDetails, today: date) -> None:
    """Raises UserError for a time or day that cannot be, or words that are too long."""
    if not details.activity.strip():
        raise UserError("Write what it was.", field="activity")
    if details.minutes <= 0:
        raise UserError("Write how long it took. 0.25 is a quarter of an hour.", field="minutes")
    if details.minutes > DAY_MINUTES:
        raise UserError(f"{hours(details.minutes)} hours is more than a day. Make an entry for each day.", field="minutes")
    if details.done_on > today:
        raise UserError("An entry is for what has taken place. Ask for what is to come with a request.", field="done_on")
    if details.pence is not None and details.pence < 0:
        raise UserError("A cost cannot be less than nothing.", field="pence")
    if details.paid and details.paid not in PAID:
        raise UserError("Choose whose time it was.", field="paid")
    if details.look_again_on is not None and details.look_again_on < details.done_on:
        raise UserError("Look again after the day it took place.", field="look_again_on")
    for field, most in (("activity", LONGEST_LINE), ("provider", LONGEST_LINE), ("who_pays", LONGEST_LINE), ("fee_share", LONGEST_LINE)):
        _check_length(details, field, most)
    for field in ("learnt", "changed", "impact", "colleagues", "barriers"):
        _check_length(details, field, LONGEST_WORDS)


def _check_length(details: EntryDetails, field: str, most: int) -> None:
    if (length := len(getattr(details, field))) > most:
        raise UserError(f"This has {length:,} letters. Use {most:,} or fewer.", field=field)


def check_employed(name: str, day: date, periods: Sequence[tuple[date | None, date | None]]) -> None:
    """Raises UserError if a day lies outside every time somebody was with the school; with none written down, every day is inside."""
    if not periods or any((begins or date.min) <= day <= (ends or date.max) for begins, ends in periods):
        return
    firsts = [begins for begins, _ in periods if begins]
    lasts = [ends for _, ends in periods if ends]
    if firsts and day < min(firsts):
        raise UserError(f"{name} began on {long_day(min(firsts))}: this is earlier.", field="done_on")
    if lasts and day > max(lasts):
        raise UserError(f"{name} left on {long_day(max(lasts))}: this is later.", field="done_on")
    raise UserError(f"{name} was not with the school on {long_day(day)}.", field="done_on")


def check_day_total(name: str, day: date, minutes: int) -> None:
    """Raises UserError if somebody's entries of one day come to more than the day has."""
    if minutes > DAY_MINUTES:
        raise UserError(f"With this, {name} has {hours(minutes)} hours on {long_day(day)}. A day has 24.", field="minutes")


def has_impact(details: EntryDetails) -> bool:
    """Whether it is written what came of it: what changed for pupils, in one’s own work, or what colleagues gained."""
    return any(words.strip() for words in (details.impact, details.changed, details.colleagues))


def status_of(details: EntryDetails, check: CheckFacts | None, *, asks_impact: bool, after_days: int, today: date) -> EntryStatus:
    """How far an entry is (DESIGN section 4, Entitlement: hours count at once, quality assurance needs the impact written)."""
    if check is not None:
        return EntryStatus.ASSURED if check.outcome == ASSURED else EntryStatus.SENT_BACK
    if has_impact(details):
        return EntryStatus.TO_CHECK
    if asks_impact and details.done_on + timedelta(days=after_days) <= today:
        return EntryStatus.IMPACT_NEEDED
    return EntryStatus.ENTERED
