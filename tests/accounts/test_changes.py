"""The record of changes: what every flush leaves behind, and that nobody can alter it, or a row, unnoticed."""

import json
import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.changes import BulkWrite, first_broken
from staffdev_desktop.accounts.models import Change
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.school import School
from staffdev_desktop.settings import services as settings
from staffdev_desktop.settings.models import Priority, SchoolSettings, StaffGroup, TermRow
from staffdev_desktop.staff.models import Employment, Person


@needs(Permission.CHANGE_SETTINGS)
def run(session: Session, actor: Actor, *, job: Any) -> Any:
    """Whatever a test wants done inside one transaction."""
    return job(session)


@needs(Permission.SEE_CHANGES)
def record(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The whole record, as plain values."""
    found = session.execute(select(*Change.__table__.c).order_by(Change.id)).mappings()
    return [dict(each) | {key: json.loads(each[key]) if each[key] else None for key in ("before", "after")} for each in found]


def newest(school: School, count: int) -> list[dict[str, Any]]:
    return school.read(record)[-count:]


def test_an_insert_an_update_and_a_removal(school: School) -> None:
    school.do(run, job=lambda session: session.add(Priority(year=2026, position=0, text="Reading")))
    (line,) = newest(school, 1)
    assert (line["kind"], line["before"], line["service"], line["user_name"]) == ("priority", None, "run", "Janet Whitlock")
    assert line["after"] == {"id": line["row_id"], "year": 2026, "position": 0, "text": "Reading", "revision": 1}
    assert line["user_id"] == school.actor.user_id

    def change(session: Session) -> None:
        session.execute(select(Priority)).scalar_one().text = "Writing"

    school.do(run, job=change)
    (line,) = newest(school, 1)
    assert (line["before"]["text"], line["after"]["text"]) == ("Reading", "Writing")
    assert (line["before"]["revision"], line["after"]["revision"]) == (1, 2)
    school.do(run, job=lambda session: session.delete(session.execute(select(Priority)).scalar_one()))
    (line,) = newest(school, 1)
    assert line["before"]["text"] == "Writing"
    assert line["after"] is None
    assert school.check() == ()


def test_every_flush_of_a_row_is_a_line(school: School) -> None:
    def job(session: Session) -> None:
        row = Priority(year=2026, position=0, text="a")
        session.add(row)
        session.flush()
        row.text = "b"
        session.flush()
        row.text = "c"

    school.do(run, job=job)
    assert [line["after"]["text"] for line in newest(school, 3)] == ["a", "b", "c"]
    assert [line["before"] and line["before"]["text"] for line in newest(school, 3)] == [None, "a", "b"]
    assert len({line["batch"] for line in newest(school, 3)}) == 1


def test_the_old_value_of_a_column_that_was_not_loaded(school: School) -> None:
    school.do(run, job=lambda session: session.add(Priority(year=2026, position=0, text="Reading")))

    def job(session: Session) -> None:
        row = session.execute(select(Priority)).scalar_one()
        session.expire(row)
        row.text = "Writing"

    school.do(run, job=job)
    assert newest(school, 1)[0]["before"]["text"] == "Reading"


def test_nothing_changed_leaves_no_line(school: School) -> None:
    before = len(school.read(record))
    made = school.changes_made

    def job(session: Session) -> None:
        row = session.execute(select(SchoolSettings)).scalar_one()
        row.name = str(row.name)

    school.do(run, job=job)
    assert len(school.read(record)) == before
    assert school.changes_made == made
    assert school.undoable() is None


def test_a_failed_service_leaves_neither_row_nor_line(school: School) -> None:
    before = len(school.read(record))

    def job(session: Session) -> None:
        session.add(Priority(year=2026, position=0, text="Reading"))
        session.flush()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        school.do(run, job=job)
    assert len(school.read(record)) == before
    assert school.check() == ()


@pytest.mark.parametrize(
    "statement",
    [
        update(Priority).values(text="x"),
        delete(Priority),
        insert(Priority).values(year=2026, position=0, text="x"),
        text("DELETE FROM priority"),
    ],
)
def test_bulk_statements_are_refused(school: School, statement: Any) -> None:
    with pytest.raises(BulkWrite):
        school.do(run, job=lambda session: session.execute(statement))
    with pytest.raises(BulkWrite):
        school.read(run, job=lambda session: session.execute(statement))


def test_the_lines_stand_in_the_order_in_which_the_rows_were_written(school: School) -> None:
    """Updates, then inserts, then removals: undo walks them backwards, so a name that moved on is free again in time."""

    def job(session: Session) -> None:
        groups = session.execute(select(StaffGroup).order_by(StaffGroup.id)).scalars().all()
        session.delete(groups[0])
        session.add(StaffGroup(name="New", position=9))
        groups[2].position, groups[1].position = 7, 8

    school.do(run, job=job)
    kinds = [(line["before"] is not None, line["after"] is not None) for line in newest(school, 4)]
    assert kinds == [(True, True), (True, True), (False, True), (True, False)]
    assert newest(school, 4)[0]["row_id"] < newest(school, 4)[1]["row_id"]


@needs(Permission.SEE_CHANGES)
def raw_lines(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The record as the chain sees it."""
    return [dict(each) for each in session.execute(select(*Change.__table__.c).order_by(Change.id)).mappings()]


def test_a_thousand_tamperings_of_the_record(school: School) -> None:
    """Edited, removed, put in, swapped: each is noticed. That the newest lines were cut off is not: signed papers are the anchor."""
    for number in range(30):
        school.do(settings.set_priorities, year=2026, texts=[f"Priority {number}"])
    school.undo()
    lines = school.read(raw_lines)
    assert first_broken(lines) is None
    chance = random.Random(1)
    noticed = Counter[str]()
    for _ in range(1000):
        how = chance.choice(["edit", "edit", "edit", "remove", "put in", "swap"])
        noticed[how] += first_broken(tampered(lines, how, chance)) is not None
    assert noticed.total() == 1000


def tampered(lines: list[dict[str, Any]], how: str, chance: random.Random) -> list[dict[str, Any]]:
    """The lines with one tampering, their numbers made good again."""
    copy = [dict(line) for line in lines]
    row, other = chance.sample(range(len(copy) - 1), 2)
    if how == "edit":
        column = chance.choice([each for each in copy[row] if each != "id"])
        copy[row][column] = another(copy[row][column])
    elif how == "remove":
        del copy[row]
    elif how == "put in":
        copy.insert(row, dict(copy[other]))
    else:
        copy[row], copy[other] = copy[other], copy[row]
    return [line | {"id": number} for number, line in enumerate(copy, start=1)]


def another(old: Any) -> Any:
    """A value of the same kind that is not the old one."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + 1
    if isinstance(old, datetime):
        return old + timedelta(seconds=1)
    return "x" if old is None else f"{old} " if len(old) < 64 else old[:-1] + chr(ord(old[-1]) ^ 1)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE person SET surname='Okafer'",
        "UPDATE term SET begins='2026-08-02' WHERE id=1",
        "DELETE FROM staff_group WHERE id=3",
        "INSERT INTO priority (year, position, text, revision) VALUES (2026, 0, 'x', 1)",
        "UPDATE change SET user_name='Somebody else' WHERE id=2",
        "UPDATE change SET after=replace(after, 'Okafor', 'Okafer') WHERE kind='person'",
        "DELETE FROM change WHERE id=4",
    ],
)
def test_a_tampering_in_the_database_is_noticed(school: School, tampering: str) -> None:
    school.do(run, job=lambda session: session.add(Person(surname="Okafor", staff_number="1")))
    school.do(run, job=lambda session: session.add(Person(surname="Hughes", staff_number="2")))
    assert school.check() == ()
    school._opened.connection.execute(tampering)  # somebody with a database tool and the key
    assert school.check() != ()


def test_dates_and_links_are_written_and_checked(school: School) -> None:
    def job(session: Session) -> None:
        person = Person(surname="Okafor", staff_number="1")
        session.add(person)
        session.flush()
        session.add(Employment(person_id=person.id, starts_on=date(2020, 9, 1), ends_on=None))

    school.do(run, job=job)
    assert newest(school, 1)[0]["after"]["starts_on"] == "2020-09-01"
    assert school.read(run, job=lambda session: session.execute(select(func.count(TermRow.id))).scalar()) > 0
    assert school.check() == ()
