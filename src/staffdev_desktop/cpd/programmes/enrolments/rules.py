"""Decisions of programmes: which parts hold for whom, how far somebody is, what of a fee is paid. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from staffdev_desktop.cpd.log.rules import LONGEST_LINE, LONGEST_WORDS
from staffdev_desktop.cpd.programmes.enrolments.rows import (
    EnrolmentDetails,
    EnrolmentRow,
    ModuleDetails,
    ProgrammeDetails,
    SencoRow,
    Shipped,
    Stage,
    StepRow,
)
from staffdev_desktop.kernel.dates import long_day, months_later
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.money import pounds
from staffdev_desktop.kernel.names import searchable

COMPLETED, NOT_PASSED, WITHDRAWN, NOT_ACCEPTED = "completed", "not passed", "withdrawn", "not accepted"
OUTCOMES = (COMPLETED, NOT_PASSED, WITHDRAWN, NOT_ACCEPTED)
MODULE_KINDS = ("module", "tutorial", "exam", "content area", "behaviour", "third", "term")
MOST_MONTHS, MOST_MINUTES, MOST_MODULES = 120, 100_000, 60
ALL_OF_IT = "all of it"
SENCO_POSTS, SENCO_AWARDS = ("senco", "sendco"), ("npqsenco", "nasenco", "national award for sen")
SENCO_SINCE, SENCO_MONTHS = date(2009, 9, 1), 36  # who was a SENCO before is exempt; since 2024 the award is NPQSENCO (peers.md Q7, Q8)
SHARES = (ALL_OF_IT, "two thirds", "one half", "one third", "one quarter")

_ENDED = {COMPLETED: Stage.COMPLETED, NOT_PASSED: Stage.NOT_PASSED, WITHDRAWN: Stage.WITHDRAWN, NOT_ACCEPTED: Stage.NOT_ACCEPTED}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_FRACTION = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})$", re.ASCII)
_PER_CENT = re.compile(r"(\d{1,3})\s*(?:%|per ?cent)$", re.ASCII)


def shipped_programmes(text: str) -> tuple[Shipped, ...]:
    """The programmes of `resources/frameworks/programmes/programmes.toml`."""
    data = tomllib.loads(text)
    sets = {each["id"]: each for each in data["sets"]}
    return tuple(_shipped(each, sets) for each in data["programmes"])


def _shipped(data: Mapping[str, Any], sets: Mapping[str, Mapping[str, Any]]) -> Shipped:
    details = ProgrammeDetails(
        name=data["name"],
        strand=data["strand"],
        about=data.get("about", ""),
        months=data["months"],
        award=data.get("award", ""),
        award_is_status=data.get("status", False),
        in_use=data.get("in_use", True),
    )
    parts = [*data.get("parts", ()), *(sets[name] for name in data.get("sets", ()))]
    modules = tuple(
        ModuleDetails(title, part.get("kind", "module"), part.get("minutes"), part.get("begun_before"), part.get("begun_from"))
        for part in parts
        for title in part["modules"]
    )
    return Shipped(data["id"], details, modules)


def modules_for(modules: Sequence[ModuleDetails], starts_on: date | None, today: date) -> tuple[ModuleDetails, ...]:
    """The parts that hold for somebody who began on that day; without one, for somebody who begins today."""
    began = starts_on or today
    return tuple(
        each
        for each in modules
        if (each.begun_before is None or began < each.begun_before) and (each.begun_from is None or began >= each.begun_from)
    )


def due_from(starts_on: date, months: int) -> date:
    """The last day of a programme of so many months: 1 September 2026 and 24 months give 31 August 2028."""
    return months_later(starts_on, months) - timedelta(days=1)


def stage_of(details: EnrolmentDetails, outcome: str, today: date) -> Stage:
    """How far somebody is. Who has a first day is accepted; on it they are on the programme."""
    if outcome in _ENDED:
        return _ENDED[outcome]
    if details.starts_on is None:
        return Stage.APPLIED
    return Stage.ON_IT if details.starts_on <= today else Stage.ACCEPTED


def is_overdue(details: EnrolmentDetails, outcome: str, today: date) -> bool:
    """Whether somebody should have finished and has not."""
    return outcome not in _ENDED and details.due_on is not None and details.due_on < today


def share_paid(pence: int | None, share: str) -> int | None:
    """What a share such as ‘one third’, ‘2/3’ or ‘40 %’ of a fee comes to, in whole pence; None if there is no fee or no known share."""
    if pence is None:
        return None
    part = _share(" ".join(share.split()).casefold())
    return None if part is None else round(pence * part)


def _share(words: str) -> Fraction | None:
    if words in ("", "all", ALL_OF_IT):
        return Fraction(1)
    if match := _PER_CENT.match(words):
        return Fraction(int(match[1]), 100) if int(match[1]) <= 100 else None
    if match := _FRACTION.match(words):
        return Fraction(int(match[1]), int(match[2])) if 0 < int(match[1]) <= int(match[2]) else None
    count, _, part = words.rpartition(" ")
    if part in _PARTS and (count or "one") in _COUNTS:
        return Fraction(_COUNTS[count or "one"], _PARTS[part])
    return None


def check_programme(details: ProgrammeDetails) -> None:
    """Raises UserError for a programme that cannot be."""
    if not details.name.strip():
        raise UserError("Write what the programme is called.", field="name")
    for field, most in (("name", LONGEST_LINE), ("provider", LONGEST_LINE), ("award", LONGEST_LINE), ("about", LONGEST_WORDS)):
        check_length(getattr(details, field), most, field)
    if details.months is not None and not 1 <= details.months <= MOST_MONTHS:
        raise UserError(f"A programme takes between 1 and {MOST_MONTHS} months.", field="months")
    if details.minutes is not None and not 1 <= details.minutes <= MOST_MINUTES:
        raise UserError(f"Its hours are between a minute and {MOST_MINUTES // 60:,}.", field="minutes")


def check_modules(modules: Sequence[ModuleDetails]) -> None:
    """Raises UserError for parts that cannot be."""
    if len(modules) > MOST_MODULES:
        raise UserError(f"A programme has {MOST_MODULES} parts at most.", field="modules")
    for each in modules:
        if not each.title.strip():
            raise UserError("Write what each part is called, or take it out.", field="modules")
        if len(each.title) > LONGEST_LINE:
            raise UserError(f"‘{each.title[:30]}…’ has {len(each.title):,} letters. Use {LONGEST_LINE} or fewer.", field="modules")
        if each.begun_before and each.begun_from and each.begun_from >= each.begun_before:
            raise UserError(
                f"‘{each.title}’ holds for nobody: nobody begins before {long_day(each.begun_before)} and later.", field="modules"
            )


def check_enrolment(details: EnrolmentDetails) -> None:
    """Raises UserError for dates in the wrong order, a share of a fee that is none, words that are too long."""
    if details.applied_on and details.starts_on and details.starts_on < details.applied_on:
        raise UserError(f"That is before the application on {long_day(details.applied_on)}.", field="starts_on")
    if details.due_on and details.starts_on and details.due_on < details.starts_on:
        raise UserError(f"That is before it begins on {long_day(details.starts_on)}.", field="due_on")
    if share_paid(0, details.fee_share) is None:
        raise UserError("Write a share as ‘one third’, 1/3 or 40 %, or leave it empty for all of it.", field="fee_share")
    for field, most in (("mentor", LONGEST_LINE), ("who_pays", LONGEST_LINE), ("note", LONGEST_WORDS)):
        check_length(getattr(details, field), most, field)


def check_ended(details: EnrolmentDetails, outcome: str, ended_on: date, today: date) -> None:
    """Raises UserError for an end that cannot be."""
    if outcome not in OUTCOMES:
        raise UserError("Choose how it ended.", field="outcome")
    if ended_on > today:
        raise UserError("That day is still to come.", field="ended_on")
    if details.starts_on and ended_on < details.starts_on and outcome != NOT_ACCEPTED:
        raise UserError(f"That is before it began on {long_day(details.starts_on)}.", field="ended_on")


def by_cohort(rows: Sequence[EnrolmentRow]) -> tuple[tuple[str, tuple[EnrolmentRow, ...]], ...]:
    """People by the cohort they are in, the newest to begin first; those in none come last."""
    began: dict[str, date] = {}
    for row in rows:
        began[row.cohort] = max(began.get(row.cohort, date.min), row.details.starts_on or date.min)
    names = sorted(began, key=lambda name: (not name, -began[name].toordinal(), name))
    return tuple((name, tuple(row for row in rows if row.cohort == name)) for name in names)


def next_part(row: EnrolmentRow) -> StepRow | None:
    """The first part that somebody who is on a programme has still to do."""
    return next((step for step in row.steps if not step.done), None) if row.running else None


def money_in_words(row: EnrolmentRow) -> str:
    """‘£900.00, one third paid by the school: £300.00’."""
    details = row.details
    if details.pence is None:
        return f"paid by {details.who_pays}" if details.who_pays else ""
    if not details.who_pays:
        return pounds(details.pence)
    if row.pays is None or row.pays == details.pence:
        return f"{pounds(details.pence)}, paid by {details.who_pays}"
    return f"{pounds(details.pence)}, {details.fee_share} paid by {details.who_pays}: {pounds(row.pays)}"


def most_urgent_first(rows: Sequence[EnrolmentRow]) -> tuple[EnrolmentRow, ...]:
    """What is overdue, then what runs by its due day, then who waits to begin, then what has ended, the latest first."""

    def key(row: EnrolmentRow) -> tuple[int, int, str]:
        if row.overdue:
            return 0, (row.details.due_on or date.max).toordinal(), row.name
        if row.stage is Stage.ON_IT:
            return 1, (row.details.due_on or date.max).toordinal(), row.name
        if row.running:
            return 2, (row.details.starts_on or date.max).toordinal(), row.name
        return 3, -(row.ended_on or date.min).toordinal(), row.name

    return tuple(sorted(rows, key=key))


def is_senco(title: str) -> bool:
    """Whether a post is that of the special educational needs co-ordinator, from its title."""
    return any(word in searchable(title) for word in SENCO_POSTS)


def senco_due(appointed_on: date, awards: Iterable[str]) -> date | None:
    """The last day of the three years in which a SENCO gains the award; None for who holds one or is exempt."""
    if appointed_on < SENCO_SINCE or any(word in searchable(award) for award in awards for word in SENCO_AWARDS):
        return None
    return due_from(appointed_on, SENCO_MONTHS)


def senco_words(row: SencoRow) -> str:
    """What to say about a SENCO without the award."""
    ends = "These three years are over" if row.overdue else f"Three years end on {long_day(row.due_on)}"
    on_it = "is on NPQSENCO" if row.on_programme else "is not enrolled on NPQSENCO"
    return f"{row.name} became SENCO on {long_day(row.appointed_on)}, has no NPQSENCO or NASENCO in the record and {on_it}. {ends}."
