"""Who a line of a spreadsheet of CPD is about: by staff number, else email, else name, in doubt one question for all their lines. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from staffdev_desktop.cpd.log.importing_lines import Whom
from staffdev_desktop.kernel.names import display_name, listed, searchable
from staffdev_desktop.staff.people_index import PeopleIndex, akin

_ALIKE = 0.8  # of the letters of a name: Katherine and Catherine
MOST_CANDIDATES = 6
MOST_STRANGERS = 300  # a sheet with more unknown names has no slips of the pen, but another school’s people in it


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whose log may be written, as a spreadsheet may call them."""

    id: int
    forename: str
    surname: str
    known_as: str = ""
    staff_number: str = ""
    email: str = ""
    post: str = ""

    @property
    def name(self) -> str:
        """The name they go by."""
        return display_name(self.forename, self.surname, self.known_as)

    @property
    def label(self) -> str:
        """Name, number and post: Kate Doyle (0012), Teaching assistant."""
        named = f"{self.name} ({self.staff_number})" if self.staff_number else self.name
        return ", ".join(part for part in (named, self.post) if part)


@dataclass(frozen=True)
class Found:
    """The person meant; or with `candidates` a question; or nobody, and why."""

    person: KnownPerson | None
    reason: str = ""
    candidates: tuple[KnownPerson, ...] = ()


class KnownPeople(PeopleIndex[KnownPerson]):
    """Those whose log may be written, found by what a sheet may call them. What was found once is remembered."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        super().__init__(people)
        self._initials: dict[str, list[tuple[KnownPerson, str]]] = defaultdict(list)  # of the surname
        self._found: dict[str, Found] = {}
        self._strangers = 0
        for person in self.by_id.values():
            self._initials[searchable(person.surname)[:1]].append((person, searchable(person.name)))

    def find(self, whom: Whom, answers: Mapping[str, int | None]) -> Found:
        """Who is meant; `answers` maps the key of a Whom to a person's id, or None for nobody here."""
        if whom.key not in self._found:
            self._found[whom.key] = self._find(whom)
        found = self._found[whom.key]
        if not found.candidates or whom.key not in answers:
            return found
        answer = answers[whom.key]
        if answer is None:
            return Found(None, f"Left out, as you answered about {whom.label}.")
        return Found(self.by_id[answer], "The person you chose.") if answer in self.by_id else found

    def _find(self, whom: Whom) -> Found:
        numbered, mailed = self.holder_of(whom.staff_number), self.mailed(whom.email)
        if numbered:
            if whom.surname and not akin(whom.surname, (whom.forename,), numbered):
                return _doubt(
                    whom, f"Staff number {whom.staff_number} belongs to somebody with another name", [numbered, *self._named(whom)]
                )
            return Found(numbered)
        if len(mailed) == 1:
            if whom.surname and not akin(whom.surname, (whom.forename,), mailed[0]):
                return _doubt(whom, "The email belongs to somebody with another name", [*mailed, *self._named(whom)])
            return Found(mailed[0])
        if len(mailed) > 1:
            return _doubt(whom, "Several people have this email", mailed)
        named = self._named(whom)
        if len(named) == 1:
            if whom.staff_number and named[0].staff_number:
                return _doubt(whom, f"The name is known, but not with staff number {whom.staff_number}", named)
            return Found(named[0])
        if named:
            return _doubt(whom, "Several people have this name", named)
        if near := self._near(whom):
            return _doubt(whom, "Nobody is called exactly this", near)
        return Found(None, f"Nobody here is called {whom.label}. If they belong to the school, add them under Staff first.")

    def _named(self, whom: Whom) -> list[KnownPerson]:
        names = {searchable(whom.forename, whom.surname), searchable(whom.surname, whom.forename)} if whom.surname else set()
        return self.named(names)

    def _near(self, whom: Whom) -> list[KnownPerson]:
        """Those with the surname alone, with an initial that fits, or with a name that is nearly this and begins alike."""
        if not whom.surname:
            return []
        whole, surname = searchable(whom.forename, whom.surname), searchable(whom.surname)
        self._strangers += 1
        matcher = SequenceMatcher(None, b=whole, autojunk=False)
        scored = []
        for person, theirs in self._initials.get(surname[:1], ()):
            if searchable(person.surname) == surname and _first_fits(whom, person):
                scored.append((-0.95, theirs, person.id))
                continue
            if self._strangers > MOST_STRANGERS:
                continue
            matcher.set_seq1(theirs)  # the quick ratios are never less than the true one
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _ALIKE and (score := matcher.ratio()) >= _ALIKE:
                scored.append((-score, theirs, person.id))
        return [self.by_id[person_id] for _, _, person_id in sorted(scored)[:MOST_CANDIDATES]]


def _first_fits(whom: Whom, person: KnownPerson) -> bool:
    first = searchable(whom.forename).rstrip(".")
    return not first or any(searchable(name).startswith(first[:1]) for name in (person.forename, person.known_as) if name)


def _doubt(whom: Whom, why: str, people: Sequence[KnownPerson]) -> Found:
    several = list({person.id: person for person in people}.values())[:MOST_CANDIDATES]
    known = listed([person.label for person in several])
    return Found(None, f"{why}: the sheet has {whom.label}, the school {known}. Who is meant?", tuple(several))
