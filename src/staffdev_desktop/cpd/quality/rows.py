"""What the services of quality assurance take and its queries return: frozen, standard library only."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from staffdev_desktop.cpd.log.rows import EntryRow


@dataclass(frozen=True)
class Check:
    """A check as it was written down. `answers` are (question, words)."""

    id: int
    outcome: str
    checked_on: date
    checked_by: str
    question: str
    worth: str
    answers: tuple[tuple[str, str], ...]
    lapsed: bool


@dataclass(frozen=True)
class CheckRow:
    """An entry as those see it who check: whose it is, who manages them, in which term it was, and how far it is."""

    entry: EntryRow
    posts: str
    manager_ids: tuple[int, ...]
    managers: str
    term: str
    again: bool  # its impact is to be looked at again by today
    own: bool = False  # the actor’s own: somebody else checks it
    earlier: bool = False  # of a year before: it is here only to be looked at again

    @property
    def id(self) -> int:
        """The entry’s."""
        return self.entry.id


@dataclass(frozen=True)
class Verdict:
    """What somebody who checks says: worth of its hours and money (or nothing), answers to some of the questions, a follow-up."""

    worth: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    look_again_on: date | None = None


class SampleBy(StrEnum):
    """How a sample is drawn; the words shown on screen."""

    EACH_PERSON = "One of each person a term"
    EVERY_NTH = "Every so many entries"
    LONG = "Longer than some hours"
    COSTLY = "Dearer than some pounds"
    KIND = "All of one kind"


@dataclass(frozen=True)
class Sampling:
    """A rule for a sample. `number` is n, minutes, pence or the id of a kind, as the rule needs it."""

    by: SampleBy
    number: int = 0


@dataclass(frozen=True)
class Result:
    """What came of the entries of one kind or provider. None where too few people are behind a number to give it without names."""

    label: str
    people: int
    entries: int
    minutes: int
    pence: int | None
    assured: int | None
    worth_yes: int | None
    worth_partly: int | None
    worth_no: int | None


@dataclass(frozen=True)
class PartScore:
    """A programme against one part of the standard: 0 to 3, with a line of evidence."""

    part: int
    score: int
    words: str
    scored_on: date
    scored_by: str


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme and how it stands; parts that nobody has scored are not in `scores`."""

    id: int
    name: str
    provider: str
    enrolled: int
    scores: tuple[PartScore, ...] = field(default=())

    def of_part(self, part: int) -> PartScore | None:
        """The score of a part, if there is one."""
        return next((each for each in self.scores if each.part == part), None)

    @property
    def total(self) -> int | None:
        """All scores together; None before every part is scored."""
        return sum(each.score for each in self.scores) if len(self.scores) == PARTS else None


PARTS = 5
MOST_SCORE = 3
