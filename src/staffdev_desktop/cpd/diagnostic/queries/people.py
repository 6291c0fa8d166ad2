"""Reads: what is written about people in a round, and a person’s trend over the rounds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.diagnostic.queries.loop import agreed_rows
from staffdev_desktop.cpd.diagnostic.reading import (
    GONE,
    board_rows,
    linked_entries,
    ratings_of,
    round_details,
    seen_people,
    selves,
)
from staffdev_desktop.cpd.diagnostic.rows import BoardRow, RatingRow, Record, RoundRow, TermRating, Trend, TrendRow, TrendTerm
from staffdev_desktop.cpd.diagnostic.rules import rating_shown, shared
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.scope import visible_person
from staffdev_desktop.cpd.models.diagnostic import AgreedCpd, Diagnostic, DiagnosticRound
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff.reading import names_by_id


@needs(Permission.SEE_CPD)
def records(session: Session, actor: Actor, *, round_id: int) -> tuple[Record, ...]:
    """Everything that is written in a round about those whom the actor may see, by surname."""
    rows = list(session.execute(select(Diagnostic).where(Diagnostic.round_id == round_id)).scalars())
    return _records(session, actor, rows)


@needs(Permission.SEE_CPD)
def record(session: Session, actor: Actor, *, diagnostic_id: int) -> Record:
    """One person’s diagnostic in one round. Raises UserError if it is not there any more."""
    row = session.get(Diagnostic, diagnostic_id)
    found = _records(session, actor, [row] if row else [])
    if not found:
        raise UserError(GONE)
    return found[0]


def _records(session: Session, actor: Actor, rows: list[Diagnostic]) -> tuple[Record, ...]:
    own_person = selves(session, actor)
    by_id = {row.id: row for row in rows}
    ratings = ratings_of(session, rows, own_person)
    people = seen_people(session, actor, {row.person_id for row in rows})
    agreed = agreed_rows(session, actor, select(AgreedCpd).where(AgreedCpd.diagnostic_id.in_(by_id)))
    found = []
    for line in board_rows(session, people, rows):
        its_round = session.get_one(DiagnosticRound, line.round_id)
        found.append(
            Record(
                board=line,
                round=RoundRow(its_round.id, its_round.revision, round_details(its_round), its_round.year, its_round.closed_on, 0, 0),
                words="" if _hidden(line, own_person) else by_id[line.id].words,
                ratings=ratings[line.id],
                agreed_cpd=tuple(each for each in agreed if each.diagnostic_id == line.id and not _hidden(line, own_person)),
                is_self=line.person_id in own_person,
            )
        )
    return tuple(found)


def _hidden(line: BoardRow, own_person: frozenset[int]) -> bool:
    return line.person_id in own_person and not shared(line.dates)


@needs(Permission.SEE_CPD)
def trend(session: Session, actor: Actor, *, person_id: int, most: int | None = 4) -> Trend:
    """A person’s areas over the newest `most` rounds (None: over all). Raises UserError if the person is not to be seen."""
    person = log.person(session, actor, person_id=person_id)
    wanted = select(Diagnostic, DiagnosticRound).join(DiagnosticRound, DiagnosticRound.id == Diagnostic.round_id)
    pairs = session.execute(wanted.where(Diagnostic.person_id == person_id).order_by(DiagnosticRound.opens_on, DiagnosticRound.id)).all()
    shown = pairs[-most:] if most else pairs
    if not shown:
        return Trend(person_id, person.name, person.posts, (), ())
    names = names_by_id(session)
    terms = tuple(
        TrendTerm(row.id, its.id, its.name, its.opens_on, row.agreed_on, names.get(row.manager_id or 0, ""), its.closed_on is None)
        for row, its in shown
    )
    written = ratings_of(session, [row for row, _its in shown], selves(session, actor))
    rows = _trend_rows(session, person_id, terms, [written[term.diagnostic_id] for term in terms])
    return Trend(person_id, person.name, person.posts, terms, rows)


def _trend_rows(
    session: Session, person_id: int, terms: tuple[TrendTerm, ...], written: list[tuple[RatingRow, ...]]
) -> tuple[TrendRow, ...]:
    linked = linked_entries(session, [person_id])
    by_term = [{rating.area_id: rating for rating in ratings} for ratings in written]
    order = list(dict.fromkeys(rating.area_id for ratings in reversed(written) for rating in ratings))
    found = []
    for area_id in order:
        newest = next(ratings[area_id] for ratings in reversed(by_term) if area_id in ratings)
        values = tuple(_term_rating(ratings.get(area_id)) for ratings in by_term)
        lines = tuple(line for line in linked.get((person_id, area_id), ()) if line.done_on >= terms[0].opens_on)
        in_newest = by_term[-1].get(area_id)
        rating = in_newest or RatingRow(area_id, newest.title, newest.hint)
        now = any(line.done_on >= terms[-1].opens_on for line in lines)
        found.append(TrendRow(area_id, newest.title, newest.hint, values, rating, lines, now))
    return tuple(found)


def _term_rating(rating: RatingRow | None) -> TermRating:
    if rating is None:
        return TermRating(None, False)
    return TermRating(rating_shown(rating.own, rating.manager, rating.agreed), rating.agreed is not None)


@needs(Permission.SEE_CPD)
def staff_number(session: Session, actor: Actor, *, person_id: int) -> str:
    """What a person’s papers are called by. Raises UserError if the person is not to be seen."""
    return visible_person(session, actor, person_id).staff_number
