"""The hours of many people together: by staff group, for those who run CPD. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from staffdev_desktop.cpd.ledger.rows import PersonLedger

NO_GROUP = "No staff group"


@dataclass(frozen=True)
class GroupHours:
    """A staff group: people who owe hours, how many of them are behind, minutes counted, due by now and in the year."""

    group: str
    people: int
    behind: int
    counted: int
    due_by_now: int
    due: int


def by_group(ledgers: Sequence[PersonLedger]) -> tuple[GroupHours, ...]:
    """The staff groups that owe hours, by name."""
    owing = [each for each in ledgers if each.whole.due]
    found = []
    for group in sorted({each.person.group for each in owing}, key=str.casefold):
        mine = [each for each in owing if each.person.group == group]
        found.append(
            GroupHours(
                group=group or NO_GROUP,
                people=len(mine),
                behind=sum(each.behind > 0 for each in mine),
                counted=sum(each.whole.have for each in mine),
                due_by_now=sum(each.whole.due_by_now for each in mine),
                due=sum(each.whole.due for each in mine),
            )
        )
    return tuple(found)


def most_behind_first(ledgers: Sequence[PersonLedger]) -> tuple[PersonLedger, ...]:
    """Who is furthest behind first, then by surname; who owes nothing comes last."""
    return tuple(sorted(ledgers, key=lambda each: (-each.behind, not each.whole.due, each.person.sort_key, each.id)))
