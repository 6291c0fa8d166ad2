"""The loop between two rounds: what was rated, what was agreed, what was done for it, and whether it moved. For those who act."""

from functools import partial

from PySide6.QtWidgets import QWidget

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.cpd.diagnostic import sheets
from staffdev_desktop.cpd.diagnostic.queries import loop
from staffdev_desktop.cpd.diagnostic.rows import OUTCOMES, Loop, LoopRow, Outcome
from staffdev_desktop.cpd.diagnostic.rules import NOBODY, loop_figures
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.ui.cpd.diagnostic.list_page import PeoplePage, PlainTwoLines, choices_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.tables import Column, TableModel

BADGES = {
    Outcome.MOVED: ("ok", "stretch"),
    Outcome.NOT_MOVED: ("info", "half"),
    Outcome.NOTHING_DONE: ("warn", "warn"),
    Outcome.WAITING: ("mute", "dot"),
}
RULE = (
    "Shown are areas that were rated 1 or 2, chosen to work on, or had CPD. ‘Moved’: the rating went up. ‘Nothing done’: it did not, and "
    "nothing was logged for it."
)
LISTS = (("List as shown, on &paper…", "print_shown"), ("List as shown, as a &spreadsheet…", "save_sheet"))
FIGURES = (
    ("&Figures of the school without names, on paper…", "print_figures"),
    ("Figures &without names, as a spreadsheet…", "save_figures"),
)


def _words(key: str, row: LoopRow) -> str:
    return getattr(row, key)


def _rating(row: LoopRow) -> str:
    return f"{row.before or '–'} to {row.after or '–'}"


def _agreed(row: LoopRow) -> str:
    return "; ".join(row.agreed) or "Nothing agreed"


def _done(row: LoopRow) -> str:
    return f"{count_of(len(row.linked), 'entry', 'entries')}, {hours(row.minutes)} h" if row.linked else "Nothing logged"


def _assured(row: LoopRow) -> str:
    return f"{row.assured} of {len(row.linked)} quality assured" if row.linked else ""


def _minutes(row: LoopRow) -> int:
    return row.minutes


def _activities(row: LoopRow) -> str:
    return "\n".join(entry.activity for entry in row.linked)


def _outcome(row: LoopRow) -> str:
    return str(row.outcome)


def _outcome_badge(row: LoopRow) -> BadgeText:
    kind, icon = BADGES[row.outcome]
    return BadgeText(kind, str(row.outcome), icon)


def _outcome_key(row: LoopRow) -> int:
    return OUTCOMES.index(row.outcome)


def loop_model(parent: QWidget) -> TableModel:
    """By surname, each person’s areas in the order of their set: never by how good anybody is."""
    columns = (
        Column("name", "Member of staff", 176, partial(_words, "name"), extra=partial(_words, "group"), delegate=TwoLineDelegate),
        Column("area", "Area", 190, partial(_words, "area"), tooltip=partial(_words, "area")),
        Column("rating", "Rating", 76, _rating),
        Column("agreed", "CPD agreed before", 0, _agreed, tooltip=_agreed),
        Column("done", "Done for it", 188, _done, sort_key=_minutes, extra=_assured, tooltip=_activities, delegate=PlainTwoLines),
        Column("manager", "Line manager", 140, partial(_words, "manager"), tooltip=partial(_words, "manager")),
        Column("outcome", "Outcome", 142, _outcome, sort_key=_outcome_key, extra=_outcome_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=partial(_words, "search"), parent=parent)


class LoopPage(PeoplePage):
    """From the round before to the one that is picked; of one person, a team or everybody by the filters."""

    gives_way, least_room = ("manager",), 1180

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self._loop = Loop("", "")
        entries = (*LISTS, *FIGURES) if school.actor.may(Permission.SEE_ALL_CPD) else LISTS
        self.papers = more_button("Print or save", "Print or save the loop", entries, self._chosen, self)
        self.open_person = PlainButton("Show the person", "user", self)
        filters = (("outcome", "Outcome", 150), ("manager", "Team", 200), ("set_name", "Areas", 170))
        self.build(loop_model(self), "The loop", filters, (self.papers, self.open_person), icon="path")
        self.filters["outcome"].set_choices([(None, "All outcomes"), *((each, str(each)) for each in OUTCOMES)])
        self.table.horizontalHeader().setSectionsClickable(False)  # nobody is put in order by how good they are
        self.table.opened.connect(self._to_person)
        self.open_person.clicked.connect(self._to_person)

    def reload(self) -> None:
        """Read the loop and show it."""
        self._loop = self._school.read(loop.loop, round_id=self.round.id) if self.round else Loop("", "")
        rows = self._loop.rows
        self.filters["manager"].set_choices(choices_of(rows, "manager", "Everybody", NOBODY))
        self.filters["set_name"].set_choices(choices_of(rows, "set_name", "All areas"))
        badges = []
        for outcome in OUTCOMES:
            number = sum(row.outcome is outcome for row in rows)
            if number:
                kind, icon = BADGES[outcome]
                badges.append(BadgeText(kind, f"{number} {outcome.lower()}", icon))
        self.show_list(
            rows,
            badges,
            missing="There is no loop to show yet",
            what="It needs two rounds: what was agreed in one, and the same areas rated again in the next.",
        )

    def filtered(self) -> None:
        """Show what the filters keep."""
        self.model.set_condition(self._keeps)
        shown, every = self.model.rowCount(), len(self.model.rows())
        between = f"{self._loop.before} to {self._loop.after}" if self._loop.before else self._loop.after
        self.words.setText(f"{between}: {shown} of {count_of(every, 'area')}. {RULE}")

    def _keeps(self, row: LoopRow) -> bool:
        return all(field.value() in (None, getattr(row, key)) for key, field in self.filters.items())

    # -- papers ---------------------------------------------------------------------------------------------------------

    def print_shown(self) -> None:
        """The list as shown, on paper."""
        rows = self.model.shown_rows()
        texts = [words for row in rows for words in (row.name, row.group, row.area, *row.agreed)]
        name = sheets.file_name(sheets.LOOP, clock.today())
        self._printer.show(partial(_draw, self._loop, rows), year=self._hub.year, title="The loop", file_name=name, texts=texts)

    def save_sheet(self) -> None:
        """The list as shown, as a spreadsheet."""
        name = sheets.file_name(sheets.LOOP, clock.today(), ending="xlsx")
        self._printer.save_sheet(sheets.loop_sheet(self.model.shown_rows()), file_name=name)

    def print_figures(self) -> None:
        """What moved in the school, without names, whatever the filters show."""
        minimum = self._school.read(settings.school).minimum_group
        found = loop_figures(self._loop.rows, minimum)
        name = sheets.file_name(sheets.FIGURES, clock.today())
        self._printer.show(
            partial(_draw_figures, self._loop, found, minimum), year=self._hub.year, title="The loop in figures", file_name=name
        )

    def save_figures(self) -> None:
        """The same numbers as a spreadsheet."""
        found = loop_figures(self._loop.rows, self._school.read(settings.school).minimum_group)
        self._printer.save_sheet(sheets.figures_sheet(found), file_name=sheets.file_name(sheets.FIGURES, clock.today(), ending="xlsx"))


def _draw(shown: Loop, rows, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import loop_paper

    return loop_paper(shown, rows, printed)


def _draw_figures(shown: Loop, found, minimum: int, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import loop_figures_paper

    return loop_figures_paper(shown, found, printed, minimum=minimum)
