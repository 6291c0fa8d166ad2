"""Decisions of quality assurance: what may be assured, which entries a sample has, how a programme is scored. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from zlib import crc32

from staffdev_desktop.cpd.log.rows import EntryRow, EntryStatus
from staffdev_desktop.cpd.log.rules import LONGEST_WORDS, WORTH, has_impact
from staffdev_desktop.cpd.quality.rows import MOST_SCORE, PARTS, CheckRow, SampleBy, Sampling, Verdict
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.years import Closure, Term, question_about

QUESTION_LIST = "evaluation question"  # the list of the school’s own in which they are kept
# 001, Key questions to ask ourselves when implementing CPD: in our own words.
FIRST_QUESTIONS = (
    "What is different in how this person works?",
    "What is different for pupils?",
    "Is there something here that others could learn from?",
    "Did a team, or somebody’s care or teaching, change because of it?",
    "What got in the way, and how was that overcome?",
)
MOST_QUESTIONS = 8
# 001, Standard for teachers’ professional development: its five parts in our own words.
STANDARD = (
    "Aims at what pupils gain, and finds out whether they do",
    "Rests on evidence and on people who know the subject",
    "Has people work together, and question one another",
    "Goes on over time, with practice in between",
    "Leaders make room for it and take part",
)
SCORES = ("Not yet", "In part", "Mostly", "Fully")


def can_be_assured(entry: EntryRow) -> bool:
    """Whether an entry may be assured: it is written what came of it (DESIGN section 4, Entitlement), and nobody has yet."""
    return has_impact(entry.details) and entry.status is not EntryStatus.ASSURED


def require_impact(entry: EntryRow) -> None:
    """Raises UserError for an entry without any words about what came of it."""
    if not has_impact(entry.details):
        raise UserError(f"{entry.name} has not written what came of ‘{entry.details.activity}’. Send it back with a question.")


def check_verdict(verdict: Verdict, done_on: date) -> None:
    """Raises UserError for words or days that cannot be kept."""
    if verdict.worth and verdict.worth not in WORTH:
        raise UserError("Choose whether it was worth its hours and money.", field="worth")
    if any(len(words) > LONGEST_WORDS for _question, words in verdict.answers):
        raise UserError(f"An answer has more than {LONGEST_WORDS:,} letters. Write it shorter.", field="answers")
    if verdict.look_again_on is not None and verdict.look_again_on <= done_on:
        raise UserError(f"Look again after {long_day(done_on)}, when it took place.", field="look_again_on")


def check_question(question: str) -> None:
    """Raises UserError if there is nothing to ask."""
    if not question.strip():
        raise UserError("Write what you would like to know.", field="question")
    check_length(question, LONGEST_WORDS, "question")


def check_questions(texts: Sequence[str]) -> None:
    """Raises UserError for too many evaluation questions, or the same one twice."""
    if len({text.casefold() for text in texts}) < len(texts):
        raise UserError("The same question is there twice.", field="questions")
    if len(texts) > MOST_QUESTIONS:
        raise UserError(f"Use {MOST_QUESTIONS} questions or fewer: they are answered beside the person.", field="questions")


def check_score(part: int, score: int, words: str) -> None:
    """Raises UserError for a score without its line of evidence."""
    if not 0 <= part < PARTS or not 0 <= score <= MOST_SCORE:
        raise UserError(f"Score each part from 0 to {MOST_SCORE}.", field="score")
    if not words.strip():
        raise UserError("Write one line that shows it.", field="words")
    check_length(words, LONGEST_WORDS, "words")


def in_a_term(day: date, terms: Sequence[Term], closures: Sequence[Closure] = ()) -> date:
    """A day to look again: the same place in the term after that of `day`, or twelve weeks on where no next term is known.

    Where school is closed then, it is the last day before on which it is open.
    """
    ordered = sorted(terms)
    place = next((number for number, term in enumerate(ordered) if term.begins > day), None)
    if place is None:
        return day + timedelta(weeks=12)
    begun = ordered[place - 1].begins if place else day
    later = min(ordered[place].begins + (day - begun), ordered[place].ends)
    while later > day and question_about(later, ordered, closures):
        later -= timedelta(days=1)
    return later


# -- samples ------------------------------------------------------------------------------------------------------------------


def sample(rows: Sequence[CheckRow], rule: Sampling) -> tuple[CheckRow, ...]:
    """The entries that a rule takes out of these. The same entries give the same sample, whoever draws it and however often."""
    ordered = sorted(rows, key=lambda row: (row.entry.details.done_on, row.id))
    if rule.by is SampleBy.EACH_PERSON:
        drawn: dict[tuple[int, str], CheckRow] = {}
        for row in ordered:
            key = (row.entry.person_id, row.term)
            if key not in drawn or _lot(row) < _lot(drawn[key]):
                drawn[key] = row
        taken = {row.id for row in drawn.values()}
        return tuple(row for row in ordered if row.id in taken)
    if rule.by is SampleBy.EVERY_NTH:
        return tuple(ordered[:: max(rule.number, 1)])
    return tuple(row for row in ordered if _fits(row, rule))


def _fits(row: CheckRow, rule: Sampling) -> bool:
    details = row.entry.details
    if rule.by is SampleBy.LONG:
        return details.minutes > rule.number
    if rule.by is SampleBy.COSTLY:
        return (details.pence or 0) > rule.number
    return details.kind_id == rule.number


def _lot(row: CheckRow) -> int:
    """A number drawn for an entry that nobody chooses and that never changes."""
    return crc32(f"entry {row.id}".encode())
