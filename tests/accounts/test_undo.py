"""Undo: the last change of this sitting comes back as a new change, or is refused in a sentence (DESIGN section 2)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.models import Attachment
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.base import mapped_tables
from staffdev_desktop.settings.models import Priority, StaffGroup
from staffdev_desktop.staff.models import Employment, Holding, Person, Post


@needs(Permission.CHANGE_SETTINGS)
def run(session: Session, actor: Actor, *, job: Callable[[Session], Any]) -> Any:
    """Whatever a test wants done inside one transaction."""
    return job(session)


@needs(Permission.CHANGE_SETTINGS, undoable=False)
def run_for_good(session: Session, actor: Actor, *, job: Callable[[Session], Any]) -> Any:
    """The same, but it can only be superseded."""
    return job(session)


@needs(Permission.SEE_SETTINGS)
def everything(session: Session, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the record itself, without its revision."""
    return {
        name: [
            {key: value for key, value in row.items() if key != "revision"}
            for row in session.execute(select(*table.c).order_by(table.c.id)).mappings()
        ]
        for name, (_, table) in mapped_tables().items()
        if not name.endswith("change")
    }


def one(session: Session, model: type[Any], **values: Any) -> Any:
    return session.execute(select(model).filter_by(**values)).scalar_one()


def add_person(session: Session) -> Person:
    person = Person(surname="Okafor", staff_number="1")
    session.add(person)
    session.flush()
    session.add(Employment(person_id=person.id, starts_on=date(2020, 9, 1), ends_on=None))
    return person


def several_flushes(session: Session) -> None:
    row = Priority(year=2026, position=0, text="a")
    session.add(row)
    for text in "bcd":
        session.flush()
        row.text = text


def change_and_remove(session: Session) -> None:
    row = one(session, StaffGroup, name="Site")
    row.name = "Estates"
    session.flush()
    row.position = 99
    session.flush()
    session.delete(row)


def names_moved_on(session: Session) -> None:
    """Each name goes to another group: at no moment do two have the same, forwards or backwards."""
    groups = session.execute(select(StaffGroup).order_by(StaffGroup.id)).scalars().all()
    names = [group.name for group in groups]
    groups[0].name, groups[1].name, groups[2].name = "Spare", names[0], names[1]  # one flush
    session.flush()
    for number in range(3, len(groups)):
        groups[number].name = names[number - 1]
        session.flush()
    groups[0].name = names[-1]


def parent_and_child_removed(session: Session) -> None:
    session.delete(one(session, Employment))
    session.delete(one(session, Person))


def sixty_people(session: Session) -> None:
    post = Post(title="Teaching assistant")
    session.add(post)
    session.flush()
    for number in range(60):
        person = Person(surname=f"Person {number}", staff_number=f"P-{number}")
        session.add(person)
        session.flush()
        session.add(
            Holding(person_id=person.id, post_id=post.id, starts_on=date(2026, 9, 1), ends_on=None, weekly_hours=32.5, full_time_hours=37.0)
        )


def a_file(session: Session) -> None:
    keep(session, name="logo.png", content=b"\x89PNG\r\n\x1a\n" + bytes(2000))


@pytest.mark.parametrize(
    "job",
    [add_person, several_flushes, change_and_remove, names_moved_on, parent_and_child_removed, sixty_people, a_file],
    ids=lambda job: job.__name__,
)
def test_everything_is_as_it_was(school: School, job: Callable[[Session], Any]) -> None:
    if job is parent_and_child_removed:
        school.do(run, job=add_person)
    before = school.read(everything)
    school.do(run, job=job)
    assert school.read(everything) != before
    undone = school.undo()
    assert undone.service == "run"
    assert school.read(everything) == before
    assert school.check() == ()


def test_one_undo_after_another(school: School) -> None:
    states = [school.read(everything)]
    for number in range(5):
        school.do(run, job=lambda session, number=number: session.add(Priority(year=2026, position=number, text=str(number))))
        states.append(school.read(everything))
    while states:
        assert school.read(everything) == states.pop()
        if states:
            assert school.undoable() is not None
            school.undo()
    assert school.undoable() is None
    with pytest.raises(UserError, match="nothing to undo"):
        school.undo()
    assert school.check() == ()


def test_never_past_a_change_that_can_only_be_superseded(school: School) -> None:
    school.do(run, job=several_flushes)
    school.do(run_for_good, job=lambda session: setattr(one(session, Priority), "text", "agreed"))
    assert school.undoable() is None
    with pytest.raises(UserError):
        school.undo()
    school.do(run, job=lambda session: setattr(one(session, Priority), "position", 4))
    school.undo()
    assert school.undoable() is None


def test_refused_when_the_row_moved_on(school: School) -> None:
    school.do(run, job=several_flushes)
    school._opened.connection.execute("UPDATE priority SET text='moved'")
    before = school.read(everything)
    with pytest.raises(UserError, match="changed again since"):
        school.undo()
    assert school.read(everything) == before
    school._opened.connection.execute("DELETE FROM priority")
    with pytest.raises(UserError, match="changed again since"):
        school.undo()


def test_a_removed_file_does_not_come_back(school: School) -> None:
    school.do(run, job=a_file)
    school.do(run, job=lambda session: session.delete(one(session, Attachment)))
    with pytest.raises(UserError, match="a file was removed"):
        school.undo()


def test_undo_is_of_this_sitting(school: School, school_path: Path) -> None:
    school.do(run, job=several_flushes)
    school.close()
    with School.open(school_path, name="Janet Whitlock", password="correct horse battery") as again:
        assert again.undoable() is None


def test_a_row_that_comes_back_is_newer_than_every_copy_of_it(school: School) -> None:
    school.do(run, job=several_flushes)
    revision = school.read(run, job=lambda session: one(session, Priority).revision)
    school.do(run, job=lambda session: session.delete(one(session, Priority)))
    school.undo()
    assert school.read(run, job=lambda session: one(session, Priority).revision) == revision + 1
    school.do(run, job=lambda session: setattr(one(session, Priority), "text", "again"))
    assert school.check() == ()


def test_thousands_of_new_rows_go_together_or_stay_together(school: School) -> None:
    before = school.read(everything)

    def many(session: Session) -> None:
        people = [Person(surname=f"Doyle{number}", staff_number=f"{number:05d}") for number in range(1_200)]
        session.add_all(people)
        session.flush()
        session.add_all(Employment(person_id=person.id, starts_on=date(2020, 9, 1)) for person in people)

    school.do(run, job=many)
    school._opened.connection.execute("UPDATE person SET surname='moved' WHERE staff_number='00700'")
    with pytest.raises(UserError, match="changed again since"):
        school.undo()
    assert len(school.read(everything)["person"]) == 1_200
    school._opened.connection.execute("UPDATE person SET surname='Doyle700' WHERE staff_number='00700'")
    school.undo()
    assert school.read(everything) == before
    assert not school.check()
