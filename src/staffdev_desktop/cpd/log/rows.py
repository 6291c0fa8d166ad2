"""What the services of the log take and its queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EntryStatus(StrEnum):
    """How far an entry is; read from its words and its checks, never stored."""

    ENTERED = "Entered"
    IMPACT_NEEDED = "Impact needed"
    TO_CHECK = "To check"
    ASSURED = "Quality assured"
    SENT_BACK = "Sent back"


@dataclass(frozen=True)
class EntryDetails:
    """What is written in an entry. Only day, time and activity are compulsory.

    `minutes` is the time it took, `pence` its cost. `paid` is one of `rules.PAID`. `impact` is what changed for pupils, or for whoever
    the work is for.
    """

    done_on: date
    minutes: int
    activity: str
    kind_id: int | None = None
    strand: str = ""
    setting: str = ""
    provider: str = ""
    led: bool = False
    paid: str = ""
    pence: int | None = None
    who_pays: str = ""
    fee_share: str = ""
    target_id: int | None = None
    need_id: int | None = None
    area_id: int | None = None
    priority: str = ""
    learnt: str = ""
    changed: str = ""
    impact: str = ""
    colleagues: str = ""
    barriers: str = ""
    look_again_on: date | None = None


@dataclass(frozen=True)
class CheckFacts:
    """The check of an entry that holds now: `outcome` is ‘assured’ or ‘sent back’."""

    outcome: str
    checked_on: date
    checked_by: str
    question: str = ""
    worth: str = ""


@dataclass(frozen=True)
class EntryRow:
    """One line of the log. `search` is casefolded and without accents."""

    id: int
    revision: int
    person_id: int
    name: str
    group: str
    details: EntryDetails
    kind: str
    counts: bool  # whether its kind counts towards hours owed
    area: str
    evidence: int  # files
    check: CheckFacts | None
    status: EntryStatus
    session_id: int | None
    search: str


@dataclass(frozen=True)
class EvidenceRow:
    """A file that belongs to an entry."""

    id: int
    entry_id: int
    name: str
    sha256: str


@dataclass(frozen=True)
class KindRow:
    """A kind of activity."""

    id: int
    revision: int
    name: str
    counts: bool
    asks_impact: bool
    in_use: bool


@dataclass(frozen=True)
class CpdPerson:
    """Somebody whose CPD an actor may see, with post, staff group and line manager as they are today."""

    id: int
    name: str
    sort_key: str
    posts: str
    group_id: int | None
    group: str
    kind: str
    manager_ids: tuple[int, ...]
    here: bool  # on roll today
    staff_number: str
    email: str


@dataclass(frozen=True)
class KindDetails:
    """A kind of activity as the school edits it; without an id it is new."""

    name: str
    counts: bool = True
    asks_impact: bool = True
    in_use: bool = True
    id: int | None = None


@dataclass(frozen=True)
class LinkChoice:
    """Something that an entry can name: `key` is an id or, for a school priority, its words."""

    key: int | str
    label: str


@dataclass(frozen=True)
class Links:
    """What the entries of one person can name, the newest first. What an actor may not see, or is gone, is not among them."""

    targets: tuple[LinkChoice, ...] = ()
    needs: tuple[LinkChoice, ...] = ()
    areas: tuple[LinkChoice, ...] = ()
    priorities: tuple[LinkChoice, ...] = ()

    def label_of(self, part: str, key: int | str | None) -> str:
        """The words of a link; nothing where there is none or its row is gone. `part` is targets, needs, areas or priorities."""
        choices: tuple[LinkChoice, ...] = getattr(self, part)
        return next((choice.label for choice in choices if choice.key == key), "") if key else ""


@dataclass(frozen=True)
class TermGroup:
    """The entries of one term. `minutes` are those that count; `others` are minutes of kinds that do not."""

    name: str
    year: int
    minutes: int
    others: int
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True)
class CpdSettingsRow:
    """What holds for the CPD of the whole school; see `models.log.CpdSettings`."""

    revision: int
    impact_after_days: int
    research_cap: int
    groups_least: int
    group_size: int
    warn_days: int


@dataclass(frozen=True)
class EntriesTakenIn:
    """What taking a spreadsheet in did: entries new and added to, and of how many people."""

    new: int
    changed: int
    people: int
