"""What the services of the ledger take and its queries return: frozen, standard library only. Times are whole minutes."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from staffdev_desktop.cpd.log.rows import CpdPerson
from staffdev_desktop.kernel.years import Term

Period = tuple[date | None, date | None]
WHOLE_YEAR = -1  # the part of a year that stands for all of it; terms are counted from 0


class Pace(StrEnum):
    """Where somebody stands against what is due by now."""

    NOTHING_OWED = "nothing owed"
    TO_COME = "to come"
    BEHIND = "behind"
    ON_TRACK = "on track"
    AHEAD = "ahead"
    DONE = "done"


@dataclass(frozen=True)
class Rule:
    """What a staff group is entitled to in a year; `uncounted` are kinds that do not count for this group although others like it do."""

    group: str
    minutes_a_year: int
    minutes_a_term: int
    pro_rata: bool = False
    carry_over: bool = False
    uncounted: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Held:
    """A holding as far as its hours go."""

    starts_on: date | None
    ends_on: date | None
    weekly_hours: float | None
    full_time_hours: float | None


@dataclass(frozen=True)
class Circumstances:
    """What decides how much of an entitlement somebody owes: times with the school, long absences, hours of each holding.

    `owes` is False for a kind of person whom no entitlement is for.
    """

    employed: tuple[Period, ...] = ()
    away: tuple[Period, ...] = ()
    held: tuple[Held, ...] = ()
    owes: bool = True


@dataclass(frozen=True)
class Step:
    """One factor of a number: a sentence, and what it comes to (‘4 h’, ‘× 0.54’, ‘48 of 73’)."""

    words: str
    result: str = ""


@dataclass(frozen=True)
class EntryLine:
    """An entry behind a number. `why_not` says why it does not count; empty if it does. `part` is the place of its term."""

    id: int
    done_on: date
    activity: str
    kind: str
    minutes: int
    part: int
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether its time stands in the number."""
        return not self.why_not


@dataclass(frozen=True)
class Part:
    """A term, or the whole year: what is owed, what of it by now, what was done, and how that came about."""

    name: str
    begins: date
    ends: date
    due: int
    due_by_now: int
    counted: int
    pace: Pace
    steps: tuple[Step, ...] = ()
    carried: int = 0  # from the year before; only for the whole year

    @property
    def have(self) -> int:
        """What stands against what is due."""
        return self.counted + self.carried

    @property
    def behind(self) -> int:
        """Minutes behind what is due by now, or 0."""
        return max(self.due_by_now - self.have, 0)


@dataclass(frozen=True)
class PersonLedger:
    """Somebody’s hours of one academic year. `lines` are the entries, the newest first, those that do not count among them."""

    person: CpdPerson
    year: int
    on: date
    rule: Rule | None
    terms: tuple[Part, ...]
    whole: Part
    lines: tuple[EntryLine, ...]

    @property
    def id(self) -> int:
        """The person’s."""
        return self.person.id

    @property
    def behind(self) -> int:
        """The one rule of the program: fewer hours this year so far than are due by now, in minutes; else 0."""
        return self.whole.behind

    def part(self, place: int) -> Part:
        """A term by its place, or the whole year."""
        return self.whole if place == WHOLE_YEAR else self.terms[place]

    def lines_of(self, place: int) -> tuple[EntryLine, ...]:
        """The entries of a term, or of the whole year."""
        return self.lines if place == WHOLE_YEAR else tuple(line for line in self.lines if line.part == place)


@dataclass(frozen=True)
class EntitlementRow:
    """What a staff group is entitled to in a year. `id` is None where the school has said nothing; `on` whether anything is owed."""

    group_id: int
    group: str
    id: int | None
    revision: int
    from_year: int
    minutes_a_year: int
    minutes_a_term: int
    pro_rata: bool
    carry_over: bool
    uncounted: tuple[int, ...] = ()

    @property
    def on(self) -> bool:
        """Whether the group owes hours."""
        return bool(self.minutes_a_year or self.minutes_a_term)


@dataclass(frozen=True)
class EntitlementDetails:
    """What a school says of a group’s hours; nothing a year and nothing a term is off."""

    minutes_a_year: int
    minutes_a_term: int
    pro_rata: bool = False
    carry_over: bool = False
    uncounted: tuple[int, ...] = ()


@dataclass(frozen=True)
class AbsenceRow:
    """Days of a long absence, both inside; without an end it goes on. No reason is kept."""

    starts_on: date
    ends_on: date | None = None
    id: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class TermDays:
    """A term with its school days, and the last day that belongs to it (the day before the next begins)."""

    term: Term
    last: date
    days: tuple[date, ...] = field(default=())
