"""People found by what a spreadsheet may call them: staff number, email, name. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from staffdev_desktop.kernel.names import searchable
from staffdev_desktop.staff.importing_lines import number_key


class Findable(Protocol):
    """What is known of somebody. `name` is the one they go by."""

    @property
    def id(self) -> int: ...
    @property
    def forename(self) -> str: ...
    @property
    def surname(self) -> str: ...
    @property
    def known_as(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def staff_number(self) -> str: ...
    @property
    def email(self) -> str: ...


Somebody = TypeVar("Somebody", bound=Findable)


class PeopleIndex(Generic[Somebody]):
    """The people there are, by id, staff number, email and name, whatever the case or accents."""

    def __init__(self, people: Iterable[Somebody]) -> None:
        self.by_id: dict[int, Somebody] = {}
        self._numbers: dict[str, Somebody] = {}
        self._emails: dict[str, list[Somebody]] = defaultdict(list)
        self._names: dict[str, list[Somebody]] = defaultdict(list)
        for person in people:
            self.by_id[person.id] = person
            if person.staff_number:
                self._numbers[number_key(person.staff_number)] = person
            if person.email:
                self._emails[person.email.casefold()].append(person)
            for name in {searchable(person.forename, person.surname), searchable(person.name)}:
                self._names[name].append(person)

    def holder_of(self, staff_number: str | None) -> Somebody | None:
        """Who has a staff number."""
        return self._numbers.get(number_key(staff_number)) if staff_number else None

    def mailed(self, email: str | None) -> Sequence[Somebody]:
        """Who has an email."""
        return self._emails.get(email.casefold(), []) if email else []

    def named(self, names: Iterable[str]) -> list[Somebody]:
        """Who has one of these names, each once; `names` are as `searchable` writes them."""
        return list({person.id: person for name in names for person in self._names.get(name, [])}.values())


def akin(surname: str, forenames: Iterable[str], person: Findable) -> bool:
    """Whether any part of the name is the same: people marry, and go by other names."""
    theirs = {searchable(person.forename), searchable(person.known_as)} - {""}
    return searchable(surname) == searchable(person.surname) or not theirs.isdisjoint(searchable(each) for each in forenames)
