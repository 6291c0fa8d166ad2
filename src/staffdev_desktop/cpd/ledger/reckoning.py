"""Puts a ledger together from the rule of a group, what is known of each person, and their entries. Pure.

People in the same circumstances owe the same, so what is owed is worked out once for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from staffdev_desktop.cpd.ledger.rows import Circumstances, EntryLine, Held, Part, Period, PersonLedger, Rule, Step, TermDays
from staffdev_desktop.cpd.ledger.rules import due_steps, owed, pace_of, part_of, rest_of_year
from staffdev_desktop.cpd.log.rows import CpdPerson, KindRow
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel.dates import short_day
from staffdev_desktop.kernel.years import year_label

Entry = tuple[int, date, int, str, int | None]  # id, day, minutes, activity, kind


@dataclass(frozen=True)
class Amount:
    """What is owed over a term, or over the year besides its terms."""

    due: int
    due_by_now: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Year:
    """An academic year as the ledger sees it: its terms with their school days, and the rule of each staff group."""

    year: int
    terms: tuple[TermDays, ...]
    rules: Mapping[int, Rule]

    @property
    def days(self) -> tuple[date, ...]:
        """All school days."""
        return tuple(day for each in self.terms for day in each.days)

    @property
    def first(self) -> date:
        """The first day that belongs to it."""
        return self.terms[0].term.begins

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.terms[-1].last


class Reckoner:
    """Works out ledgers of one year as they stand on a day. `before` is the year before, for hours carried over."""

    def __init__(self, this: Year, before: Year, kinds: Mapping[int, KindRow], on: date) -> None:
        self._this, self._before, self._kinds, self._on = this, before, kinds, on
        self._known: dict[tuple[int, Rule | None, Circumstances], tuple[Amount, ...]] = {}

    def ledger(self, person: CpdPerson, who: Circumstances, entries: Sequence[Entry]) -> PersonLedger:
        """Somebody’s ledger; `entries` are theirs of this year and the one before, the newest first."""
        rule = self._this.rules.get(person.group_id or 0)
        *amounts, rest = self._amounts(self._this, rule, who)
        lines = self._lines(self._this, rule, entries)
        counted = [0] * len(amounts)
        for line in lines:
            counted[line.part] += line.minutes if line.counts else 0
        terms = tuple(self._term(place, amount, counted[place]) for place, amount in enumerate(amounts))
        carried = self._carried(person, who, entries) if rule and rule.carry_over else 0
        return PersonLedger(
            person=person,
            year=self._this.year,
            on=self._on,
            rule=rule,
            terms=terms,
            whole=self._whole(terms, rest, carried, rule),
            lines=lines,
        )

    def _term(self, place: int, amount: Amount, counted: int) -> Part:
        each = self._this.terms[place]
        pace = pace_of(due=amount.due, due_by_now=amount.due_by_now, have=counted, begins=each.term.begins, on=self._on, whole=False)
        return Part(each.term.name, each.term.begins, each.last, amount.due, amount.due_by_now, counted, pace, amount.steps)

    def _whole(self, terms: Sequence[Part], rest: Amount, carried: int, rule: Rule | None) -> Part:
        due = sum(term.due for term in terms) + rest.due
        due_by_now = sum(term.due_by_now for term in terms) + rest.due_by_now
        counted = sum(term.counted for term in terms)
        pace = pace_of(due=due, due_by_now=due_by_now, have=counted + carried, begins=self._this.first, on=self._on, whole=True)
        steps = self._whole_steps(terms, rest, due_by_now) if due else rest.steps or terms[0].steps
        if rule is not None and rule.carry_over:
            steps += (Step(f"More than owed in {year_label(self._before.year)}, carried over", f"+ {hours(carried)} h"),)
        return Part("Whole year", self._this.first, self._this.last, due, due_by_now, counted, pace, steps, carried)

    def _whole_steps(self, terms: Sequence[Part], rest: Amount, due_by_now: int) -> tuple[Step, ...]:
        steps = [step for place, term in enumerate(terms) for step in self._term_steps(place, term)]
        steps += rest.steps
        steps.append(Step("Owed over the year", f"{hours(sum(term.due for term in terms) + rest.due)} h"))
        if self._on < self._this.last:
            steps.append(Step(f"Due by {short_day(self._on)}", f"{hours(due_by_now)} h"))
        return tuple(steps)

    def _term_steps(self, place: int, term: Part) -> tuple[Step, ...]:
        """A term in one line; the one that is running with every factor."""
        days = self._this.terms[place].days
        if days and days[0] <= self._on < days[-1]:
            return tuple(replace(step, words=f"{term.name}: {step.words[:1].lower()}{step.words[1:]}") for step in term.steps)
        begins = f", from {short_day(term.begins)}" if self._on < term.begins else ""
        return (Step(f"{term.name}{begins}", f"{hours(term.due)} h"),)

    def _carried(self, person: CpdPerson, who: Circumstances, entries: Sequence[Entry]) -> int:
        """What the year before had more than it asked for; nothing where it asked for nothing. Not carried on from year to year."""
        rule = self._before.rules.get(person.group_id or 0)
        due = sum(amount.due for amount in self._amounts(self._before, rule, who))
        counted = sum(line.minutes for line in self._lines(self._before, rule, entries) if line.counts)
        return max(counted - due, 0) if due else 0

    def _amounts(self, year: Year, rule: Rule | None, who: Circumstances) -> tuple[Amount, ...]:
        """What is owed in each term, and last what is owed over the year besides."""
        inside = clipped(who, year.first, year.last)
        key = (year.year, rule, inside)
        if key not in self._known:
            over_terms = [(each.days, rule.minutes_a_term if rule else 0, "a term") for each in year.terms]
            rest = rest_of_year(rule, len(year.terms)) if rule else 0
            self._known[key] = tuple(
                self._amount(rule, minutes, over, inside, days)
                for days, minutes, over in (*over_terms, (year.days, rest, "more over the year"))
            )
        return self._known[key]

    def _amount(self, rule: Rule | None, minutes: int, over: str, who: Circumstances, days: Sequence[date]) -> Amount:
        amounts = owed(minutes, who, days, self._on, pro_rata=bool(rule and rule.pro_rata))
        return Amount(*amounts, due_steps(rule, minutes, over, who, days, self._on, amounts))

    def _lines(self, year: Year, rule: Rule | None, entries: Sequence[Entry]) -> tuple[EntryLine, ...]:
        found = []
        for entry_id, day, minutes, activity, kind_id in entries:
            part = part_of(day, year.terms)
            if part is not None and day <= self._on:
                kind = self._kinds.get(kind_id or 0)
                found.append(EntryLine(entry_id, day, activity, kind.name if kind else "", minutes, part, why_not_counted(kind, rule)))
        return tuple(found)


def why_not_counted(kind: KindRow | None, rule: Rule | None) -> str:
    """Why entries of a kind do not count towards the hours owed; nothing if they do. Without a kind an entry counts."""
    if kind is None:
        return ""
    if not kind.counts:
        return f"{kind.name} does not count towards hours owed"
    if rule is not None and kind.id in rule.uncounted:
        return f"{kind.name} does not count for {rule.group}"
    return ""


def clipped(who: Circumstances, first: date, last: date) -> Circumstances:
    """The same circumstances as far as they touch these days: what lies outside makes no difference to what is owed."""
    employed = _clip(who.employed, first, last)
    if who.employed and not employed:
        employed = ((first, date.min),)  # with the school, but not in these days
    held = [(each, period) for each in who.held if (period := _clipped_period((each.starts_on, each.ends_on), first, last))]
    return replace(
        who,
        employed=employed,
        away=_clip(who.away, first, last),
        held=tuple(Held(*period, each.weekly_hours, each.full_time_hours) for each, period in held),
    )


def _clip(periods: Sequence[Period], first: date, last: date) -> tuple[Period, ...]:
    return tuple(sorted((clip for each in periods if (clip := _clipped_period(each, first, last))), key=_by_start))


def _clipped_period(period: Period, first: date, last: date) -> Period | None:
    begins, ends = max(period[0] or first, first), min(period[1] or last, last)
    return (begins, ends) if begins <= ends else None


def _by_start(period: Period) -> date:
    return period[0] or date.min
