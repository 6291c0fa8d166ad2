"""What came of kinds and providers, in figures: with every line for those who act on it, or without names. Pure."""

from collections.abc import Callable, Mapping, Sequence

from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus
from staffdev_desktop.cpd.quality.rows import Result
from staffdev_desktop.pdr.reports.figures import divided, enough

NO_KIND, NO_PROVIDER = "No kind", "Nobody from outside"
OTHERS, TOGETHER = "Others", "All together"
Key = Callable[[EntryRow], str]


def kind_of(entry: EntryRow) -> str:
    """The kind of an entry, for a line of figures."""
    return entry.kind or NO_KIND


def provider_of(entry: EntryRow) -> str:
    """Its provider."""
    return entry.details.provider.strip() or NO_PROVIDER


def results(entries: Sequence[EntryRow], key: Key) -> tuple[Result, ...]:
    """One line for each kind or provider, the most hours first: for those who may see the entries themselves."""
    made = [_result(label, mine, shown=True) for label, mine in _lines(entries, key).items()]
    return tuple(sorted(made, key=lambda each: (-each.minutes, each.label.casefold())))


def results_without_names(entries: Sequence[EntryRow], key: Key, minimum: int) -> tuple[Result, ...]:
    """The same for people who may not: lines with too few people are merged until nobody can be told apart (DESIGN section 4).

    If with all numbers everything would be one line, only entries and hours are given. Empty if even all together are too few.
    """
    lines = _lines(entries, key)
    for shown, cells in ((True, _all_cells), (False, _few_cells)):
        parts = divided({label: cells(mine) for label, mine in lines.items()}, minimum)
        if len(parts) > 1 or (parts and (not shown or len(lines) == 1)):
            return _merged(lines, parts, shown=shown)
    return ()


def _merged(lines: Mapping[str, Sequence[EntryRow]], parts: Sequence[Sequence[str]], *, shown: bool) -> tuple[Result, ...]:
    found = []
    for part in parts:
        label = part[0] if len(part) == 1 else TOGETHER if len(parts) == 1 else OTHERS
        found.append(_result(label, [entry for member in part for entry in lines[member]], shown=shown))
    return tuple(sorted(found, key=lambda each: (each.label == OTHERS, -each.minutes)))


def _lines(entries: Sequence[EntryRow], key: Key) -> dict[str, list[EntryRow]]:
    """Entries by their label; the same words in other letters are one line, as they were first written."""
    first: dict[str, str] = {}
    found: dict[str, list[EntryRow]] = {}
    for entry in entries:
        label = key(entry)
        found.setdefault(first.setdefault(label.casefold(), label), []).append(entry)
    return found


def _all_cells(entries: Sequence[EntryRow]) -> list[list[int]]:
    """Everybody behind each number of a line, and behind what it leaves."""
    split: list[list[EntryRow]] = [
        [entry for entry in entries if entry.details.pence],
        [entry for entry in entries if not entry.details.pence],
        [entry for entry in entries if _assured(entry)],
        [entry for entry in entries if not _assured(entry)],
        *([entry for entry in entries if _worth(entry) == worth] for worth in ("yes", "partly", "no", "")),
    ]
    return [[entry.person_id for entry in cell] for cell in split]


def _few_cells(entries: Sequence[EntryRow]) -> list[list[int]]:
    return [[entry.person_id for entry in entries]]


def _result(label: str, entries: Sequence[EntryRow], *, shown: bool) -> Result:
    worth = [_worth(entry) for entry in entries]
    return Result(
        label=label,
        people=len({entry.person_id for entry in entries}),
        entries=len(entries),
        minutes=sum(entry.details.minutes for entry in entries),
        pence=sum(entry.details.pence or 0 for entry in entries) if shown else None,
        assured=sum(_assured(entry) for entry in entries) if shown else None,
        worth_yes=worth.count("yes") if shown else None,
        worth_partly=worth.count("partly") if shown else None,
        worth_no=worth.count("no") if shown else None,
    )


def _assured(entry: EntryRow) -> bool:
    return entry.status is EntryStatus.ASSURED


def _worth(entry: EntryRow) -> str:
    return entry.check.worth if entry.check else ""


def may_tell(entries: Sequence[EntryRow], minimum: int) -> bool:
    """Whether anything at all may be said without names."""
    return bool(entries) and enough([entry.person_id for entry in entries], minimum)
