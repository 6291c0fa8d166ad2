"""Learning groups and action research of the practice school: this year’s in several stages, and what came of last year’s."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.groups import queries
from staffdev_desktop.cpd.groups.rows import GroupDetails, MeetingPlan, ResearchDetails, Sharing
from staffdev_desktop.cpd.groups.rules import GROUP_KINDS, evaluation_tool
from staffdev_desktop.cpd.groups.services import groups, research
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.programmes.rows import Every, SessionRow
from staffdev_desktop.cpd.programmes.services import take_attendance
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_days
from staffdev_desktop.practice.days import school_day

LEARNING, TEAM = GROUP_KINDS[:2]
READING = GroupDetails("Reading fluency group", LEARNING, "Every child reads well", "Does reading the same text aloud four times help?")
TALK = GroupDetails("Talk partners group", LEARNING, "Talk in every lesson", "How do we get everybody to answer, not the same five?")
TEACHING = GroupDetails("Teaching and learning team", TEAM, "", "What do we see in lessons, and what do colleagues ask for?")
READERS, TALKERS = ("Aisha Rahman", "Bethan Price", "Grace Adeyemi"), ("Tom Ashworth", "Marcus Bailey", "Priya Sharma")
TEACHERS = ("Grace Adeyemi", "Priya Sharma", "Karen Doyle", "Sophie Turnbull")
MEETINGS, AFTER_SCHOOL, LIBRARY = 3, time(15, 45), "Library"
FOUND = "Five of the six readers gained a book band by July. What helped most was the second reading, on the same day as the first."
EVALUATED = (
    "Whether reading the same text again helps the six children who read most slowly.",
    "Six readers in Year 2, and how we hear them read.",
    "Repeated reading is well supported, if the text is read to somebody and not only counted.",
    "We timed one page for each child in October.",
)


def fill_groups(session: Session, actor: Actor, *, this_year: int, first_year: int) -> None:
    """Write them through the services that the screens call."""
    people = {person.name: person.id for person in log.people(session, actor)}
    if first_year < this_year:
        _last_year(session, actor, this_year - 1, people)
    _readers(session, actor, this_year, people)
    talk = MeetingPlan(date(this_year, 10, 8), 60, Every.TERM, 2, time(15, 45), "Year 6 classroom")
    _group(session, actor, this_year, TALK, TALKERS, people, talk)
    team = MeetingPlan(date(this_year, 9, 17), 45, Every.HALF_TERM, 5, time(15, 40), "Staff room")
    made = _group(session, actor, this_year, TEACHING, TEACHERS, people, team)
    _meet(session, actor, queries.group(session, actor, group_id=made).meetings, [people[name] for name in TEACHERS[:3] if name in people])
    _projects(session, actor, this_year, people)


def _last_year(session: Session, actor: Actor, year: int, people: dict[str, int]) -> None:
    made = _readers(session, actor, year, people)
    questions = [question for part in evaluation_tool() for question in part.questions]
    row = queries.group(session, actor, group_id=made)
    groups.evaluate_group(session, actor, group_id=made, revision=row.revision, answers=dict(zip(questions, EVALUATED, strict=False)))
    session.flush()
    row = queries.group(session, actor, group_id=made)
    groups.write_found(session, actor, group_id=made, revision=row.revision, found=FOUND, ended_on=date(year + 1, 7, 10))
    if "Grace Adeyemi" in people:
        _shared(session, actor, year, people["Grace Adeyemi"])


def _readers(session: Session, actor: Actor, year: int, people: dict[str, int]) -> int:
    """The reading group of a year. Aisha wrote her entries herself, with what came of them: they are those of its meetings."""
    told = _told(session, actor, year, people)
    days = [entry.details.done_on for entry in told.values()] if len(told) == MEETINGS else []
    plan = MeetingPlan(days[0] if days else date(year, 10, 1), 60, Every.TERM, 1 if days else MEETINGS)
    made = _group(session, actor, year, READING, READERS, people, plan)
    for day in days[1:]:
        groups.plan_meetings(session, actor, group_id=made, plan=replace(plan, first=day, starts_at=AFTER_SCHOOL, place=LIBRARY))
    meetings = queries.group(session, actor, group_id=made).meetings
    for meeting in meetings:
        own = told.get(meeting.details.title)
        if own is not None and own.details.done_on == meeting.details.held_on:
            session.get_one(Entry, own.id).session_id = meeting.id
    session.flush()
    _meet(session, actor, meetings, [people[name] for name in READERS if name in people])
    return made


def _told(session: Session, actor: Actor, year: int, people: dict[str, int]) -> dict[str, EntryRow]:
    """What Aisha wrote about the group in a year, by title, the oldest first."""
    if READERS[0] not in people:
        return {}
    first, last = year_days(year)
    found = reversed(log.entries(session, actor, person_id=people[READERS[0]], first=first, last=last))
    return {entry.details.activity: entry for entry in found if entry.details.activity.startswith(READING.name)}


def _group(
    session: Session, actor: Actor, year: int, details: GroupDetails, names: Sequence[str], people: dict[str, int], plan: MeetingPlan
) -> int:
    ids = [people[name] for name in names if name in people]
    made = groups.add_group(session, actor, year=year, details=details, person_ids=ids, lead_id=ids[0])
    plan = replace(plan, first=school_day(plan.first), starts_at=plan.starts_at or AFTER_SCHOOL, place=plan.place or LIBRARY)
    groups.plan_meetings(session, actor, group_id=made, plan=plan)
    return made


def _meet(session: Session, actor: Actor, meetings: Sequence[SessionRow], present: Sequence[int]) -> None:
    for meeting in meetings:
        if meeting.details.held_on < clock.today():
            take_attendance(session, actor, session_id=meeting.id, revision=meeting.revision, present=present)


def _projects(session: Session, actor: Actor, year: int, people: dict[str, int]) -> None:
    applied = min(date(year, 9, 14), clock.today())
    for name, details, selected, reason in PROJECTS:
        if name not in people:
            continue
        wanted = replace(details, applied_on=applied)
        made = research.apply(session, actor, year=year, person_id=people[name], details=wanted)
        if selected is None:
            continue
        row = queries.project(session, actor, research_id=made)
        research.decide(session, actor, research_id=made, revision=row.revision, selected=selected, reason=reason)
        if selected:
            plan = MeetingPlan(school_day(date(year, 9, 29)), 30, Every.FORTNIGHT, 6, time(8, 0), "Library")
            research.plan_research_meetings(session, actor, research_id=made, plan=plan)
            _meet(session, actor, queries.project(session, actor, research_id=made).meetings, [people[name]])


def _shared(session: Session, actor: Actor, year: int, person_id: int) -> None:
    details = ResearchDetails(
        "Reading aloud that children rehearse",
        date(year, 9, 15),
        "Reading",
        "Do children read with more expression if they rehearse for a listener?",
        "Lessons in Years 1 and 2 that end with a reading somebody hears.",
        "Recordings on the class tablet, to hear the difference.",
    )
    made = research.apply(session, actor, year=year, person_id=person_id, details=details)
    row = queries.project(session, actor, research_id=made)
    research.decide(session, actor, research_id=made, revision=row.revision, selected=True)
    plan = MeetingPlan(school_day(date(year, 11, 4)), 30, Every.FORTNIGHT, 4, time(8, 0), "Library")
    research.plan_research_meetings(session, actor, research_id=made, plan=plan)
    _meet(session, actor, queries.project(session, actor, research_id=made).meetings, [person_id])
    questions = [question for part in evaluation_tool() for question in part.questions]
    row = queries.project(session, actor, research_id=made)
    answers = dict(zip(questions, ANSWERS, strict=False))
    research.write_evaluation(session, actor, research_id=made, revision=row.revision, answers=answers)
    session.flush()
    row = queries.project(session, actor, research_id=made)
    reported = date(year + 1, 6, 19)
    research.hand_in_report(session, actor, research_id=made, revision=row.revision, words=REPORT, reported_on=reported)
    session.flush()
    row = queries.project(session, actor, research_id=made)
    sharing = Sharing(
        school_day(reported + timedelta(weeks=3)), "Fifteen minutes at the start of a staff meeting", 15, time(15, 40), "Hall", "All staff"
    )
    research.share(session, actor, research_id=made, revision=row.revision, sharing=sharing)


NOBODY_YET = date.min
PROJECTS = (
    (
        "Marcus Bailey",
        ResearchDetails(
            "Number talks at the start of maths",
            NOBODY_YET,
            "Talk in every lesson",
            "Do five minutes of number talk change how children explain?",
            "Children in Year 4 say how they know; two more classes try it by summer.",
            "Short clips to look at together.",
        ),
        True,
        "",
    ),
    (
        "Sophie Turnbull",
        ResearchDetails(
            "Story sacks that go home",
            NOBODY_YET,
            "Every child reads well",
            "Do families read more often if the story comes with things to touch?",
            "Reception children retell three stories; parents say what they tried.",
            "",
        ),
        None,
        "",
    ),
    (
        "Priya Sharma",
        ResearchDetails(
            "Homework by app in Year 5",
            NOBODY_YET,
            "Achievement",
            "Does the app save time, and for whom?",
            "Less marking, the same learning.",
            "The app itself.",
        ),
        False,
        "A good question that comes too early: the app changes in January. Apply again for next year.",
    ),
)
ANSWERS = (
    "Whether rehearsing for a listener helps children read with expression. Most read word by word.",
    "Children in Years 1 and 2.",
    "Repeated reading is well supported for older children; there is less on children of six.",
    "A recording of each child in September.",
    "Each pair rehearsed one page for three days and then read it to Reception.",
    "One class went on as before until February.",
    "Two thirds read in phrases by May, against one third in the other class. We listened to the recordings blind.",
)
REPORT = (
    "Children who rehearsed a page for a real listener read it in phrases sooner than those who did not. The listener mattered: reading "
    "to a recorder alone changed little. We keep it as a weekly routine in Year 1, and Year 2 begins in September."
)
