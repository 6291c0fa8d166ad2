"""A school with three people, its areas, and two rounds of one of them."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.queries import people, rounds
from staffdev_desktop.cpd.diagnostic.rows import AreaRow, Record, RoundDetails
from staffdev_desktop.cpd.diagnostic.services import ratings
from staffdev_desktop.cpd.diagnostic.services import rounds as writes
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.kernel import clock
from staffdev_desktop.school import School
from staffdev_desktop.staff.models import Person
from tests.people import Staffed

SUMMER = RoundDetails("Summer 2026", date(2026, 4, 20), date(2026, 5, 22))
AUTUMN = RoundDetails("Autumn 2026", date(2026, 9, 7), date(2026, 10, 16))


@dataclass(frozen=True)
class Class:
    """The people, and the areas of Karen’s set."""

    school: School
    staffed: Staffed
    areas: tuple[AreaRow, ...]

    @property
    def karen(self) -> int:
        return self.staffed.karen

    def start(self, details: RoundDetails, *person_ids: int) -> int:
        """Start a round on the day on which it opens, with Karen if nobody is named."""
        with clock.frozen_at(details.opens_on):
            return self.school.do(writes.start_round, details=details, person_ids=person_ids or (self.karen,))

    def record(self, round_id: int, person_id: int | None = None) -> Record:
        """What is written about somebody in a round."""
        records = self.school.read(people.records, round_id=round_id)
        return next(each for each in records if each.board.person_id == (person_id or self.karen))

    def rate(self, diagnostic_id: int, **values: int | str) -> None:
        """The same in every area."""
        self.school.do(ratings.write_sheet, diagnostic_id=diagnostic_id, ratings={area.id: values for area in self.areas})


@needs(Permission.CHANGE_STAFF)
def give_user(session: Session, actor: Actor, *, person_id: int) -> None:
    """The person behind the user who is signed in."""
    session.get_one(Person, person_id).user_id = actor.user_id


@needs(Permission.CHECK_CPD)
def assure(session: Session, actor: Actor, *, entry_id: int) -> None:
    """A check that holds."""
    session.add(EntryCheck(entry_id=entry_id, checked_on=clock.today(), checked_by=actor.name, outcome="assured"))


@pytest.fixture
def class_(staffed: Staffed) -> Class:
    """That school, and the areas of Karen’s set."""
    return class_of(staffed)


def class_of(staffed: Staffed) -> Class:
    """The areas of Karen’s set."""
    school = staffed.school
    [assistants] = [each for each in school.read(rounds.diagnostic_sets) if each.name == "Teaching assistants"]
    return Class(school, staffed, assistants.areas)
