"""How programmes, and the people on them, stand in tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.programmes.enrolments.rows import EnrolmentRow, ProgrammeRow, Stage
from staffdev_desktop.cpd.programmes.enrolments.rules import next_part
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

EVERYBODY = 0
RUNNING, OVERDUE, ENDED = "running", "overdue", "ended"
SHOWN = ((None, "All stages"), (RUNNING, "Not ended"), (OVERDUE, "Overdue"), (ENDED, "Ended"))
_BADGES = {
    Stage.APPLIED: ("mute", None),
    Stage.ACCEPTED: ("mute", "cal"),
    Stage.ON_IT: ("info", None),
    Stage.COMPLETED: ("ok", None),
    Stage.NOT_PASSED: ("warn", "x"),
    Stage.WITHDRAWN: ("mute", "x"),
    Stage.NOT_ACCEPTED: ("mute", "x"),
}


@dataclass(frozen=True)
class Listed:
    """A line of the list of programmes: one of them, or everybody on any."""

    id: int
    name: str
    second: str
    overdue: int
    search: str
    people: int
    in_use: bool = True


def listed_programmes(rows: Sequence[ProgrammeRow]) -> list[Listed]:
    """Everybody first, then the programmes with people on them, then the others in use, then those out of use."""
    found = [
        Listed(
            row.id,
            row.details.name,
            _second(row),
            row.overdue,
            row.search,
            row.on_it + row.applied + row.completed,
            row.details.in_use,
        )
        for row in rows
    ]
    found.sort(key=lambda each: (not each.people, not each.in_use))
    on_it, overdue = sum(row.on_it for row in rows), sum(row.overdue for row in rows)
    words = f"{count_of(on_it, 'person', 'people')} on one now"
    return [Listed(EVERYBODY, "All programmes", words, overdue, "", on_it), *found]


def _second(row: ProgrammeRow) -> str:
    parts = [f"{row.on_it} on it" if row.on_it else "", f"{row.applied} to begin" if row.applied else ""]
    parts.append(f"{row.completed} completed" if row.completed else "")
    if not row.details.in_use:
        parts.append("out of use")
    return ", ".join(part for part in parts if part) or "Nobody yet"


def list_model(parent: QWidget) -> TableModel:
    """The model of the list of programmes."""
    columns = (
        Column("name", "Programme", 0, _name, extra=_words, tooltip=_name, delegate=TwoLineDelegate),
        Column("overdue", "", 98, _overdue_words, extra=_overdue_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=_list_search, parent=parent)


def keeps(wanted: str | None, row: EnrolmentRow) -> bool:
    """Whether somebody is shown under one of the filters."""
    if wanted == RUNNING:
        return row.running
    if wanted == OVERDUE:
        return row.overdue
    return wanted is None or not row.running


def people_model(parent: QWidget) -> TableModel:
    """The model of the people on programmes."""
    columns = (
        Column("name", "Member of staff", 172, _person, extra=_posts, tooltip=_posts, delegate=TwoLineDelegate),
        Column("programme", "Programme", 0, _programme, extra=_cohort_and_mentor, tooltip=_programme, delegate=TwoLineDelegate),
        Column("cohort", "Cohort", 172, _cohort, extra=_mentor, delegate=TwoLineDelegate),
        Column("began", "Began", 96, _began, sort_key=_starts_on),
        Column("due", "Due", 118, _due, sort_key=_due_on, extra=_due_badge, spoken=_spoken_due, delegate=BadgeDelegate),
        Column("done", "Done", 76, _done, sort_key=_share, align="right"),
        Column("next", "Next part", 0, _next, tooltip=_next),
        Column("stage", "How far", 154, _stage, sort_key=_far, extra=stage_badge, delegate=BadgeDelegate),
    )
    return TableModel(columns, search_text=_search, parent=parent)


def stage_badge(row: EnrolmentRow) -> BadgeText:
    """How far somebody is, as a badge."""
    kind, icon = _BADGES[row.stage]
    return BadgeText(kind, str(row.stage), icon)


def _name(row: Listed) -> str:
    return row.name


def _words(row: Listed) -> str:
    return row.second


def _overdue_words(row: Listed) -> str:
    return f"{row.overdue} overdue" if row.overdue else ""


def _overdue_badge(row: Listed) -> BadgeText | None:
    return BadgeText("late", _overdue_words(row)) if row.overdue else None


def _list_search(row: Listed) -> str:
    return row.search


def _person(row: EnrolmentRow) -> str:
    return row.name


def _posts(row: EnrolmentRow) -> str:
    return row.posts


def _programme(row: EnrolmentRow) -> str:
    return row.programme


def _cohort(row: EnrolmentRow) -> str:
    return row.cohort or "–"


def _mentor(row: EnrolmentRow) -> str:
    return f"Mentor: {row.details.mentor}" if row.details.mentor else ""


def _cohort_and_mentor(row: EnrolmentRow) -> str:
    return ", ".join(part for part in (row.cohort, f"mentor {row.details.mentor}" if row.details.mentor else "") if part)


def _day(day: date | None) -> str:
    return day_with_year(day) if day else ""


def _began(row: EnrolmentRow) -> str:
    return _day(row.details.starts_on)


def _starts_on(row: EnrolmentRow) -> date | None:
    return row.details.starts_on


def _due(row: EnrolmentRow) -> str:
    return _day(row.details.due_on if row.running else row.ended_on)


def _due_on(row: EnrolmentRow) -> date | None:
    return row.details.due_on


def _due_badge(row: EnrolmentRow) -> BadgeText | None:
    return BadgeText("late", _due(row)) if row.overdue else None


def _spoken_due(row: EnrolmentRow) -> str:
    if not row.running:
        return f"Ended {_due(row)}"
    return f"{_due(row)}, overdue" if row.overdue else _due(row)


def _done(row: EnrolmentRow) -> str:
    return f"{row.done} of {len(row.steps)}" if row.steps else "–"


def _share(row: EnrolmentRow) -> float:
    return row.done / len(row.steps) if row.steps else 0


def _next(row: EnrolmentRow) -> str:
    step = next_part(row)
    return step.module.title if step else ""


def _stage(row: EnrolmentRow) -> str:
    return str(row.stage)


def _far(row: EnrolmentRow) -> int:
    return list(Stage).index(row.stage)


def _search(row: EnrolmentRow) -> str:
    return row.search
