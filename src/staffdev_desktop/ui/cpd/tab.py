"""The tab ‘CPD portfolio’: the school first, then a person’s log, sessions, groups, the diagnostic, training, the directory."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.school import School
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.cpd.views import VIEWS
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.widgets.current_stack import CurrentStack
from staffdev_desktop.ui.widgets.segments import Segments

SIDES, ENDS, GAP = 16, 12, 8  # px


class Tab(QWidget):
    """One view at a time; each is built when it is first shown."""

    title, icon_name = "&CPD portfolio", "cpd"

    def __init__(self, school: School, hub: Hub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._school, self._hub = school, hub
        if school.actor.may(Permission.RUN_CPD):
            problems_said(self, school.do, begin_cpd)
        self._views = {view.key: view for view in VIEWS if school.actor.may(view.needs)}
        self._built: dict[str, CpdPanel] = {}
        self.view = Segments([(view.key, view.words) for view in self._views.values() if view.words], "View", self)
        self.tools, self.middle = CurrentStack(self), CurrentStack(self)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(GAP)
        self._top.addWidget(self.view, 1)
        self._top.addWidget(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDES, ENDS, SIDES, ENDS)
        column.setSpacing(GAP)
        column.addLayout(self._top)
        column.addWidget(self.middle, 1)
        self.view.edited.connect(self._chosen)
        for keys, do in ((QKeySequence.StandardKey.Print, self.print_shown), (QKeySequence.StandardKey.New, self.add_new)):
            QShortcut(QKeySequence(keys), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if first := next((view.key for view in self._views.values() if view.words), None):
            self.show_view(first)

    # -- what the window asks -------------------------------------------------------------------------------------------

    @property
    def panel(self) -> CpdPanel | None:
        """The view that is shown; None before the first."""
        return self.middle.currentWidget()

    def show_view(self, key: str, what: object = None) -> CpdPanel:
        """Show a view, at `what` if it is given. What was typed in the one that is left is saved first; else that one stays."""
        leaving = self.panel
        if leaving is not None and leaving is not self._built.get(key) and not problems_said(self, leaving.commit):
            self.view.set_value(self._shown())
            return leaving
        if key not in self._built:
            made = self._views[key].load()(self._school, self._hub, self)
            made.wanted.connect(self.show_view)
            self._built[key] = made
            self.middle.addWidget(made)
            self.tools.addWidget(made.tools)
        panel = self._built[key]
        self.view.set_value(key)
        self.middle.setCurrentWidget(panel)
        self.tools.setCurrentWidget(panel.tools)
        self._place_tools()
        if what is not None:
            panel.go_to(what)
        return panel

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        if self._built:
            self.panel.focus_first()

    def commit(self) -> None:
        """Save what is being typed. Raises UserError, Conflict, FileProblem."""
        for panel in self._built.values():
            panel.commit()

    def place(self) -> object:
        """Where somebody is, for the screen lock."""
        shown = self._shown()
        return (shown, self.panel.place()) if shown else None

    def go_to(self, place: object) -> None:
        """Go back to where somebody was."""
        if place is not None:
            self.show_view(*place)

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.view, self.tools, *(self.panel.panels() if self._built else ())]

    def print_shown(self) -> None:
        """Ctrl+P."""
        self.panel.print_shown()

    def add_new(self) -> None:
        """Ctrl+N."""
        self.panel.add_new()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: the tools may go under the sub-tabs."""
        widest = max(part.minimumSizeHint().width() for part in (self.view, self.tools, self.middle))
        return QSize(widest + 2 * SIDES, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where sub-tabs and tools have no room beside each other, the tools go under them."""
        super().resizeEvent(event)
        self._place_tools()

    def _place_tools(self) -> None:
        wanted = self.view.sizeHint().width() + GAP + self.tools.sizeHint().width()
        beside = wanted <= self.width() - 2 * SIDES
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _shown(self) -> str | None:
        return next((key for key, panel in self._built.items() if panel is self.panel), None)

    def _chosen(self, key: object) -> None:
        self.show_view(str(key))
        self.focus_first()
