"""What belongs to this PC: light or dark, text size, where backups go."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import messages, pc_settings, theme
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.settings.page import SettingsPage
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, role_label

_THEMES = (("system", "As the PC is set"), ("light", "Light"), ("dark", "Dark"))


class PcPage(SettingsPage):
    """Shown at once when it is saved."""

    name, title = "pc", "This PC"

    def __init__(self, school, hub, pc: PcSettings, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._pc = pc
        self.theme = LabelledField("Colou&rs", ChoiceField(_THEMES), parent=self)
        self.theme.set_value(pc.theme)
        self.size = LabelledField("Text &size", ChoiceField([(size, f"{size} %") for size in theme.TEXT_SIZES]), parent=self)
        self.size.set_value(pc.text_size)
        self.folder = LabelledField(
            "Where &backups go", LineField(), hint="A stick or a shared folder is a good place: a backup is encrypted.", parent=self
        )
        self.folder.set_value(str(pc.backups_to))
        browse = PlainButton("Bro&wse…", parent=self)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(browse)
        row.addStretch(1)
        for field in (self.theme, self.size, self.folder):
            field.edited.connect(self.touch)
            self.column.addWidget(field)
        self.column.addLayout(row)
        words = "A backup is made when the window closes after a change. It is opened and checked before it counts."
        self.column.addWidget(role_label(words, "second", self, wrap=True))
        self.column.addStretch(1)

    def save(self) -> None:
        """Keep it on this PC and show it."""
        folder = str(self.folder.value())
        if not folder:
            raise UserError("Choose a folder for backups.", field="folder")
        self._pc.theme, self._pc.text_size = str(self.theme.value()), int(self.size.value())
        self._pc.backup_folder = "" if folder == str(pc_settings.user_data() / "Backups") else folder
        pc_settings.save(self._pc)
        theme.apply(self._pc.theme, self._pc.text_size)

    def show_error(self, field: str | None, sentence: str) -> bool:
        """The folder."""
        self.folder.set_error(sentence)
        return True

    def _browse(self) -> None:
        folder = messages.choose_folder(self, "Where backups go", folder=self._pc.backups_to)
        if folder is not None:
            self.folder.set_value(str(folder))
            self.folder.set_error(None)
            self.touch()
