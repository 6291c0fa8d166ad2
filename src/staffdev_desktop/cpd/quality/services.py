"""Writes: checks of entries, follow-ups, scores of programmes, the evaluation questions."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import ASSURED, SENT_BACK
from staffdev_desktop.cpd.log.scope import own_person_ids
from staffdev_desktop.cpd.models.log import Entry
from staffdev_desktop.cpd.models.programmes import Programme
from staffdev_desktop.cpd.models.quality import EntryCheck, ProgrammeScore
from staffdev_desktop.cpd.quality.rows import Verdict
from staffdev_desktop.cpd.quality.rules import (
    FIRST_QUESTIONS,
    QUESTION_LIST,
    check_question,
    check_questions,
    check_score,
    check_verdict,
    require_impact,
)
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings.models import ListItem

NO_VERDICT = Verdict()


@needs(Permission.RUN_CPD, undoable=False)
def begin(session: Session, actor: Actor) -> None:
    """The questions that a school begins with; does nothing where it has some."""
    if not session.execute(select(func.count()).where(ListItem.list == QUESTION_LIST)).scalar():
        session.add_all(ListItem(list=QUESTION_LIST, text=text, position=place) for place, text in enumerate(FIRST_QUESTIONS))
        session.flush()


@needs(Permission.CHECK_CPD)
def assure(session: Session, actor: Actor, *, entry_id: int, revision: int, verdict: Verdict = NO_VERDICT) -> None:
    """Say that an entry made the difference it speaks of; a follow-up day goes to the entry. Raises UserError, Conflict.

    An entry is assured only with its impact written, and never by the person whose it is.
    """
    row = _to_check(session, actor, entry_id, revision)
    require_impact(row)
    check_verdict(verdict, row.details.done_on)
    _write(session, actor, entry_id, ASSURED, verdict=verdict)
    entry = session.get_one(Entry, entry_id)
    entry.look_again_on = verdict.look_again_on


@needs(Permission.CHECK_CPD)
def assure_many(session: Session, actor: Actor, *, chosen: Sequence[tuple[int, int]]) -> int:
    """Assure several entries, all or none: (id, revision) of each. Returns how many. Raises UserError, Conflict."""
    rows = {row.id: row for row in log.entries(session, actor, entry_ids=[entry_id for entry_id, _revision in chosen])}
    own = own_person_ids(session, actor)
    for entry_id, revision in chosen:
        if entry_id not in rows:
            raise UserError("One of these entries is not there any more.")
        _require_checkable(rows[entry_id], revision, own)
        require_impact(rows[entry_id])
        _write(session, actor, entry_id, ASSURED)
    return len(chosen)


@needs(Permission.CHECK_CPD)
def send_back(session: Session, actor: Actor, *, entry_id: int, revision: int, question: str) -> None:
    """Ask the person about an entry; the question stands on their log until the entry is changed. Raises UserError, Conflict."""
    _to_check(session, actor, entry_id, revision)
    check_question(question)
    _write(session, actor, entry_id, SENT_BACK, question=question.strip())


def _to_check(session: Session, actor: Actor, entry_id: int, revision: int) -> EntryRow:
    row = log.entry(session, actor, entry_id=entry_id)
    _require_checkable(row, revision, own_person_ids(session, actor))
    return row


def _require_checkable(row: EntryRow, revision: int, own: Collection[int]) -> None:
    if row.person_id in own:
        raise UserError("This is your own entry: somebody else checks it.")
    if row.revision != revision:
        raise Conflict("This entry was changed in the meantime. Read it again before you check it.")


def _write(session: Session, actor: Actor, entry_id: int, outcome: str, *, question: str = "", verdict: Verdict = NO_VERDICT) -> None:
    """A check takes the place of the one before it, which is kept."""
    for earlier in session.execute(select(EntryCheck).where(EntryCheck.entry_id == entry_id, EntryCheck.lapsed.is_(False))).scalars():
        earlier.lapsed = True
    answers = {asked: words.strip() for asked, words in verdict.answers if words.strip()}
    session.add(
        EntryCheck(
            entry_id=entry_id,
            checked_on=clock.today(),
            checked_by=actor.name,
            outcome=outcome,
            question=question,
            worth=verdict.worth,
            answers=json.dumps(answers, ensure_ascii=False),
        )
    )


@needs(Permission.CHECK_CPD)
def score_programme(session: Session, actor: Actor, *, programme_id: int, scores: Sequence[tuple[int, int, str]]) -> None:
    """Score a programme on parts of the standard: (part, 0 to 3, a line of evidence). Raises UserError."""
    if session.get(Programme, programme_id) is None:
        raise UserError("This programme is not there any more.")
    known = {row.part: row for row in session.execute(select(ProgrammeScore).where(ProgrammeScore.programme_id == programme_id)).scalars()}
    for part, score, words in scores:
        check_score(part, score, words)
        row = known.get(part)
        if row is None:
            row = ProgrammeScore(programme_id=programme_id, part=part)
            session.add(row)
        elif (row.score, row.words) == (score, words.strip()):
            continue
        row.score, row.words = score, words.strip()
        row.scored_on, row.scored_by = clock.today(), actor.name


@needs(Permission.RUN_CPD)
def set_questions(session: Session, actor: Actor, *, texts: Sequence[str]) -> None:
    """Write the evaluation questions in this order; answers that were given keep the question they were given to. Raises UserError."""
    kept = [" ".join(text.split()) for text in texts if text.strip()]
    check_questions(kept)
    known = {row.text: row for row in session.execute(select(ListItem).where(ListItem.list == QUESTION_LIST)).scalars()}
    for gone in known.keys() - set(kept):
        session.delete(known[gone])
    for place, text in enumerate(kept):
        if text in known:
            known[text].position = place
        else:
            session.add(ListItem(list=QUESTION_LIST, text=text, position=place))
