"""Entries as those see them who check: in a table, what waits longest first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from staffdev_desktop.cpd.log.rows import EntryStatus
from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.cpd.quality.rows import CheckRow
from staffdev_desktop.kernel.dates import day_with_year, short_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui.cpd.log.log_model import ENTRY_BADGES
from staffdev_desktop.ui.cpd.school.hours_model import NOBODY
from staffdev_desktop.ui.widgets.badge import BadgeText
from staffdev_desktop.ui.widgets.delegates import BadgeDelegate, TwoLineDelegate
from staffdev_desktop.ui.widgets.tables import Column, TableModel

TO_CHECK, AGAIN, BACK, NO_IMPACT, ASSURED, SAMPLE, EVERY = "to check", "again", "back", "no impact", "assured", "sample", "every"
SHOWN = (
    (TO_CHECK, "To check"),
    (AGAIN, "To look at again"),
    (BACK, "Sent back"),
    (NO_IMPACT, "Impact not written"),
    (ASSURED, "Quality assured"),
    (SAMPLE, "A sample by rule"),
    (EVERY, "Every entry"),
)
_STATES = {
    TO_CHECK: EntryStatus.TO_CHECK,
    BACK: EntryStatus.SENT_BACK,
    NO_IMPACT: EntryStatus.IMPACT_NEEDED,
    ASSURED: EntryStatus.ASSURED,
}


@dataclass(frozen=True)
class ChecksFilter:
    """What to show; None shows all. `sample` holds the ids that a rule has drawn."""

    shown: str = TO_CHECK
    group: str | None = None
    manager: int | None = None
    sample: Collection[int] = frozenset()

    def keeps(self, row: CheckRow) -> bool:
        """Whether an entry is shown. One’s own are not: somebody else checks them."""
        return (
            not row.own
            and self._keeps_state(row)
            and self.group in (None, row.entry.group)
            and (self.manager is None or self.manager in row.manager_ids or (self.manager == NOBODY and not row.manager_ids))
        )

    def _keeps_state(self, row: CheckRow) -> bool:
        if self.shown == AGAIN or row.earlier:
            return self.shown == AGAIN and row.again
        if self.shown == SAMPLE:
            return row.id in self.sample
        return self.shown == EVERY or row.entry.status is _STATES[self.shown]


def checks_model(parent) -> TableModel:
    """The table’s model."""
    columns = (
        Column("name", "Member of staff", 176, _name, extra=_posts, delegate=TwoLineDelegate, tooltip=_managers),
        Column("activity", "Activity", 0, _activity, extra=_kind, delegate=TwoLineDelegate, tooltip=_activity),
        Column("day", "Date", 100, _day, sort_key=_done_on),
        Column("hours", "Hours", 62, _hours, sort_key=_minutes, align="right"),
        Column("impact", "What came of it", 236, _impact, tooltip=_impact),
        Column("state", "Quality assurance", 146, _state, extra=state_badge, delegate=BadgeDelegate, tooltip=_question),
    )
    return TableModel(columns, tickable=True, search_text=_search, parent=parent)


def _name(row: CheckRow) -> str:
    return row.entry.name


def _posts(row: CheckRow) -> str:
    return row.posts


def _managers(row: CheckRow) -> str:
    return f"Line manager: {row.managers}" if row.managers else "No line manager"


def _activity(row: CheckRow) -> str:
    return row.entry.details.activity


def _kind(row: CheckRow) -> str:
    return " · ".join(words for words in (row.entry.kind, row.entry.details.provider) if words)


def _day(row: CheckRow) -> str:
    return day_with_year(row.entry.details.done_on)


def _done_on(row: CheckRow) -> object:
    return row.entry.details.done_on


def _hours(row: CheckRow) -> str:
    return hours_in_table(row.entry.details.minutes)


def _minutes(row: CheckRow) -> int:
    return row.entry.details.minutes


def impact_words(row: CheckRow) -> str:
    """What came of it in the first words that say it."""
    details = row.entry.details
    return next((" ".join(words.split()) for words in (details.impact, details.changed, details.colleagues) if words.strip()), "")


def _impact(row: CheckRow) -> str:
    return impact_words(row) or "Not written yet"


def state_badge(row: CheckRow) -> BadgeText:
    """How far it is; a follow-up that is due is said before anything else."""
    if row.again and row.entry.details.look_again_on:
        return BadgeText("warn", f"Look again {short_day(row.entry.details.look_again_on)}")
    kind, icon = ENTRY_BADGES[row.entry.status]
    return BadgeText(kind, row.entry.status, icon)


def _state(row: CheckRow) -> str:
    return state_badge(row).words


def _question(row: CheckRow) -> str:
    check = row.entry.check
    if check is None:
        return ""
    said = f"{check.checked_by}, {day_with_year(check.checked_on)}"
    return f"{said}: {check.question}" if check.question else said


def _search(row: CheckRow) -> str:
    return f"{row.entry.search} {row.posts} {row.managers} {row.term} {row.entry.status}"


def summary_badges(rows: Sequence[CheckRow]) -> list[BadgeText]:
    """Numbers first."""
    again = sum(row.again for row in rows)
    theirs = [row for row in rows if not row.earlier]
    lines = [("warn", "clock", again, "to look at again")]
    for status, words in (
        (EntryStatus.TO_CHECK, "to check"),
        (EntryStatus.SENT_BACK, "sent back"),
        (EntryStatus.IMPACT_NEEDED, "without impact"),
        (EntryStatus.ASSURED, "quality assured"),
    ):
        kind, icon = ENTRY_BADGES[status]
        lines.append((kind, icon or "", sum(row.entry.status is status for row in theirs), words))
    return [BadgeText(kind, f"{number} {words}", icon or None) for kind, icon, number, words in lines if number]


def nothing_words(rows: Sequence[CheckRow], shown: str) -> tuple[str, str]:
    """What is said in place of an empty list."""
    if not rows:
        return "Nothing is in the log of this year yet", "Entries can be checked as soon as it is written what came of them."
    if not any(ChecksFilter(shown).keeps(row) for row in rows):
        waiting = {
            TO_CHECK: ("Nothing waits to be checked", "Entries come here as soon as it is written what came of them."),
            AGAIN: ("Nothing is to be looked at again today", "A day is set when an entry is checked: ‘Look again on’."),
            BACK: ("No question is open", "What was sent back comes here until the person changes the entry."),
        }
        return waiting.get(shown, ("No entry fits", "Choose something else to show."))
    return "No entry fits", "Choose another staff group or line manager, or empty the filter."


def shown_words(shown: Sequence[CheckRow], every: int) -> str:
    """‘23 of 210 entries shown, 18.5 hours.’"""
    number = count_of(every, "entry", "entries") if len(shown) == every else f"{len(shown)} of {count_of(every, 'entry', 'entries')}"
    return f"{number} shown, {hours(sum(row.entry.details.minutes for row in shown))} hours. Enter opens one, Space ticks it."
