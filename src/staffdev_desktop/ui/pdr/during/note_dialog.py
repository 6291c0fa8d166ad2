"""Write down progress on a target: words, a date, and a file as evidence if somebody wants one."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.rows import TargetRow
from staffdev_desktop.pdr.services import during
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.pdr.during.evidence import choose_evidence
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.fields import DateField, LabelledField, NoteLine, TextField, role_label

NO_FILE = "No file. None is needed."


class NoteDialog(AskDialog):
    """One note on one target. `note_id` once it is saved."""

    def __init__(self, school, target: TargetRow, person: str, parent: QWidget | None = None) -> None:
        told = f"‘{target.target}’"
        super().__init__("What happened with this target?", told, act="&Save note", icon="check", width=520, parent=parent)
        self._school, self._target = school, target
        self._file: tuple[str, bytes] | None = None
        self.note_id: int | None = None
        hint = f"{person} may read it. Write it so."
        self.add_field("words", LabelledField("&Progress so far", TextField(lines=4), hint=hint, parent=self))
        self.add_field("noted_on", LabelledField("&Date", DateField(), parent=self)).set_value(clock.today())
        self.attach = PlainButton("&Attach a file…", "clip", self)
        self.attach.setAccessibleDescription("PDF, PNG or JPEG, up to 20 MB")
        self.remove = QuietButton("&Leave the file out", "x", self)
        self.file_words = role_label("", "small", self, wrap=True)
        self.file_problem = NoteLine(self)
        self.attach.clicked.connect(self._attach)
        self.remove.clicked.connect(self._leave_out)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.attach)
        line.addWidget(self.file_words, 1)
        line.addWidget(self.remove)
        self.body.addWidget(self.fields["words"])
        self.body.addWidget(self.fields["noted_on"])
        self.body.addWidget(role_label("Evidence, if there is any", "label", self))
        self.body.addLayout(line)
        self.body.addWidget(self.file_problem)
        self._show_file()

    def save(self) -> None:
        """Keep the note with its file."""
        noted_on = self.require("noted_on", "Write the day it was.")
        written = {"words": self.fields["words"].value(), "noted_on": noted_on, "evidence": self._file}
        self.note_id = self._school.do(during.add_target_note, target_id=self._target.id, **written)

    def _attach(self) -> None:
        try:
            chosen = choose_evidence(self)
        except UserError as error:
            self.file_problem.show_words(error.message, error=True)
            return
        if chosen is not None:
            self._file = chosen
            self._touch()
            self._show_file()

    def _leave_out(self) -> None:
        self._file = None
        self._show_file()
        self.attach.setFocus()

    def _show_file(self) -> None:
        self.file_problem.show_words("PDF, PNG or JPEG, up to 20 MB. It is kept inside the encrypted school file.")
        self.file_words.setText(self._file[0] if self._file else NO_FILE)
        self.remove.setVisible(self._file is not None)
