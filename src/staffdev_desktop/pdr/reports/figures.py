"""Figures without names: groups of few people are merged until nobody can be told apart (DESIGN section 4, Few people). Pure.

Nothing is blotted out, because what is blotted out can be worked out from the totals beside it: lines are merged instead, and each
table is one division of the same whole.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from staffdev_desktop.kernel.names import listed
from staffdev_desktop.pdr.reports.rows import Figure, GroupProgress, NeedsSummary, ProgressFigure
from staffdev_desktop.pdr.rows import STAGES, BoardRow, NeedRow, Stage
from staffdev_desktop.pdr.rules import NEED_STATES, SETTLED_NEEDS, is_open

OTHER_GROUPS, ALL_GROUPS = "Other groups", "All groups"
OTHER_TERMS, ALL_TERMS = "Other terms", "All terms together"
NO_TERM, ANOTHER_TIME = "No term yet", "Some other time"
Label = TypeVar("Label", bound=Hashable)
Cells = Sequence[Sequence[int]]  # for each cell of a line, the person behind each thing that it counts


def enough(people: Sequence[int], minimum: int) -> bool:
    """Whether a number may be shown: nobody is behind it, or at least `minimum` different people are."""
    return not people or len(set(people)) >= minimum


def divided(lines: Mapping[Label, Cells], minimum: int) -> tuple[tuple[Label, ...], ...]:
    """How lines are merged so that every cell of each may be shown: those that stand alone, in their order, then the merged one.

    Lines with a cell of too few people go into one line with others; if that one has still too few, the smallest of the rest joins
    it, until it has enough. Empty lines are left out. Empty if even all together are too few.
    """
    known = {label: cells for label, cells in lines.items() if any(cells)}
    alone = [label for label, cells in known.items() if _safe([cells], minimum)]
    merged = [label for label in known if label not in alone]
    while merged and not _safe([known[label] for label in merged], minimum):
        if not alone:
            return ()
        smallest = min(alone, key=lambda label: len({person for cell in known[label] for person in cell}))
        alone.remove(smallest)
        merged.append(smallest)
    parts = [(label,) for label in alone]
    return (*parts, tuple(merged)) if merged else tuple(parts)


def _safe(lines: Sequence[Cells], minimum: int) -> bool:
    return all(enough([person for cell in cells for person in cell], minimum) for cells in zip(*lines, strict=True))


def is_overdue(need: NeedRow, today: date) -> bool:
    """Whether a need is past its day and neither done nor declined."""
    return need.by_when is not None and need.by_when < today and need.state not in SETTLED_NEEDS


def needs_summary(
    needs: Sequence[NeedRow], people: Mapping[int, int], *, year: int, minimum: int, terms: Sequence[str], today: date
) -> NeedsSummary:
    """The needs of a year for the finance director and the governors (seed 002, Access to outcomes): no names, no words of a need.

    `people` gives the person of each review; `terms` are the school's terms in order: any other word stands under ‘Some other time’.
    """
    who = [people[need.review_id] for need in needs]
    if not needs or not enough(who, minimum):
        return NeedsSummary(year, minimum, None, None, (), (), (), None, None)
    costed = [need for need in needs if need.cost is not None]
    groups = dict.fromkeys(need.group for need in needs)
    states = {state: [need for need in needs if _state(need) == state] for state in NEED_STATES}
    by_term = {term: [need for need in costed if _term(need, terms) == term] for term in (*terms, ANOTHER_TIME, NO_TERM)}
    by_group = {group: [need for need in needs if need.group == group] for group in sorted(groups)}
    may_cost = enough(_who(costed, people), minimum)
    not_costed = [need for need in needs if need.cost is None]
    return NeedsSummary(
        year=year,
        minimum=minimum,
        total=_figure("All", needs, people),
        overdue=_overdue(needs, people, minimum, today),
        by_group=_figures(by_group, people, minimum, OTHER_GROUPS, ALL_GROUPS),
        by_state=_figures(states, people, minimum, "", "All states together"),
        by_term=_figures(by_term, people, minimum, OTHER_TERMS, ALL_TERMS),
        costed=_figure("All", costed, people) if may_cost and costed else None,
        not_costed=len(not_costed) if may_cost and enough(_who(not_costed, people), minimum) else None,
    )


def _who(needs: Sequence[NeedRow], people: Mapping[int, int]) -> list[int]:
    return [people[need.review_id] for need in needs]


def _state(need: NeedRow) -> str:
    return need.state if need.state in NEED_STATES else NEED_STATES[0]


def _term(need: NeedRow, terms: Sequence[str]) -> str:
    if need.term in terms:
        return need.term
    return ANOTHER_TIME if need.term else NO_TERM


def _figure(label: str, needs: Sequence[NeedRow], people: Mapping[int, int]) -> Figure:
    return Figure(label, len(set(_who(needs, people))), len(needs), sum(need.cost or 0 for need in needs))


def _figures(
    lines: Mapping[str, Sequence[NeedRow]], people: Mapping[int, int], minimum: int, others: str, together: str
) -> tuple[Figure, ...]:
    parts = divided({label: [_who(needs, people)] for label, needs in lines.items()}, minimum)
    found = []
    for part in parts:
        label = part[0] if len(part) == 1 else together if len(parts) == 1 else others or _either(part, list(lines))
        found.append(_figure(label, [need for member in part for need in lines[member]], people))
    return tuple(found)


def _either(part: Sequence[str], order: Sequence[str]) -> str:
    """‘booked, done or declined’."""
    return listed(sorted(part, key=order.index)).replace(" and ", " or ")


def _overdue(needs: Sequence[NeedRow], people: Mapping[int, int], minimum: int, today: date) -> int | None:
    """How many are past their day; None if that, or what it leaves of those still open, would show somebody."""
    late = [need for need in needs if is_overdue(need, today)]
    rest = [need for need in needs if _state(need) not in SETTLED_NEEDS and not is_overdue(need, today)]
    settled = [need for need in needs if _state(need) in SETTLED_NEEDS]
    return len(late) if all(enough(_who(part, people), minimum) for part in (late, rest, settled)) else None


def in_cycle(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """The reviews that are expected to be held: without those away or not in this cycle."""
    return [row for row in rows if not row.away and not row.exempt]


def progress_by_group(rows: Sequence[BoardRow], today: date) -> tuple[GroupProgress, ...]:
    """How far each staff group is against the deadline: for those who run the cycle, so small groups stand for themselves."""
    expected = in_cycle(rows)
    found = []
    for group in sorted({row.group for row in expected}):
        mine = [row for row in expected if row.group == group]
        found.append(
            GroupProgress(
                group=group,
                reviews=len(mine),
                returned=sum(_reached(row, Stage.RETURNED) for row in mine),
                booked=sum(_reached(row, Stage.BOOKED) for row in mine),
                agreed=sum(_reached(row, Stage.AGREED) for row in mine),
                signed=sum(_reached(row, Stage.SIGNED) for row in mine),
                late=sum(is_open(row.stage) and row.deadline < today for row in mine),
            )
        )
    return tuple(found)


def all_progress(progress: Sequence[GroupProgress]) -> GroupProgress:
    """All staff groups together."""
    names = ("reviews", "returned", "booked", "agreed", "signed", "late")
    return GroupProgress(ALL_GROUPS, *(sum(getattr(row, name) for row in progress) for name in names))


def _reached(row: BoardRow, stage: Stage) -> bool:
    return STAGES.index(row.stage) >= STAGES.index(stage)


def progress_without_names(rows: Sequence[BoardRow], minimum: int) -> tuple[ProgressFigure, ...]:
    """How many reviews of each staff group are agreed, small groups merged. Empty if all of them together are too few.

    Where even all groups together have too few people on one side, only the number of reviews is given.
    """
    expected = in_cycle(rows)
    groups = {group: [row for row in expected if row.group == group] for group in sorted({row.group for row in expected})}
    split: dict[str, Cells] = {
        group: [
            [row.person_id for row in mine if not is_open(row.stage)],
            [row.person_id for row in mine if is_open(row.stage)],
        ]
        for group, mine in groups.items()
    }
    with_split = divided(split, minimum)
    parts = with_split or divided({group: [[row.person_id for row in mine]] for group, mine in groups.items()}, minimum)
    found = []
    for part in parts:
        mine = [row for group in part for row in groups[group]]
        label = part[0] if len(part) == 1 else ALL_GROUPS if len(parts) == 1 else OTHER_GROUPS
        finished = sum(not is_open(row.stage) for row in mine) if with_split else None
        found.append(ProgressFigure(label, len(mine), finished))
    return tuple(found)
