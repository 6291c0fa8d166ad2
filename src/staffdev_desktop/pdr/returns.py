"""Fillable forms that come back as files: whose each is, what is doubtful about it, and what would be taken in.

Pure but for opening the files. A file is *ready*, or raises a *question* that somebody answers by looking and ticking, or is *in
trouble* and cannot be taken in, or is *in already*. Nothing is ever taken in without being shown (DESIGN section 1, point 4).
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from staffdev_desktop.exchange.pdf_forms import Returned, read_pdf_file
from staffdev_desktop.exchange.tokens import FormToken, verify
from staffdev_desktop.formkit import Form, check_answers
from staffdev_desktop.kernel.dates import clock_time, day_in_sentence, short_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.returned_words import Answers, Line, bare, fit_meeting, fit_sheet, lines, without_outcomes
from staffdev_desktop.pdr.rows import ReviewRecord
from staffdev_desktop.pdr.rules import LONGEST_ANSWER, is_open

SHEET, MEETING = "self-review", "meeting"
EVER = datetime(1, 1, 1)
FORM_WORDS = {SHEET: "Self-review sheet", MEETING: "Meeting form"}


class Verdict(StrEnum):
    """What can be done with a returned form."""

    READY = "Ready"
    QUESTION = "Question"
    SAME = "In already"
    TROUBLE = "In trouble"


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read: the form in it with its verified mark, or a sentence about what is wrong with the file.

    `page_words` are the words printed on it, without gaps; `saved_at` is the day and time at which it was filled in, as far as the
    file says so.
    """

    path: Path
    returned: Returned | None = None
    token: FormToken | None = None
    saved_at: datetime | None = None
    page_words: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class TakenReturn:
    """What one form would write: every answer of a sheet, or those that a meeting form gives.

    `seen` is what stood in the review when the form was shown. `last_targets` are last year's as typed on the form.
    """

    review_id: int
    kind: str
    answers: Answers
    seen: Answers
    returned_on: date
    last_targets: tuple[Mapping[str, str], ...] = ()
    held_on: date | None = None


@dataclass(frozen=True)
class ReturnRow:
    """One file, judged. `reasons` say in plain words why it is not simply ready."""

    path: Path
    verdict: Verdict
    reasons: tuple[str, ...]
    saved_at: datetime | None = None
    kind: str = ""
    record: ReviewRecord | None = None
    answered: int = 0
    asked: int = 0
    lines: tuple[Line, ...] = ()
    taken: TakenReturn | None = None

    @property
    def form_key(self) -> tuple[int, str] | None:
        """Which form of which review; two files with the same one are returns of the same form."""
        return (self.record.board.id, self.kind) if self.record else None


def read_file(path: Path, key: bytes) -> ReadFile:
    """Read a file and check its mark with the school's key. Whatever is wrong with it is said in `trouble`; nothing is raised."""
    try:
        returned = read_pdf_file(path)
        token = verify(returned.token, key)
        saved_at, page_words = _dated_and_printed(path)
    except UserError as error:
        return ReadFile(path, trouble=error.message)
    except OSError:
        return ReadFile(path, trouble=f"‘{path.name}’ cannot be opened. Close it in the program that shows it, then choose it again.")
    return ReadFile(path, returned, token, saved_at, page_words)


def judged(
    files: Sequence[ReadFile], find: Callable[[str], ReviewRecord | None], *, file_id: str, year: int, today: date
) -> tuple[ReturnRow, ...]:
    """Every file with its verdict, in the order given. `find` looks up a review by its number; `year` is the one shown on screen."""
    rows = [_judge(file, find, file_id=file_id, year=year, today=today) for file in files]
    known = sorted((row for row in rows if row.form_key and row.verdict is not Verdict.TROUBLE), key=lambda row: row.form_key or (0, ""))
    settled = {row.path: row for _, group in groupby(known, key=lambda row: row.form_key) for row in _settle(list(group))}
    return tuple(settled.get(row.path, row) for row in rows)


def standing(record: ReviewRecord, kind: str) -> Answers:
    """What a review holds already where a form of this kind would write."""
    return record.sheet_answers if kind == SHEET else record.answers


def differs(record: ReviewRecord, taken: TakenReturn) -> bool:
    """Whether taking it in would change anything."""
    form, now = _form_of(record, taken.kind), standing(record, taken.kind)
    fields = [field for field in form.fields if field.id in taken.answers]
    says_new = any(_said(field, taken.answers[field.id]) != _said(field, now.get(field.id)) for field in fields)
    returned = taken.kind == MEETING or record.board.dates.returned_on is not None
    return says_new or not returned or (taken.held_on is not None and taken.held_on != record.held_on)


def _said(field: Any, value: Any) -> Any:
    found = bare(field, value)
    if field.kind == "outcomes" and found is not None:
        return [{key: part for key, part in row.items() if key != "target"} for row in found]
    return found


def _form_of(record: ReviewRecord, kind: str) -> Form:
    return record.sheet_form if kind == SHEET else record.statement_form


def _judge(file: ReadFile, find: Callable[[str], ReviewRecord | None], *, file_id: str, year: int, today: date) -> ReturnRow:
    if file.returned is None or file.token is None:
        return _in_trouble(file, file.trouble)
    token = file.token
    if token.file != file_id:
        return _in_trouble(file, "It belongs to another school file. Open that one, or type the answers in.")
    try:
        record = find(token.number)
        if record is None:
            return _in_trouble(file, f"There is no review {token.number} here any more.")
        barred = _barred(record, token)
        answers = file.returned.answers(_form_of(record, token.kind), token) if not barred else {}
    except UserError as error:
        return _in_trouble(file, error.message)
    row = ReturnRow(file.path, Verdict.TROUBLE, (barred,), file.saved_at, token.kind, record)
    return row if barred else _with_answers(row, file, token, record, answers, year=year, today=today)


def _in_trouble(file: ReadFile, why: str) -> ReturnRow:
    return ReturnRow(file.path, Verdict.TROUBLE, (why,), file.saved_at)


def _barred(record: ReviewRecord, token: FormToken) -> str:
    """Why nothing can be written in this review from this form; empty if something can."""
    form = _form_of(record, token.kind)
    if not is_open(record.board.stage):
        return "This review is agreed and locked already. Reopen it first if the form should still count."
    if record.cycle.closed_on is not None:
        return f"{record.cycle.name} is closed."
    if (form.id, form.version) != (token.form, token.version):
        return "The review has another form, or another version of it, by now. Save a new one for them, or type the answers in."
    return ""


def _with_answers(
    row: ReturnRow, file: ReadFile, token: FormToken, record: ReviewRecord, answers: Answers, *, year: int, today: date
) -> ReturnRow:
    form, now = _form_of(record, token.kind), standing(record, token.kind)
    asked = [field for field in form.fields if field.kind != "signatures"]
    row = replace(row, asked=len(asked), answered=len(answers))
    if not answers:
        return replace(row, reasons=("Nothing is filled in. Perhaps it was not saved: ask for it again.",))
    questions = _questions_about(record, file, year)
    if changed := _targets_changed(record, file, token, form, answers):
        questions.append(changed)
    if not _targets_fit(record, token, form, answers):
        answers = without_outcomes(form, answers)
    fitted = (fit_sheet if token.kind == SHEET else fit_meeting)(form, answers, record)
    shown = lines(form, fitted.answers, now, record.last_targets)
    taken = TakenReturn(record.board.id, token.kind, fitted.answers, now, today, fitted.last_targets)
    row = replace(row, lines=shown, taken=taken)
    if wrong := _unfit(form, fitted.answers):
        return replace(row, reasons=(wrong,), taken=None)
    if not differs(record, taken):
        return replace(row, verdict=Verdict.SAME, reasons=("These answers are in the review already.",))
    if second := _replaces(record, token.kind, shown):
        questions.insert(0, second)
    questions += fitted.remarks
    return replace(row, verdict=Verdict.QUESTION if questions else Verdict.READY, reasons=tuple(questions))


def _questions_about(record: ReviewRecord, file: ReadFile, year: int) -> list[str]:
    """What makes somebody look twice before a form is taken for this person's."""
    found = []
    if record.cycle.year != year:
        found.append(f"It belongs to {year_label(record.cycle.year)}; you are looking at {year_label(year)}.")
    if record.board.away or record.board.exempt:
        found.append("This person is away." if record.board.away else "This person is not in this cycle.")
    if file.returned is not None and file.returned.mended:
        found.append("The file was out of order and had to be mended. Compare the answers with what was sent.")
    if not file.page_words:
        found.append("The words printed on it cannot be read: only its mark says whose it is.")
    elif not _is_printed(record.person, file.page_words):
        found.append(f"The name {record.person} is not printed on it. Is it the right person’s?")
    return found


def _targets_fit(record: ReviewRecord, token: FormToken, form: Form, answers: Answers) -> bool:
    """Whether each outcome on the form can be given to a target: as many as there are, or typed on it where there were none."""
    if token.last_targets == len(record.last_targets):
        return True
    return token.last_targets == 0 and _typed(form, answers) == [target.target.strip() for target in record.last_targets]


def _typed(form: Form, answers: Answers) -> list[str]:
    rows = [row for field in form.fields_of("outcomes") for row in answers.get(field.id, [])]
    return [row["target"].strip() for row in rows if row.get("target")]


def _targets_changed(record: ReviewRecord, file: ReadFile, token: FormToken, form: Form, answers: Answers) -> str:
    about_them = any(field.id in answers for field in form.fields_of("outcomes"))
    if not about_them:
        return ""
    if not _targets_fit(record, token, form, answers):
        return "Last year’s targets were changed since: what it says about them is left out. Type that in by hand."
    if token.last_targets and file.page_words and not all(_is_printed(each.target, file.page_words) for each in record.last_targets):
        return "Last year’s targets are worded differently on it. Check what it says about each of them."
    return ""


def _replaces(record: ReviewRecord, kind: str, shown: Sequence[Line]) -> str:
    """A second return, or words that stand there already."""
    replaced = sum(line.replaces for line in shown)
    if kind == SHEET and record.sheet_answers:
        day = record.board.dates.returned_on
        when = f" on {day_in_sentence(day)}" if day else ""
        return f"A sheet came back{when} already. Taking this one in replaces it."
    if kind == MEETING and replaced:
        return "Words stand in the statement already. Taking this one in replaces those marked."
    return ""


def _unfit(form: Form, answers: Answers) -> str:
    for problem in check_answers(form, answers):
        return problem.sentence
    longest = max((len(text) for text in _texts(answers)), default=0)
    return f"An answer has {longest:,} characters. Ask for one of {LONGEST_ANSWER:,} or fewer." if longest > LONGEST_ANSWER else ""


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _settle(rows: Sequence[ReturnRow]) -> Sequence[ReturnRow]:
    """Several returns of one form: the newest is proposed, another one is a question, unless it says the same."""
    if len(rows) == 1:
        return rows
    newest, *others = sorted(rows, key=lambda row: row.saved_at or EVER, reverse=True)
    tied = any(each.saved_at == newest.saved_at and not _says_the_same(each, newest) for each in others)
    settled = []
    for each in others:
        if each.verdict is Verdict.SAME:
            settled.append(each)
        elif _says_the_same(each, newest):
            settled.append(replace(each, verdict=Verdict.SAME, reasons=(f"It says the same as ‘{newest.path.name}’.",)))
        else:
            other = "was saved at the same time" if each.saved_at == newest.saved_at else f"is newer: {_when(newest)}"
            why = f"Two returns of one form: ‘{newest.path.name}’ {other}."
            settled.append(replace(each, verdict=Verdict.QUESTION, reasons=(why, *each.reasons)))
    if tied and newest.verdict is not Verdict.SAME:
        why = "Two returns of one form were saved at the same time. Tick the right one."
        newest = replace(newest, verdict=Verdict.QUESTION, reasons=(why, *newest.reasons))
    return [newest, *settled]


def _says_the_same(one: ReturnRow, other: ReturnRow) -> bool:
    return one.taken is not None and other.taken is not None and one.taken.answers == other.taken.answers


def _when(row: ReturnRow) -> str:
    return f"{short_day(row.saved_at.date())}, {clock_time(row.saved_at)}" if row.saved_at else "it has a date"


def _dated_and_printed(path: Path) -> tuple[datetime, str]:
    """When a form was filled in, by its own date or else the file's, and the words printed on it. Raises OSError."""
    saved_at = _here(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    words = ""
    try:
        reader = PdfReader(BytesIO(path.read_bytes()))
        about = reader.metadata
        # A form that nobody has saved since it was made still has both dates of its making.
        if about and about.modification_date and about.modification_date != about.creation_date:
            saved_at = _here(about.modification_date)
        words = "".join(page.extract_text() for page in reader.pages)
    except OSError:
        raise
    except Exception:  # noqa: S110 - a damaged file raises a dozen kinds; its boxes were read, and what is unknown becomes a question
        pass
    return saved_at, _squeezed(words)


def _here(moment: datetime) -> datetime:
    return moment.astimezone().replace(tzinfo=None, microsecond=0)


def _squeezed(words: str) -> str:
    return "".join(unicodedata.normalize("NFC", words).split()).casefold()


def _is_printed(words: str, page_words: str) -> bool:
    """Whether words stand on the page. Those written from right to left are laid out in another order, and are taken as printed."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words):
        return True
    return _squeezed(words) in page_words
