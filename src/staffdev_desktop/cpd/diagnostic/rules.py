"""Decisions of the diagnostic: stages, whose turn it is, what may be seen, trends in words, and the computed loop. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from staffdev_desktop.cpd.diagnostic.rows import (
    AreaDraft,
    BoardRow,
    Chase,
    LoopFigure,
    LoopRow,
    Outcome,
    RatingRow,
    RoundDetails,
    Stage,
    StageDates,
    TermRating,
    WeakArea,
)
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import capital, count_of, listed
from staffdev_desktop.kernel.years import Term, term_of, year_of
from staffdev_desktop.pdr.reports.figures import divided, enough

LEVELS = {1: "starting", 2: "developing", 3: "secure", 4: "strong"}
LEVELS_IN_WORDS = " · ".join(f"{value} {words}" for value, words in LEVELS.items())
WEAK = 2  # this and less
FOCUS, STRENGTH = "focus", "strength"
MARKS = ("", FOCUS, STRENGTH)
NOBODY = "No line manager"
LONGEST_TITLE, LONGEST_HINT, LONGEST_LINE, LONGEST_WORDS = 80, 300, 200, 4_000
MOST_AREAS = 12  # more do not fit the sheet
SETTLED = ((Outcome.MOVED,), (Outcome.NOT_MOVED,), (Outcome.NOTHING_DONE,))
STAYED = ((Outcome.MOVED,), (Outcome.NOT_MOVED, Outcome.NOTHING_DONE))
OTHERS, TOGETHER = "Other areas", "All areas together"
Label = TypeVar("Label", bound=Hashable)


# -- rounds -------------------------------------------------------------------------------------------------------------------


def check_round(details: RoundDetails) -> None:
    """Raises UserError for a round without a name, or one that ends before it opens."""
    if not details.name.strip():
        raise UserError("Give the round a name, for example Autumn 2026.", field="name")
    if len(details.name) > LONGEST_TITLE:
        raise UserError(f"Use {LONGEST_TITLE} letters or fewer.", field="name")
    if details.deadline < details.opens_on:
        raise UserError(f"The round opens on {long_day(details.opens_on)}: the deadline is later than that.", field="deadline")


def round_name(day: date, terms: Sequence[Term]) -> str:
    """‘Autumn 2026’: what the round of a day’s term is usually called."""
    term = term_of(day, terms)
    season = term.name.removesuffix(" term") if term else "Round of"
    return f"{season} {day.year if term else year_of(day)}"


def stage_of(dates: StageDates) -> Stage:
    """How far a diagnostic is: the farthest stage that was reached. Sheet and either side may be skipped."""
    if dates.agreed_on:
        return Stage.AGREED
    if dates.manager_on:
        return Stage.MANAGER_IN
    if dates.own_on:
        return Stage.OWN_IN
    return Stage.SHEET_OUT if dates.sheet_out_on else Stage.NOT_STARTED


def is_late(dates: StageDates, deadline: date, today: date) -> bool:
    """Whether it should have been agreed by now."""
    return dates.agreed_on is None and deadline < today


def chase_list(rows: Iterable[BoardRow], deadline: date, today: date) -> tuple[Chase, ...]:
    """Whom to remind of what, in the order of names: both sides rate first, each by themselves, then the line manager calls the meeting."""
    found = []
    days = abs((today - deadline).days)
    for row in rows:
        if row.stage is Stage.AGREED:
            continue
        manager = row.manager or NOBODY
        turns = []
        if row.dates.own_on is None:
            turns.append((row.name, "Own ratings" if row.dates.sheet_out_on else "Sheet to go out, own ratings"))
        if row.dates.manager_on is None:
            turns.append((manager, "Line manager’s ratings"))
        for who, what in turns or [(manager, "Agree together")]:
            found.append(Chase(row.id, row.person_id, row.name, row.group, manager, who, what, days, row.late))
    return tuple(found)


def waited(chase: Chase) -> str:
    """‘11 days late’, ‘6 days left’, ‘today’."""
    days = count_of(chase.days, "day")
    return f"{days} late" if chase.late else f"{days} left" if chase.days else "today"


def by_turn(found: Sequence[Chase]) -> tuple[tuple[str, tuple[Chase, ...]], ...]:
    """The chase list by whose turn it is; where there is no line manager comes last."""
    people = sorted({chase.who for chase in found}, key=lambda name: (name == NOBODY, name))
    return tuple((name, tuple(chase for chase in found if chase.who == name)) for name in people)


# -- what may be seen and written ---------------------------------------------------------------------------------------------


def shared(dates: StageDates) -> bool:
    """Whether what the line manager wrote is the person’s to see: agreed, or both sides are in (DESIGN section 4)."""
    return dates.agreed_on is not None or (dates.own_on is not None and dates.manager_on is not None)


def rating_shown(own: int | None, manager: int | None, agreed: int | None) -> int | None:
    """The rating that counts for figures: what was agreed, else the line manager’s, else the person’s own."""
    return agreed or manager or own


def check_value(value: int | None) -> None:
    """Raises UserError for a rating that is not 1 to 4."""
    if value is not None and value not in LEVELS:
        raise UserError(f"Rate from 1 to 4: {LEVELS_IN_WORDS}.", field="value")


def missing_to_record(ratings: Iterable[RatingRow]) -> str:
    """What is missing before a term is recorded, as a sentence; nothing if it may be."""
    open_ones = [rating.title for rating in ratings if rating.agreed is None]
    if not open_ones:
        return ""
    shown = open_ones if len(open_ones) <= 3 else [*open_ones[:2], f"{len(open_ones) - 2} more"]
    return f"No agreed rating yet: {listed(shown)}."


def check_areas(name: str, areas: Sequence[AreaDraft]) -> None:
    """Raises UserError for a set without a name, too many areas, an area without words or one that is there twice."""
    if not name.strip():
        raise UserError("Give the set a name.", field="name")
    used = [area for area in areas if area.in_use]
    if not used:
        raise UserError("A set needs at least one area in use.", field="areas")
    if len(used) > MOST_AREAS:
        raise UserError(f"{len(used)} areas do not fit the sheet. Use {MOST_AREAS} or fewer.", field="areas")
    seen: set[str] = set()
    for area in areas:
        title = area.title.strip()
        if not title:
            raise UserError("Give each area a name.", field="areas")
        if len(title) > LONGEST_TITLE:
            raise UserError(f"‘{title[:20]}…’ has {len(title)} letters. Use {LONGEST_TITLE} or fewer.", field="areas")
        if len(area.hint) > LONGEST_HINT:
            raise UserError(f"What ‘{title}’ looks like has {len(area.hint)} letters. Use {LONGEST_HINT} or fewer.", field="areas")
        if title.casefold() in seen:
            raise UserError(f"‘{title}’ is there twice.", field="areas")
        seen.add(title.casefold())


# -- the trend ----------------------------------------------------------------------------------------------------------------


def change_of(terms: Sequence[TermRating]) -> int | None:
    """From the first rating that is shown to the last; None where there are not two."""
    values = [term.value for term in terms if term.value is not None]
    return values[-1] - values[0] if len(values) > 1 else None


def change_in_words(change: int | None) -> str:
    """‘Up 1’, ‘No change’, ‘Down 2’; nothing where there is nothing to compare."""
    if change is None:
        return ""
    return f"Up {change}" if change > 0 else f"Down {-change}" if change < 0 else "No change"


def tag_of(mark: str, linked: bool) -> str:
    """The word at the end of an area’s line: ‘Focus’, ‘Strength’, or ‘CPD’ where an entry of this term is linked."""
    if mark:
        return capital(mark)
    return "CPD" if linked else ""


# -- the loop -----------------------------------------------------------------------------------------------------------------


def in_loop(before: int | None, mark: str, agreed: int, entries: int) -> bool:
    """Whether an area is one that something was meant to be done for: weak, marked to work on, with CPD agreed, or with entries."""
    return (before is not None and before <= WEAK) or mark == FOCUS or agreed > 0 or entries > 0


def is_between(day: date, before: StageDates, before_opened: date, after: StageDates, today: date) -> bool:
    """Whether a day lies between two rounds of a person: from the day the first was agreed (else opened) to before the second was."""
    last = after.agreed_on - timedelta(days=1) if after.agreed_on else today
    return (before.agreed_on or before_opened) <= day <= last


def outcome_of(before: int | None, after: int | None, entries: int) -> Outcome:
    """Moved, not moved, or nothing done (DESIGN section 1): an area that went up has moved, whatever was done for it."""
    if before is None or after is None:
        return Outcome.WAITING
    if after > before:
        return Outcome.MOVED
    return Outcome.NOT_MOVED if entries else Outcome.NOTHING_DONE


def loop_figures(rows: Sequence[LoopRow], minimum: int) -> tuple[LoopFigure, ...]:
    """The loop by area without names, areas of few people merged until nobody can be told apart; empty if all together are too few.

    Where too few had nothing done, or did not move although something was, these two are one number.
    """
    lines: dict[str, list[LoopRow]] = {}
    for row in rows:
        if row.outcome is not Outcome.WAITING:
            lines.setdefault(f"{row.area} ({row.set_name})", []).append(row)
    for split in (SETTLED, STAYED):
        cells = {label: [_behind(mine, outcomes) for outcomes in split] for label, mine in lines.items()}
        if parts := divided(cells, minimum):
            return tuple(_figure(part, lines, len(parts), apart=split is SETTLED) for part in parts)
    return ()


def _behind(rows: Sequence[LoopRow], outcomes: tuple[Outcome, ...]) -> list[int]:
    return [row.person_id for row in rows if row.outcome in outcomes]


def _figure(part: tuple[str, ...], lines: Mapping[str, Sequence[LoopRow]], parts: int, *, apart: bool) -> LoopFigure:
    mine = [row for label in part for row in lines[label]]
    label = part[0] if len(part) == 1 else TOGETHER if parts == 1 else OTHERS
    moved, not_moved, nothing = (len(_behind(mine, outcomes)) for outcomes in SETTLED)
    people, minutes = len({row.person_id for row in mine}), sum(row.minutes for row in mine)
    return LoopFigure(label, people, moved, not_moved if apart else not_moved + nothing, nothing if apart else None, minutes)


def weak_areas(
    areas: Mapping[int, tuple[str, str, str]],
    ratings: Iterable[tuple[int, int, int]],
    planned: Mapping[int, Sequence[tuple[date, str]]],
    minimum: int,
) -> tuple[WeakArea, ...]:
    """The areas that most people find hard, the commonest first, left out where fewer than `minimum` people do.

    `areas` are title, hint and set by id; `ratings` are person, area and value (DESIGN section 4, Few people: where only a few do not
    find it hard, out of how many is left out).
    """
    weak: dict[int, set[int]] = {}
    rated: dict[int, set[int]] = {}
    for person_id, area_id, value in ratings:
        rated.setdefault(area_id, set()).add(person_id)
        if value <= WEAK:
            weak.setdefault(area_id, set()).add(person_id)
    found = []
    for area_id, people in weak.items():
        if enough(list(people), minimum):
            of = len(rated[area_id]) if enough(list(rated[area_id] - people), minimum) else None
            found.append(WeakArea(area_id, *areas[area_id], people=len(people), of=of, planned=tuple(planned.get(area_id, ()))))
    return tuple(sorted(found, key=lambda area: (-area.people, area.title)))
