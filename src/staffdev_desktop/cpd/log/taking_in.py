"""Does what the preview of a spreadsheet promised: all lines or none, in one transaction that one undo puts back."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log.importing import EntryChange
from staffdev_desktop.cpd.log.queries import checks_of
from staffdev_desktop.cpd.log.rows import EntriesTakenIn
from staffdev_desktop.cpd.log.rules import check_day_total, check_details, check_employed
from staffdev_desktop.cpd.log.scope import visible_people
from staffdev_desktop.cpd.models.log import CpdKind, Entry
from staffdev_desktop.exchange.sheets import plain_words
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.staff.models import Employment, Person

_MOST_AT_ONCE = 500  # ids in one question to the database
_AT_ONCE = 1_000  # entries written between two questions whether to go on


@needs(Permission.KEEP_CPD)
def take_in_entries(
    session: Session, actor: Actor, *, plan: Sequence[EntryChange], step: Callable[[int, int], None] | None = None
) -> EntriesTakenIn:
    """Carry out a plan (importing.take_in_plan). The rules are asked again, since the log may have changed after the preview.

    New kinds are added last on the list; that needs RUN_CPD. `step(done, of)` is called every now and then; what it raises stops it all.
    Raises UserError, which names the row, and Conflict; nothing is kept then.
    """
    facts = _Facts(session, actor, plan)
    kinds = _kinds_for(session, actor, plan)
    made_at = clock.now()
    new: list[Entry] = []
    for change in plan:
        try:
            _change_or_add(session, actor, change, facts, kinds, made_at, new)
        except UserError as error:
            raise UserError(f"Row {change.row}, {change.name}: {error.message} Nothing was taken in.", field=error.field) from error
    for first in range(0, len(new), _AT_ONCE):
        if step:
            step(first, len(new))
        session.add_all(new[first : first + _AT_ONCE])
        session.flush()
    session.flush()
    return EntriesTakenIn(new=len(new), changed=len(plan) - len(new), people=len({change.person_id for change in plan}))


class _Facts:
    """What the rules need about everybody in a plan, read at once."""

    def __init__(self, session: Session, actor: Actor, plan: Sequence[EntryChange]) -> None:
        self.visible = set(session.execute(select(Person.id).where(visible_people(actor))).scalars())
        self.periods: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
        for person_id, begins, ends in session.execute(select(Employment.person_id, Employment.starts_on, Employment.ends_on)):
            self.periods[person_id].append((begins, ends))
        self.totals: dict[tuple[int, date], int] = defaultdict(int)
        days = [change.details.done_on for change in plan] or [date.max]
        totals = (
            select(Entry.person_id, Entry.done_on, func.sum(Entry.minutes))
            .where(Entry.done_on >= min(days), Entry.done_on <= max(days))
            .group_by(Entry.person_id, Entry.done_on)
        )
        for person_id, day, minutes in session.execute(totals):
            self.totals[person_id, day] = minutes
        ids = sorted(change.entry_id for change in plan if change.entry_id is not None)
        self.entries: dict[int, Entry] = {}
        for first in range(0, len(ids), _MOST_AT_ONCE):
            some = select(Entry).where(Entry.id.in_(ids[first : first + _MOST_AT_ONCE]))
            self.entries |= {entry.id: entry for entry in session.execute(some).scalars()}
        self.checked = set(checks_of(session)) if ids else set()


def _change_or_add(
    session: Session, actor: Actor, change: EntryChange, facts: _Facts, kinds: dict[str, int], made_at: datetime, new: list[Entry]
) -> None:
    details = change.details
    if change.person_id not in facts.visible:
        raise UserError("This person is not in the school file any more.")
    values = dict(vars(details))
    if change.new_kind:
        values["kind_id"] = kinds[plain_words(change.new_kind)]
    check_details(details, clock.today())
    if change.entry_id is not None:
        entry = facts.entries.get(change.entry_id)
        stale = entry is None or entry.revision != change.revision
        if entry is None or stale or entry.person_id != change.person_id or entry.id in facts.checked:
            raise Conflict  # the preview promised nothing about a line that was checked since, or that is somebody else’s
        for key, value in values.items():
            if getattr(entry, key) != value:
                setattr(entry, key, value)
        return
    check_employed(change.name, details.done_on, facts.periods[change.person_id])
    facts.totals[change.person_id, details.done_on] += details.minutes
    check_day_total(change.name, details.done_on, facts.totals[change.person_id, details.done_on])
    new.append(Entry(person_id=change.person_id, made_at=made_at, made_by=actor.name, **values))


def _kinds_for(session: Session, actor: Actor, plan: Sequence[EntryChange]) -> dict[str, int]:
    """The kinds of the list by their plain words, after those that the plan adds."""
    rows = {plain_words(kind.name): kind for kind in session.execute(select(CpdKind)).scalars()}
    wanted = dict.fromkeys(change.new_kind for change in plan if change.new_kind)
    if wanted and not actor.may(Permission.RUN_CPD):
        raise UserError("You may not add kinds to the school’s list. Choose one that is there, or none.", field="kind")
    last = max((kind.position for kind in rows.values()), default=-1)
    for name in wanted:
        if plain_words(name) not in rows:
            last += 1
            rows[plain_words(name)] = CpdKind(name=name.strip()[:1].upper() + name.strip()[1:], position=last)
            session.add(rows[plain_words(name)])
    session.flush()
    return {plain: kind.id for plain, kind in rows.items()}
