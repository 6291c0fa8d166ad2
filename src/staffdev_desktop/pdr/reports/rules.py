"""Decisions of reports: whom to remind of what, which needs come first, fingerprints as people type them. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from staffdev_desktop.kernel.dates import day_in_sentence, day_in_table
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, listed
from staffdev_desktop.pdr.reports.figures import is_overdue
from staffdev_desktop.pdr.reports.rows import Chase, MoveNote, Slip
from staffdev_desktop.pdr.rows import BoardRow, HistoryRow, NeedRow
from staffdev_desktop.pdr.rules import NOT_BACK, NOT_BOOKED, NOT_SIGNED, SETTLED_NEEDS, chase_list

NOBODY = "Nobody named yet"


def read_fingerprint(text: str) -> str:
    """7F3A-91C2-D05E-B468 from sixteen letters and digits in any grouping. Raises UserError.

    O is read as 0, I and L as 1: a fingerprint has none of them.
    """
    plain = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(str.maketrans("OIL", "011"))
    wrong = sorted(set(re.sub(r"[0-9A-F]", "", plain)))
    if wrong:
        raise UserError(f"There is no {wrong[0]} in a fingerprint: only digits and the letters A to F.", field="fingerprint")
    if len(plain) != 16:
        raise UserError(f"A fingerprint has 16 letters and digits. This has {len(plain)}.", field="fingerprint")
    return "-".join(plain[place : place + 4] for place in range(0, 16, 4))


def most_urgent_first(needs: Iterable[NeedRow], today: date) -> tuple[NeedRow, ...]:
    """The work list's order: what is past its day, then what is open by its day, then what is done or declined."""

    def key(need: NeedRow) -> tuple[int, date, str]:
        place = 0 if is_overdue(need, today) else 2 if need.state in SETTLED_NEEDS else 1
        return place, need.by_when or date.max, need.name

    return tuple(sorted(needs, key=key))


def chases(rows: Sequence[BoardRow], today: date) -> tuple[Chase, ...]:
    """The chase list with what a paper of it needs, in the order in which a school acts."""
    boards = {row.id: row for row in rows}
    found = []
    for line in chase_list(rows, today):
        row = boards[line.review_id]
        found.append(
            Chase(
                review_id=row.id,
                number=row.number,
                person_id=row.person_id,
                name=row.name,
                group=row.group,
                reviewer_id=row.reviewer_id,
                reviewer=row.reviewer or NOBODY,
                waiting_for=line.group,
                detail=_detail(row, line.group),
                days=line.days,
                late=line.late,
            )
        )
    return tuple(found)


def _detail(row: BoardRow, waiting_for: str) -> str:
    if waiting_for == NOT_BACK:
        return f"Due back {day_in_table(row.sheets_due_on)}"
    if waiting_for == NOT_SIGNED and row.dates.agreed_at is not None:
        return f"Agreed {day_in_table(row.dates.agreed_at.date())}"
    return f"Deadline {day_in_table(row.deadline)}"


def waited(chase: Chase) -> str:
    """‘11 days late’, ‘6 days left’, ‘waiting 2 days’."""
    days = count_of(chase.days, "day")
    if chase.late:
        return f"{days} late"
    if chase.waiting_for == NOT_SIGNED:
        return f"waiting {days}" if chase.days else "since today"
    return f"{days} left" if chase.days else "today"


def by_reviewer(found: Sequence[Chase]) -> tuple[tuple[str, tuple[Chase, ...]], ...]:
    """The chase list reviewer by reviewer; reviews without one come last."""
    people = {(chase.reviewer_id, chase.reviewer) for chase in found}
    ordered = sorted(people, key=lambda each: (each[0] is None, each[1], each[0] or 0))
    return tuple((name, tuple(chase for chase in found if chase.reviewer_id == person_id)) for person_id, name in ordered)


def by_person(found: Sequence[Chase]) -> tuple[Chase, ...]:
    """The chase list by the name of the member of staff."""
    return tuple(sorted(found, key=lambda chase: (chase.name, chase.number)))


def slips(rows: Sequence[BoardRow], rooms: Mapping[int, str], *, return_to: str, today: date) -> tuple[Slip, ...]:
    """A slip for everybody who is waited for: a member of staff for the sheet, a reviewer for the booking, both for the signature.

    `rooms` is where people work, by id. In the order of names.
    """
    boards = {row.id: row for row in rows}
    to = return_to or "the school office"
    names: dict[int, str] = {}
    asked: dict[int, list[str]] = {}
    to_book: dict[tuple[int, date], list[str]] = {}
    to_sign: dict[int, list[str]] = {}
    for chase in chases(rows, today):
        row = boards[chase.review_id]
        names[row.person_id] = row.name
        if row.reviewer_id is not None:
            names[row.reviewer_id] = row.reviewer
        if chase.waiting_for == NOT_BACK:
            asked.setdefault(row.person_id, []).append(
                f"Your self-review sheet was due back on {day_in_sentence(row.sheets_due_on)}. Hand it to {to}, even if parts are empty."
            )
        elif chase.waiting_for == NOT_BOOKED and row.reviewer_id is not None:
            to_book.setdefault((row.reviewer_id, row.deadline), []).append(row.name)
        elif chase.waiting_for == NOT_SIGNED:
            asked.setdefault(row.person_id, []).append(f"Your review is agreed. Sign both copies of the statement and bring them to {to}.")
            if row.reviewer_id is not None:
                to_sign.setdefault(row.reviewer_id, []).append(row.name)
    for (reviewer_id, deadline), members in to_book.items():
        what = "the review meeting" if len(members) == 1 else "review meetings"
        day = day_in_sentence(deadline)
        asked.setdefault(reviewer_id, []).append(f"Book {what} with {listed(members)}. The deadline is {day}.")
    for reviewer_id, members in to_sign.items():
        whose = "the statement" if len(members) == 1 else "the statements"
        asked.setdefault(reviewer_id, []).append(f"Sign both copies of {whose} of {listed(members)}, and bring them to {to}.")
    found = [Slip(person_id, names[person_id], rooms.get(person_id, ""), tuple(asks)) for person_id, asks in asked.items()]
    return tuple(sorted(found, key=lambda slip: (slip.name, slip.person_id)))


def move_notes(rows: Sequence[BoardRow], new: str) -> tuple[MoveNote, ...]:
    """A note to each member of staff whose review goes to the reviewer `new`, to that reviewer, and to whoever had it until now.

    `rows` are the reviews as they were before. A review without a reviewer has nobody to write to but the other two.
    """
    staff, reviewers = [], []
    for old, old_id in sorted({(row.reviewer, row.reviewer_id) for row in rows}, key=lambda each: (each[0], each[1] or 0)):
        theirs = tuple(sorted((row for row in rows if row.reviewer_id == old_id), key=lambda row: row.name))
        until_now = f" Until now it was with {old}." if old else ""
        staff += [MoveNote(row.name, f"Your review is now with {new}.{until_now}", (row,)) for row in theirs]
        number = "This review" if len(theirs) == 1 else f"These {len(theirs)} reviews"
        verb = "is" if len(theirs) == 1 else "are"
        before = f" Until now: {old}." if old else ""
        reviewers.append(MoveNote(new, f"{number} {verb} now with you.{before}", theirs))
        if old:
            reviewers.append(MoveNote(old, f"{number} {verb} now with {new}, and no longer with you.", theirs))
    return (*staff, *reviewers)


def outcomes_in_words(rows: Sequence[HistoryRow]) -> str:
    """‘11 targets judged: 7 met, 3 partly met, 1 carried forward’; nothing if none is judged yet."""
    counts: dict[str, int] = {}
    for row in rows:
        for target in row.targets:
            if target.outcome:
                counts[target.outcome] = counts.get(target.outcome, 0) + 1
    if not counts:
        return ""
    words = listed([f"{number} {outcome}" for outcome, number in sorted(counts.items(), key=lambda item: -item[1])])
    return f"{count_of(sum(counts.values()), 'target')} judged: {words}"
