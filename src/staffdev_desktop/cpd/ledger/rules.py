"""Decisions of the ledger: what somebody owes in a term and by now, and why (DESIGN section 4, Entitlement and Terms). Pure.

A school day is a Monday to Friday between the first and last day of a term and not in a closure. Days are counted by bisection in
the list of school days, a stretch with the same circumstances at a time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from staffdev_desktop.cpd.ledger.rows import (
    AbsenceRow,
    Circumstances,
    EntitlementDetails,
    Held,
    Pace,
    Part,
    Period,
    Rule,
    Step,
    TermDays,
)
from staffdev_desktop.cpd.log.rules import hours, hours_in_words
from staffdev_desktop.kernel.dates import long_day, short_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import capital, count_of, listed
from staffdev_desktop.kernel.years import Closure, Term, usual_terms, year_days

QUARTER = 15  # minutes: hours owed come in quarter hours
MOST_MINUTES = 400 * 60  # a year; more is a slip of the finger
# 004, Trust Research and Development Framework: 12 hours a year, 4 a term, for all teachers and education support staff.
FIRST_GROUPS = ("Teachers", "Teaching assistants")
FIRST_YEAR, FIRST_TERM = 12 * 60, 4 * 60
OWING_KINDS = ("employee", "trainee")  # governors, volunteers and agency workers owe a school no hours


# -- school days --------------------------------------------------------------------------------------------------------------


def school_days(term: Term, closures: Sequence[Closure]) -> tuple[date, ...]:
    """The days of a term on which the school is open."""
    closed = [(each.begins, each.ends) for each in closures if each.ends >= term.begins and each.begins <= term.ends]
    days = (term.begins + timedelta(days=number) for number in range((term.ends - term.begins).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not any(begins <= day <= ends for begins, ends in closed))


def terms_with_days(year: int, terms: Sequence[Term], closures: Sequence[Closure]) -> tuple[TermDays, ...]:
    """The terms of a year, each until the day before the next begins. A year whose terms are not entered has the usual ones."""
    known = {term.year for term in terms}
    every = sorted([*terms, *(term for each in (year, year + 1) if each not in known for term in usual_terms(each))])
    found = []
    for term, following in pairwise([*every, None]):
        if term is not None and term.year == year:
            last = following.begins - timedelta(days=1) if following else year_days(year)[1]
            found.append(TermDays(term, last, school_days(term, closures)))
    return tuple(found)


def part_of(day: date, terms: Sequence[TermDays]) -> int | None:
    """The place of the term a day belongs to, or None if it belongs to another year."""
    for place, each in enumerate(terms):
        if each.term.begins <= day <= each.last:
            return place
    return None


# -- how much somebody owes ---------------------------------------------------------------------------------------------------


def share_of(held: Sequence[Held], day: date) -> Fraction:
    """The part of full time that somebody’s holdings come to on a day: weekly hours through full-time hours, 1 where they are not known."""
    total = Fraction(0)
    standing = [each for each in held if _inside(day, each.starts_on, each.ends_on)]
    for each in standing:
        if not each.weekly_hours or not each.full_time_hours:
            return Fraction(1)
        total += Fraction(str(each.weekly_hours)) / Fraction(str(each.full_time_hours))
    return min(total, Fraction(1)) if standing else Fraction(1)


def _inside(day: date, begins: date | None, ends: date | None) -> bool:
    return (begins is None or begins <= day) and (ends is None or day <= ends)


def _within(day: date, periods: Sequence[Period]) -> bool:
    return any(_inside(day, begins, ends) for begins, ends in periods)


class Stretch:
    """Days on which the same circumstances hold: with the school or not, away or not, the same hours."""

    __slots__ = ("away", "days", "employed", "first", "last", "share")

    def __init__(self, first: date, last: date, days: int, who: Circumstances) -> None:
        self.first, self.last, self.days = first, last, days
        self.employed = not who.employed or _within(first, who.employed)
        self.away = self.employed and _within(first, who.away)
        self.share = share_of(who.held, first)

    @property
    def owed(self) -> bool:
        """Whether its days ask for hours."""
        return self.employed and not self.away


def stretches(who: Circumstances, days: Sequence[date], last: date | None = None) -> tuple[Stretch, ...]:
    """The school days up to `last`, cut wherever something about the person changes."""
    if not days:
        return ()
    first, end = days[0], min(last or days[-1], days[-1])
    periods = [*who.employed, *who.away, *((each.starts_on, each.ends_on) for each in who.held)]
    cuts = {begins for begins, _ in periods if begins and first < begins <= end}
    cuts |= {ends + timedelta(days=1) for _, ends in periods if ends and first <= ends < end}
    found = []
    for begins, following in pairwise([first, *sorted(cuts), end + timedelta(days=1)]):
        count = bisect_left(days, following) - bisect_left(days, begins)
        if count > 0:
            found.append(Stretch(begins, following - timedelta(days=1), count, who))
    return tuple(found)


def weight(parts: Sequence[Stretch], *, pro_rata: bool) -> Fraction:
    """School days that ask for hours, each counted as much as the person’s hours are of full time."""
    return sum(((each.share if pro_rata else Fraction(1)) * each.days for each in parts if each.owed), Fraction(0))


def nearest_quarter(minutes: Fraction) -> int:
    """To the nearest quarter hour, half of one upwards."""
    return int((minutes / QUARTER + Fraction(1, 2)) // 1) * QUARTER


def quarter_below(minutes: Fraction) -> int:
    """Down to a quarter hour."""
    return int(minutes // QUARTER) * QUARTER


def owed(minutes: int, who: Circumstances, days: Sequence[date], on: date, *, pro_rata: bool) -> tuple[int, int]:
    """What somebody owes over these school days of `minutes`, and what of it by the day `on` (inside): minutes in quarter hours."""
    if not days or not minutes or not who.owes:
        return 0, 0
    due = nearest_quarter(minutes * weight(stretches(who, days), pro_rata=pro_rata) / len(days))
    if on >= days[-1]:
        return due, due
    if on < days[0]:
        return due, 0
    so_far = minutes * weight(stretches(who, days, on), pro_rata=pro_rata) / len(days)
    return due, min(quarter_below(so_far), due)


def rest_of_year(rule: Rule, terms: int) -> int:
    """What a year asks for besides its terms: owed over the whole year in the same way."""
    return max(rule.minutes_a_year - terms * rule.minutes_a_term, 0)


def pace_of(*, due: int, due_by_now: int, have: int, begins: date, on: date, whole: bool) -> Pace:
    """How somebody stands; one rule for ‘behind’: fewer hours than are due by now."""
    if not due:
        return Pace.NOTHING_OWED
    if have >= due:
        return Pace.DONE
    if on < begins and not have:
        return Pace.TO_COME
    if have < due_by_now:
        return Pace.BEHIND
    return Pace.AHEAD if whole and have > due_by_now else Pace.ON_TRACK


def pace_words(part: Part) -> str:
    """The state in words: On track, Behind by 0.5 h, From 4 January, Ahead of pace, Done, No hours owed."""
    if part.pace is Pace.TO_COME:
        return f"From {long_day(part.begins).rsplit(' ', 1)[0]}"
    if part.pace is Pace.BEHIND:
        return f"Behind by {hours(part.behind)} h"
    fixed = {Pace.NOTHING_OWED: "No hours owed", Pace.ON_TRACK: "On track", Pace.AHEAD: "Ahead of pace", Pace.DONE: "Done"}
    return fixed[part.pace]


def standing_words(part: Part) -> str:
    """‘1.25 hours behind: 0.5 counted, 1.75 due by now.’"""
    if part.pace is Pace.NOTHING_OWED:
        return f"{hours_in_words(part.counted)} counted. No hours are owed."
    counted = f"{hours(part.counted)} counted" + (f" and {hours(part.carried)} carried over" if part.carried else "")
    against = f"{hours(part.due_by_now)} due by now" if part.due_by_now < part.due else f"{hours(part.due)} owed"
    if part.behind:
        return f"{hours_in_words(part.behind)} behind: {counted}, {against}."
    return f"{pace_words(part)}: {counted}, {against}."


# -- why ----------------------------------------------------------------------------------------------------------------------


def due_steps(
    rule: Rule | None, minutes: int, over: str, who: Circumstances, days: Sequence[date], on: date, amounts: tuple[int, int]
) -> tuple[Step, ...]:
    """The factors of what is owed over these days, each a sentence. `over` is ‘a term’ or ‘over the year’; `amounts` is what came out.

    None where a rule asks for nothing over these days in particular.
    """
    if rule is None or not (rule.minutes_a_year or rule.minutes_a_term):
        return (Step("No hours are owed: the school has not set any for this staff group", "0 h"),)
    if not who.owes:
        return (Step("No hours are owed: an entitlement is for employees and trainees", "0 h"),)
    if not minutes:
        return ()
    parts, total = stretches(who, days), len(days)
    steps = [Step(f"{hours_in_words(minutes)} {over} for {rule.group}", f"{hours(minutes)} h")]
    if rule.pro_rata:
        steps += _share_steps(parts, who.held)
    steps += _day_steps(parts, total)
    due, due_by_now = amounts
    if len(steps) > 1:
        exact = minutes * weight(parts, pro_rata=rule.pro_rata) / total if total else Fraction(0)
        rounded = "" if exact == due else f" {_two_places(exact)}, to the nearest quarter hour"
        steps.append(Step(f"Owed:{rounded}" if rounded else "Owed", f"{hours(due)} h"))
    if days and days[0] <= on < days[-1]:
        steps.append(_so_far(rule, minutes, who, days, on, due_by_now))
    return tuple(steps)


def _so_far(rule: Rule, minutes: int, who: Circumstances, days: Sequence[date], on: date, due_by_now: int) -> Step:
    gone = bisect_right(days, on)
    exact = minutes * weight(stretches(who, days, on), pro_rata=rule.pro_rata) / len(days)
    words = f"Due by {short_day(on)}: {gone} of {count_of(len(days), 'school day')} have gone by"
    rounded = "" if exact == due_by_now else f", {_two_places(exact)} rounded down to a quarter hour"
    return Step(words + rounded, f"{hours(due_by_now)} h")


def _two_places(minutes: Fraction) -> str:
    return f"{float(minutes) / 60:.2f}"


def _share_steps(parts: Sequence[Stretch], held: Sequence[Held]) -> list[Step]:
    """‘20 of 37 hours a week’, once for each share that holds for a while."""
    runs: list[tuple[Fraction, Stretch]] = []
    for each in parts:
        if each.employed and (not runs or runs[-1][0] != each.share):
            runs.append((each.share, each))
    found = []
    for share, each in runs:
        since = f"from {long_day(each.first)}: " if each is not runs[0][1] else ""
        words = _hours_a_week(held, each.first) if share < 1 else "full time"
        if share < 1 or len(runs) > 1:
            found.append(Step(capital(f"{since}{words}"), f"× {_two_places(share * 60)}"))
    return found


def _hours_a_week(held: Sequence[Held], day: date) -> str:
    standing = [each for each in held if _inside(day, each.starts_on, each.ends_on)]
    return listed([f"{each.weekly_hours:g} of {each.full_time_hours:g} hours a week" for each in standing])


def _day_steps(parts: Sequence[Stretch], total: int) -> list[Step]:
    """Why fewer than all school days ask for hours: came later, left earlier, was away."""
    found = []
    employed = sum(each.days for each in parts if each.employed)
    if employed < total:
        result = f"{employed} of {total}"
        here = [place for place, each in enumerate(parts) if each.employed]
        days = count_of(total, "school day")
        if not here:
            words = "Not with the school on any of these days"
        elif here == list(range(here[0], len(parts))):
            words = f"From {long_day(parts[here[0]].first)}: {employed} of {days}"
        elif here == list(range(here[-1] + 1)):
            words = f"Until {long_day(parts[here[-1]].last)}: {employed} of {days}"
        else:
            words = f"With the school on {employed} of {days}"
        found.append(Step(words, result))
    away = sum(each.days for each in parts if each.away)
    if away:
        found.append(Step(f"Away for {count_of(away, 'school day')}", f"− {away}"))
    return found


def check_entitlement(details: EntitlementDetails) -> None:
    """Raises UserError for hours that cannot be."""
    for field, minutes, most in (
        ("minutes_a_year", details.minutes_a_year, MOST_MINUTES),
        ("minutes_a_term", details.minutes_a_term, MOST_MINUTES),
    ):
        if minutes < 0:
            raise UserError("Hours cannot be less than nothing.", field=field)
        if minutes > most:
            raise UserError(f"That is more than {hours(most)} hours. Check the number.", field=field)
        if minutes % QUARTER:
            raise UserError("Hours owed go in quarter hours: 0.25, 0.5, 0.75, 1.", field=field)


def question_about_year(details: EntitlementDetails, terms: int) -> str:
    """What to ask where a year’s hours are fewer than those of its terms; nothing if they are not."""
    together = terms * details.minutes_a_term
    if details.minutes_a_year >= together:
        return ""
    each, year = hours(details.minutes_a_term), hours(details.minutes_a_year)
    return f"{terms} terms of {each} come to {hours_in_words(together)}, more than {year} a year."


def check_absences(absences: Sequence[AbsenceRow]) -> None:
    """Raises UserError for an absence that ends before it begins, or two on the same day."""
    for each in absences:
        if each.ends_on is not None and each.ends_on < each.starts_on:
            raise UserError(f"This is before it begins on {long_day(each.starts_on)}.", field="ends_on")
    ordered = sorted(absences, key=lambda each: each.starts_on)
    for before, after in pairwise(ordered):
        if before.ends_on is None or after.starts_on <= before.ends_on:
            raise UserError(f"Two absences share {long_day(after.starts_on)}. End the first one earlier.", field="starts_on")
