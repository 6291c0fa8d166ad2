"""What the services of the diagnostic take and its queries return: frozen, standard library only."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far one person’s diagnostic is; read from its dates, never stored."""

    NOT_STARTED = "Not started"
    SHEET_OUT = "Sheet out"
    OWN_IN = "Own ratings in"
    MANAGER_IN = "Line manager’s in"
    AGREED = "Agreed"


STAGES = tuple(Stage)


class Side(StrEnum):
    """Whose rating it is."""

    OWN = "own"
    MANAGER = "manager"
    AGREED = "agreed"


class Outcome(StrEnum):
    """What became of an area between two rounds (DESIGN section 1, 5)."""

    MOVED = "Moved"
    NOT_MOVED = "Not moved"
    NOTHING_DONE = "Nothing done"
    WAITING = "Not agreed yet"


OUTCOMES = tuple(Outcome)


@dataclass(frozen=True)
class AreaRow:
    """An area of a set. `hint` is what it looks like when it goes well."""

    id: int
    revision: int
    set_id: int
    title: str
    hint: str
    in_use: bool


@dataclass(frozen=True)
class SetRow:
    """A list of areas for one kind of role, with the staff groups it is for."""

    id: int
    revision: int
    name: str
    in_use: bool
    group_ids: tuple[int, ...]
    areas: tuple[AreaRow, ...]


@dataclass(frozen=True)
class AreaDraft:
    """An area as somebody edits it; without an id it is new."""

    title: str
    hint: str = ""
    id: int | None = None
    in_use: bool = True


@dataclass(frozen=True)
class RoundDetails:
    """What a round is: its name (‘Autumn 2026’), the day it opens and the day by which all is agreed."""

    name: str
    opens_on: date
    deadline: date


@dataclass(frozen=True)
class RoundRow:
    """A round, and how many of the people in it (of those whom the actor may see) have agreed."""

    id: int
    revision: int
    details: RoundDetails
    year: int
    closed_on: date | None
    people: int
    agreed: int

    @property
    def name(self) -> str:
        """‘Autumn 2026’."""
        return self.details.name

    @property
    def is_open(self) -> bool:
        """Whether anything may still be written in it."""
        return self.closed_on is None


@dataclass(frozen=True)
class PlanRow:
    """Somebody who would be in a new round; `trouble` says what is missing. Without a set nobody can be in it."""

    person_id: int
    name: str
    group_id: int | None
    group: str
    set_id: int | None
    set_name: str
    manager_id: int | None
    manager: str
    trouble: str = ""


@dataclass(frozen=True)
class StageDates:
    """The days on which each stage was reached."""

    sheet_out_on: date | None = None
    own_on: date | None = None
    manager_on: date | None = None
    agreed_on: date | None = None


@dataclass(frozen=True)
class BoardRow:
    """One person in a round. `search` is casefolded and without accents."""

    id: int
    revision: int
    round_id: int
    person_id: int
    name: str
    sort_key: str
    posts: str
    group: str
    set_id: int
    set_name: str
    manager_id: int | None
    manager: str
    dates: StageDates
    stage: Stage
    late: bool  # past the deadline and not agreed
    search: str


@dataclass(frozen=True)
class Chase:
    """Somebody to remind, about whom, of what: `days` is how late it is, or how many are left."""

    diagnostic_id: int
    person_id: int
    name: str
    group: str
    manager: str
    who: str  # whose turn it is
    waiting_for: str
    days: int
    late: bool


@dataclass(frozen=True)
class RatingRow:
    """One area of one person in one round. What the actor may not see yet is None and empty, and `hidden` says so.

    Ratings are 1 (starting) to 4 (strong). `revision` is 0 while nothing is written. `mark` is ‘focus’, ‘strength’ or nothing.
    """

    area_id: int
    title: str
    hint: str
    revision: int = 0
    own: int | None = None
    manager: int | None = None
    agreed: int | None = None
    own_evidence: str = ""
    manager_evidence: str = ""
    we_see: str = ""
    next_step: str = ""
    mark: str = ""
    hidden: bool = False  # the line manager’s side is not shared yet


@dataclass(frozen=True)
class AgreedRow:
    """A line of CPD that was agreed for an area, with what the log has for it since: entries, and their minutes."""

    id: int
    revision: int
    diagnostic_id: int
    round_name: str
    person_id: int
    name: str
    group: str
    manager_id: int | None
    manager: str
    area_id: int
    area: str
    what: str
    by_when: date | None
    done_on: date | None
    entries: int
    minutes: int
    late: bool
    search: str


@dataclass(frozen=True)
class Record:
    """One person’s diagnostic in one round with everything in it: what both look at when they agree."""

    board: BoardRow
    round: RoundRow
    words: str
    ratings: tuple[RatingRow, ...]
    agreed_cpd: tuple[AgreedRow, ...]
    is_self: bool  # the actor is this person


@dataclass(frozen=True)
class AgreedDraft:
    """A line of CPD to be agreed; without an id it is new."""

    area_id: int
    what: str
    by_when: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class Linked:
    """An entry of the log that is linked to an area. `assured` is whether it is quality assured."""

    entry_id: int
    area_id: int
    done_on: date
    minutes: int
    activity: str
    assured: bool


@dataclass(frozen=True)
class TermRating:
    """An area in one round: the rating shown, and whether it is agreed or only one side’s."""

    value: int | None
    agreed: bool


@dataclass(frozen=True)
class TrendTerm:
    """A round as a column of a trend."""

    diagnostic_id: int
    round_id: int
    name: str
    opens_on: date
    agreed_on: date | None
    manager: str
    is_open: bool


@dataclass(frozen=True)
class TrendRow:
    """One area of a person over the rounds: a rating for each term, the newest last."""

    area_id: int
    title: str
    hint: str
    terms: tuple[TermRating, ...]
    rating: RatingRow  # of the newest term
    linked: tuple[Linked, ...]  # in the time of the terms shown, the newest first
    linked_now: bool  # one of them in the newest term

    @property
    def id(self) -> int:
        """The area’s."""
        return self.area_id


@dataclass(frozen=True)
class Trend:
    """A person’s areas over the rounds. `terms` are as many as were asked for; `more` says whether there are earlier ones."""

    person_id: int
    name: str
    posts: str
    terms: tuple[TrendTerm, ...]
    rows: tuple[TrendRow, ...]
    more: bool = False


@dataclass(frozen=True)
class LoopRow:
    """One area of one person between two rounds: what was, what was agreed, what was done for it, and what is now."""

    person_id: int
    name: str
    group: str
    manager_id: int | None
    manager: str
    set_name: str
    area_id: int
    area: str
    before: int | None
    after: int | None
    agreed: tuple[str, ...]  # CPD agreed in the round before
    linked: tuple[Linked, ...]
    outcome: Outcome
    search: str = ""

    @property
    def id(self) -> tuple[int, int]:
        """A person and an area."""
        return self.person_id, self.area_id

    @property
    def minutes(self) -> int:
        """How long was spent on it between the two rounds."""
        return sum(entry.minutes for entry in self.linked)

    @property
    def assured(self) -> int:
        """How many of its entries are quality assured."""
        return sum(entry.assured for entry in self.linked)


@dataclass(frozen=True)
class Loop:
    """The loop between two rounds; `before` is empty for a person who was in no round before."""

    before: str
    after: str
    rows: tuple[LoopRow, ...] = ()


@dataclass(frozen=True)
class LoopFigure:
    """One line of the loop without names: how many areas of how many people moved, did not, or had nothing done for them."""

    label: str
    people: int
    moved: int
    not_moved: int
    nothing_done: int | None  # None where too few people are behind the split: then they are among those that did not move
    minutes: int


@dataclass(frozen=True)
class WeakArea:
    """An area that several people in a round find hard, without names: a drop-in to propose. `planned` are sessions about it."""

    area_id: int
    title: str
    hint: str
    set_name: str
    people: int  # rated 1 or 2
    of: int | None  # rated at all; None where it would show the few who are not
    planned: tuple[tuple[date, str], ...] = field(default=())

    @property
    def id(self) -> int:
        """The area’s."""
        return self.area_id
