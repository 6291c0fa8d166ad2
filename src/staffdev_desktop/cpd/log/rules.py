"""Decisions of the log: hours as people type them, what an entry must be, how far it is. Pure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from staffdev_desktop.cpd.log.rows import CheckFacts, EntryDetails, EntryRow, EntryStatus, KindDetails, TermGroup
from staffdev_desktop.kernel.dates import long_day, months_later
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.kernel.years import Closure, Term, question_about, term_of, year_of

DAY_MINUTES = 24 * 60
LONGEST_LINE, LONGEST_WORDS = 200, 20_000
EXTRA_HOURS = "extra hours to pay"
PAID = ("paid time", "own time", EXTRA_HOURS)
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
EVERY = ("week", "fortnight", "month")
MOST_REPEATS = 60
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


def hours_in_words(minutes: int) -> str:
    """‘1 hour’, ‘0.25 hours’."""
    return f"{hours(minutes)} {'hour' if minutes == 60 else 'hours'}"


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
    for field in ("activity", "provider", "who_pays", "fee_share"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    for field in ("learnt", "changed", "impact", "colleagues", "barriers"):
        check_length(getattr(details, field), LONGEST_WORDS, field)


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


def same_words(one: str, other: str) -> bool:
    """Whether two activities are the same, whatever the case, accents and spaces."""
    return searchable(one).split() == searchable(other).split()


def day_question(day: date, terms: Sequence[Term], closures: Sequence[Closure]) -> str | None:
    """A question about the day of an entry when school is closed, or None. Staff are at work on an INSET day."""
    for closure in closures:
        if closure.begins <= day <= closure.ends and "inset" in closure.name.casefold():
            return None
    return question_about(day, terms, closures)


def repeats(first: date, every: str, until: date, terms: Sequence[Term], closures: Sequence[Closure]) -> tuple[date, ...]:
    """The days of something that comes back each week, fortnight or month (the same weekday of the month), up to and with `until`.

    Days on which school is closed are left out; weekends only where the first day is none. Raises UserError if there are too many.
    """
    found = [first]
    step = 0
    while (day := _repeat(first, every, step := step + 1)) <= until:
        if first.weekday() >= 5 or day_question(day, terms, closures) is None:
            found.append(day)
        if len(found) > MOST_REPEATS:
            raise UserError(f"That makes more than {MOST_REPEATS} entries. Choose an earlier day to stop.", field="until")
    return tuple(found)


def _repeat(first: date, every: str, step: int) -> date:
    if every != "month":
        return first + timedelta(weeks=step * (2 if every == "fortnight" else 1))
    start = months_later(first.replace(day=1), step)
    day = start + timedelta(days=(first.weekday() - start.weekday()) % 7, weeks=(first.day - 1) // 7)
    return day if day.month == start.month else day - timedelta(weeks=1)  # no fifth Tuesday: the last


def year_of_entry(day: date, terms: Sequence[Term]) -> int:
    """The academic year that a day counts in: that of its term (DESIGN section 4, Terms)."""
    term = term_of(day, terms)
    return term.year if term else year_of(day)


def by_term(rows: Sequence[EntryRow], terms: Sequence[Term]) -> tuple[TermGroup, ...]:
    """Entries, the newest first, put together by the term to which their day belongs (DESIGN section 4, Terms)."""
    found: dict[tuple[str, int], list[EntryRow]] = {}
    for row in rows:
        term = term_of(row.details.done_on, terms)
        name, year = (term.name, term.year) if term else ("Earlier", year_of(row.details.done_on))
        found.setdefault((name, year), []).append(row)
    return tuple(TermGroup(name, year, *counted(theirs), tuple(theirs)) for (name, year), theirs in found.items())


def counted(rows: Sequence[EntryRow]) -> tuple[int, int]:
    """The minutes of these entries: of kinds that count, and of others."""
    return (
        sum(row.details.minutes for row in rows if row.counts),
        sum(row.details.minutes for row in rows if not row.counts),
    )


def check_kinds(kinds: Sequence[KindDetails]) -> None:
    """Raises UserError for a list of kinds without names, with the same name twice, or with none in use."""
    names = [searchable(kind.name).strip() for kind in kinds]
    if not all(names):
        raise UserError("Each kind needs a name.", field="kinds")
    for place, name in enumerate(names):
        if name in names[:place]:
            raise UserError(f"‘{kinds[place].name.strip()}’ is in the list twice.", field="kinds")
    if not any(kind.in_use for kind in kinds):
        raise UserError("Keep at least one kind in use.", field="kinds")
