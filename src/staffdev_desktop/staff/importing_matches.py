"""Who a line of the staff list is about: staff number first, else email, else name and start date, with a question in doubt. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import TITLES, display_name, listed, searchable
from staffdev_desktop.staff.importing_lines import StaffLine, number_key, same_number
from staffdev_desktop.staff.people_index import PeopleIndex, akin

_OUR_REFERENCE = re.compile(r"P-\d{4,}")  # given by the program to somebody without a staff number


@dataclass(frozen=True)
class ExistingPerson:
    """Somebody the school has, as far as a staff list can say something about them.

    Dates are those of the latest employment; post, site, hours and manager those of the main holding; `other_posts` the titles of
    the other current ones.
    """

    id: int
    forename: str
    surname: str
    title: str = ""
    known_as: str = ""
    staff_number: str = ""
    email: str = ""
    phone: str = ""
    kind: str = "employee"
    group: str = ""
    post: str = ""
    site: str = ""
    start_date: date | None = None
    leaving_date: date | None = None
    weekly_hours: float | None = None
    full_time_hours: float | None = None
    manager_id: int | None = None
    other_posts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name they go by."""
        return display_name(self.forename, self.surname, self.known_as)

    @property
    def label(self) -> str:
        """Name and staff number: Kate Doyle (0012)."""
        return f"{self.name} ({self.staff_number})" if self.staff_number else self.name


@dataclass(frozen=True)
class Match:
    """The person a line is about, or None for somebody new; with `candidates` it is a question instead."""

    person: ExistingPerson | None
    reason: str
    candidates: tuple[ExistingPerson, ...] = ()


@dataclass(frozen=True)
class PersonRef:
    """Somebody who is there already (`person_id`), or will be new from a row of the sheet (`row`)."""

    person_id: int | None = None
    row: int | None = None


class People(PeopleIndex[ExistingPerson]):
    """The people there are, found by what a line of a staff list says."""

    def match(self, line: StaffLine) -> Match:
        """Who a line is about."""
        numbered, mailed = self.holder_of(line.staff_number), self.mailed(line.email)
        if numbered:
            if mailed and numbered not in mailed:
                return _question(line, "The staff number and the email belong to different people", [numbered, *mailed])
            if not _akin(line, numbered):
                return _question(line, f"Staff number {line.staff_number} belongs to somebody with another name", [numbered])
            return Match(numbered, "Matched by staff number.")
        if mailed:
            akin = [person for person in mailed if _akin(line, person)]
            if len(akin) == 1 and not _numbers_differ(line, akin[0]):
                return Match(akin[0], "Matched by email.")
            return _question(line, "The email belongs to somebody, but the rest does not agree", akin or mailed)
        return self._match_by_name(line)

    def _match_by_name(self, line: StaffLine) -> Match:
        names = {searchable(line.forename, line.surname), searchable(line.label)}
        named = self.named(names)
        if not named:
            return Match(None, "Nobody has this staff number, email or name yet.")
        sure = [person for person in named if person.start_date == line.start_date and not _numbers_differ(line, person)]
        # Without any start date a name alone is only enough where nobody else has it.
        if len(sure) == 1 and (line.start_date or len(named) == 1):
            return Match(sure[0], "Matched by name and start date." if line.start_date else "Matched by name.")
        return _question(line, "The name is the same, but nothing else proves that it is the same person", named)


def _akin(line: StaffLine, person: ExistingPerson) -> bool:
    return akin(line.surname, filter(None, (line.forename, line.known_as)), person)


def _numbers_differ(line: StaffLine, person: ExistingPerson) -> bool:
    has_own = bool(person.staff_number) and not _OUR_REFERENCE.fullmatch(person.staff_number)
    return bool(line.staff_number) and has_own and not same_number(line.staff_number, person.staff_number)


def _question(line: StaffLine, why: str, candidates: Sequence[ExistingPerson]) -> Match:
    known = listed([_described(person.label, person.start_date, person.post) for person in candidates])
    row = _described(line.label, line.start_date, line.post or "")
    return Match(None, f"{why}. The list has {row}; the school has {known}. Is it the same person, or somebody new?", tuple(candidates))


def _described(label: str, start: date | None, post: str) -> str:
    return ", ".join(part for part in (label, post, f"started {day_with_year(start)}" if start else "") if part)


class Managers:
    """Finds who a line manager's name, number or email in the sheet stands for."""

    def __init__(self, existing: Iterable[ExistingPerson], refs: Mapping[int, PersonRef], lines: Iterable[StaffLine]) -> None:
        self._found: dict[str, set[PersonRef]] = defaultdict(set)
        for person in existing:
            if person.leaving_date is None:
                self._add(PersonRef(person_id=person.id), person.title, person.forename, person.surname, person.known_as)
            self._add_codes(PersonRef(person_id=person.id), person.staff_number, person.email)
        for line in lines:
            if line.number in refs:
                self._add(refs[line.number], line.title or "", line.forename, line.surname, line.known_as or "")
                self._add_codes(refs[line.number], line.staff_number or "", line.email or "")

    def find(self, written: str) -> PersonRef | None:
        """The one person meant, or None if nobody or more than one may be."""
        for key in (f"# {number_key(written)}", _name_key(written)):
            if len(found := self._found.get(key, set())) == 1:
                return next(iter(found))
        return None

    def _add_codes(self, ref: PersonRef, *codes: str) -> None:
        for code in codes:
            if code:
                self._found[f"# {number_key(code)}"].add(ref)

    def _add(self, ref: PersonRef, title: str, forename: str, surname: str, known_as: str) -> None:
        for first in {forename, known_as, forename[:1], known_as[:1], ""}:
            self._found[_name_key(f"{first} {surname}")].add(ref)


def _name_key(written: str) -> str:
    """‘Doyle, Mrs Kate’, ‘Mrs Kate Doyle’ and ‘Kate Doyle’ are the same."""
    last, comma, first = written.partition(",")
    words = searchable(f"{first} {last}" if comma else written).replace(".", " ").split()
    titles = {title.casefold() for title in TITLES}
    return " ".join(word for word in words if word not in titles) or searchable(written)
