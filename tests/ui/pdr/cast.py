"""Invented people and their reviews in every stage, for the tests and pictures of the cycle board."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel import clock
from staffdev_desktop.pdr.models import Review
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Employment, Holding, Person, Post

# forename, surname, post, staff group, line manager
PEOPLE = (
    ("Helen", "Marsden", "Headteacher", "Leadership", ""),
    ("Ruth", "Pemberton", "Assistant headteacher, SENDCo", "Leadership", "Helen Marsden"),
    ("David", "Okafor", "Deputy headteacher", "Leadership", "Helen Marsden"),
    ("Janet", "Whitlock", "School business manager", "Leadership", "Helen Marsden"),
    ("Tom", "Ashworth", "Year 6 teacher, phase leader", "Teachers", "David Okafor"),
    ("Priya", "Sharma", "Year 5 teacher, maths lead", "Teachers", "Tom Ashworth"),
    ("Aisha", "Rahman", "Year 2 teacher, phonics lead", "Teachers", "David Okafor"),
    ("Marcus", "Bailey", "Year 4 teacher, PE lead", "Teachers", "Tom Ashworth"),
    ("Grace", "Adeyemi", "Year 1 teacher, English lead", "Teachers", "David Okafor"),
    ("Sophie", "Turnbull", "Reception teacher, EYFS lead", "Teachers", "Helen Marsden"),
    ("Hannah", "Cole", "Year 3 teacher", "Teachers", "David Okafor"),
    ("Karen", "Doyle", "Higher level teaching assistant", "Teaching assistants", "Ruth Pemberton"),
    ("Denise", "Holt", "Office manager", "Office and finance", "Janet Whitlock"),
    ("Steve", "Garside", "Site manager", "Site", "Janet Whitlock"),
    ("Lynn", "Hargreaves", "Teaching assistant, level 3", "Teaching assistants", "Ruth Pemberton"),
    ("Jake", "Thornton", "Teaching assistant, level 2", "Teaching assistants", "Ruth Pemberton"),
    ("Ewa", "Nowak", "Teaching assistant, level 2", "Teaching assistants", "Ruth Pemberton"),
    ("Paul", "Mellor", "Lunchtime supervisor", "Midday and kitchen", "Denise Holt"),
    ("Omar", "Siddiqui", "Pastoral lead", "Pastoral", "Ruth Pemberton"),
    ("Megan", "Rhys", "Finance assistant", "Office and finance", "Denise Holt"),
    ("Carol", "Brandt", "Cook in charge", "Midday and kitchen", "Janet Whitlock"),
    ("Liam", "Fenwick", "Cleaner in charge", "Site", "Steve Garside"),
    ("Tessa", "Brook", "Attendance officer", "Office and finance", ""),
    ("Yusuf", "Demir", "Teaching assistant, level 1", "Teaching assistants", "Karen Doyle"),
    ("Nia", "Powell", "Learning mentor", "", "Ruth Pemberton"),
)
LEADERS, TEACHERS, SUPPORT = "Leaders 2026/27", "Teachers 2026/27", "Support staff 2026/27"
CYCLES = {
    LEADERS: (date(2026, 10, 2), date(2026, 10, 16)),
    TEACHERS: (date(2026, 10, 9), date(2026, 10, 30)),
    SUPPORT: (date(2026, 10, 9), date(2026, 11, 27)),
}
# surname, cycle, out, returned, booked, drafted
REVIEWS = (
    ("Pemberton", LEADERS, (9, 14), None, None, None),
    ("Ashworth", LEADERS, (9, 14), (10, 1), datetime(2026, 10, 22, 15, 30), None),
    ("Sharma", TEACHERS, (9, 18), (10, 6), datetime(2026, 10, 13, 9, 0), (10, 13)),
    ("Rahman", TEACHERS, (9, 18), (10, 8), None, None),
    ("Bailey", TEACHERS, (9, 18), (10, 5), datetime(2026, 10, 21, 8, 15), None),
    ("Adeyemi", TEACHERS, (9, 18), (10, 2), datetime(2026, 10, 9, 16, 0), (10, 9)),
    ("Turnbull", TEACHERS, (9, 18), (9, 28), datetime(2026, 10, 5, 15, 30), (10, 5)),
    ("Cole", TEACHERS, (9, 18), (10, 7), None, None),
    ("Doyle", SUPPORT, (9, 18), (10, 9), datetime(2026, 10, 20, 13, 30), None),
    ("Holt", SUPPORT, (9, 18), (9, 25), datetime(2026, 10, 1, 10, 0), (10, 1)),
    ("Garside", SUPPORT, (9, 18), (10, 12), None, None),
    ("Hargreaves", SUPPORT, (9, 18), None, None, None),
    ("Thornton", SUPPORT, (9, 18), None, None, None),
    ("Nowak", SUPPORT, (9, 18), None, None, None),
    ("Mellor", SUPPORT, (9, 18), None, None, None),
    ("Siddiqui", SUPPORT, (9, 18), (10, 6), datetime(2026, 11, 3, 14, 0), None),
    ("Rhys", SUPPORT, (9, 18), (10, 2), datetime(2026, 10, 14, 11, 0), (10, 14)),
    ("Brandt", SUPPORT, None, None, None, None),
    ("Fenwick", SUPPORT, None, None, None, None),
    ("Brook", SUPPORT, None, None, None, None),
    ("Demir", SUPPORT, (9, 18), None, None, None),
)
AGREED = {"Adeyemi": (10, 14), "Turnbull": (10, 7), "Holt": (10, 6)}
SIGNED = {"Turnbull": (10, 8)}
PLACES = {"Doyle": "Library", "Bailey": "Year 4 classroom", "Siddiqui": "Nurture room"}


@dataclass(frozen=True)
class Cast:
    """The ids of the people, and of their reviews, by surname."""

    people: dict[str, int]
    reviews: dict[str, int]


def write_people(school: School) -> dict[str, int]:
    """Everybody in PEOPLE, with posts and line managers. Returns ids by surname."""
    groups = {group.name: group.id for group in school.read(settings.staff_groups)}
    return school.do(_people, groups=groups)


def fill(school: School) -> Cast:
    """People and reviews as picture 03 shows them on Tuesday 20 October 2026."""
    people = write_people(school)
    managers = {surname: manager.rsplit(" ", 1)[-1] for _, surname, _, _, manager in PEOPLE}
    for name, (sheets_due_on, deadline) in CYCLES.items():
        invited = [cycles.Invited(people[row[0]], people.get(managers[row[0]])) for row in REVIEWS if row[1] == name]
        new = cycles.NewCycle(name, 2026, date(2026, 9, 1), date(2027, 8, 31), sheets_due_on, deadline)
        school.do(cycles.start_cycle, cycle=new, invited=invited)
    school.do(_move_on, people=people)
    reviews = {row.name.rsplit(" ", 1)[1]: row.id for row in school.read(boards.cycle_board, year=2026)}
    for surname, (month, day) in AGREED.items():
        with clock.frozen_at(date(2026, month, day)):
            agree(school, reviews[surname])
    for surname, (month, day) in SIGNED.items():
        with clock.frozen_at(date(2026, month, day)):
            school.do(statements.record_signed, review_ids=[reviews[surname]])
    demir = next(row for row in school.read(boards.cycle_board, year=2026) if row.id == reviews["Demir"])
    school.do(cycles.set_standing, review_id=demir.id, revision=demir.revision, away=True, exempt=False, reason="Long leave")
    return Cast(people, reviews)


def agree(school: School, review_id: int) -> None:
    """Write what must be written in a review, and agree it."""
    written = {
        "discussion": "We looked back at the year.",
        "targets": [{"target": "Lead one morning of training", "success_criteria": "", "support": "", "by_when": "2027-04-30"}],
        "comments": {"text": "I am pleased with how it went.", "none": False},
        "agreement": {"member": "agreed", "reviewer": "agreed"},
    }
    for field, value in written.items():
        school.do(words.save_answer, review_id=review_id, field=field, value=value)
    school.do(words.set_first_year, review_id=review_id, first_year=True)
    school.do(statements.agree_statement, review_id=review_id)


@needs(Permission.CHANGE_STAFF)
def _people(session: Session, actor: Actor, *, groups: dict[str, int]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for number, (forename, surname, _, group, _) in enumerate(PEOPLE, 101):
        person = Person(forename=forename, surname=surname, staff_number=f"{number:04d}", staff_group_id=groups.get(group))
        session.add(person)
        session.flush()
        ids[surname] = person.id
    posts: dict[str, Post] = {}
    for _, surname, title, _, manager in PEOPLE:
        if title not in posts:
            posts[title] = Post(title=title)
            session.add(posts[title])
            session.flush()
        manager_id = ids[manager.rsplit(" ", 1)[1]] if manager else None
        session.add(Employment(person_id=ids[surname], starts_on=date(2016, 9, 1)))
        session.add(Holding(person_id=ids[surname], post_id=posts[title].id, line_manager_id=manager_id, starts_on=date(2016, 9, 1)))
    return ids


@needs(Permission.RUN_CYCLE)
def _move_on(session: Session, actor: Actor, *, people: dict[str, int]) -> None:
    """Give each review the dates that its stage is read from."""
    by_person = {review.person_id: review for review in session.execute(select(Review)).scalars()}
    for surname, _, out, returned, booked, drafted in REVIEWS:
        review = by_person[people[surname]]
        review.sheet_out_on, review.returned_on, review.booked_for = _day(out), _day(returned), booked
        review.place = PLACES.get(surname, "")
        review.drafted_at = datetime(2026, *drafted, 9, 0) if drafted else None


def _day(month_and_day: tuple[int, int] | None) -> date | None:
    return date(2026, *month_and_day) if month_and_day else None
