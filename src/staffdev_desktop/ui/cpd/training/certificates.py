"""A certificate: chosen and looked at before it is kept, shown, and saved back out of the encrypted school file."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from staffdev_desktop.attachments.rules import LARGEST, check_attachment, media_type_of
from staffdev_desktop.cpd.training import queries
from staffdev_desktop.cpd.training.rows import RecordRow
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.ui import messages, preview

KINDS = "Certificates (*.pdf *.png *.jpg *.jpeg)"


def choose_certificate(parent: QWidget, whose: str) -> tuple[str, bytes] | None:
    """Ask for a file and read it. Raises UserError if it cannot be read, is too large or is of another kind."""
    path = messages.choose_file(parent, f"Which file is the certificate of {whose}?", kinds=KINDS)
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)  # a huge file is refused without being read
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be read. Check that it is there, then choose it again.") from error
    check_attachment(path.name, content)
    return path.name, content


def open_certificate(school, record: RecordRow, parent: QWidget) -> None:
    """Show a certificate that is a PDF; ask where to save one that is a picture. Raises UserError, FileProblem."""
    content = school.read(queries.certificate, record_id=record.id)
    if media_type_of(content) == "application/pdf":
        name = f"certificate-{record.id}"
        preview.show_paper(parent, content, title="Certificate", file_name=f"{name}.pdf", queue_title=name, texts=())
        return
    path = messages.save_file(
        parent, "Save the certificate as", suggested=Path.home() / Path(record.certificate_name).name, kinds=KINDS
    )  # fmt: skip
    if path is not None:
        replace_file(path, content)
