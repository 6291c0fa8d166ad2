"""The school: its name, its logo, who takes sheets back, the smallest group that figures may show."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.atomic import disk_faults
from staffdev_desktop.settings import queries, services
from staffdev_desktop.settings.rules import LARGEST_GROUP, SMALLEST_GROUP
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.settings.page import SettingsPage
from staffdev_desktop.ui.widgets.buttons import PlainButton, QuietButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, LabelledField, LineField, NoteLine, role_label

LOGO_SIZE = 64
GROUP_HINT = "Figures without names never show fewer people than this: smaller groups are put together."


class SchoolSettingsPage(SettingsPage):
    """Name, return-to, minimum group, logo."""

    name, title = "school", "School"

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._row = school.read(queries.school)
        self._logo = school.read(queries.logo)
        self._new_logo: tuple[str, bytes | None] | None = None
        self.school_name = LabelledField("School &name", LineField(), parent=self)
        self.return_to = LabelledField(
            "Who takes &sheets back",
            LineField(),
            hint="Printed on self-review sheets, for example ‘Janet Whitlock, school office’",
            parent=self,
        )
        sizes = [(size, str(size)) for size in range(SMALLEST_GROUP, LARGEST_GROUP + 1)]
        self.minimum = LabelledField("Smallest &group that figures show", ChoiceField(sizes), hint=GROUP_HINT, parent=self)
        self._build()
        self.school_name.set_value(self._row.name)
        self.return_to.set_value(self._row.return_to)
        self.minimum.set_value(self._row.minimum_group)
        self.school_name.edited.connect(self.touch)
        self.return_to.edited.connect(self.touch)
        self.minimum.edited.connect(self.touch)
        self._show_logo()

    def _build(self) -> None:
        self.picture = QLabel(self)
        self.picture.setFixedSize(QSize(theme.px(LOGO_SIZE) * 3, theme.px(LOGO_SIZE)))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose = PlainButton("Choose a &logo…", parent=self)
        self.remove = QuietButton("&Remove the logo", parent=self)
        self.choose.clicked.connect(self._choose_logo)
        self.remove.clicked.connect(self._remove_logo)
        self.logo_note = NoteLine(self)
        row, buttons = QHBoxLayout(), QVBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        row.addWidget(self.picture)
        row.addLayout(buttons)
        row.addStretch(1)
        for part in (self.school_name, self.return_to, self.minimum):
            self.column.addWidget(part)
        self.column.addWidget(role_label("Logo", "label", self))
        self.column.addLayout(row)
        self.column.addWidget(self.logo_note)
        self.column.addStretch(1)

    def save(self) -> None:
        """Write name, group and logo."""
        self.school.do(
            services.change_school,
            revision=self._row.revision,
            name=self.school_name.value(),
            minimum_group=self.minimum.value(),
            return_to=self.return_to.value(),
        )
        self._row = self.school.read(queries.school)
        if self._new_logo is not None:
            name, content = self._new_logo
            self.school.do(services.change_logo, revision=self._row.revision, name=name, content=content)
            self._new_logo = None
            self._row = self.school.read(queries.school)

    def show_error(self, field: str | None, sentence: str) -> bool:
        """Name or logo."""
        if field == "logo":
            self.logo_note.show_words(sentence, error=True)
        elif field == "name":
            self.school_name.set_error(sentence)
        else:
            return False
        return True

    def _choose_logo(self) -> None:
        path = messages.choose_file(self, "Choose a logo", kinds="Pictures (*.png *.jpg *.jpeg)")
        if path is not None:
            self._set_logo(path.name, _read(path))

    def _remove_logo(self) -> None:
        self._set_logo("", None)

    def _set_logo(self, name: str, content: bytes | None) -> None:
        picture = QPixmap()
        if content is not None and not picture.loadFromData(content):
            self.logo_note.show_words(f"‘{name}’ is not a PNG or JPEG picture.", error=True)
            return
        self.logo_note.show_words("")
        self._new_logo, self._logo = (name, content), content
        self._show_logo()
        self.touch()

    def _show_logo(self) -> None:
        picture = QPixmap()
        if self._logo is not None and picture.loadFromData(self._logo):
            size, keep, smooth = self.picture.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(picture.scaled(size, keep, smooth))
        else:
            self.picture.setPixmap(theme.pixmap("crest", "accent", LOGO_SIZE))
        self.remove.setEnabled(self._logo is not None)


def _read(path: Path) -> bytes:
    with disk_faults(path):
        if path.stat().st_size > 5_000_000:
            raise UserError(f"‘{path.name}’ is larger than 5 MB. Use a smaller picture.", field="logo")
        return path.read_bytes()
