"""Decisions of a portfolio: hours by term and kind, evidence by standard, what files are called. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import by_term
from staffdev_desktop.cpd.portfolio.rows import EvidenceLine, Portfolio
from staffdev_desktop.formkit import Framework, Standard, frameworks
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.years import year_days, year_label

NO_KIND = "Without a kind"
_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")  # attachments.rules takes nothing else


_OWN_WORDS = (
    ("learnt", "What I learnt"),
    ("changed", "What I changed"),
    ("impact", "What changed for pupils, or for those my work is for"),
    ("colleagues", "What colleagues gained"),
    ("barriers", "What got in the way"),
)


@dataclass(frozen=True)
class HoursLine:
    """A term or a kind: minutes and how many entries."""

    name: str
    minutes: int
    entries: int


def hours_by_term(portfolio: Portfolio) -> tuple[HoursLine, ...]:
    """The terms with entries, the oldest first; every kind is in it, whether it counts towards hours owed or not."""
    groups = reversed(by_term(portfolio.entries, portfolio.terms))
    return tuple(HoursLine(f"{group.name} {year_label(group.year)}", group.minutes + group.others, len(group.rows)) for group in groups)


def hours_by_kind(rows: Sequence[EntryRow]) -> tuple[HoursLine, ...]:
    """The kinds of the entries, the most hours first."""
    minutes: dict[str, int] = defaultdict(int)
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        minutes[row.kind or NO_KIND] += row.details.minutes
        count[row.kind or NO_KIND] += 1
    found = [HoursLine(kind, minutes[kind], count[kind]) for kind in minutes]
    return tuple(sorted(found, key=lambda line: (-line.minutes, line.name)))


def standard_in(words: str) -> str:
    """The standard that a link names, as it is written there; empty for a priority of the school."""
    return words if _standard(words) else ""


def by_standard(portfolio: Portfolio) -> tuple[tuple[Framework, tuple[tuple[Standard, tuple[EntryRow, ...]], ...]], ...]:
    """Every standard of the frameworks that any entry names, with its entries: those without one are gaps to see."""
    named: dict[tuple[str, str], list[EntryRow]] = defaultdict(list)
    for row in reversed(portfolio.entries):
        if found := _standard(portfolio.standards.get(row.id, "")):
            framework, standard = found
            named[framework.id, standard.code].append(row)
    used = [framework for framework in frameworks() if any(key[0] == framework.id for key in named)]
    return tuple(
        (framework, tuple((standard, tuple(named.get((framework.id, standard.code), ()))) for standard in framework.standards))
        for framework in used
    )


def _standard(words: str) -> tuple[Framework, Standard] | None:
    """Told by its number, which never changes, and by its label where two frameworks share the number."""
    fits = [
        (framework, standard) for framework in frameworks() for standard in framework.standards if words.startswith(f"{standard.code} ")
    ]
    exact = [each for each in fits if each[1].words == words]
    return next(iter(exact or fits), None)


def time_words(portfolio: Portfolio) -> str:
    """Which time a portfolio covers: ‘2026/27’, ‘1 September 2024 to 20 October 2026’, ‘all years’."""
    first, last = portfolio.first, portfolio.last
    if first and last and (first, last) == year_days(first.year):
        return year_label(first.year)
    if first is None and last is None:
        return "all years"
    if first is None:
        return f"up to {long_day(last or date.max)}"
    return f"from {long_day(first)}" if last is None else f"{long_day(first)} to {long_day(last)}"


def file_number(portfolio: Portfolio, line: EvidenceLine) -> str:
    """What a file of evidence is called in a package: entry and file by number, never words about somebody."""
    order = [entry.id for entry in reversed(portfolio.entries)]
    entry = order.index(line.entry_id) + 1
    file = portfolio.files_of(line.entry_id).index(line) + 1
    ending = PurePath(line.name).suffix.casefold()
    return f"evidence/{entry:04d}-{file}{ending if ending in _ENDINGS else ''}"


def numbered(rows: Sequence[EntryRow]) -> dict[int, int]:
    """The number of each entry, the oldest is 1: the same on the paper, in the list and in the names of files."""
    return {row.id: number for number, row in enumerate(reversed(rows), 1)}


def own_words(row: EntryRow) -> tuple[tuple[str, str], ...]:
    """What somebody wrote about an entry: what is said, and the words."""
    found = ((said, getattr(row.details, key).strip()) for key, said in _OWN_WORDS)
    return tuple((said, words) for said, words in found if words)
