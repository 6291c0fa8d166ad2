"""What CPD asks for now, and the hours of the term by staff group. Pure."""

from collections.abc import Sequence
from datetime import date

from staffdev_desktop.cpd.ledger.rows import PersonLedger
from staffdev_desktop.kernel.dates import day_in_sentence
from staffdev_desktop.kernel.names import in_sentence, listed
from staffdev_desktop.overview.rows import Development, GroupHours, ToDo

NAMES_SHOWN = 2


def term_place(ledgers: Sequence[PersonLedger], today: date) -> int | None:
    """The place of the term that today is in, or None between years."""
    terms = ledgers[0].terms if ledgers else ()
    return next((place for place, term in enumerate(terms) if term.begins <= today <= term.ends), None)


def hours_by_group(ledgers: Sequence[PersonLedger], place: int) -> tuple[GroupHours, ...]:
    """Done and owed in one term, of each staff group that owes hours in it, by name."""
    owing = [(each.person.group, each.part(place)) for each in ledgers if each.part(place).due]
    found = []
    for group in sorted({group for group, _ in owing}):
        parts = [part for name, part in owing if name == group]
        done, due = sum(part.counted for part in parts), sum(part.due for part in parts)
        found.append(GroupHours(group, done, due, sum(part.due_by_now for part in parts)))
    return tuple(found)


def things_to_do(found: Development, *, names: bool = True) -> tuple[ToDo, ...]:
    """What CPD asks for. Without `names` for a screen that others can see (ERRATA, 01)."""
    things = (
        _expired(found, names),
        _thing(
            ("diagnostic", "target", "late", "Overdue", "Chase"),
            (found.ratings_late, "Diagnostic is late", "Diagnostics are late"),
            "Past the deadline of their round, and not agreed",
            ("diagnostic", None),
        ),
        _behind(found, names),
        _expiring(found, names),
        _thing(
            ("requests", "cpd", "warn", "Waiting", "Decide"),
            (found.requests, "Request for CPD waits for an answer", "Requests for CPD wait for an answer"),
            "Asked for, and not decided yet",
            ("log", "requests"),
        ),
        _thing(
            ("attendance", "staff", "warn", "To take", "Take it"),
            (found.attendance, "Session waits for its attendance", "Sessions wait for their attendance"),
            "Who is ticked as present gets the entry in their log",
            ("sessions", "calendar"),
        ),
        _thing(
            ("programmes", "cap", "warn", "Overdue", "See who"),
            (found.overdue, "Programme is past the day it was due", "Programmes are past the day they were due"),
            "Say how it ended, or give it another day",
            ("sessions", "programmes"),
        ),
        _thing(
            ("training-missing", "shield", "info", "To do", "See training"),
            (found.not_yet, "Required training is not done yet", "Required trainings are not done yet"),
            "By people who need it for their post, or for the kind of work they do",
            ("training", "Not yet done"),
        ),
        _thing(
            ("to-check", "checkc", "info", "To check", "Check"),
            (found.to_check, "CPD entry waits for quality assurance", "CPD entries wait for quality assurance"),
            "Their impact is written",
            ("school", "checks"),
        ),
    )
    return tuple(each for each in things if each)


def _thing(looks: tuple[str, str, str, str, str], said: tuple[int, str, str], detail: str, cpd: tuple[str, object]) -> ToDo | None:
    """`looks` are key, icon, kind of badge, its words and the verb; `said` how many, and the title for one and for several."""
    key, icon, kind, badge, verb = looks
    count, one, several = said
    return ToDo(key, icon, count, one if count == 1 else several, detail, kind, badge, verb, cpd=cpd) if count else None


def _expired(found: Development, names: bool) -> ToDo | None:
    said = (len(found.expired), "Training certificate has expired", "Training certificates have expired")
    which = [f"{each.name}, {in_sentence(each.training)}" for each in found.expired]
    looks = ("training-expired", "shield", "late", "Overdue", "See training")
    return _thing(looks, said, _some(which, names, " · "), ("training", "Expired"))


def _expiring(found: Development, names: bool) -> ToDo | None:
    said = (len(found.soon), "Training certificate expires soon", "Training certificates expire soon")
    first = min(found.soon, key=lambda each: each.until, default=None)
    if first is None:
        return None
    who = f"{first.name}, {in_sentence(first.training)}, " if names else ""
    looks = ("training-soon", "shield", "warn", "Due soon", "See training")
    return _thing(looks, said, f"First is {who}on {day_in_sentence(first.until)}", ("training", "Expires soon"))


def _behind(found: Development, names: bool) -> ToDo | None:
    said = (len(found.behind), "Person is behind their CPD hours", "People are behind their CPD hours")
    until = f" · the term ends on {day_in_sentence(found.term_ends)}" if found.term_ends else ""
    return _thing(("behind", "clock", "warn", "Behind", "See who"), said, f"{_some(found.behind, names)}{until}", ("school", "hours"))


def _some(words: Sequence[str], names: bool, between: str = "") -> str:
    if not names:
        return "Names are hidden"
    rest = len(words) - NAMES_SHOWN
    shown = [*words[:NAMES_SHOWN], f"{rest} more"] if rest > 0 else list(words)
    return between.join(shown) if between else listed(shown)
