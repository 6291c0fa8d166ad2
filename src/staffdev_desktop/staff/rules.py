"""What may be written about people, and what their dates mean. Pure.

Whatever is not refused with a sentence is stored exactly as it was typed (issue: bad input).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from staffdev_desktop.kernel.dates import EARLIEST, LATEST, long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.names import LONGEST_NAME, display_name, searchable
from staffdev_desktop.staff.rows import (
    Edge,
    EmploymentDetails,
    HoldingDetails,
    MembershipDetails,
    PersonDetails,
    QualificationDetails,
    RoleSpell,
    Roll,
    When,
)

# DESIGN section 1, Words: the kinds of person.
KINDS: Mapping[str, str] = {
    "employee": "Employee",
    "governor": "Governor or trustee",
    "volunteer": "Volunteer",
    "agency": "Agency worker",
    "trainee": "Trainee",
}
LONGEST_LINE = 200
LONGEST_NOTE = 20_000
MOST_HOURS = 60.0
REFERENCE = re.compile(r"P-(\d+)")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_LINE_BREAKS = frozenset("\n\r\t")


# -- words and days -----------------------------------------------------------------------------------------------------------


def check_words(text: str, label: str, field: str, *, longest: int = LONGEST_LINE, lines: bool = False) -> str:
    """The words without blanks at their ends. Raises UserError for too many letters, or characters that nobody can see or keep."""
    text = text.strip()
    if len(text) > longest:
        raise UserError(f"{label} has {len(text):,} characters. Use {longest:,} or fewer.", field=field)
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and not (lines and character in _LINE_BREAKS):
            raise UserError(f"{label} has a character that cannot be kept (code {ord(character)}). Type it again without it.", field=field)
    return text


def check_day(day: date | None, field: str) -> None:
    """Raises UserError for a day before 1900 or after 2199."""
    if day is not None and not EARLIEST <= day <= LATEST:
        raise UserError(f"The year {day.year} is not between {EARLIEST.year} and {LATEST.year}.", field=field)


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """Raises UserError if a period has a day out of range, or ends before it begins."""
    check_day(starts_on, "starts_on")
    check_day(ends_on, "ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise UserError(f"This is before it begins on {long_day(starts_on)}.", field="ends_on")


def check_hours(hours: float | None, label: str, field: str) -> None:
    """Raises UserError for hours a week that are not above 0 and at most 60."""
    if hours is not None and not 0 < hours <= MOST_HOURS:
        raise UserError(f"{label} are more than 0 and at most {MOST_HOURS:g} a week.", field=field)


# -- what is written ----------------------------------------------------------------------------------------------------------


def check_person(details: PersonDetails) -> PersonDetails:
    """A person's details, ready to be kept. Raises UserError with the field that cannot be taken."""
    surname = check_words(details.surname, "The surname", "surname", longest=LONGEST_NAME)
    forename = check_words(details.forename, "The forename", "forename", longest=LONGEST_NAME)
    if not surname and not forename:
        raise UserError("Write a name. Everything else can wait.", field="surname")
    if details.kind not in KINDS:
        raise UserError("Choose what kind of person this is.", field="kind")
    email = check_words(details.email, "The email", "email")
    if email and not _EMAIL.fullmatch(email):
        raise UserError(f"‘{email[:60]}’ is not an email address. Write it like k.doyle@school.example.", field="email")
    return PersonDetails(
        surname=surname,
        forename=forename,
        title=check_words(details.title, "The title", "title"),
        known_as=check_words(details.known_as, "The name", "known_as", longest=LONGEST_NAME),
        pronouns=check_words(details.pronouns, "This", "pronouns", longest=60),
        kind=details.kind,
        staff_number=check_words(details.staff_number, "The staff number", "staff_number", longest=60),
        email=email,
        phone=check_words(details.phone, "The phone number", "phone", longest=60),
        notes=check_words(details.notes, "The note", "notes", longest=LONGEST_NOTE, lines=True),
        staff_group_id=details.staff_group_id,
    )


def check_employment(details: EmploymentDetails) -> EmploymentDetails:
    """A time with the school, ready to be kept. Raises UserError."""
    check_period(details.starts_on, details.ends_on)
    reason = check_words(details.reason, "The reason", "reason")
    destination = check_words(details.destination, "The destination", "destination")
    return EmploymentDetails(details.starts_on, details.ends_on, reason, destination)


def check_holding(details: HoldingDetails) -> HoldingDetails:
    """A holding, ready to be kept. Raises UserError."""
    title = check_words(details.title, "The post", "title")
    if not title:
        raise UserError("Write which post this is.", field="title")
    check_period(details.starts_on, details.ends_on)
    check_hours(details.weekly_hours, "Weekly hours", "weekly_hours")
    check_hours(details.full_time_hours, "Full-time hours", "full_time_hours")
    if details.weekly_hours and details.full_time_hours and details.weekly_hours > details.full_time_hours:
        raise UserError("Weekly hours are more than full-time hours.", field="weekly_hours")
    return HoldingDetails(
        title=title,
        site=check_words(details.site, "The site", "site"),
        line_manager_id=details.line_manager_id,
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        weekly_hours=details.weekly_hours,
        full_time_hours=details.full_time_hours,
        allowance=check_words(details.allowance, "The allowance", "allowance"),
        filled_how=check_words(details.filled_how, "This", "filled_how"),
    )


def check_qualification(details: QualificationDetails) -> QualificationDetails:
    """A qualification, ready to be kept under the name it was awarded. Raises UserError."""
    name = check_words(details.name, "The name", "name")
    if not name:
        raise UserError("Write the name it was awarded under.", field="name")
    check_day(details.awarded_on, "awarded_on")
    return QualificationDetails(
        name=name,
        is_status=details.is_status,
        provider=check_words(details.provider, "The provider", "provider"),
        level=check_words(details.level, "The level", "level"),
        awarded_on=details.awarded_on,
        funded=check_words(details.funded, "This", "funded"),
    )


def check_membership(details: MembershipDetails) -> MembershipDetails:
    """A membership, ready to be kept. Raises UserError."""
    body = check_words(details.body, "The name", "body")
    if not body:
        raise UserError("Write which professional body this is.", field="body")
    check_period(details.starts_on, details.ends_on)
    return MembershipDetails(body, check_words(details.number, "The number", "number"), details.starts_on, details.ends_on)


def next_reference(staff_numbers: Iterable[str]) -> str:
    """The reference for somebody without a staff number: P-0001, then on from the highest given."""
    given = [int(match[1]) for number in staff_numbers if (match := REFERENCE.fullmatch(number))]
    return f"P-{max(given, default=0) + 1:04d}"


# -- what it means ------------------------------------------------------------------------------------------------------------


def person_name(forename: str, surname: str, known_as: str) -> str:
    """The name a person goes by."""
    return display_name(forename, surname, known_as)


def sort_key(forename: str, surname: str) -> str:
    """By surname, then forename, whatever the accents and capitals."""
    return searchable(surname or forename, forename)


def when(starts_on: date | None, ends_on: date | None, day: date) -> When:
    """Where a period stands against a day; both its days are inside it."""
    if ends_on is not None and ends_on < day:
        return When.PAST
    return When.COMING if starts_on is not None and starts_on > day else When.CURRENT


def roll_on(employments: Sequence[tuple[date | None, date | None]], day: date) -> Roll:
    """Whether somebody is with the school on a day. Nothing written about when means that they are."""
    states = {when(starts_on, ends_on, day) for starts_on, ends_on in employments}
    if not states or When.CURRENT in states:
        return Roll.ON_ROLL
    return Roll.JOINING if When.COMING in states else Roll.LEFT


def check_no_overlap(new: EmploymentDetails, others: Iterable[EmploymentDetails]) -> None:
    """Raises UserError if a time with the school shares a day with another of the same person."""
    for other in others:
        if _overlap(new.starts_on, new.ends_on, other.starts_on, other.ends_on):
            raise UserError(f"This overlaps with the time {period_words(other.starts_on, other.ends_on)}.", field="starts_on")


def period_words(starts_on: date | None, ends_on: date | None) -> str:
    """‘from 1 September 2020 to 31 August 2024’, or as much of it as is known."""
    words = [f"from {long_day(starts_on)}"] if starts_on else []
    words += [f"to {long_day(ends_on)}"] if ends_on else [] if starts_on else ["without dates"]
    return " ".join(words)


def _overlap(starts_1: date | None, ends_1: date | None, starts_2: date | None, ends_2: date | None) -> bool:
    return (starts_1 or EARLIEST) <= (ends_2 or LATEST) and (starts_2 or EARLIEST) <= (ends_1 or LATEST)


def spells(holdings: Iterable[tuple[int, str, str, date | None, date | None]], day: date) -> tuple[RoleSpell, ...]:
    """Role history from holdings (id, title, site, from, to), the newest first.

    Holdings of one post that follow one another without a gap are one spell: a new line manager is not a new role.
    """
    found: list[RoleSpell] = []
    for holding_id, title, site, starts_on, ends_on in sorted(holdings, key=lambda each: (each[3] or EARLIEST, each[4] or LATEST)):
        same_post = (n for n, spell in enumerate(found) if (spell.title, spell.site) == (title, site) and _follows(spell, starts_on))
        place = next(same_post, None)
        if place is None:
            found.append(RoleSpell(holding_id, title, site, starts_on, ends_on, when(starts_on, ends_on, day)))
        else:
            begun, end = found[place].starts_on, _later(found[place].ends_on, ends_on)
            found[place] = RoleSpell(holding_id, title, site, begun, end, when(begun, end, day))
    return tuple(sorted(found, key=lambda spell: spell.starts_on or EARLIEST, reverse=True))


def _follows(spell: RoleSpell, starts_on: date | None) -> bool:
    return spell.ends_on is None or starts_on is None or starts_on <= spell.ends_on + timedelta(days=1)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


# -- line management ----------------------------------------------------------------------------------------------------------


def chain_to(manager_id: int, person_id: int, managers: Mapping[int, Iterable[int]]) -> tuple[int, ...] | None:
    """How `manager_id` comes to be managed by `person_id`: the people from one to the other, both included; None if not.

    The shortest such chain, so that a sentence about it is short.
    """
    paths: dict[int, tuple[int, ...]] = {manager_id: (manager_id,)}
    waiting = [manager_id]
    for at in waiting:  # grows while it is walked: breadth first
        if at == person_id:
            return paths[at]
        for above in managers.get(at, ()):
            if above not in paths:
                paths[above] = (*paths[at], above)
                waiting.append(above)
    return None


def managers_on(edges: Iterable[Edge], day: date) -> dict[int, set[int]]:
    """Everybody's line managers on a day."""
    found: dict[int, set[int]] = {}
    for edge in edges:
        if when(edge.starts_on, edge.ends_on, day) is When.CURRENT:
            found.setdefault(edge.person_id, set()).add(edge.manager_id)
    return found


def circle_through(new: Edge, others: Iterable[Edge], today: date) -> tuple[int, ...] | None:
    """The chain by which the manager of `new` is managed by the person of `new`, on any day from today on; None if there is none.

    What is over cannot be wrong any more. Circles can only begin on a day when some holding begins, so only those days are tried.
    """
    begins, ends = max(new.starts_on or today, today), new.ends_on or LATEST
    if ends < begins:
        return None
    known = [edge for edge in others if edge.holding_id != new.holding_id]
    days = {begins} | {edge.starts_on for edge in known if edge.starts_on and begins < edge.starts_on <= ends}
    for day in sorted(days):
        chain = chain_to(new.manager_id, new.person_id, managers_on(known, day))
        if chain:
            return chain
    return None


def circle_among(edges: Sequence[Edge], holding_ids: Collection[int], today: date) -> tuple[int, tuple[int, ...]] | None:
    """The first of these holdings that closes a circle on any day from today on, with its chain; None if none does.

    For many holdings at once, where `circle_through` would look through all the others for each of them.
    """
    days = {today} | {edge.starts_on for edge in edges if edge.starts_on and edge.starts_on > today}
    for day in sorted(days):
        managers = managers_on(edges, day)
        for edge in edges:
            if edge.holding_id in holding_ids and when(edge.starts_on, edge.ends_on, day) is When.CURRENT:
                chain = chain_to(edge.manager_id, edge.person_id, managers)
                if chain:
                    return edge.holding_id, chain
    return None


def refuse_circle(chain: Sequence[int], names: Mapping[int, str]) -> UserError:
    """The sentence about a circle: who is managed by whom, and through whom."""
    manager, person = names[chain[0]], names[chain[-1]]
    if len(chain) == 1:
        return UserError(f"{person} cannot be their own line manager.", field="line_manager_id")
    between = [names[each] for each in chain[1:-1]]
    through = f" through {', then '.join(between)}" if between else ""
    return UserError(f"{manager} is managed by {person}{through}, so cannot be the line manager here.", field="line_manager_id")
