"""The kind that a sheet’s word means, on the school’s own list. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from staffdev_desktop.cpd.log.rows import KindRow
from staffdev_desktop.exchange.sheets import plain_words

ADD: Final = "add"
KindChoice = int | str | None  # a kind’s id, ADD, or None for none
# What other programs and people call the kinds a school begins with; only where the school’s list has them.
_ALSO = {
    "course": "training course|external course|training|external training|workshop|face to face course",
    "inset": "inset day|training day|in service training|staff training day|baker day",
    "webinar": "online|online course|e learning|elearning|online training|virtual",
    "15 minute drop in": "drop in|dropin|drop in session",
    "peer observation": "observation|lesson observation|learning walk|observing a colleague",
    "visit to another school": "visit|school visit",
    "reading": "article|book|research reading|podcast",
    "network": "network meeting|cluster meeting|hub meeting|cluster",
    "coaching": "mentoring|coaching session",
    "accredited study": "npq|qualification|masters|degree|accredited",
    "required training": "statutory|statutory training|mandatory|mandatory training|compliance|safeguarding training",
}


@dataclass(frozen=True)
class UnknownKind:
    """A word of the sheet that is no kind of the school’s list, and on how many lines it stands."""

    written: str
    lines: int
    choice: KindChoice


class Kinds:
    """Finds the kind a word means; `choices` are answers about words that are not on the list, by their `plain_words`."""

    def __init__(self, known: Sequence[KindRow], choices: Mapping[str, KindChoice]) -> None:
        self._names = {plain_words(kind.name): kind.id for kind in known}
        for name, others in _ALSO.items():
            if name in self._names:
                self._names = {**dict.fromkeys(others.split("|"), self._names[name]), **self._names}
        self._choices = choices
        self._written: dict[str, str] = {}
        self._unknown: Counter[str] = Counter()
        self._seen: dict[str, tuple[str, int | None]] = {}  # a word comes again and again

    def find(self, written: str) -> KindChoice:
        """The id of the kind that is meant, ADD where it is to be added, or None."""
        if written not in self._seen:
            plain = plain_words(written)
            self._seen[written] = plain, self._known(plain) if plain else None
        plain, found = self._seen[written]
        if not plain:
            return None
        if found is None:
            self._written.setdefault(plain, written)
            self._unknown[plain] += 1
            return self._choices.get(plain)
        return found

    def _known(self, plain: str) -> int | None:
        for each in (plain, plain.removesuffix("s")):
            if each in self._names:
                return self._names[each]
        inside = {kind_id for name, kind_id in self._names.items() if f" {name} " in f" {plain} "}
        return next(iter(inside)) if len(inside) == 1 else None

    @property
    def unknown(self) -> tuple[UnknownKind, ...]:
        """The words that are not on the list, the commonest first."""
        return tuple(UnknownKind(self._written[plain], lines, self._choices.get(plain)) for plain, lines in self._unknown.most_common())


def choices_of(unknown: Iterable[UnknownKind], choice: KindChoice) -> dict[str, KindChoice]:
    """The same answer about all of them."""
    return {plain_words(each.written): choice for each in unknown}
