"""The files of an entry in a dialog: look at one, put one in, take one out. Nothing is kept before the entry is saved."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import EvidenceRow
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.schoolfile.atomic import replace_file
from staffdev_desktop.ui import messages, preview, theme
from staffdev_desktop.ui.cpd.log.fields import FILES, read_file
from staffdev_desktop.ui.settings.page import frame_list
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label

_FILE = Qt.ItemDataRole.UserRole
HEIGHT = 48
Held = EvidenceRow | tuple[str, bytes]


class EvidenceList(QWidget):
    """`new` are files that were put in, `gone` the ids of those that were taken out."""

    edited = Signal()

    def __init__(self, school, rows: tuple[EvidenceRow, ...], new: list[tuple[str, bytes]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school = school
        self.gone: list[int] = []
        label = role_label("Evidenc&e", "label", self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Evidence")
        self.list.setFixedHeight(theme.px(HEIGHT))
        frame_list(self.list)
        label.setBuddy(self.list)
        self.note = NoteLine(self)
        self.attach = PlainButton("Attach &file…", "clip", self)
        self.look = PlainButton("Look at it", parent=self)
        self.keep = PlainButton("Save a cop&y…", parent=self)
        self.remove = PlainButton("Remove", parent=self)
        column, buttons = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        buttons.setSpacing(6)
        for button, do in ((self.attach, self._attach), (self.look, self._look), (self.keep, self._keep), (self.remove, self._remove)):
            button.clicked.connect(do)
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (label, self.list):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self.note)
        for held in (*rows, *new):
            self._add(held)
        self.list.currentRowChanged.connect(self._dress)
        self.list.itemActivated.connect(self._look)
        self._dress()

    @property
    def new(self) -> list[tuple[str, bytes]]:
        """The files that are not kept yet."""
        held = [self.list.item(row).data(_FILE) for row in range(self.list.count())]
        return [each for each in held if not isinstance(each, EvidenceRow)]

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with a file."""
        self.note.show_words(sentence, error=bool(sentence))

    def _add(self, held: Held) -> None:
        name = held.name if isinstance(held, EvidenceRow) else held[0]
        item = QListWidgetItem(theme.icon("clip", "text2", 14), name)
        item.setData(_FILE, held)
        self.list.addItem(item)
        self.list.setCurrentItem(item)

    def _attach(self) -> None:
        path = messages.choose_file(self, "Which file shows it?", kinds=FILES)
        if path is None:
            return
        self.show_error("")
        try:
            self._add(read_file(path))
        except UserError as error:
            self.show_error(error.message)
            return
        self.edited.emit()

    def _remove(self) -> None:
        item = self.list.takeItem(self.list.currentRow())
        if item is not None:
            held = item.data(_FILE)
            if isinstance(held, EvidenceRow):
                self.gone.append(held.id)
            self._dress()
            self.edited.emit()

    def _look(self, *_item: object) -> None:
        name, content = self._chosen()
        if content.startswith(b"%PDF-"):
            preview.show_paper(self, content, title=name, file_name="evidence.pdf", queue_title="Evidence", texts=())
        else:
            self._keep()

    def _keep(self) -> None:
        name, content = self._chosen()
        to = messages.save_file(self, "Save a copy of the file", suggested=Path.home() / name)
        if to is None:
            return
        try:
            replace_file(to, content)
        except FileProblem as error:
            self.show_error(f"{error.message} {error.next_step}")
            return
        self.note.show_words(f"{to.name} is saved outside the school’s encrypted file.")

    def _chosen(self) -> tuple[str, bytes]:
        held = self.list.currentItem().data(_FILE)
        if isinstance(held, EvidenceRow):
            return held.name, self._school.read(queries.evidence_content, evidence_id=held.id)
        return held

    def _dress(self, _row: int = 0) -> None:
        for button in (self.look, self.keep, self.remove):
            button.setEnabled(self.list.currentItem() is not None)
