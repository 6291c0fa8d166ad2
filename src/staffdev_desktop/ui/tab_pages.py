"""The pages behind the tabs, each built the first time it is shown."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.school import School
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.tab_table import TabEntry
from staffdev_desktop.ui.widgets.current_stack import CurrentStack


class TabPages(CurrentStack):
    """One page for each entry that this user may see, in their order."""

    def __init__(self, school: School, hub: Hub, entries: Sequence[TabEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._school, self._hub = school, hub
        self.entries = [entry for entry in entries if entry.needs is None or school.actor.may(entry.needs)]
        self.built: dict[str, QWidget] = {}
        for _ in self.entries:
            self.addWidget(QWidget())  # stands in until the tab is built

    def place_of(self, name: str) -> int:
        """Where the tab of that name is, or -1 if there is none for this user."""
        return next((place for place, entry in enumerate(self.entries) if entry.name == name), -1)

    def tab(self, name: str) -> QWidget | None:
        """The tab of that name; None if there is none for this user."""
        place = self.place_of(name)
        if place < 0:
            return None
        if name not in self.built:
            made = self.entries[place].load()(self._school, self._hub, self)
            made.setObjectName("page")
            stand_in = self.widget(place)
            self.insertWidget(place, made)
            self.removeWidget(stand_in)
            stand_in.deleteLater()
            self.built[name] = made
        return self.built[name]

    def show_place(self, place: int) -> None:
        """Show the tab at that place. Raises what saving its drafts raises for the one that is left."""
        leaving = self.currentWidget()
        if hasattr(leaving, "commit"):
            leaving.commit()
        self.tab(self.entries[place].name)
        self.setCurrentIndex(place)
