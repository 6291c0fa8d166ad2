"""A certificate: chosen and looked at before it is kept, shown, and saved back out of the encrypted school file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from staffdev_desktop.attachments.rules import LARGEST, check_attachment, media_type_of
from staffdev_desktop.cpd.training import queries
from staffdev_desktop.cpd.training.rows import RecordRow
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.ui import messages, preview
from staffdev_desktop.ui.widgets.dialog import HouseDialog

SHARE, MARGIN = 0.7, 16  # of the screen that a picture takes; px
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
    """Show a certificate: a PDF in the preview, a picture in a window of its own. Raises UserError."""
    content = school.read(queries.certificate, record_id=record.id)
    if media_type_of(content) == "application/pdf":
        name = f"certificate-{record.id}"
        preview.show_paper(parent, content, title="Certificate", file_name=f"{name}.pdf", queue_title=name, texts=())
        return
    messages.show(PictureDialog(content, record.certificate_name, parent))


class PictureDialog(HouseDialog):
    """A certificate that is a picture, as large as the screen lets it be; it can be saved out of the school file."""

    def __init__(self, content: bytes, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Certificate", name, safe="&Close", act="&Save as…", act_icon="save", parent=parent)
        self._content, self._name = content, name
        picture = QPixmap()
        shown = QLabel(self)
        if picture.loadFromData(content):
            most = self.screen().availableSize() * SHARE
            self.setMaximumWidth(most.width() + 2 * MARGIN)
            scaled = picture.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
            if scaled.width() < picture.width():
                picture = picture.scaled(scaled, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            shown.setPixmap(picture)
        else:
            shown.setText("This picture cannot be shown. Save it and open it with another program.")
        shown.setAccessibleName(f"Picture of the certificate {name}")
        self.body.addWidget(shown, 0, Qt.AlignmentFlag.AlignCenter)

    def check(self) -> bool:
        """Ask where to, and write it there as it came in."""
        path = messages.save_file(self, "Save the certificate as", suggested=Path.home() / Path(self._name).name, kinds=KINDS)
        if path is None:
            return False
        try:
            replace_file(path, self._content)
        except FileProblem as error:
            self.show_problem(f"{error.message} {error.next_step}")
            return False
        return True
