"""Entries from a spreadsheet: what they would change, row by row, and the plan that a service then carries out.

Nothing here writes. The steps: importing_files.open_entries, importing_lines.read_entries (or importing_matrix), preview_entries (again
with answers to its questions), take_in_plan, taking_in.take_in_entries. Pure: no database, no Qt.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from staffdev_desktop.cpd.log.importing_kinds import ADD, KindChoice, Kinds, UnknownKind
from staffdev_desktop.cpd.log.importing_lines import EntryLine, Lists, Trouble
from staffdev_desktop.cpd.log.importing_people import KnownPeople, KnownPerson
from staffdev_desktop.cpd.log.rows import EntryDetails, KindRow
from staffdev_desktop.cpd.log.rules import check_day_total, check_details, check_employed, day_question, hours, year_of_entry
from staffdev_desktop.exchange.previews import Preview, PreviewRow, Verdict
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, searchable
from staffdev_desktop.kernel.years import Closure, year_label, year_of

# What a sheet may add to an entry that is there already: only where the log says nothing yet.
FILLED = (
    "kind_id", "strand", "setting", "provider", "paid", "pence", "who_pays", "fee_share", "priority", "learnt", "changed", "impact",
    "colleagues", "barriers", "look_again_on",
)  # fmt: skip
_FIELD_LABELS = {
    "kind_id": "Kind", "strand": "Strand", "setting": "Setting", "provider": "Provider", "paid": "Whose time", "pence": "Cost",
    "who_pays": "Who pays", "fee_share": "Share of the fee", "priority": "School priority", "learnt": "What I learnt",
    "changed": "What I changed", "impact": "What changed for pupils", "colleagues": "What colleagues gained",
    "barriers": "What got in the way", "look_again_on": "Look again on",
}  # fmt: skip
Period = tuple[date | None, date | None]
Key = tuple[int, date, int, str]


@dataclass(frozen=True)
class KnownEntry:
    """A line of the log, as far as a sheet may be the same. `checked`: somebody has looked at it, so no sheet adds to it."""

    id: int
    revision: int
    person_id: int
    details: EntryDetails
    checked: bool = False


@dataclass(frozen=True)
class KnownLog:
    """Everything a preview compares with: those whose log may be written, their times with the school, their entries, the lists."""

    people: tuple[KnownPerson, ...]
    periods: Mapping[int, Sequence[Period]]
    entries: tuple[KnownEntry, ...]
    kinds: tuple[KindRow, ...]
    lists: Lists
    closures: tuple[Closure, ...] = ()
    may_add_kinds: bool = False


@dataclass(frozen=True)
class EntryPreviewRow(PreviewRow):
    """One entry of the sheet, as far as it could be read."""

    day: date | None = None
    minutes: int | None = None
    activity: str = ""


@dataclass(frozen=True)
class PersonQuestion:
    """A person as the sheet writes them, who may be one of `candidates`: one answer for all their `rows`."""

    key: str
    label: str
    sentence: str
    candidates: tuple[tuple[int, str], ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class EntryChange:
    """What is to be done about one line: a new entry, or with `entry_id` words for one that is there. `new_kind` is to be added first."""

    row: int
    column: str
    person_id: int
    name: str
    details: EntryDetails
    new_kind: str = ""
    entry_id: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class EntryPreview(Preview):
    """The preview, the questions still open, the words that are no kind, and the changes of its new and changed rows."""

    questions: tuple[PersonQuestion, ...] = ()
    unknown_kinds: tuple[UnknownKind, ...] = ()
    changes: tuple[EntryChange, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What a person has said about a sheet: who is meant, by `Whom.key`, and what becomes of words that are no kind."""

    people: Mapping[str, int | None]
    kinds: Mapping[str, KindChoice]


NO_ANSWERS = Answers({}, {})


def preview_entries(
    lines: Sequence[EntryLine],
    troubles: Sequence[Trouble],
    known: KnownLog,
    answers: Answers = NO_ANSWERS,
    *,
    year: int | None = None,
    step: Callable[[int, int], None] | None = None,
) -> EntryPreview:
    """What taking the lines in would do; an empty cell never wipes a word, and what is in the log stays as it is.

    `year` is given where the sheet is for one academic year. `step(done, of)` is called every now and then, and may stop it all.
    """
    work = _Work(known, answers, year)
    rows = [_row_in_trouble(trouble) for trouble in troubles]
    for place, line in enumerate(lines):
        if step and place % 500 == 0:
            step(place, len(lines))
        rows.append(work.row(line))
    return EntryPreview(
        rows=tuple(sorted(rows, key=lambda row: (row.number, len(row.column), row.column))),
        questions=work.questions(),
        unknown_kinds=work.kinds.unknown,
        changes=tuple(work.changes),
    )


def take_in_plan(preview: EntryPreview) -> tuple[EntryChange, ...]:
    """What to do, to be carried out in one transaction; rows in trouble are left out, as the preview shows.

    Raises UserError while a question is open.
    """
    if preview.questions:
        who = ", ".join(question.label for question in preview.questions[:5])
        raise UserError(f"Answer {count_of(len(preview.questions), 'question')} first, about {who}.", field="questions")
    return preview.changes


def key_of(person_id: int, details: EntryDetails) -> Key:
    """What makes two lines the same: person, day, minutes, activity (as in `rules.same_words`)."""
    return person_id, details.done_on, details.minutes, " ".join(searchable(details.activity).split())


class _Work:
    """One pass over the lines."""

    def __init__(self, known: KnownLog, answers: Answers, year: int | None) -> None:
        self.kinds = Kinds(known.kinds, answers.kinds)
        self.changes: list[EntryChange] = []
        self._known, self._answers, self._year = known, answers, year
        self._people = KnownPeople(known.people)
        self._today = clock.today()
        self._asked: dict[str, PersonQuestion] = {}
        self._asked_rows: dict[str, list[int]] = defaultdict(list)
        self._entries: dict[Key, KnownEntry] = {}
        self._alike: dict[tuple[int, date, str], int] = {}
        self._totals: dict[tuple[int, date], int] = defaultdict(int)
        self._taken: dict[Key, EntryLine] = {}
        for entry in known.entries:
            key = key_of(entry.person_id, entry.details)
            self._entries.setdefault(key, entry)
            self._alike[key[0], key[1], key[3]] = key[2]
            self._totals[key[0], key[1]] += key[2]
        self._about_day = lru_cache(maxsize=None)(self._question_about_day)

    def row(self, line: EntryLine) -> EntryPreviewRow:
        """What becomes of one line."""
        found = self._people.find(line.whom, self._answers.people)
        if found.candidates:
            self._ask(line, found.reason, found.candidates)
            return _row(line, Verdict.QUESTION, (found.reason,))
        if found.person is None:
            return _row(line, Verdict.TROUBLE, (found.reason,))
        person = found.person
        kind = self.kinds.find(line.kind)
        details = replace(line.details, kind_id=kind) if isinstance(kind, int) else line.details
        key = key_of(person.id, details)
        if key in self._taken:
            before = self._taken[key]
            place = f"Column {before.column} of row {before.number}" if before.column else f"Row {before.number}"
            return _row(line, Verdict.SAME, (f"{place} says the same: taken in once.",), person.name)
        notes = list(line.notes)
        if line.kind and kind is None:
            notes.append(f"‘{line.kind[:40]}’ is no kind of the school’s list: without a kind.")
        if entry := self._entries.get(key):
            self._taken[key] = line
            return self._compared(line, person.name, entry, details, notes, line.kind if kind == ADD else "")
        if reason := self._trouble(person, details):
            return _row(line, Verdict.TROUBLE, (reason,), person.name)
        self._taken[key] = line
        self._totals[person.id, details.done_on] += details.minutes
        self.changes.append(EntryChange(line.number, line.column, person.id, person.name, details, line.kind if kind == ADD else ""))
        return _row(line, Verdict.NEW, (*notes, *self._remarks(key, details)), person.name)

    def questions(self) -> tuple[PersonQuestion, ...]:
        """The people still asked about, each with all their rows."""
        return tuple(replace(question, rows=tuple(self._asked_rows[key])) for key, question in self._asked.items())

    def _ask(self, line: EntryLine, sentence: str, candidates: Sequence[KnownPerson]) -> None:
        key = line.whom.key
        self._asked_rows[key].append(line.number)
        if key not in self._asked:
            self._asked[key] = PersonQuestion(key, line.whom.label, sentence, tuple((each.id, each.label) for each in candidates), ())

    def _compared(
        self, line: EntryLine, name: str, entry: KnownEntry, details: EntryDetails, notes: list[str], new_kind: str
    ) -> EntryPreviewRow:
        """A line that the log has: its words are added where the log has none."""
        filled = {key: getattr(details, key) for key in FILLED if _empty(entry.details, key) and not _empty(details, key)}
        add_kind = new_kind if entry.details.kind_id is None else ""
        if (filled or add_kind) and not entry.checked:
            after = replace(entry.details, **filled)
            self.changes.append(EntryChange(line.number, line.column, entry.person_id, name, after, add_kind, entry.id, entry.revision))
            shown = [(_FIELD_LABELS[key], "", self._shown(key, value)) for key, value in filled.items()]
            shown += [("Kind", "", add_kind)] if add_kind else []
            return _row(line, Verdict.CHANGED, ("In the log already, where this is still empty.",), name, tuple(shown))
        if filled or add_kind:
            notes.append("It was checked in the log, so nothing is added.")
        differing = [_FIELD_LABELS[key].casefold() for key in FILLED if _differs(entry.details, details, key)]
        if differing:
            notes.append(f"The log says something else about {', '.join(differing)}: left as it is.")
        return _row(line, Verdict.SAME, ("In the log already.", *notes), name)

    def _shown(self, key: str, value: object) -> str:
        if key == "kind_id":
            return next((kind.name for kind in self._known.kinds if kind.id == value), "")
        if isinstance(value, date):
            return long_day(value)
        return f"£{value / 100:,.2f}" if isinstance(value, int) else str(value)[:80]

    def _trouble(self, person: KnownPerson, details: EntryDetails) -> str:
        """Why a line cannot be taken in although it can be read."""
        try:
            check_details(details, self._today)
            check_employed(person.name, details.done_on, self._known.periods.get(person.id, ()))
            check_day_total(person.name, details.done_on, self._totals[person.id, details.done_on] + details.minutes)
        except UserError as error:
            return error.message
        years = (year_of_entry(details.done_on, self._known.lists.terms), year_of(details.done_on))  # an INSET day before the first term
        if self._year is not None and self._year not in years:
            return f"{long_day(details.done_on)} is not in {year_label(self._year)}, the year of this sheet."
        return ""

    def _remarks(self, key: Key, details: EntryDetails) -> list[str]:
        """What somebody may want to look at although it is taken in."""
        remarks = [self._about_day(details.done_on)] if self._about_day(details.done_on) else []
        before = self._alike.get((key[0], key[1], key[3]))
        if before is not None:
            remarks.append(f"The log has the same of this day with {hours(before)} h.")
        return remarks

    def _question_about_day(self, day: date) -> str:
        terms = [term for term in self._known.lists.terms if term.year == year_of(day)]  # none: a year whose dates nobody entered
        return (day_question(day, terms, self._known.closures) or "").removesuffix(" Keep it?")


def _empty(details: EntryDetails, key: str) -> bool:
    return getattr(details, key) in ("", None)


def _differs(before: EntryDetails, after: EntryDetails, key: str) -> bool:
    return not _empty(before, key) and not _empty(after, key) and getattr(before, key) != getattr(after, key)


def _row(
    line: EntryLine, verdict: Verdict, reasons: tuple[str, ...], name: str = "", changes: tuple[tuple[str, str, str], ...] = ()
) -> EntryPreviewRow:
    details = line.details
    label = name or line.whom.label
    return EntryPreviewRow(
        line.number, label, verdict, reasons, changes, line.column, details.done_on, details.minutes, details.activity
    )  # fmt: skip


def _row_in_trouble(trouble: Trouble) -> EntryPreviewRow:
    return EntryPreviewRow(
        trouble.number, trouble.label, Verdict.TROUBLE, trouble.reasons, (), trouble.column, trouble.day, trouble.minutes, trouble.activity
    )  # fmt: skip
