"""What an entry can name, and who sees it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.models import User
from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log import queries
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.models import Review, Target
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.staff.models import Person

TEAM = KeyHolder("Grace Adeyemi", "Teaching and learning team", "a phrase of her own")
DAVID = KeyHolder("David Okafor", "Reviewer", "a phrase of his own")
HANNAH = KeyHolder("Hannah Cole", "Reviewer", "yet another phrase")


@needs(Permission.CHANGE_STAFF)
def _is_user(session: Session, actor: Actor, *, name: str) -> None:
    user = session.execute(select(User).where(User.name == name)).scalar_one()
    forename, surname = name.split()
    person = session.execute(select(Person).where(Person.forename == forename, Person.surname == surname)).scalar_one()
    person.user_id = user.id


@needs(Permission.RUN_CYCLE)
def _writing(session: Session, actor: Actor, *, person_id: int) -> str:
    """A target in a review that is still being written."""
    review = session.execute(select(Review).where(Review.person_id == person_id).order_by(Review.id.desc())).scalars().first()
    session.add(Target(person_id=person_id, review_id=review.id, position=7, target="Not agreed yet"))
    return "Not agreed yet"


@needs(Permission.RUN_CYCLE)
def _remove(session: Session, actor: Actor, *, target_id: int) -> None:
    session.delete(session.get_one(Target, target_id))


def person_id(school: School, name: str) -> int:
    return next(person.id for person in school.read(queries.people) if person.name == name)


def test_targets_needs_areas_and_priorities_have_words(practice_school: School) -> None:
    hannah = person_id(practice_school, "Hannah Cole")
    words = practice_school.do(_writing, person_id=hannah)
    links = practice_school.read(queries.links, person_id=hannah, year=2026)
    assert links.targets[0].label.startswith("Target 1, 202")
    assert len({choice.key for choice in links.targets}) == len(links.targets) >= 6
    assert not any(words in choice.label for choice in links.targets)
    assert all(choice.label.startswith("Need, ") for choice in links.needs)
    assert links.needs
    assert next(choice.key for choice in links.priorities) == "Every child reads well"
    assert not practice_school.read(queries.links, person_id=hannah, year=2019).priorities
    first = links.targets[-1]
    assert links.label_of("targets", first.key) == first.label
    assert links.label_of("targets", None) == ""
    practice_school.do(_remove, target_id=first.key)
    assert practice_school.read(queries.links, person_id=hannah, year=2026).label_of("targets", first.key) == ""


@pytest.mark.parametrize(
    ("holder", "targets"),
    [(TEAM, False), (DAVID, True), (HANNAH, True)],
    ids=["teaching and learning team", "line manager", "herself"],
)
def test_reviews_open_only_to_those_who_may_see_them(practice_school: School, holder: KeyHolder, targets: bool) -> None:
    hannah, karen = person_id(practice_school, "Hannah Cole"), person_id(practice_school, "Karen Doyle")
    practice_school.add_key_holder(holder)
    practice_school.do(_is_user, name=holder.name)
    path = practice_school.path
    practice_school.close()
    with School.open(path, name=holder.name, password=holder.password) as school:
        links = school.read(queries.links, person_id=hannah, year=2026)
        assert bool(links.targets) is bool(links.needs) is targets
        assert links.priorities
        if holder is TEAM:
            assert school.read(queries.links, person_id=karen, year=2026).priorities
        else:
            with pytest.raises(UserError, match="not in the school file"):
                school.read(queries.links, person_id=karen, year=2026)
