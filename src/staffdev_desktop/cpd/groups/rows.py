"""What the services of groups take and their queries return: frozen, standard library only."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from staffdev_desktop.cpd.programmes.rows import Every, SessionRow


class ResearchStage(StrEnum):
    """How far a project is; read from its dates, never stored."""

    APPLIED = "To decide"
    NOT_SELECTED = "Not selected"
    UNDER_WAY = "Under way"
    REPORTED = "Report in"
    SHARED = "Shared"


@dataclass(frozen=True)
class GroupDetails:
    """What is written about a group; `kind` is one of `rules.GROUP_KINDS`. Only its name is compulsory."""

    name: str
    kind: str = "learning group"
    priority: str = ""
    question: str = ""


@dataclass(frozen=True)
class MemberRow:
    """Somebody in a group; `attended` counts the meetings they were at."""

    person_id: int
    name: str
    posts: str
    lead: bool
    attended: int


@dataclass(frozen=True)
class GroupRow:
    """A group of one academic year. `others` counts members whom the actor may not see; `warnings` say what is below the school’s rules."""

    id: int
    revision: int
    year: int
    details: GroupDetails
    found: str
    ended_on: date | None
    members: tuple[MemberRow, ...]
    others: int
    meetings: tuple[SessionRow, ...]
    warnings: tuple[str, ...]
    search: str

    @property
    def lead(self) -> str:
        """Who leads it, or nothing."""
        return next((member.name for member in self.members if member.lead), "")


@dataclass(frozen=True)
class MeetingPlan:
    """Meetings as a repeating series; `minutes` is the length of each."""

    first: date
    minutes: int
    every: Every
    count: int
    starts_at: time | None = None
    place: str = ""


@dataclass(frozen=True)
class ResearchDetails:
    """An application. `expected` is what it should change, for practice, colleagues and pupils; `digital` how technology helps.

    `group_id` is the action research community that it is part of, if any.
    """

    title: str
    applied_on: date
    area: str = ""
    question: str = ""
    expected: str = ""
    digital: str = ""
    group_id: int | None = None


@dataclass(frozen=True)
class Sharing:
    """How what was found was shared: the day, in words, and the session of the calendar that is made for it if `minutes` are given."""

    shared_on: date
    how: str = ""
    minutes: int | None = None
    starts_at: time | None = None
    place: str = ""
    audience: str = ""


@dataclass(frozen=True)
class ResearchRow:
    """A project. `evaluation` are questions with their answers; `sharing` is the session at which it is shared."""

    id: int
    revision: int
    year: int
    person_id: int
    name: str
    posts: str
    details: ResearchDetails
    community: str
    selected: bool | None
    decided_on: date | None
    reason: str
    evaluation: tuple[tuple[str, str], ...]
    report: str
    report_name: str
    reported_on: date | None
    shared_on: date | None
    shared_how: str
    meetings: tuple[SessionRow, ...]
    sharing: SessionRow | None
    stage: ResearchStage
    search: str


@dataclass(frozen=True)
class GroupRules:
    """What the school wants of its groups and projects in a year; see `models.log.CpdSettings`."""

    research_cap: int
    groups_least: int
    group_size: int
