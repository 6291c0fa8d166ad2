"""Decisions of groups and action research: what is below the school’s rules, how far a project is, how many may be selected. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from staffdev_desktop.cpd.groups.rows import GroupDetails, GroupRow, GroupRules, MemberRow, ResearchDetails, ResearchStage
from staffdev_desktop.cpd.programmes.rows import SessionRow, SessionState
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.names import count_of, in_sentence
from staffdev_desktop.kernel.years import Term, term_of, year_label

LEARNING_GROUP = "learning group"  # 004: three members, once a term, two groups at least, a priority each
COMMUNITY = "action research community"
GROUP_KINDS = (LEARNING_GROUP, "teaching and learning team", COMMUNITY)  # 002
PRIMARY_CAP, SECONDARY_CAP = 3, 6  # 004
CHARTERED = "chartered"  # the shipped programme that research may lead to
LONGEST_LINE, LONGEST_WORDS = 200, 20_000
MOST_MEMBERS, MOST_MEETINGS = 30, 40
_WORDS = ("question", "expected", "digital")


@dataclass(frozen=True)
class Part:
    """A part of the evaluation tool."""

    title: str
    questions: tuple[str, ...]


@cache
def evaluation_tool() -> tuple[Part, ...]:
    """The questions of the evaluation tool (`resources/frameworks/research/evaluation.toml`)."""
    text = (files("staffdev_desktop.resources") / "frameworks" / "research" / "evaluation.toml").read_text(encoding="utf-8")
    return tuple(Part(part["title"], tuple(part["questions"])) for part in tomllib.loads(text)["parts"])


# -- groups -------------------------------------------------------------------------------------------------------------------


def check_group(details: GroupDetails, others: Sequence[str]) -> None:
    """Raises UserError for a group without a name, or with one that another group of the year has."""
    if not details.name.strip():
        raise UserError("Write what the group is called.", field="name")
    if details.name.strip().casefold() in {other.casefold() for other in others}:
        raise UserError(f"There is a ‘{details.name.strip()}’ this year already.", field="name")
    if details.kind not in GROUP_KINDS:
        raise UserError("Choose what kind of group it is.", field="kind")
    for field in ("name", "priority"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    check_length(details.question, LONGEST_WORDS, "question")


def check_members(person_ids: Sequence[int], lead_id: int | None) -> None:
    """Raises UserError for a group of nobody, of too many, or led by somebody who is not in it."""
    if not person_ids:
        raise UserError("Tick who is in the group.", field="person_ids")
    if len(person_ids) > MOST_MEMBERS:
        raise UserError(f"A group has {MOST_MEMBERS} members at most. Make a session of it instead.", field="person_ids")
    if lead_id is not None and lead_id not in person_ids:
        raise UserError("The lead is somebody in the group.", field="lead_id")


def check_count(count: int) -> None:
    """Raises UserError for a series that is none, or too long."""
    if not 1 <= count <= MOST_MEETINGS:
        raise UserError(f"Plan between 1 and {MOST_MEETINGS} meetings.", field="count")


def group_warnings(
    details: GroupDetails, members: int, meetings: Sequence[SessionRow], size: int, terms: Sequence[Term], today: date
) -> tuple[str, ...]:
    """What is below the school’s rules, a sentence each. Size and a meeting a term are asked of learning groups only."""
    found = []
    if details.kind == LEARNING_GROUP:
        if members != size:
            found.append(f"{count_of(members, 'member')}: a learning group has {size}.")
        if not details.priority:
            found.append("No priority yet.")
        found += [f"No meeting in the {in_sentence(term.name)}." for term in terms if not _meets_in(term, meetings, terms)]
    late = sum(meeting.state is SessionState.TO_TAKE for meeting in meetings)
    if late:
        found.append(f"Attendance of {count_of(late, 'meeting')} is still to be taken.")
    return tuple(found)


def _meets_in(term: Term, meetings: Sequence[SessionRow], terms: Sequence[Term]) -> bool:
    live = (meeting for meeting in meetings if meeting.state is not SessionState.CANCELLED)
    return any(term_of(meeting.details.held_on, terms) == term for meeting in live)


def next_meeting(meetings: Sequence[SessionRow], today: date) -> SessionRow | None:
    """The meeting that comes next, today’s among them."""
    ahead = (each for each in meetings if each.state in (SessionState.COMING, SessionState.TODAY) and each.details.held_on >= today)
    return min(ahead, key=lambda each: (each.details.held_on, each.id), default=None)


def to_take(meetings: Sequence[SessionRow]) -> SessionRow | None:
    """The meeting whose attendance is to be taken first: the oldest that is over, else today’s."""
    due = [each for each in meetings if each.state in (SessionState.TO_TAKE, SessionState.TODAY)]
    return min(due, key=lambda each: (each.details.held_on, each.id), default=None)


def year_warning(groups: Sequence[GroupRow], least: int, year: int) -> str:
    """A sentence where there are fewer learning groups than the school wants in a year, else nothing."""
    number = sum(group.details.kind == LEARNING_GROUP for group in groups)
    if number >= least:
        return ""
    there = "No learning group" if number == 0 else count_of(number, "learning group")
    return f"{there} in {year_label(year)}: the school wants {least} at least."


def attendance_words(member: MemberRow, meetings: Sequence[SessionRow]) -> str:
    """‘2 of 3 meetings’, of those held so far."""
    held = sum(meeting.state is SessionState.HELD for meeting in meetings)
    return f"{member.attended} of {count_of(held, 'meeting')}" if held else ""


# -- action research ----------------------------------------------------------------------------------------------------------


def check_research(details: ResearchDetails, today: date) -> None:
    """Raises UserError for an application that cannot be."""
    if not details.title.strip():
        raise UserError("Write what the project is called.", field="title")
    if details.applied_on > today:
        raise UserError("That day is still to come.", field="applied_on")
    for field in ("title", "area"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    for field in _WORDS:
        check_length(getattr(details, field), LONGEST_WORDS, field)


def check_cap(selected: int, cap: int, year: int) -> None:
    """Raises UserError where one more project would be over the cap; `selected` are those selected already."""
    if selected >= cap:
        projects = count_of(cap, "project")
        raise UserError(
            f"{projects} {'is' if cap == 1 else 'are'} selected for {year_label(year)}, and that is the most. "
            "Let one go first, or raise the cap.",
            field="selected",
        )


def check_decision(selected: bool, reason: str) -> None:
    """Raises UserError for a refusal that gives no reason."""
    if not selected and not reason.strip():
        raise UserError("Say why, in words the member of staff may read.", field="reason")
    check_length(reason, LONGEST_WORDS, "reason")


def written_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in which something is written, each under the words of its question. Raises UserError for one that is too long."""
    for question, words in answers.items():
        check_length(words, LONGEST_WORDS, question)
    return {question: words.strip() for question, words in answers.items() if words.strip()}


def check_settings(wanted: GroupRules) -> None:
    """Raises UserError for numbers no school would want."""
    for field, least, most in (("research_cap", 0, 50), ("groups_least", 0, 50), ("group_size", 2, MOST_MEMBERS)):
        if not least <= getattr(wanted, field) <= most:
            raise UserError(f"Write a number from {least} to {most}.", field=field)


def stage_of(selected: bool | None, reported_on: date | None, shared_on: date | None, today: date) -> ResearchStage:
    """How far a project is; a day of sharing that is still to come is a plan."""
    if selected is None:
        return ResearchStage.APPLIED
    if not selected:
        return ResearchStage.NOT_SELECTED
    if shared_on is not None and shared_on <= today:
        return ResearchStage.SHARED
    return ResearchStage.REPORTED if reported_on is not None else ResearchStage.UNDER_WAY
