"""Saves fillable forms, one PDF a person, off the main thread. Each file is written whole; what is there already is asked about once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import records
from staffdev_desktop.pdr.rows import BoardRow
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui import jobs, messages

FORM_NAMES = {sheets.SELF_REVIEW: "fillable sheet", sheets.MEETING_FORM: "fillable meeting form"}


@dataclass(frozen=True)
class Saved:
    """What is on disk now: of which reviews, out of how many, and what stopped it short, if something did."""

    kind: str
    folder: Path
    review_ids: tuple[int, ...]
    wanted: int
    problem: FileProblem | UserError | Conflict | None = None


class FormSaver(QObject):
    """`saved(Saved)` once the files are on disk, or as many of them as there are after Stop or a fault of the disk."""

    saved = Signal(object)

    def __init__(self, school, page) -> None:
        super().__init__(page)
        self._school, self._page = school, page

    def save(self, kind: str, rows: Sequence[BoardRow]) -> None:
        """Ask for a folder and write a form for each of these reviews. Nothing happens if the person thinks better of it."""
        folder = messages.choose_folder(self._page, f"Where should the {FORM_NAMES[kind]}s go?")
        if folder is None:
            return
        files = {row.id: folder / sheets.fillable_name(kind, row, rows) for row in rows}
        if self._may_write(files):
            work = partial(_save_all, self._school, kind, folder, files)
            jobs.run(work, title=f"Saving {count_of(len(files), FORM_NAMES[kind])}", on_done=self._done)

    def _may_write(self, files: Mapping[int, Path]) -> bool:
        there = [path.name for path in files.values() if path.exists()]
        if not there:
            return True
        which = there[0] if len(there) == 1 else f"{len(there)} of these files"
        words = "If somebody has filled one in and saved it there, read it before you write over it: their words would go."
        verb = "is" if len(there) == 1 else "are"
        return messages.ask(self._page, f"{which} {verb} in that folder already. Write over?", words, act="&Write over")

    def _done(self, saved: Saved) -> None:
        self.saved.emit(saved)
        if saved.problem:
            messages.problem(self._page, saved.problem)


def _save_all(school, kind: str, folder: Path, files: Mapping[int, Path], tell: jobs.Tell) -> Saved:
    """One after the other. After Stop, or when the disk is full, what was written stays and is counted."""
    logo, return_to = school.read(settings.logo), school.read(settings.school).return_to
    key, file_id = school.form_key, school.file_id
    done: list[int] = []
    problem = None
    try:
        for number, (review_id, path) in enumerate(files.items(), 1):
            tell(number - 1, len(files), f"Saving {number} of {len(files)}")
            record = school.read(records.review, review_id=review_id, practice=school.practice)
            if kind == sheets.SELF_REVIEW:
                pdf = sheets.fillable_sheet_pdf(record, key=key, file_id=file_id, logo=logo, return_to=return_to)
            else:
                pdf = sheets.fillable_meeting_form_pdf(record, key=key, file_id=file_id, logo=logo)
            replace_file(path, pdf)
            done.append(review_id)
    except jobs.Stopped:
        pass  # what is on disk is said and marked all the same
    except (FileProblem, UserError, Conflict) as error:
        problem = error
    return Saved(kind, folder, tuple(done), len(files), problem)
