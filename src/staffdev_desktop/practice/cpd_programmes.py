"""The practice school's sessions, the topics asked for, and who is on a programme: two years of a calendar, three of programmes."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.programmes import queries, services
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolment_queries
from staffdev_desktop.cpd.programmes.enrolments import services as enrolments
from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentDetails, EnrolmentRow, ProgrammeRow
from staffdev_desktop.cpd.programmes.rows import Every, SessionDetails
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.practice.cast import TOLD
from staffdev_desktop.practice.days import school_day
from staffdev_desktop.staff import services as staff_services
from staffdev_desktop.staff.rows import QualificationDetails

People = Mapping[str, int]
PRACTICE, IDENTITY, ISSUES, LEADING = "Professional practice", "Professional identity", "Current issues", "Leadership development"
HALL, LIBRARY, STAFF_ROOM, ICT = "Hall", "Library", "Staff room", "ICT suite"
TWILIGHT, BEFORE_SCHOOL = time(15, 30), time(8, 20)


@dataclass(frozen=True)
class Planned:
    """A session of each year's calendar: on which day, about what, led by whom, and how many were there."""

    month: int
    day: int
    title: str
    leader: str
    there: int
    place: str = HALL
    minutes: int = 60
    starts_at: time = TWILIGHT
    kind: str = "Course"
    strand: str = PRACTICE
    audience: str = "Teachers and teaching assistants"
    capacity: int | None = None

    def on(self, year: int) -> date:
        """Its day in an academic year, or the next on which school is open."""
        return school_day(date(year if self.month >= 9 else year + 1, self.month, self.day))


INSET = Planned(
    1,
    5,
    "INSET morning: reading aloud in every class",
    "David Okafor",
    18,
    minutes=180,
    starts_at=time(9),
    kind="INSET",
    audience="All staff",
)
DROP_IN = Planned(
    9,
    15,
    "Drop-in: retrieval starters",
    "Priya Sharma",
    4,
    LIBRARY,
    15,
    BEFORE_SCHOOL,
    "15-minute drop-in",
    audience="All staff",
    capacity=10,
)
YEAR = (
    DROP_IN,
    Planned(9, 24, "Asking better questions", "Ruth Pemberton", 8),
    replace(DROP_IN, day=29, title="Drop-in: calm transitions", leader="Michelle Dunn", there=5),
    replace(DROP_IN, month=10, day=6, title="Drop-in: modelling on the visualiser", leader="Marcus Bailey", there=3),
    Planned(10, 8, "Talk in maths: sentence stems", "Priya Sharma", 7, LIBRARY),
    Planned(11, 12, "Reading fluency: echo and choral reading", "Grace Adeyemi", 6, LIBRARY),
    Planned(11, 26, "What memory research means for us", "David Okafor", 6, STAFF_ROOM, strand=ISSUES),
    replace(DROP_IN, month=12, day=1, title="Drop-in: marking less, better", leader="Tom Ashworth", there=4),
    INSET,
    Planned(1, 14, "Working with families who are new to English", "Patricia O’Neill", 5, strand=PRACTICE),
    Planned(2, 4, "Leading a subject in a small school", "Tom Ashworth", 4, STAFF_ROOM, strand=LEADING, audience="Subject leads"),
    Planned(3, 4, "Spreadsheets for the office", "Amy Pritchard", 3, ICT, 90, time(13), audience="Office and finance", capacity=6),
    Planned(4, 22, "What is a primary school for?", "Helen Marsden", 5, STAFF_ROOM, strand=IDENTITY, audience="Anybody who likes to think"),
    Planned(5, 20, "Transition: what the next teacher needs", "Sophie Turnbull", 6),
    Planned(6, 17, "Sharing what this year’s research found", "David Okafor", 8),
)
TOPICS = (
    ("Amy Pritchard", "Mail merge for letters home", 12, ""),
    ("", "Makaton signs for routines", 9, ""),
    ("Rosie Clegg", "Supporting phonics catch-up in small groups", 6, ""),
    ("Steve Garside", "First aid for the forest area", 30, "The required first aid course in January covers it."),
)


def write_programmes(session: Session, actor: Actor, *, seed: int) -> None:
    """Write all of it, through the services that the screens call."""
    chance = random.Random(f"{seed} programmes")  # noqa: S311
    known = log.people(session, actor)
    people = {person.name: person.id for person in known}
    staff = [person.id for person in known if person.kind == "employee" and person.name not in TOLD]
    this_year = year_of(clock.today())
    for year in (this_year - 1, this_year):
        for planned in YEAR:
            _hold(session, actor, planned, year, people, staff, chance)
    _coming(session, actor, people, staff, chance)
    _enrol(session, actor, people, this_year)


def _details(session: Session, actor: Actor, planned: Planned, day: date, people: People) -> SessionDetails:
    kinds = {kind.name: kind.id for kind in log.kinds(session, actor)}
    leader_id = people.get(planned.leader)
    return SessionDetails(
        held_on=day,
        minutes=planned.minutes,
        title=planned.title,
        starts_at=planned.starts_at,
        kind_id=kinds.get(planned.kind),
        strand=planned.strand,
        leader="" if leader_id else planned.leader,
        leader_id=leader_id,
        place=planned.place,
        capacity=planned.capacity,
        audience=planned.audience,
        directed=planned.minutes >= 60 and planned.strand == PRACTICE,
    )


def _hold(
    session: Session, actor: Actor, planned: Planned, year: int, people: People, staff: Sequence[int], chance: random.Random
) -> None:  # fmt: skip
    day = planned.on(year)
    details = _details(session, actor, planned, day, people)
    session_id = services.add_session(session, actor, details=details)
    if day >= clock.today() - timedelta(days=6):
        return
    there = chance.sample(staff, min(planned.there, len(staff)))
    if details.leader_id is not None and details.leader_id not in there:
        there[0] = details.leader_id
    row = queries.cpd_session(session, actor, session_id=session_id)
    services.take_attendance(session, actor, session_id=session_id, revision=row.revision, present=there)


def _coming(session: Session, actor: Actor, people: People, staff: Sequence[int], chance: random.Random) -> None:
    """Around today: attendance to take, a drop-in this morning, a series, a session that is full and one that is cancelled."""
    today = clock.today()
    plan = Planned(1, 1, "Phonics: keeping up, not catching up", "Aisha Rahman", 0, LIBRARY, 45, capacity=12)
    waits = services.add_session(session, actor, details=_details(session, actor, plan, school_day(today - timedelta(days=5), -1), people))
    services.sign_up(session, actor, session_id=waits, person_ids=chance.sample(staff, min(9, len(staff))))
    morning = replace(DROP_IN, title="Drop-in: quick sketches for new words", leader="Sophie Turnbull")
    now = services.add_session(session, actor, details=_details(session, actor, morning, school_day(today), people))
    services.sign_up(session, actor, session_id=now, person_ids=chance.sample(staff, min(5, len(staff))))
    coaching = Planned(1, 1, "Coaching triads", "Ruth Pemberton", 0, STAFF_ROOM, 30, time(15, 45), "Coaching", LEADING, "Middle leaders")
    day = school_day(today + timedelta(days=14))
    services.add_series(session, actor, details=_details(session, actor, coaching, day, people), every=Every.FORTNIGHT, count=5)
    full = Planned(1, 1, "Calmer lunchtimes", "Michelle Dunn", 0, HALL, 45, time(14), audience="Midday and pastoral staff", capacity=6)
    asked = services.ask_for_topic(
        session, actor, topic="Behaviour at lunchtime", person_id=people.get("Sandra Kirk"), asked_on=today - timedelta(days=20)
    )
    details = _details(session, actor, full, school_day(today + timedelta(days=16)), people)
    filled = services.add_session(session, actor, details=details, topic_id=asked)
    services.sign_up(session, actor, session_id=filled, person_ids=chance.sample(staff, min(8, len(staff))))
    off = Planned(1, 1, "Poetry by heart", "Visiting poet", 0, HALL, 60)
    cancelled = services.add_session(session, actor, details=_details(session, actor, off, school_day(today + timedelta(days=23)), people))
    services.cancel_sessions(session, actor, session_ids=[cancelled])
    for name, topic, days, reason in TOPICS:
        topic_id = services.ask_for_topic(
            session, actor, topic=topic, person_id=people.get(name), asked_on=today - timedelta(days=days)
        )  # fmt: skip
        if reason:
            services.settle_topic(session, actor, topic_id=topic_id, revision=1, reason=reason)


# -- programmes ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Course:
    """The programmes of the school, and its people, to enrol by name."""

    session: Session
    actor: Actor
    people: People
    programmes: Mapping[str, ProgrammeRow]

    def enrol(self, framework: str, names: Sequence[str], details: EnrolmentDetails, cohort: str = "") -> list[EnrolmentRow]:
        """Put those of them who work here on a programme."""
        ids = [self.people[name] for name in names if name in self.people]
        if not ids:
            return []
        made = enrolments.enrol(
            self.session, self.actor, programme_id=self.programmes[framework].id, person_ids=ids, details=details, cohort=cohort
        )
        return [enrolment_queries.enrolment(self.session, self.actor, enrolment_id=each) for each in made]

    def done(self, rows: Sequence[EnrolmentRow], part: int, on: date, result: str = "", *, logged: bool = False) -> None:
        """Mark a part as done by these people, if the day has come."""
        if rows and on <= clock.today():
            module = rows[0].steps[part].module
            enrolments.mark_part(
                self.session,
                self.actor,
                enrolment_ids=[row.id for row in rows],
                module_id=module.id or 0,
                done_on=on,
                result=result,
                minutes=module.minutes if logged else None,
            )

    def end(self, rows: Sequence[EnrolmentRow], outcome: str, on: date, award: str = "") -> None:
        """Say how it ended for these people."""
        for row in rows:
            enrolments.end_enrolment(
                self.session, self.actor, enrolment_id=row.id, revision=row.revision, outcome=outcome, ended_on=on, award=award
            )


def _enrol(session: Session, actor: Actor, people: People, year: int) -> None:
    """Somebody at every stage; years are counted back from this one."""
    known = {each.framework: each for each in enrolment_queries.programmes(session, actor)}
    course = _Course(session, actor, people, known)
    induction = course.enrol("ect-induction", ["Bethan Price"], EnrolmentDetails(starts_on=date(year, 9, 1), mentor="Grace Adeyemi"))
    course.done(induction, 0, date(year, 10, 9), "Seen in two observations")
    _middle_leaders(course, year)
    old = course.enrol("npqml", ["Tom Ashworth"], EnrolmentDetails(starts_on=date(2019, 9, 16), who_pays="the school"))
    for part in range(13):
        course.done(old, part, date(2020 + part // 12, 1 + part % 12, 15))
    course.end(old, "completed", date(2021, 2, 12), "NPQML")
    fee = EnrolmentDetails(
        applied_on=date(year - 1, 5, 20), starts_on=date(year - 1, 9, 29), pence=840_000, who_pays="the school", fee_share="one third"
    )
    masters = course.enrol("masters", ["Grace Adeyemi"], replace(fee, mentor="Helen Marsden"))
    course.done(masters, 0, date(year, 7, 3), "Merit")
    head = course.enrol(
        "npqh", ["David Okafor"], EnrolmentDetails(starts_on=date(year, 2, 9), who_pays="the trust", mentor="Helen Marsden")
    )
    for part, day in enumerate((date(year, 3, 20), date(year, 5, 8), date(year, 6, 26), date(year, 9, 25))):
        course.done(head, part, day)
    course.enrol("npqsenco", ["Tom Ashworth"], EnrolmentDetails(applied_on=date(year, 9, 18), starts_on=date(year + 1, 2, 8)))
    course.enrol("chartered", ["Hannah Cole"], EnrolmentDetails(applied_on=min(date(year, 10, 5), clock.today())))
    if "Ruth Pemberton" in people:
        award = QualificationDetails(name="NASENCO", provider="Elm Grove University", awarded_on=date(year - 4, 7, 8))
        staff_services.add_qualification(session, actor, person_id=people["Ruth Pemberton"], details=award)
    _support_staff(course, year)


def _middle_leaders(course: _Course, year: int) -> None:
    names = ["Priya Sharma", "Grace Adeyemi", "Marcus Bailey", "Sophie Turnbull"]
    begins = EnrolmentDetails(starts_on=date(year, 1, 12), mentor="David Okafor", who_pays="the school")
    cohort = course.enrol("middle-leaders", names, begins, f"Spring {year}")
    for part, day in enumerate((date(year, 1, 27), date(year, 2, 24), date(year, 3, 24), date(year, 4, 28))):
        course.done(cohort, part, day, logged=True)
    course.done(cohort[:3], 4, date(year, 6, 9), logged=True)
    course.done(cohort[:1], 5, date(year, 9, 22), logged=True)
    earlier = EnrolmentDetails(starts_on=date(year - 2, 9, 9), mentor="Helen Marsden")
    past = course.enrol("middle-leaders", ["Laura Fenwick"], earlier, f"Autumn {year - 2}")
    for part in range(7):
        course.done(past, part, date(year - 2 + (part + 9) // 12, (part + 9) % 12 + 1, 12))
    course.end(past, "completed", date(year - 1, 6, 26))


def _support_staff(course: _Course, year: int) -> None:
    levy = EnrolmentDetails(starts_on=date(year - 2, 9, 2), who_pays="the apprenticeship levy", mentor="Janet Whitlock")
    late = course.enrol("business-administrator", ["Yusuf Yıldız"], levy)
    course.done(late, 0, date(year - 1, 11, 6))
    course.done(late, 1, date(year, 3, 13), "Ready for assessment")
    young = course.enrol("ta-level-3", ["Jake Thornton"], replace(levy, starts_on=date(year - 1, 11, 3), mentor="Karen Doyle"))
    course.done(young, 0, date(year, 9, 18))
    status = EnrolmentDetails(starts_on=date(year - 1, 1, 13), pence=120_000, who_pays="the school")
    hlta = course.enrol("hlta", ["Samira Begum"], status)
    for part in range(3):
        course.done(hlta, part, date(year - 1, 2 + part, 20))
    course.done(hlta, 3, date(year - 1, 6, 12), "Standards met")
    course.end(hlta, "completed", date(year - 1, 6, 12), "HLTA status")
    gone = course.enrol(
        "specialist-ta-level-5", ["Lynn Hargreaves"], replace(levy, starts_on=date(year - 1, 9, 8), mentor="Ruth Pemberton")
    )
    course.end(gone, "withdrawn", date(year, 2, 6))
    refused = course.enrol("npqlbc", ["Michelle Dunn"], EnrolmentDetails(applied_on=date(year - 1, 4, 28)))
    course.end(refused, "not accepted", date(year - 1, 6, 5))
