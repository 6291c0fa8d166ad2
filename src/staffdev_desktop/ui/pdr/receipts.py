"""The receipt of the two papers of a statement: given on, received by, back signed, and the scan (DESIGN section 4, Two copies)."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.attachments.rules import check_attachment
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.rows import CopyRow, ReviewRecord
from staffdev_desktop.pdr.services import statements
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.pdr.review_panel import copy_name, copy_words
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, LineField, role_label

WIDE = 620
KINDS = "Scans (*.pdf *.png *.jpg *.jpeg)"


class CopyBox(QFrame):
    """The fields of one copy."""

    def __init__(self, dialog: "ReceiptDialog", copy: CopyRow, letters: dict[str, str]) -> None:
        super().__init__(dialog)
        self.setProperty("card", True)
        self.copy_row = copy
        self.scan: tuple[str, bytes] | None = None
        self.keys = {key: f"{copy.copy} {key}" for key in ("given_on", "received_by", "back_on")}
        self.given = dialog.add_field(self.keys["given_on"], LabelledField(letters["given_on"], DateField(), parent=self))
        self.received = dialog.add_field(self.keys["received_by"], LabelledField(letters["received_by"], LineField(), parent=self))
        self.back = dialog.add_field(self.keys["back_on"], LabelledField(letters["back_on"], DateField(), parent=self))
        self.given.set_value(copy.given_on)
        self.received.set_value(copy.received_by)
        self.back.set_value(copy.back_on)
        self.scan_words = role_label("A scan is in." if copy.has_scan else "No scan yet.", "hint", self, wrap=True)
        self.attach = PlainButton(letters["scan"], "clip", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(role_label(copy_name(copy), "card", self))
        column.addWidget(role_label(copy_words(copy), "small", self, wrap=True))
        for part in (self.given, self.received, self.back, self.attach, self.scan_words):
            column.addWidget(part)
        column.addStretch(1)

    def set_scan(self, name: str, content: bytes) -> None:
        """A scan was chosen: it is kept with the rest when the dialog is saved."""
        self.scan = (name, content)
        self.scan_words.setText(f"‘{name}’ is attached when you save.")

    def written(self) -> tuple[object, str, object]:
        """Given on, received by, back on."""
        return self.given.value(), self.received.value(), self.back.value()

    def is_changed(self) -> bool:
        """Whether a person changed one of the fields."""
        copy = self.copy_row
        return self.written() != (copy.given_on, copy.received_by, copy.back_on)

    def saved(self) -> None:
        """This copy is on disk, even if the other one has something wrong with it."""
        given_on, received_by, back_on = self.written()
        changed = {"given_on": given_on, "received_by": received_by, "back_on": back_on}
        self.copy_row = replace(self.copy_row, revision=self.copy_row.revision + 1, **changed)


class ReceiptDialog(AskDialog):
    """Both copies side by side."""

    def __init__(self, school, record: ReviewRecord, parent: QWidget | None = None) -> None:
        current = next(each for each in record.statements if each.void_on is None)
        told = "Both copies back, or a scan of one of them in: then the review is signed."
        super().__init__(f"Where are {record.person}’s two copies?", told, act="Sa&ve", icon="check", width=WIDE, parent=parent)
        self._school, self._member = school, record.person
        copies = [copy for copy in record.copies if copy.statement_id == current.id]
        staff = {"given_on": "&Given on", "received_by": "&Received by", "back_on": "&Back, signed, on", "scan": "Attach the &scan…"}
        hr = {"given_on": "Given &to HR on", "received_by": "Received b&y", "back_on": "Bac&k, signed, on", "scan": "&Attach the scan…"}
        self.boxes = [CopyBox(self, copy, staff if copy.copy == "staff" else hr) for copy in copies]
        row = QHBoxLayout()
        row.setSpacing(12)
        for box in self.boxes:
            row.addWidget(box, 1)
            box.attach.setProperty("copy", copy_key(box))
            box.attach.clicked.connect(self._attach)
        self.body.addLayout(row)
        both = QuietButton("Bot&h are back today", "check", self)
        both.clicked.connect(self._both_back)
        self.add_left(both)

    def save(self) -> None:
        """Write down what changed."""
        for box in self.boxes:
            if box.is_changed():
                given_on, received_by, back_on = box.written()
                try:
                    self._school.do(
                        statements.record_copy,
                        copy_id=box.copy_row.id,
                        revision=box.copy_row.revision,
                        given_on=given_on,
                        received_by=received_by,
                        back_on=back_on,
                    )
                except UserError as error:
                    raise UserError(error.message, field=box.keys.get(error.field or "")) from error
                box.saved()
            if box.scan:
                name, content = box.scan
                self._school.do(statements.attach_scan, copy_id=box.copy_row.id, name=name, content=content)
                box.scan = None

    def _both_back(self) -> None:
        today = clock.today()
        for box in self.boxes:
            if box.given.value() is None:
                box.given.set_value(today)
            if box.copy_row.copy == "staff" and not box.received.value():
                box.received.set_value(self._member)
            box.back.set_value(today)
        self.touched = True
        self.act_button.setFocus()

    def _attach(self) -> None:
        box = next(box for box in self.boxes if copy_key(box) == self.sender().property("copy"))
        path = messages.choose_file(self, "Which file is the scan?", kinds=KINDS)
        if path is None:
            return
        try:
            content = read_scan(path)
        except UserError as error:
            self.show_problem(error.message)
            return
        box.set_scan(path.name, content)
        self.touched = True


def copy_key(box: CopyBox) -> str:
    """staff or hr."""
    return box.copy_row.copy


def read_scan(path: Path) -> bytes:
    """A scan's bytes. Raises UserError if it cannot be read, is too large or is of another kind."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be read. Check that it is there, then choose it again.") from error
    check_attachment(path.name, content)
    return content
