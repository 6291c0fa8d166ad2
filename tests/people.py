"""A few invented people to test with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff.models import Employment, Holding, Person, Post


@dataclass(frozen=True)
class Staffed:
    """The ids of a few people: Karen is managed by Ruth, Ruth by Helen."""

    school: School
    karen: int
    ruth: int
    helen: int

    def rename_karen(self, forename: str, surname: str) -> None:
        """Give Karen another name."""
        self.school.do(_rename, person_id=self.karen, forename=forename, surname=surname)


def staff_a_school(school: School) -> Staffed:
    """Write three people with posts and line managers straight into the tables."""
    groups = {group.name: group.id for group in school.read(settings.staff_groups)}
    helen, ruth, karen = school.do(_write_people, groups=groups)
    return Staffed(school, karen, ruth, helen)


@needs(Permission.CHANGE_STAFF)
def _write_people(session: Session, actor: Actor, *, groups: dict[str, int]) -> tuple[int, int, int]:
    written: list[int] = []
    wanted = (
        ("Helen", "Marsden", "Headteacher", "Leadership"),
        ("Ruth", "Pemberton", "Assistant headteacher", "Leadership"),
        ("Karen", "Doyle", "Higher level teaching assistant", "Teaching assistants"),
    )
    for number, (forename, surname, title, group) in enumerate(wanted, 101):
        person = Person(forename=forename, surname=surname, staff_number=f"{number:04d}", staff_group_id=groups[group])
        post = Post(title=title)
        session.add_all((person, post))
        session.flush()
        session.add(Employment(person_id=person.id, starts_on=date(2016, 9, 1)))
        manager = written[-1] if written else None
        session.add(Holding(person_id=person.id, post_id=post.id, line_manager_id=manager, starts_on=date(2016, 9, 1)))
        written.append(person.id)
    return written[0], written[1], written[2]


@needs(Permission.CHANGE_STAFF)
def _rename(session: Session, actor: Actor, *, person_id: int, forename: str, surname: str) -> None:
    person = session.get_one(Person, person_id)
    person.forename, person.surname = forename, surname
