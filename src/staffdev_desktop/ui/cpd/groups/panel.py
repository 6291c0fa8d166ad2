"""The view ‘Groups and research’: two segments, groups and action research of the year picked in the header."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.groups import queries
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.kernel import clock
from staffdev_desktop.ui import messages
from staffdev_desktop.ui.cpd.groups.actions import GroupActions, ResearchActions
from staffdev_desktop.ui.cpd.groups.dialogs import RulesDialog
from staffdev_desktop.ui.cpd.groups.pages import LearningPage, group_badges, groups_page, research_badges, research_page
from staffdev_desktop.ui.cpd.panel import CpdPanel
from staffdev_desktop.ui.report_printer import ReportPrinter
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.segments import Segments

GROUPS, RESEARCH = "groups", "research"
PAPERS = (
    ("Record sheet of the &group chosen…", "sheet"),
    ("&Report cover of the project chosen…", "cover"),
    ("&Application form, to fill in by hand…", "form"),
    ("Application of the project &chosen…", "application"),
    ("&Overview of the year…", "overview"),
)


class GroupsPanel(CpdPanel):
    """`go_to` takes ‘groups’ or ‘research’, alone or with the id of a row."""

    kinds = ("learning_group", "group_member", "research", "cpd_session", "session_place", "cpd_settings", "person", "holding")

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, parent)
        self.printer = ReportPrinter(school, hub, self)
        self.segments = Segments(((GROUPS, "Le&arning groups"), (RESEARCH, "Act&ion research")), "Groups or research", self)
        self.segments.set_value(GROUPS)
        self._may_keep = school.actor.may(Permission.KEEP_CPD)
        self.groups = groups_page(self, may_run=self.may_run)
        self.research = research_page(self, may_run=self.may_run, may_keep=self._may_keep)
        self.doing = {
            GROUPS: GroupActions(school, hub, self.groups),
            RESEARCH: ResearchActions(school, hub, self.research),
        }
        self.pages, self.tops = QStackedWidget(self), QStackedWidget(self)
        self.tops.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for page in (self.groups, self.research):
            self.pages.addWidget(page)
            self.tops.addWidget(page.top)
        self.rules = PlainButton("Si&ze and cap…", parent=self)
        self.papers = more_button("&Print", "Print papers of groups and research", PAPERS, self._paper_chosen, self)
        self.new_button = PrimaryButton("&New group…", "plus", self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.segments)
        head.addWidget(self.tops, 1)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        self.tools.layout().addStretch(1)
        self.add_tools(self.rules, self.papers, self.new_button)
        self._wire()
        self._dress()

    def _wire(self) -> None:
        self.segments.edited.connect(self._segment_chosen)
        self.rules.clicked.connect(self.change_rules)
        self.new_button.clicked.connect(self.add_new)
        for page, doing in ((self.groups, self.doing[GROUPS]), (self.research, self.doing[RESEARCH])):
            page.asked.connect(doing.do)
            page.meeting_opened.connect(doing.open_meeting)
            doing.calendar_wanted.connect(self._show_in_calendar)
            if page.empty.button is not None:
                page.empty.button.clicked.connect(self.add_new)

    # -- what the tab asks ------------------------------------------------------------------------------------------------

    @property
    def page(self) -> LearningPage:
        """The segment that is shown."""
        return self.pages.currentWidget()

    def refresh(self) -> None:
        """Read what is shown of the year."""
        rules, year = self._school.read(log.cpd_settings), self._hub.year
        if self.segments.value() == GROUPS:
            rows = self._school.read(queries.groups, year=year)
            self.groups.show_rows(rows, group_badges(rows, rules, year))
        else:
            rows = self._school.read(queries.research, year=year)
            self.research.show_rows(rows, research_badges(rows, rules, year))

    def focus_first(self) -> None:
        """Put the keyboard where the work is."""
        self.page.focus_first()

    def go_to(self, what: object) -> None:
        """Show a segment, and a row in it."""
        which, row_id = what if isinstance(what, tuple) else (what, None)
        self.segments.set_value(which)
        self._segment_chosen(which)
        if row_id is not None:
            self.page.table.choose(row_id)

    def place(self) -> object:
        """The segment and row that are shown."""
        return (self.segments.value(), self.page.table.chosen_id())

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.segments, *self.page.panels()]

    def add_new(self) -> None:
        """A group, or an application."""
        if self._may_add():
            self.doing[self.segments.value()].add(self._hub.year)

    def change_rules(self) -> None:
        """Ask what the school wants."""
        messages.show(RulesDialog(self._school, self._school.read(log.cpd_settings), self))

    def print_shown(self) -> None:
        """Ctrl+P: the record sheet of the group chosen, or the cover of the project chosen; else the year."""
        chosen = self.page.chosen()
        if chosen is None:
            self.print_paper("overview")
        else:
            self.print_paper("sheet" if self.segments.value() == GROUPS else "cover")

    # -- papers -----------------------------------------------------------------------------------------------------------

    def print_paper(self, which: str) -> None:
        """Show one of the papers. What it needs and is not chosen is said."""
        getattr(self, f"_{which}")()

    def _sheet(self) -> None:
        from staffdev_desktop.cpd.groups import papers

        row = self.groups.chosen() if self.segments.value() == GROUPS else None
        if row is None:
            messages.tell(self, "No group is chosen", "Choose one under Learning groups first.")
            return
        self._show(partial(papers.group_sheet, row), papers.GROUP_SHEET, "group-record", row.id, papers.texts_of_groups([row]))

    def _cover(self) -> None:
        self._project_paper("report_cover", "REPORT", "research-report")

    def _application(self) -> None:
        self._project_paper("application_form", "APPLICATION", "research-application")

    def _project_paper(self, draw: str, title: str, name: str) -> None:
        from staffdev_desktop.cpd.groups import papers

        row = self.research.chosen() if self.segments.value() == RESEARCH else None
        if row is None:
            messages.tell(self, "No project is chosen", "Choose one under Action research first.")
            return
        texts = papers.texts_of_research([row])
        self._show(partial(getattr(papers, draw), row), getattr(papers, title), name, row.id, texts)

    def _form(self) -> None:
        from staffdev_desktop.cpd.groups import papers

        self._show(partial(papers.application_form, None), papers.APPLICATION, "research-application", "blank", ())

    def _overview(self) -> None:
        from staffdev_desktop.cpd.groups import papers

        year = self._hub.year
        groups, projects = self._school.read(queries.groups, year=year), self._school.read(queries.research, year=year)
        rules = self._school.read(log.cpd_settings)
        texts = (*papers.texts_of_groups(groups), *papers.texts_of_research(projects))
        self._show(partial(papers.year_overview, groups, projects, rules), papers.OVERVIEW, "groups-overview", year, texts)

    def _show(self, draw, title: str, name: str, what: object, texts) -> None:
        file_name = f"{name}-{what}-as-of-{clock.today().isoformat()}.pdf"
        self.printer.show(draw, year=self._hub.year, title=title, file_name=file_name, texts=texts)

    def _show_in_calendar(self, session_id: int) -> None:
        self.wanted.emit("sessions", ("calendar", session_id))

    def _paper_chosen(self) -> None:
        self.print_paper(self.sender().data())

    # -- what is shown ----------------------------------------------------------------------------------------------------

    def _segment_chosen(self, _value: object) -> None:
        self._dress()
        self.refresh()

    def _dress(self) -> None:
        here = self.segments.value() == GROUPS
        shown = self.groups if here else self.research
        self.pages.setCurrentWidget(shown)
        self.tops.setCurrentWidget(shown.top)
        self.rules.setVisible(self.may_run)
        self.new_button.setText("&New group…" if here else "&New application…")
        self.new_button.setVisible(self._may_add())

    def _may_add(self) -> bool:
        return self.may_run or (self._may_keep and self.segments.value() == RESEARCH)
