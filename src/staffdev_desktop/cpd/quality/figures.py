"""What came of kinds and providers, in figures: with every line for those who act on it, or without names. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus
from staffdev_desktop.cpd.quality.rows import Result
from staffdev_desktop.pdr.reports.figures import divided, enough

NO_KIND, NO_PROVIDER = "No kind", "Nobody from outside"
OTHERS, TOGETHER = "Others", "All together"
TIME, WORTH, COST = "time", "worth", "cost"  # what the tables without names are about
Key = Callable[[EntryRow], str]


def kind_of(entry: EntryRow) -> str:
    """The kind of an entry, for a line of figures."""
    return entry.kind or NO_KIND


def provider_of(entry: EntryRow) -> str:
    """Its provider."""
    return entry.details.provider.strip() or NO_PROVIDER


def results(entries: Sequence[EntryRow], key: Key) -> tuple[Result, ...]:
    """One line for each kind or provider, the most hours first: for those who may see the entries themselves."""
    made = [_result(label, mine) for label, mine in _lines(entries, key).items()]
    return tuple(sorted(made, key=lambda each: (-each.minutes, each.label.casefold())))


def results_without_names(entries: Sequence[EntryRow], key: Key, minimum: int, about: str) -> tuple[Result, ...]:
    """The same for people who may not, one table ABOUT a matter at a time: lines with too few people are merged (DESIGN section 4).

    A table that would be one line only is tried again with fewer numbers in it: time without what is assured, worth with ‘partly’ and
    ‘no’ in one (then `worth_no` is None). Empty if even all together are too few.
    """
    lines = _lines(entries, key)
    for shown in _NUMBERS[about]:
        parts = divided({label: _people_behind(mine, shown) for label, mine in lines.items()}, minimum)
        if len(parts) > 1 or (parts and shown is _NUMBERS[about][-1]):
            return _merged(lines, parts, shown)
    return ()


def _merged(lines: Mapping[str, Sequence[EntryRow]], parts: Sequence[Sequence[str]], shown: Sequence[str]) -> tuple[Result, ...]:
    found = []
    for part in parts:
        label = part[0] if len(part) == 1 else TOGETHER if len(parts) == 1 else OTHERS
        whole = _result(label, [entry for member in part for entry in lines[member]])
        found.append(_only(whole, shown))
    return tuple(sorted(found, key=lambda each: (each.label == OTHERS, -each.minutes)))


def _only(whole: Result, shown: Sequence[str]) -> Result:
    """The numbers that a table has; the others are None."""
    either = "partly or no" in shown
    return replace(
        whole,
        pence=whole.pence if "cost" in shown else None,
        assured=whole.assured if "assured" in shown else None,
        worth_yes=whole.worth_yes if "yes" in shown else None,
        worth_partly=(whole.worth_partly or 0) + (whole.worth_no or 0) if either else whole.worth_partly if "partly" in shown else None,
        worth_no=whole.worth_no if "no" in shown else None,
    )


def _lines(entries: Sequence[EntryRow], key: Key) -> dict[str, list[EntryRow]]:
    """Entries by their label; the same words in other letters are one line, as they were first written."""
    first: dict[str, str] = {}
    found: dict[str, list[EntryRow]] = {}
    for entry in entries:
        label = key(entry)
        found.setdefault(first.setdefault(label.casefold(), label), []).append(entry)
    return found


def _people_behind(entries: Sequence[EntryRow], shown: Sequence[str]) -> list[list[int]]:
    """Everybody behind each number of a line."""
    return [[entry.person_id for entry in entries if _COUNTS[number](entry)] for number in shown]


def _result(label: str, entries: Sequence[EntryRow]) -> Result:
    worth = [_worth(entry) for entry in entries]
    return Result(
        label=label,
        people=len({entry.person_id for entry in entries}),
        entries=len(entries),
        minutes=sum(entry.details.minutes for entry in entries),
        pence=sum(entry.details.pence or 0 for entry in entries),
        assured=sum(_assured(entry) for entry in entries),
        worth_yes=worth.count("yes"),
        worth_partly=worth.count("partly"),
        worth_no=worth.count("no"),
    )


def _assured(entry: EntryRow) -> bool:
    return entry.status is EntryStatus.ASSURED


def _worth(entry: EntryRow) -> str:
    return entry.check.worth if entry.check else ""


def _costly(entry: EntryRow) -> bool:
    return bool(entry.details.pence)


_COUNTS: Mapping[str, Callable[[EntryRow], bool]] = {
    "all": lambda _entry: True,
    "assured": _assured,
    "not assured": lambda entry: not _assured(entry),
    "yes": lambda entry: _worth(entry) == "yes",
    "partly": lambda entry: _worth(entry) == "partly",
    "no": lambda entry: _worth(entry) == "no",
    "partly or no": lambda entry: _worth(entry) in ("partly", "no"),
    "cost": _costly,
}
_NUMBERS: Mapping[str, Sequence[Sequence[str]]] = {  # what a table has to tell, the fullest first
    TIME: (("assured", "not assured"), ("all",)),
    WORTH: (("yes", "partly", "no"), ("yes", "partly or no")),
    COST: (("cost",),),
}


def may_tell(entries: Sequence[EntryRow], minimum: int) -> bool:
    """Whether anything at all may be said without names."""
    return bool(entries) and enough([entry.person_id for entry in entries], minimum)
