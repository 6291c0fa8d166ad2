"""CPD that was agreed from diagnostics as a work list: whose it is, by when, what the log has for it, and done or not."""

from functools import partial

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.diagnostic import sheets
from staffdev_desktop.cpd.diagnostic.queries import loop
from staffdev_desktop.cpd.diagnostic.rows import AgreedRow
from staffdev_desktop.cpd.diagnostic.rules import NOBODY
from staffdev_desktop.cpd.diagnostic.services.ratings import set_agreed_done
from staffdev_desktop.cpd.log.rules import hours
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.asking import problems_said
from staffdev_desktop.ui.cpd.diagnostic.list_page import PeoplePage, choices_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.menus import more_button
from staffdev_desktop.ui.widgets.tables import Column, TableModel

OPEN, LATE, DONE = "open", "late", "done"
STATES = ((OPEN, "Still open"), (LATE, "Past its day"), (DONE, "Done"), (None, "Open and done"))
PAPERS = (("List as shown, on &paper…", "print_shown"), ("List as shown, as a &spreadsheet…", "save_sheet"))


def _words(key: str, row: AgreedRow) -> str:
    return getattr(row, key)


def _where(row: AgreedRow) -> str:
    return f"{row.area}, {row.round_name}"


def _by(row: AgreedRow) -> str:
    return day_with_year(row.by_when) if row.by_when else "No day"


def _by_key(row: AgreedRow) -> object:
    return row.by_when


def _by_badge(row: AgreedRow) -> BadgeText | None:
    return BadgeText("late", _by(row)) if row.late else None


def _by_spoken(row: AgreedRow) -> str:
    return f"{_by(row)}, past its day" if row.late else _by(row)


def _logged(row: AgreedRow) -> str:
    return f"{count_of(row.entries, 'entry', 'entries')}, {hours(row.minutes)} h" if row.entries else "Nothing yet"


def _logged_key(row: AgreedRow) -> int:
    return row.minutes


def _state(row: AgreedRow) -> str:
    return f"Done {day_with_year(row.done_on)}" if row.done_on else "Open"


def _state_badge(row: AgreedRow) -> BadgeText:
    return BadgeText("ok", _state(row)) if row.done_on else BadgeText("info", "Open")


def agreed_model(parent: QWidget) -> TableModel:
    """What is open comes first, by its day."""
    columns = (
        Column(
            "what", "What was agreed", 0, partial(_words, "what"), extra=_where, tooltip=partial(_words, "what"), delegate=TwoLineDelegate
        ),
        Column("name", "For", 186, partial(_words, "name"), extra=partial(_words, "group"), delegate=TwoLineDelegate),
        Column("manager", "Agreed with", 150, partial(_words, "manager"), tooltip=partial(_words, "manager")),
        Column("by", "By", 126, _by, sort_key=_by_key, extra=_by_badge, spoken=_by_spoken, delegate=BadgeDelegate),
        Column("logged", "In the log since", 148, _logged, sort_key=_logged_key),
        Column("state", "How far", 150, _state, extra=_state_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=partial(_words, "search"), parent=parent)


class AgreedPage(PeoplePage):
    """Of everybody whom the actor may see, whichever round it comes from."""

    def __init__(self, school, hub, printer, parent: QWidget | None = None) -> None:
        super().__init__(school, hub, printer, parent)
        self.done = PrimaryButton("Mar&k as done", "check", self)
        self.open_person = PlainButton("Show the person", "user", self)
        self.papers = more_button("Print or save", "Print or save the list", PAPERS, self._chosen, self)
        model = agreed_model(self)
        filters = (("state", "How far", 120), ("manager", "Agreed with", 160), ("group", "Staff group", 140))
        self.build(model, "CPD agreed from the diagnostic", filters, (self.papers, self.open_person, self.done), icon="cap")
        self.filters["state"].set_choices(STATES)
        self.filters["state"].set_value(OPEN)
        self.done.clicked.connect(self.mark_done)
        self.open_person.clicked.connect(self._to_person)
        self.table.opened.connect(self._to_person)
        self.table.chosen.connect(self._row_chosen)

    def reload(self) -> None:
        """Read what was agreed and show it."""
        rows = self._school.read(loop.agreed_cpd)
        self.filters["manager"].set_choices(choices_of(rows, "manager", "All line managers", NOBODY))
        self.filters["group"].set_choices(choices_of(rows, "group", "All staff groups"))
        still, late = sum(row.done_on is None for row in rows), sum(row.late for row in rows)
        badges = [BadgeText("late", f"{late} past its day")] if late else []
        badges += [BadgeText("info", f"{still} still open"), BadgeText("ok", f"{len(rows) - still} done")]
        self.show_list(
            rows, badges, missing="No CPD has been agreed yet", what="It is written down area by area when two people agree a diagnostic."
        )
        self._row_chosen()

    def filtered(self) -> None:
        """Show what the filters keep."""
        self.model.set_condition(self._keeps)
        shown, every = self.model.rowCount(), len(self.model.rows())
        self.words.setText(f"Showing {shown} of {every}. The log counts entries linked to the area since the term was agreed.")

    def _keeps(self, row: AgreedRow) -> bool:
        state = self.filters["state"].value()
        in_state = state is None or (row.late if state == LATE else (row.done_on is not None) == (state == DONE))
        return in_state and all(self.filters[key].value() in (None, getattr(row, key)) for key in ("manager", "group"))

    def _row(self) -> AgreedRow | None:
        return self.model.row_of(self.table.chosen_id())

    def _row_chosen(self, _key: object = None) -> None:
        row = self._row()
        self.done.setEnabled(row is not None)
        self.open_person.setEnabled(row is not None)
        self.done.setText("It &is still open" if row is not None and row.done_on else "Mar&k as done")

    def mark_done(self) -> None:
        """It was done, or it is still open after all."""
        row = self._row()
        if row is None:
            return
        change = partial(self._school.do, set_agreed_done, agreed_id=row.id, revision=row.revision, done=row.done_on is None)
        if problems_said(self, change):
            self._hub.notify(f"{'Open again' if row.done_on else 'Done'}: {row.what}, {row.name}", undo=True)

    def print_shown(self) -> None:
        """The list as shown, on paper."""
        rows = self.model.shown_rows()
        texts = [words for row in rows for words in (row.name, row.what, row.area, row.manager, row.group)]
        name = sheets.file_name(sheets.AGREED, clock.today())
        self._printer.show(partial(_draw, rows), year=self._hub.year, title="CPD agreed", file_name=name, texts=texts)

    def save_sheet(self) -> None:
        """The list as shown, as a spreadsheet."""
        content = sheets.agreed_sheet(self.model.shown_rows())
        self._printer.save_sheet(content, file_name=sheets.file_name(sheets.AGREED, clock.today(), ending="xlsx"))


def _draw(rows, printed) -> bytes:
    from staffdev_desktop.cpd.diagnostic.papers import agreed_paper

    return agreed_paper(rows, printed)
