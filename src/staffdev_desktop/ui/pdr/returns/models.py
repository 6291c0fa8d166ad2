"""The table of files that came back."""

from PySide6.QtCore import QObject

from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.returns import FORM_WORDS, ReturnRow, Verdict
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

BADGES = {Verdict.READY: "ok", Verdict.QUESTION: "warn", Verdict.SAME: "mute", Verdict.TROUBLE: "late"}
ORDER = tuple(BADGES)


def badge_of(row: ReturnRow) -> BadgeText:
    """A form's verdict."""
    return BadgeText(BADGES[row.verdict], str(row.verdict))


def whose(row: ReturnRow) -> str:
    """Whose form it is."""
    return row.record.person if row.record else "Not known"


def post_of(row: ReturnRow) -> str:
    """Their post, as the review has it."""
    return row.record.person_post if row.record else ""


def which_form(row: ReturnRow) -> str:
    """Sheet or meeting form."""
    return FORM_WORDS.get(row.kind, "")


def which_year(row: ReturnRow) -> str:
    """The academic year of its review."""
    return year_label(row.record.cycle.year) if row.record else ""


def came_back(row: ReturnRow) -> str:
    """How much of it is filled in."""
    return f"{row.answered} of {row.asked} answers" if row.asked else ""


def why(row: ReturnRow) -> str:
    """The reasons for its verdict."""
    return " ".join(row.reasons)


def _place(row: ReturnRow) -> int:
    return ORDER.index(row.verdict)


def _file(row: ReturnRow) -> str:
    return row.path.name


def _whose_and_post(row: ReturnRow) -> str:
    return f"{whose(row)}, {post_of(row)}"


def _year_and_answers(row: ReturnRow) -> str:
    return " · ".join(part for part in (which_year(row), came_back(row)) if part)


def _form_and_answers(row: ReturnRow) -> str:
    return f"{which_form(row)} {_year_and_answers(row)}"


def _file_and_why(row: ReturnRow) -> str:
    return f"{row.path.name}. {why(row)}"


def returns_model(parent: QObject) -> TableModel:
    """One row for each file; those that may be taken in are ticked."""
    columns = (
        Column("name", "Member of staff", 190, whose, extra=post_of, delegate=TwoLineDelegate, spoken=_whose_and_post),
        Column("form", "What came back", 180, which_form, extra=_year_and_answers, delegate=TwoLineDelegate, spoken=_form_and_answers),
        Column("verdict", "Verdict", 105, lambda row: str(row.verdict), sort_key=_place, extra=badge_of, delegate=BadgeDelegate),
        Column("file", "File", 0, _file, extra=why, tooltip=why, delegate=TwoLineDelegate, spoken=_file_and_why),
    )
    return TableModel(columns, row_id=lambda row: row.path, tickable=True, parent=parent)
