"""Writes: ratings of both sides, what they agree together, CPD agreed for an area, entries linked to one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.reading import dates_of, ratings_of, the_round
from staffdev_desktop.cpd.diagnostic.rows import AgreedDraft, Side
from staffdev_desktop.cpd.diagnostic.rules import LONGEST_LINE, LONGEST_WORDS, MARKS, check_value, missing_to_record, shared
from staffdev_desktop.cpd.diagnostic.services.rounds import seen_diagnostic, writable
from staffdev_desktop.cpd.log.scope import is_self
from staffdev_desktop.cpd.log.services import seen_entry
from staffdev_desktop.cpd.models.diagnostic import AgreedCpd, Diagnostic, DiagnosticArea, DiagnosticRating
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import Conflict, UserError, check_length
from staffdev_desktop.staff.reading import names_by_id

SIDES = ("own", "manager")
RATINGS = tuple(str(side) for side in Side)
WORDS = ("own_evidence", "manager_evidence", "we_see", "next_step")
OF_PERSON, OF_MANAGER = frozenset({"own", "own_evidence"}), frozenset({"manager", "manager_evidence"})
TOGETHER = frozenset({"agreed"})
AFTERWARDS = ("we_see", "next_step", "mark")  # may still be written when a term is recorded
NO_AREA = "This area is not in the set any more."
RECORDED = "This term is recorded. Open it again to change a rating."
Value = int | str | None


@needs(Permission.KEEP_CPD)
def write_rating(
    session: Session, actor: Actor, *, diagnostic_id: int, area_id: int, field: str, value: Value, revision: int | None = None
) -> int:
    """Write one thing about one area: a rating (‘own’, ‘manager’, ‘agreed’: 1 to 4 or None), words of a side, or a mark.

    A side is in as soon as it has rated every area. Returns the new revision. Raises UserError, Conflict.
    """
    row = writable(session, actor, diagnostic_id)
    if row.agreed_on is not None and field not in AFTERWARDS:
        raise UserError(RECORDED)
    _refuse_own(session, actor, row, {field})
    rating = _rating(session, row, area_id)
    if revision is not None and rating.id is not None and rating.revision != revision:
        raise Conflict
    _write(rating, field, value)
    session.add(rating)
    session.flush()
    _note_days(session, row, [field] if field in SIDES else [])
    return rating.revision


@needs(Permission.KEEP_CPD)
def write_sheet(session: Session, actor: Actor, *, diagnostic_id: int, ratings: Mapping[int, Mapping[str, Value]]) -> None:
    """Several things about several areas in one go, with one undo: a whole sheet. `ratings` are fields and values by area.

    Raises UserError.
    """
    row = writable(session, actor, diagnostic_id)
    if row.agreed_on is not None:
        raise UserError(RECORDED)
    fields = {field for values in ratings.values() for field in values}
    _refuse_own(session, actor, row, fields)
    wanted = select(DiagnosticRating).where(DiagnosticRating.diagnostic_id == row.id)
    known = {rating.area_id: rating for rating in session.execute(wanted).scalars()}
    in_set = set(session.execute(select(DiagnosticArea.id).where(DiagnosticArea.set_id == row.set_id)).scalars())
    for area_id, values in ratings.items():
        if area_id not in in_set:
            raise UserError(NO_AREA)
        rating = known.get(area_id) or DiagnosticRating(diagnostic_id=row.id, area_id=area_id)
        for field, value in values.items():
            _write(rating, field, value)
        session.add(rating)
    session.flush()
    _note_days(session, row, [side for side in SIDES if side in fields])


@needs(Permission.KEEP_CPD)
def write_words(session: Session, actor: Actor, *, diagnostic_id: int, words: str) -> None:
    """What both agree as a whole. Raises UserError."""
    _agreeing(session, actor, diagnostic_id).words = _checked(words, "words")


@needs(Permission.KEEP_CPD)
def hand_in(session: Session, actor: Actor, *, diagnostic_ids: Sequence[int], side: Side) -> None:
    """Note that one side’s ratings are in although not every area is rated. Raises UserError, which names somebody who has none at all."""
    column = DiagnosticRating.own if side is Side.OWN else DiagnosticRating.manager
    for diagnostic_id in diagnostic_ids:
        row = writable(session, actor, diagnostic_id)
        if side is Side.MANAGER:
            _refuse_own(session, actor, row, OF_MANAGER)
        if not session.execute(select(func.count()).where(DiagnosticRating.diagnostic_id == row.id, column.is_not(None))).scalar():
            raise UserError(f"{names_by_id(session, [row.person_id])[row.person_id]}: rate at least one area first.")
        setattr(row, f"{side}_on", getattr(row, f"{side}_on") or clock.today())


@needs(Permission.KEEP_CPD)
def take_the_same(session: Session, actor: Actor, *, diagnostic_id: int) -> int:
    """Agree where both sides say the same and nothing is agreed yet. Returns how many areas. Raises UserError."""
    row = _agreeing(session, actor, diagnostic_id)
    if row.agreed_on is not None:
        raise UserError(RECORDED)
    taken = 0
    for rating in session.execute(select(DiagnosticRating).where(DiagnosticRating.diagnostic_id == row.id)).scalars():
        if rating.agreed is None and rating.own is not None and rating.own == rating.manager:
            rating.agreed = rating.own
            taken += 1
    return taken


@needs(Permission.KEEP_CPD, undoable=False)
def record_term(session: Session, actor: Actor, *, diagnostic_id: int, agreed_on: date | None = None) -> None:
    """Both have agreed: every area has its rating, and the term counts. Agreeing is superseded by `reopen`, never undone.

    Raises UserError if an area is missing or the day cannot be.
    """
    row = _agreeing(session, actor, diagnostic_id)
    if missing := missing_to_record(ratings_of(session, [row], frozenset())[row.id]):
        raise UserError(missing)
    day = agreed_on or clock.today()
    opened = the_round(session, row.round_id).opens_on
    if not opened <= day <= clock.today():
        raise UserError(f"Give a day from {long_day(opened)} to today.", field="agreed_on")
    row.agreed_on = day


@needs(Permission.KEEP_CPD, undoable=False)
def reopen(session: Session, actor: Actor, *, diagnostic_id: int) -> None:
    """Open a recorded term again, with everything that is written in it. Raises UserError."""
    writable(session, actor, diagnostic_id).agreed_on = None


# -- CPD agreed for an area ---------------------------------------------------------------------------------------------------


@needs(Permission.KEEP_CPD)
def save_agreed_cpd(session: Session, actor: Actor, *, diagnostic_id: int, draft: AgreedDraft, revision: int = 0) -> int:
    """Write down CPD that both agreed for an area, or change it. Returns its id. Raises UserError, Conflict."""
    row = _agreeing(session, actor, diagnostic_id)
    what = draft.what.strip()
    if not what:
        raise UserError("Write what was agreed.", field="what")
    check_length(what, LONGEST_LINE, "what")
    line = session.get(AgreedCpd, draft.id) if draft.id else AgreedCpd(diagnostic_id=row.id)
    if line is None or line.diagnostic_id != row.id:
        raise UserError("This line is not there any more.")
    if draft.id and line.revision != revision:
        raise Conflict
    _the_area(session, row, draft.area_id)
    line.area_id, line.what, line.by_when = draft.area_id, what, draft.by_when
    session.add(line)
    session.flush()
    return line.id


@needs(Permission.KEEP_CPD)
def remove_agreed_cpd(session: Session, actor: Actor, *, agreed_id: int) -> None:
    """Take away a line of agreed CPD. Raises UserError."""
    line = session.get(AgreedCpd, agreed_id)
    if line is not None:
        seen_diagnostic(session, actor, line.diagnostic_id)
        session.delete(line)


@needs(Permission.KEEP_CPD)
def set_agreed_done(session: Session, actor: Actor, *, agreed_id: int, revision: int, done: bool) -> None:
    """Note that agreed CPD was done, today, or that it is still open; a closed round does not hinder it. Raises UserError, Conflict."""
    line = session.get(AgreedCpd, agreed_id)
    if line is None:
        raise UserError("This line is not there any more.")
    seen_diagnostic(session, actor, line.diagnostic_id)
    if line.revision != revision:
        raise Conflict
    line.done_on = clock.today() if done else None


@needs(Permission.KEEP_CPD)
def link_entry(session: Session, actor: Actor, *, entry_id: int, revision: int, area_id: int | None) -> None:
    """Say which area an entry of the log was for, or none. Its words stay, so a check of them holds. Raises UserError, Conflict."""
    entry = seen_entry(session, actor, entry_id)
    if entry.revision != revision:
        raise Conflict
    if area_id is not None and session.get(DiagnosticArea, area_id) is None:
        raise UserError("This area is not there any more.")
    entry.area_id = area_id


def _agreeing(session: Session, actor: Actor, diagnostic_id: int) -> Diagnostic:
    """A diagnostic in which what is agreed together may be written. Raises UserError."""
    row = writable(session, actor, diagnostic_id)
    _refuse_own(session, actor, row, TOGETHER)
    return row


def _refuse_own(session: Session, actor: Actor, row: Diagnostic, fields: Iterable[str]) -> None:
    """Raises UserError for what somebody may not write about themselves: the manager’s side ever, the rest before both sides are in.

    Else a person could lay open their line manager’s ratings by agreeing alone (DESIGN section 4).
    """
    wanted = set(fields)
    if wanted <= OF_PERSON or not is_self(session, actor, row.person_id):
        return
    if wanted & OF_MANAGER:
        raise UserError("Your line manager writes this side.")
    if not shared(dates_of(row)):
        raise UserError("Your line manager’s ratings are not in yet. Agree together once both sides are.")


def _rating(session: Session, row: Diagnostic, area_id: int) -> DiagnosticRating:
    wanted = select(DiagnosticRating).where(DiagnosticRating.diagnostic_id == row.id, DiagnosticRating.area_id == area_id)
    found = session.execute(wanted).scalar()
    if found is None:
        _the_area(session, row, area_id)
        found = DiagnosticRating(diagnostic_id=row.id, area_id=area_id)
    return found


def _the_area(session: Session, row: Diagnostic, area_id: int) -> None:
    area = session.get(DiagnosticArea, area_id)
    if area is None or area.set_id != row.set_id:
        raise UserError(NO_AREA)


def _write(rating: DiagnosticRating, field: str, value: Value) -> None:
    if field in RATINGS:
        if isinstance(value, str):
            raise UserError("A rating is a number from 1 to 4.", field=field)
        check_value(value)
        setattr(rating, field, value)
    elif field in WORDS:
        setattr(rating, field, _checked(str(value or ""), field))
    elif field == "mark" and (value or "") in MARKS:
        rating.mark = str(value or "")
    else:
        raise UserError("This cannot be written about an area.")


def _checked(words: str, field: str) -> str:
    check_length(words, LONGEST_WORDS, field)
    return words.strip()


def _note_days(session: Session, row: Diagnostic, sides: Sequence[str]) -> None:
    """A side is in from the day on which it had rated every area; a rating taken away takes that back."""
    ratings = ratings_of(session, [row], frozenset())[row.id] if sides else ()
    for side in sides:
        complete = all(getattr(rating, side) is not None for rating in ratings)
        if complete != (getattr(row, f"{side}_on") is not None):
            setattr(row, f"{side}_on", clock.today() if complete else None)
