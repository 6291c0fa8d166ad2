"""Taking a spreadsheet in, as a view of the tab that has no sub-tab: it is asked for from another view and goes back there."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.importing.page import ImportPage
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.import_page import KINDS

VIEW, FIRST = "import", "school"  # where to go back to when nobody asked, as after the screen lock


@dataclass(frozen=True)
class Asked:
    """The file that was chosen, and the view to go back to."""

    path: Path
    back: str


def open_import(panel: CpdPanel, back: str) -> None:
    """Ask for a spreadsheet, and show what taking it in would do; `back` is the view that asks."""
    path = messages.choose_file(panel, ImportPage.file_question, kinds=KINDS)
    if path is not None:
        panel.wanted.emit(VIEW, Asked(path, back))


class ImportView(CpdPanel):
    """The page that takes in a spreadsheet, for as long as that lasts."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self._back = FIRST
        self.page = ImportPage(school, hub, self)
        self.page.left.connect(self._go_back)
        self.page.taken_in.connect(self._go_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def refresh(self) -> None:
        """What is shown comes from a file."""

    def go_to(self, what: object) -> None:
        """Read the file that was chosen."""
        if isinstance(what, Asked):
            self._back = what.back
            self.page.read(what.path)

    def focus_first(self) -> None:
        """Put the keyboard in the preview."""
        self.page.focus_first()

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return self.page.panels()

    def _go_back(self) -> None:
        self.wanted.emit(self._back, None)
