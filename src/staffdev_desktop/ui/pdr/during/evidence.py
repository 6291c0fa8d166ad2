"""A file as evidence: chosen and looked at before it is kept, and saved back out of the encrypted school file."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from staffdev_desktop.attachments.rules import LARGEST, check_attachment
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import outcomes
from staffdev_desktop.pdr.rows import TargetNoteRow
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.ui import messages

KINDS = "Evidence (*.pdf *.png *.jpg *.jpeg)"


def choose_evidence(parent: QWidget) -> tuple[str, bytes] | None:
    """Ask for a file and read it. Raises UserError if it cannot be read, is too large or is of another kind."""
    path = messages.choose_file(parent, "Which file is the evidence?", kinds=KINDS)
    return None if path is None else (path.name, read_evidence(path))


def read_evidence(path: Path) -> bytes:
    """A file's bytes, never more than a little over what may be kept: a huge file is refused without being read. Raises UserError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be read. Check that it is there, then choose it again.") from error
    check_attachment(path.name, content)
    return content


def save_out(school, note: TargetNoteRow, parent: QWidget) -> Path | None:
    """Ask where to, and write the evidence there as it came in. Raises UserError, FileProblem."""
    path = messages.save_file(parent, "Save the evidence as", suggested=Path.home() / Path(note.evidence_name).name, kinds=KINDS)
    if path is not None:
        replace_file(path, school.read(outcomes.evidence, sha256=note.evidence_sha256))
    return path
