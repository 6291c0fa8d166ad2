"""‘My development’: a draft in time order for a case study, drawn from the log, to be edited elsewhere. Pure.

The sentences between are the program’s; what was learnt, changed and gained stands in the person’s own words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from staffdev_desktop.cpd.log.rows import EntryRow
from staffdev_desktop.cpd.log.rules import by_term, hours_in_words, year_of_entry
from staffdev_desktop.cpd.portfolio.rows import Award, Portfolio, ProgrammeLine, Role
from staffdev_desktop.cpd.portfolio.rules import hours_by_kind, own_words
from staffdev_desktop.kernel.dates import MONTH_NAMES, long_day
from staffdev_desktop.kernel.names import count_of, in_sentence, listed
from staffdev_desktop.kernel.years import year_label, year_of

TITLE = "My development"
NOTE = "A draft drawn from the log, in the order in which things happened. Change it as you like."
_MOST_NAMED = 12  # activities without words in one sentence
_OUTCOMES = {"completed": "completed it", "withdrawn": "withdrew from it", "not passed": "did not pass it"}


@dataclass(frozen=True)
class Part:
    """A heading, a paragraph of the program’s, or words of the person’s own."""

    kind: Literal["heading", "paragraph", "words"]
    text: str


def story(portfolio: Portfolio) -> tuple[Part, ...]:
    """The whole story: how it began, year by year, and what it comes to."""
    parts = [Part("paragraph", _opening(portfolio))]
    events = _events(portfolio)
    years = sorted({_year(row, portfolio) for row in portfolio.entries} | {year_of(day) for day, _ in events})
    for year in years:
        parts.append(Part("heading", year_label(year)))
        parts += [Part("paragraph", said) for day, said in events if year_of(day) == year]
        rows = [row for row in portfolio.entries if _year(row, portfolio) == year]
        for group in reversed(by_term(rows, portfolio.terms)):
            parts += _term(group.name, tuple(reversed(group.rows)))
    if portfolio.projects:
        parts += _projects(portfolio)
    parts.append(Part("heading", "What it comes to"))
    parts.append(Part("paragraph", _closing(portfolio)))
    return tuple(parts)


def _opening(portfolio: Portfolio) -> str:
    since = f" since {long_day(portfolio.first_day)}" if portfolio.first_day else ""
    roles = list(dict.fromkeys(role.title for role in portfolio.roles))
    if not roles:
        return f"I have worked at {portfolio.school}{since}."
    if len(roles) == 1:
        return f"I have worked at {portfolio.school}{since}, as {in_sentence(roles[0])}."
    return f"I have worked at {portfolio.school}{since}, first as {', then as '.join(in_sentence(role) for role in roles)}."


def _events(portfolio: Portfolio) -> list[tuple[date, str]]:
    """What happened on a day of its own: new roles, awards, programmes begun and ended."""
    found: list[tuple[date, str]] = []
    for role in portfolio.roles[1:]:
        found += _of_day(role.starts_on, _role, role)
    for award in portfolio.awards:
        found += _of_day(award.awarded_on, _award, award)
    for line in portfolio.programmes:
        found += _of_day(line.starts_on, _begun, line)
        if line.outcome in _OUTCOMES:
            found += _of_day(line.ended_on, _ended, line)
    first, last = portfolio.first or date.min, portfolio.last or date.max
    return sorted(each for each in found if first <= each[0] <= last)


def _of_day(day: date | None, say: Callable[..., str], what: object) -> list[tuple[date, str]]:
    return [(day, say(what))] if day else []


def _role(role: Role) -> str:
    return f"On {long_day(role.starts_on or date.min)} I became {in_sentence(role.title)}."


def _award(award: Award) -> str:
    by = f", with {award.provider}" if award.provider else ""
    return f"In {_month(award.awarded_on)} I was awarded {award.name}{by}."


def _begun(line: ProgrammeLine) -> str:
    by = f" with {line.provider}" if line.provider else ""
    return f"In {_month(line.starts_on)} I began ‘{line.name}’{by}."


def _ended(line: ProgrammeLine) -> str:
    done = [title for title, day in line.parts if day]
    parts = f" Its parts were {listed(done)}." if done else ""
    return f"In {_month(line.ended_on)} I {_OUTCOMES[line.outcome]}: ‘{line.name}’.{parts}"


def _term(name: str, rows: Sequence[EntryRow]) -> Iterable[Part]:
    minutes = sum(row.details.minutes for row in rows)
    kinds = [in_sentence(line.name) for line in hours_by_kind([row for row in rows if row.kind])[:2]]
    most = f"; the most hours went to {listed(kinds)}" if len(rows) > 2 and kinds else ""
    where = f"In the {name.casefold()}" if name != "Earlier" else "Before the terms that the school has entered"
    yield Part("paragraph", f"{where} I spent {hours_in_words(minutes)} on {count_of(len(rows), 'piece', 'pieces')} of development{most}.")
    silent = []
    for row in rows:
        words = own_words(row)
        if not words:
            led = ", led" if row.details.led else ""
            silent.append(f"‘{row.details.activity}’ ({hours_in_words(row.details.minutes)}{led})")
            continue
        yield Part("paragraph", _entry(row))
        yield from (Part("words", f"{said}: {own}") for said, own in words)
    if silent:
        more = len(silent) - _MOST_NAMED
        named = [*silent[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
        also = "I also took part in" if len(silent) < len(rows) else "I took part in"
        yield Part("paragraph", f"{also} {listed(named)}.")


def _entry(row: EntryRow) -> str:
    details = row.details
    did = "led" if details.led else "took part in"
    about = ", ".join(part for part in (in_sentence(row.kind), details.provider, hours_in_words(details.minutes)) if part)
    return f"On {long_day(details.done_on)} I {did} ‘{details.activity}’ ({about})."


def _projects(portfolio: Portfolio) -> Iterable[Part]:
    yield Part("heading", "Learning with others and research")
    for line in portfolio.projects:
        asked = f" The question was: {line.question}" if line.question else ""
        yield Part("paragraph", f"In {year_label(line.year)} I took part in ‘{line.title}’ ({line.kind}).{asked}")
        if line.found:
            yield Part("words", f"What came of it: {line.found}")


def _closing(portfolio: Portfolio) -> str:
    rows = portfolio.entries
    if not rows:
        return "Nothing is written in the log for this time."
    minutes = sum(row.details.minutes for row in rows)
    with_words = sum(1 for row in rows if own_words(row))
    kinds = [f"{in_sentence(line.name)} ({hours_in_words(line.minutes)})" for line in hours_by_kind(rows)[:5]]
    years = len({_year(row, portfolio) for row in rows})
    when = f" over {count_of(years, 'year')}" if years > 1 else ""
    return (
        f"In all, {hours_in_words(minutes)} in {count_of(len(rows), 'piece', 'pieces')} of development{when}: {listed(kinds)}. "
        f"For {with_words:,} of them I wrote down what came of it."
    )


def _year(row: EntryRow, portfolio: Portfolio) -> int:
    return year_of_entry(row.details.done_on, portfolio.terms)


def _month(day: date | None) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}" if day else ""


def story_text(parts: Sequence[Part], name: str) -> str:
    """The story as plain text."""
    lines = [TITLE, name, "", NOTE, ""]
    for part in parts:
        lines += (
            ["", part.text, "-" * len(part.text)] if part.kind == "heading" else [f"    {part.text}" if part.kind == "words" else part.text]
        )
        lines.append("")
    return "\r\n".join("\r\n".join(line.splitlines()) if line else "" for line in lines)


def story_html(parts: Sequence[Part], name: str) -> str:
    """The story as the inside of a page, every word made harmless."""
    tags = {"heading": "h2", "paragraph": "p", "words": "blockquote"}
    body = (f"<{tags[part.kind]}>{escape(part.text)}</{tags[part.kind]}>" for part in parts)
    return "\n".join([f"<h1>{TITLE}</h1>", f"<p>{escape(name)}</p>", f"<p><i>{NOTE}</i></p>", *body])
