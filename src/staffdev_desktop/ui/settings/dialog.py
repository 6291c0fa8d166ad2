"""The settings: pages in a list at the left, one Save for whatever was changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.school import School
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.settings.cpd_pages import HoursPage, QuestionsPage
from staffdev_desktop.ui.settings.dates_page import DatesPage
from staffdev_desktop.ui.settings.keys_page import KeysPage
from staffdev_desktop.ui.settings.kinds_page import KindsPage
from staffdev_desktop.ui.settings.lists_pages import GroupsPage, PrioritiesPage
from staffdev_desktop.ui.settings.page import SettingsPage, frame_list
from staffdev_desktop.ui.settings.pc_page import PcPage
from staffdev_desktop.ui.settings.school_page import SchoolSettingsPage
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll
from staffdev_desktop.ui.widgets.fields import NoteLine, role_label

SIZE, MOST_HIGH = (860, 640), 689  # px; the pages scroll, so at any text size it fits under a title on a screen of 768


class SettingsDialog(QDialog):
    """`page` names the one to begin with: school, dates, groups, priorities, hours, questions, pc or keys."""

    def __init__(self, school: School, hub: Hub, pc: PcSettings, *, page: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self.setWindowTitle("Settings")
        self.resize(theme.px(SIZE[0]), min(theme.px(SIZE[1]), MOST_HIGH))
        kinds = (SchoolSettingsPage, DatesPage, GroupsPage, PrioritiesPage, KindsPage, HoursPage, QuestionsPage)
        self.pages: list[SettingsPage] = [kind(school, hub) for kind in kinds]
        self.pages += [PcPage(school, hub, pc), KeysPage(school, hub)]
        self.list = QListWidget(self)
        self.list.setAccessibleName("Pages of the settings")
        self.list.setFixedWidth(theme.px(180))
        frame_list(self.list)
        self.stack = QStackedWidget(self)
        for each in self.pages:
            self.list.addItem(each.title)
            area = ClearScroll(self)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # at 130 per cent
            area.setWidget(each)
            self.stack.addWidget(area)
            each.touched.connect(self._dress)
        self.problem = NoteLine(self)
        self.close_button = PlainButton("Close", parent=self)
        self.save_button = PrimaryButton("Sa&ve", "save", self)
        self._lay_out()
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.show_page(page)
        self._dress()

    def _lay_out(self) -> None:
        middle, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        middle.setSpacing(16)
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        foot.setSpacing(8)
        foot.addWidget(self.problem)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save_button)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addWidget(role_label("Settings", "title", self))
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def page(self, name: str) -> SettingsPage:
        """A page by its name."""
        return next(each for each in self.pages if each.name == name)

    def show_page(self, name: str) -> None:
        """Go to a page; to the first if there is none of that name."""
        row = next((row for row, each in enumerate(self.pages) if each.name == name), 0)
        self.list.setCurrentRow(row)
        self.list.setFocus()

    def save(self) -> bool:
        """Write every page that was changed. False, on the page that is wrong, if one could not be written."""
        self.problem.show_words("")
        for row, each in enumerate(self.pages):
            if not each.changed:
                continue
            try:
                each.save()
            except UserError as error:
                self.list.setCurrentRow(row)
                if not each.show_error(error.field, error.message):
                    self.problem.show_words(error.message, error=True)
                return False
            except (Conflict, FileProblem) as error:
                self.list.setCurrentRow(row)
                self.problem.show_words(str(error), error=True)
                return False
            each.changed = False
        self._dress()
        self._hub.notify("The settings are saved")
        return True

    def reject(self) -> None:
        """Close; what is not saved yet is asked about."""
        if any(each.changed for each in self.pages):
            words = "What you changed is not saved yet."
            if messages.ask(self, "Save the changes?", words, act="&Save and close", safe="Close with&out saving") and not self.save():
                return
        super().reject()

    def _dress(self) -> None:
        self.save_button.setEnabled(any(each.changed for each in self.pages))
