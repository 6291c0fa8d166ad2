"""Opens a spreadsheet of CPD and says what it is: a line an entry, a matrix of people and courses, or one person’s own sheet. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from staffdev_desktop.cpd.log.importing import Answers, EntryPreview, KnownLog, preview_entries
from staffdev_desktop.cpd.log.importing_columns import CPD_WORDS, IGNORED, PERSON_KEYS, WANTED
from staffdev_desktop.cpd.log.importing_lines import Whom, read_entries
from staffdev_desktop.cpd.log.importing_matrix import Course, matrix_columns, read_matrix
from staffdev_desktop.cpd.log.person_sheet import token_of
from staffdev_desktop.exchange.columns import guess_columns
from staffdev_desktop.exchange.sheets import Sheet, read_sheet
from staffdev_desktop.exchange.tokens import LogToken, verify_log
from staffdev_desktop.kernel.errors import UserError

MOST_CELLS = 1_000_000  # 50,000 lines of 20 columns
Step = Callable[[int, int], None]


class Shape(StrEnum):
    """How a sheet is laid out."""

    LIST = "a line for each entry"
    MATRIX = "people down, courses across"
    OWN_SHEET = "one person’s own sheet"


@dataclass(frozen=True)
class OpenedSheet:
    """A sheet as it was read, and what was guessed about it. `token` only for a person’s own sheet."""

    sheet: Sheet
    shape: Shape
    columns: Mapping[str, int]
    courses: tuple[Course, ...] = ()
    token: LogToken | None = None

    @property
    def may_be_matrix(self) -> bool:
        """Whether it can be read either way."""
        return bool(self.courses)


def open_entries(data: bytes, name: str, *, key: bytes, file_id: str, step: Callable[[], None] | None = None) -> OpenedSheet:
    """Read a file and guess what it is; `key` and `file_id` are the school’s, for a person’s own sheet.

    `step()` is called every now and then, and may stop it all. Raises UserError for a fault of the file, or for a sheet of another school.
    """
    sheet = read_sheet(data, name, CPD_WORDS, MOST_CELLS, step)
    columns = guess_columns(sheet.header, sheet.rows, WANTED, IGNORED)
    if written := token_of(sheet):
        token = verify_log(written, key)
        if token.file != file_id:
            raise UserError("This log sheet is from another school file. Open that one, or make a new sheet.")
        without_person = {name: place for name, place in columns.items() if name not in PERSON_KEYS}
        return OpenedSheet(sheet, Shape.OWN_SHEET, without_person, token=token)
    matrix = matrix_columns(sheet)
    if matrix is None:
        return OpenedSheet(sheet, Shape.LIST, columns)
    people, courses = matrix
    found = [key for key in ("activity", "done_on", "hours") if key in columns]
    if len(found) == 3:
        return OpenedSheet(sheet, Shape.LIST, columns)
    is_list = len(found) == 2
    return OpenedSheet(sheet, Shape.LIST if is_list else Shape.MATRIX, columns if is_list else people, courses)


def as_shape(opened: OpenedSheet, shape: Shape) -> OpenedSheet:
    """The same sheet laid out the other way, with its columns guessed for that."""
    sheet = opened.sheet
    if shape is Shape.MATRIX and (matrix := matrix_columns(sheet)):
        return replace(opened, shape=shape, columns=matrix[0], courses=matrix[1])
    return replace(opened, shape=Shape.LIST, columns=guess_columns(sheet.header, sheet.rows, WANTED, IGNORED))


def preview(opened: OpenedSheet, known: KnownLog, answers: Answers, step: Step | None = None) -> EntryPreview:
    """Read the lines under the columns chosen, and compare them with the log. Raises UserError if a column is missing.

    `step(done, of)` is called every now and then, and may stop it all.
    """
    year, whom = None, None
    if opened.token is not None:
        year = opened.token.year
        person = next((each for each in known.people if each.id == opened.token.person_id), None)
        if person is None:
            raise UserError("The person of this log sheet is not in the school file any more.")
        whom = Whom(person.staff_number, person.email, person.forename, person.surname)
    if opened.shape is Shape.MATRIX:
        lines, troubles = read_matrix(opened.sheet, opened.columns, opened.courses, step)
    else:
        lines, troubles = read_entries(opened.sheet, opened.columns, known.lists, whom, step)
    people = {whom.key: opened.token.person_id} if whom and opened.token else {}
    return preview_entries(lines, troubles, known, Answers({**answers.people, **people}, answers.kinds), year=year, step=step)
