"""The staff list from a spreadsheet: what it would change, row by row, and the plan that a service then carries out.

Nothing here writes. The steps: sheets.read_sheet, columns.guess_columns (people may change it), read_staff_list,
preview_staff_list (again with answers to its questions), take_in_plan. Pure: no database, no Qt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from staffdev_desktop.exchange.columns import guess_columns
from staffdev_desktop.exchange.previews import Preview, PreviewRow, Verdict
from staffdev_desktop.exchange.sheets import Sheet, read_sheet
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.staff.importing_columns import IGNORED, LABELS, STAFF_LIST_WORDS, WANTED
from staffdev_desktop.staff.importing_groups import group_named, guess_group
from staffdev_desktop.staff.importing_lines import StaffLine, Trouble, read_staff_list, same_number
from staffdev_desktop.staff.importing_matches import ExistingPerson, Managers, Match, People, PersonRef

__all__ = [
    "ExistingPerson",
    "PersonChange",
    "PersonRef",
    "Question",
    "StaffLine",
    "StaffPreview",
    "Trouble",
    "open_staff_list",
    "preview_staff_list",
    "read_staff_list",
    "take_in_plan",
]

FULL_WEEK = 37.0  # hours; only where the list gives a share and nobody has said what full-time is: the share stays right
Value: TypeAlias = str | float | date

# In the order in which they are shown.
_COMPARED = ("title", "forename", "surname", "known_as", "staff_number", "email", "phone", "kind", "group", "start_date", "leaving_date")
_OF_THE_POST = ("post", "site", "weekly_hours", "full_time_hours")


@dataclass(frozen=True)
class PersonChange:
    """What is to be done about one person.

    `person_id` is None for somebody new. `values` holds only what is to be set: title, forename, surname, known_as, staff_number,
    email, phone, kind, group (a group's name), start_date and leaving_date (of the employment), post, site, weekly_hours and
    full_time_hours (of the main holding). `manager` is to be the line manager of the main holding; set managers after all people are
    in, when no circle is left. `new_employment`: the person had left and comes back.
    """

    row: int
    person_id: int | None
    values: Mapping[str, Value]
    manager: PersonRef | None = None
    new_employment: bool = False


@dataclass(frozen=True)
class Question:
    """A row that may be about somebody the school has: answered with one of their ids, or None for somebody new."""

    row: int
    sentence: str
    candidates: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class StaffPreview(Preview):
    """The preview, the questions still open, and the changes that belong to its new and changed rows."""

    questions: tuple[Question, ...] = ()
    changes: tuple[PersonChange, ...] = ()


@dataclass
class _Draft:
    """What becomes of one line while the preview is made."""

    line: StaffLine
    person: ExistingPerson | None
    reasons: list[str]
    values: dict[str, Value] = field(default_factory=dict)
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    manager: PersonRef | None = None
    new_employment: bool = False

    def keep_post_as_it_is(self, reason: str) -> None:
        """Leave hours and line manager alone: they belong to a post."""
        if any((self.line.site, self.line.weekly_hours, self.line.full_time_hours, self.line.share, self.line.manager)):
            self.reasons.append(reason)
        self.line = replace(self.line, site=None, weekly_hours=None, full_time_hours=None, share=None, manager=None)


def open_staff_list(data: bytes, name: str) -> tuple[Sheet, dict[str, int]]:
    """Read a staff list's file and guess its columns. Raises UserError for a fault of the file."""
    sheet = read_sheet(data, name, STAFF_LIST_WORDS)
    return sheet, guess_columns(sheet.header, sheet.rows, WANTED, IGNORED)


def preview_staff_list(
    lines: Sequence[StaffLine],
    troubles: Sequence[Trouble],
    existing: Sequence[ExistingPerson],
    groups: Sequence[str],
    answers: Mapping[int, int | None] | None = None,
) -> StaffPreview:
    """What taking the list in would do with every row; an empty cell never wipes a value.

    `groups` are the names of the school's staff groups; `answers` maps a row's number to a person's id, or None for somebody new.
    """
    people = People(existing)
    rows = [PreviewRow(trouble.number, trouble.label, Verdict.TROUBLE, trouble.reasons) for trouble in troubles]
    drafts: list[_Draft] = []
    questions: list[Question] = []
    taken: dict[int, int] = {}
    for line in lines:
        match = _answered(people, line, answers or {})
        if match.candidates:
            questions.append(Question(line.number, match.reason, tuple((person.id, person.label) for person in match.candidates)))
            rows.append(PreviewRow(line.number, line.label, Verdict.QUESTION, (match.reason,)))
        elif reason := _in_the_way(people, line, match, taken):
            rows.append(PreviewRow(line.number, line.label, Verdict.TROUBLE, (reason,)))
        else:
            if match.person:
                taken[match.person.id] = line.number
            drafts.append(_Draft(line, match.person, [match.reason]))
    for draft in drafts:
        _compare(draft, groups)
    _set_managers(drafts, people)
    rows += [_row(draft) for draft in drafts]
    asked_about = {person_id for question in questions for person_id, _ in question.candidates}
    return StaffPreview(
        rows=tuple(sorted(rows, key=lambda row: row.number)),
        not_in_list=tuple(person.label for person in existing if person.id not in taken | dict.fromkeys(asked_about) and _is_here(person)),
        questions=tuple(questions),
        changes=tuple(_change(draft) for draft in drafts if _verdict(draft) != Verdict.SAME),
    )


def take_in_plan(preview: StaffPreview) -> tuple[PersonChange, ...]:
    """What to do, to be carried out in one transaction; rows in trouble are left out, as the preview shows.

    Raises UserError while a question is open.
    """
    if preview.questions:
        rows = ", ".join(str(question.row) for question in preview.questions[:10])
        raise UserError(f"Answer {count_of(len(preview.questions), 'question')} first: row {rows}.", field="questions")
    return preview.changes


def _answered(people: People, line: StaffLine, answers: Mapping[int, int | None]) -> Match:
    match = people.match(line)
    if not match.candidates or line.number not in answers:
        return match
    answer = answers[line.number]
    if answer is None:
        return Match(None, "New, as you answered.")
    person = people.by_id.get(answer)
    return Match(person, "The same person, as you answered.") if person else match


def _in_the_way(people: People, line: StaffLine, match: Match, taken: Mapping[int, int]) -> str | None:
    """Why a line cannot be taken in although it can be read."""
    if match.person and match.person.id in taken:
        return f"Row {taken[match.person.id]} is about {match.person.label} already. If it is a second post, add it on the person’s record."
    holder = people.holder_of(line.staff_number)
    if holder and (match.person is None or holder.id != match.person.id):
        return f"Staff number {line.staff_number} belongs to {holder.label}."
    return None


def _compare(draft: _Draft, groups: Sequence[str]) -> None:
    """Find what the line would set, and how it is shown."""
    line, person = draft.line, draft.person
    if not line.post and not (person and person.post):
        draft.keep_post_as_it_is("Site, hours and line manager belong to a post, and the list names none: left out.")
    elif person and line.post and _plain(line.post) in {_plain(post) for post in person.other_posts}:
        draft.keep_post_as_it_is(f"‘{line.post}’ is not the main post: site, hours and line manager are left as they are.")
        draft.line = replace(draft.line, post=None)
    line = draft.line
    wanted: dict[str, Value | None] = {key: getattr(line, key) for key in (*_COMPARED, *_OF_THE_POST) if key != "group"}
    wanted["group"] = _group(draft, groups)
    wanted["weekly_hours"], wanted["full_time_hours"] = _hours(line, person)
    if person and person.leaving_date and line.start_date and line.start_date > person.leaving_date:
        draft.new_employment = True
        draft.reasons.append(f"Left on {day_with_year(person.leaving_date)} and comes back.")
    elif person and not _is_here(person) and not line.leaving_date:
        draft.reasons.append("Has left, and the list gives no later start date: stays as it is.")
    for key in (*_COMPARED, *_OF_THE_POST):
        value = wanted[key]
        before = getattr(person, key) if person else None
        anew = draft.new_employment and key in _OF_THE_POST
        if value is None or value == "" or (person and not anew and _same(key, before, value)):
            continue
        draft.values[key] = value
        draft.shown.append((LABELS[key], _shown(before), _shown(value)))


def _group(draft: _Draft, groups: Sequence[str]) -> str | None:
    """The staff group to set: as written, else guessed where none is set yet."""
    line, person = draft.line, draft.person
    if line.group and (named := group_named(line.group, groups)):
        return named
    if person and person.group:
        return None
    if person and not (line.post or line.group):
        return None
    guess = guess_group(line.post or "", groups) or guess_group(line.group or "", groups)
    draft.reasons.append(f"Staff group guessed: {guess}." if guess else "Staff group: not set.")
    return guess


def _hours(line: StaffLine, person: ExistingPerson | None) -> tuple[float | None, float | None]:
    """Weekly and full-time hours; a share becomes hours of the full-time ones that are known."""
    full = line.full_time_hours
    if line.weekly_hours is not None or line.share is None:
        return line.weekly_hours, full
    full = full or (person.full_time_hours if person else None) or FULL_WEEK
    return round(line.share * full, 2), full


def _same(key: str, before: Value | None, after: Value) -> bool:
    """Whether a value is what is there already, written another way."""
    if isinstance(before, str) and isinstance(after, str):
        if key == "staff_number":
            return same_number(before, after)
        return (
            _plain(before) == _plain(after)
            if key in ("email", "post", "site", "title")
            else " ".join(before.split()) == " ".join(after.split())
        )
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) < 0.01
    return before == after


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(value: Value | None) -> str:
    if isinstance(value, date):
        return day_with_year(value)
    return f"{value:g}" if isinstance(value, float) else value or ""


def _set_managers(drafts: Sequence[_Draft], people: People) -> None:
    """Resolve line managers among everybody who will be there, and refuse circles."""
    refs = {draft.line.number: _ref(draft) for draft in drafts}
    managers = Managers(people.by_id.values(), refs, [draft.line for draft in drafts])
    before = {
        PersonRef(person_id=person.id): PersonRef(person_id=person.manager_id) for person in people.by_id.values() if person.manager_id
    }
    after = dict(before)
    for draft in drafts:
        if not draft.line.manager:
            continue
        found = managers.find(draft.line.manager)
        if found is None or found == _ref(draft):
            why = "not one person that can be told" if found is None else "the person’s own name"
            draft.reasons.append(f"Line manager ‘{draft.line.manager}’ is {why}: left as it is.")
        elif found != before.get(_ref(draft)):
            draft.manager = after[_ref(draft)] = found
    _break_circles(drafts, before, after)
    names = {refs[draft.line.number]: draft.line.label for draft in drafts}
    names |= {PersonRef(person_id=person.id): person.name for person in people.by_id.values()}
    for draft in drafts:
        if draft.manager:
            old = before.get(_ref(draft))
            draft.shown.append((LABELS["manager"], names.get(old, "") if old else "", names[draft.manager]))


def _break_circles(drafts: Sequence[_Draft], before: Mapping[PersonRef, PersonRef], after: dict[PersonRef, PersonRef]) -> None:
    """Leave a line manager as it was wherever the new one would close a circle, until none is left."""
    again = True
    while again:
        again = False
        for draft in drafts:
            if draft.manager and _comes_back(_ref(draft), after):
                draft.reasons.append(f"Line manager ‘{draft.line.manager}’ would close a circle: left as it is.")
                draft.manager = None
                after.pop(_ref(draft))
                if old := before.get(_ref(draft)):
                    after[_ref(draft)] = old
                again = True


def _comes_back(start: PersonRef, managers: Mapping[PersonRef, PersonRef]) -> bool:
    seen: set[PersonRef] = set()
    step = managers.get(start)
    while step and step not in seen:
        if step == start:
            return True
        seen.add(step)
        step = managers.get(step)
    return False


def _ref(draft: _Draft) -> PersonRef:
    return PersonRef(person_id=draft.person.id) if draft.person else PersonRef(row=draft.line.number)


def _is_here(person: ExistingPerson) -> bool:
    return person.leaving_date is None or person.leaving_date >= clock.today()


def _verdict(draft: _Draft) -> Verdict:
    if draft.person is None:
        return Verdict.NEW
    return Verdict.CHANGED if draft.values or draft.manager else Verdict.SAME


def _row(draft: _Draft) -> PreviewRow:
    return PreviewRow(draft.line.number, draft.line.label, _verdict(draft), tuple(draft.reasons), tuple(draft.shown))


def _change(draft: _Draft) -> PersonChange:
    return PersonChange(draft.line.number, draft.person.id if draft.person else None, draft.values, draft.manager, draft.new_employment)
