"""Last year's targets from a spreadsheet: on day one a school has them in a list or on paper, and this year's reviews judge them.

The steps: open_target_list, preview_targets (nothing is written yet), take_in_target_list. One target a line, or several on one line
(Target 1, Target 2 ...); people are matched by staff number, else by name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.exchange import cells
from staffdev_desktop.exchange.columns import Wanted, guess_columns, words_of
from staffdev_desktop.exchange.previews import Preview, PreviewRow, Verdict
from staffdev_desktop.exchange.sheets import Line, Sheet, read_sheet
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import count_of, display_name, searchable, split_name
from staffdev_desktop.pdr.rows import BoardRow, TargetRow
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services.words import OldTarget, take_in_last_targets

MOST_IN_A_LINE = 6
_NUMBERED = tuple(
    Wanted(f"target_{number}", f"Target {number}", (f"Target {number}", f"Objective {number}", f"T{number}"))
    for number in range(1, MOST_IN_A_LINE + 1)
)
WANTED = (
    Wanted("number", "Staff number", ("Staff number", "Staff no", "Employee number", "Payroll number", "Staff ID", "Reference")),
    Wanted("name", "Name", ("Name", "Full name", "Member of staff", "Employee", "Staff"), None),
    Wanted("forename", "Forename", ("Forename", "First name", "Given name")),
    Wanted("surname", "Surname", ("Surname", "Last name", "Family name")),
    Wanted("target", "Target", ("Target", "Objective", "PDR target", "Appraisal target", "Last year’s target")),
    *_NUMBERED,
    Wanted("success_criteria", "Success criteria", ("Success criteria", "Measure", "Evidence", "How we will know")),
    Wanted("by_when", "By when", ("By when", "Deadline", "Due", "Due date", "Target date")),
    Wanted("agreed_on", "Agreed on", ("Agreed on", "Date agreed", "Meeting date", "Review date")),
)


@dataclass(frozen=True)
class Known:
    """A review of the running cycles, and what it already has of last year.

    `agreed_here` is whether those targets were agreed in this program: then no list replaces them.
    """

    row: BoardRow
    targets: tuple[TargetRow, ...] = ()
    agreed_here: bool = False


@dataclass(frozen=True)
class TargetsChange:
    """The targets that one review gets, and the first line of the list they stand on."""

    row: int
    review_id: int
    name: str
    targets: tuple[OldTarget, ...]


@dataclass(frozen=True)
class TargetsPreview:
    """What the list would change: the rows to show, and the plan to carry out."""

    preview: Preview
    plan: tuple[TargetsChange, ...]


def open_target_list(data: bytes, name: str) -> tuple[Sheet, dict[str, int]]:
    """Read a list and guess its columns. Raises UserError if it cannot be read or has no names or no targets in it."""
    sheet = read_sheet(data, name, words_of(WANTED))
    columns = guess_columns(sheet.header, sheet.rows, WANTED)
    if not any(key.startswith("target") for key in columns):
        raise UserError("No column of this list is called ‘Target’. Give the column with the targets that heading, then choose it again.")
    if not columns.keys() & {"number", "name", "surname"}:
        raise UserError("No column of this list says whose targets they are. Give it the heading ‘Name’ or ‘Staff number’.")
    return sheet, columns


def preview_targets(sheet: Sheet, columns: Mapping[str, int], known: Sequence[Known]) -> TargetsPreview:
    """What each line would do. Lines of the same person belong together; if one of them is in trouble, none is taken in."""
    found: dict[int, list[tuple[int, list[OldTarget]]]] = {}
    troubled: dict[int, str] = {}
    rows: list[PreviewRow] = []
    by_id = {each.row.id: each for each in known}
    last_label = ""
    for line in sheet.rows:
        if line.blank:
            continue
        label = _label(line, columns) or last_label
        last_label = label
        review_id: int | None = None
        try:
            each = _match(line, columns, label, known)
            review_id = each.row.id
            targets = _targets(line, columns)
        except UserError as error:
            rows.append(PreviewRow(line.number, label or "No name", Verdict.TROUBLE, (error.message,)))
            if review_id is not None:
                troubled[review_id] = error.message
            continue
        if targets:
            found.setdefault(review_id, []).append((line.number, targets))
    plan: list[TargetsChange] = []
    for review_id, parts in found.items():
        change = TargetsChange(parts[0][0], review_id, by_id[review_id].row.name, tuple(target for _, part in parts for target in part))
        verdict, reason = _verdict(change, by_id[review_id], review_id in troubled)
        rows.append(PreviewRow(change.row, change.name, verdict, (reason,), _changes(change, by_id[review_id])))
        if verdict in (Verdict.NEW, Verdict.CHANGED):
            plan.append(change)
    rows.sort(key=lambda row: row.number)
    missing = tuple(each.row.name for each in known if each.row.id not in found and not each.targets and not each.row.first_year)
    return TargetsPreview(Preview(tuple(rows), missing), tuple(plan))


@needs(Permission.RUN_CYCLE)
def take_in_target_list(session: Session, actor: Actor, *, plan: Sequence[TargetsChange]) -> int:
    """Carry out a plan, everybody or nobody. Returns how many reviews got targets. Raises UserError, which names the line."""
    for change in plan:
        try:
            take_in_last_targets(session, actor, review_id=change.review_id, targets=change.targets)
        except UserError as error:
            raise UserError(f"Row {change.row}, {change.name}: {error.message} Nothing was taken in.", field=error.field) from error
    return len(plan)


def _label(line: Line, columns: Mapping[str, int]) -> str:
    """Who a line is about, as it is written there."""

    def words(key: str) -> str:
        return cells.line(line.cell(columns.get(key))) or ""

    if name := words("name"):
        _, forename, surname = split_name(name)
        return display_name(forename, surname)
    if surname := words("surname"):
        return display_name(words("forename"), surname)
    return words("number")


def _match(line: Line, columns: Mapping[str, int], label: str, known: Sequence[Known]) -> Known:
    """The review a line belongs to. Raises UserError if there is none, or more than one."""
    number = cells.code(line.cell(columns.get("number")))
    if number:
        same = [each for each in known if _plain_number(each.row.staff_number) == _plain_number(number)]
        if not same:
            raise UserError(f"Nobody in this cycle has the staff number {number}.")
    else:
        if not label:
            raise UserError("This line names nobody.")
        same = [each for each in known if searchable(each.row.name) == searchable(label)]
        if not same:
            raise UserError("Nobody in this cycle has this name.")
    if len(same) > 1:
        raise UserError("There is more than one review for this person or name. Type these targets in by hand.")
    if not is_open(same[0].row.stage):
        raise UserError("This review is agreed already.")
    return same[0]


def _plain_number(number: str) -> str:
    return re.sub(r"[\s/-]", "", number).casefold().lstrip("0")


def _targets(line: Line, columns: Mapping[str, int]) -> list[OldTarget]:
    by_when: date | None = cells.day(line.cell(columns.get("by_when")))
    agreed_on: date | None = cells.day(line.cell(columns.get("agreed_on")))
    criteria = cells.text(line.cell(columns.get("success_criteria"))) or ""
    keys = ["target", *(wanted.key for wanted in _NUMBERED)]
    written = [words for key in keys if (words := cells.text(line.cell(columns.get(key))))]
    return [OldTarget(words, criteria if len(written) == 1 else "", by_when, agreed_on) for words in written]


def _verdict(change: TargetsChange, known: Known, troubled: bool) -> tuple[Verdict, str]:
    number = count_of(len(change.targets), "target")
    if troubled:
        return Verdict.TROUBLE, "Another line of this person is in trouble."
    if known.agreed_here:
        return Verdict.TROUBLE, "Last year’s targets were agreed in this program; a list does not replace them."
    if tuple(_as_old(target) for target in known.targets) == change.targets:
        return Verdict.SAME, f"The same {number} are there already."
    return (Verdict.CHANGED, f"{number} in place of {len(known.targets)}.") if known.targets else (Verdict.NEW, f"{number}.")


def _changes(change: TargetsChange, known: Known) -> tuple[tuple[str, str, str], ...]:
    before = "; ".join(target.target for target in known.targets)
    return (("Targets", before, "; ".join(target.target for target in change.targets)),)


def _as_old(target: TargetRow) -> OldTarget:
    return OldTarget(target.target, target.success_criteria, target.by_when, target.agreed_on)
