"""A portfolio as one page of HTML that any browser opens without a network: no script, nothing from elsewhere. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import TypeAlias

from staffdev_desktop.cpd.log.rules import hours, hours_in_table
from staffdev_desktop.cpd.portfolio.rows import Portfolio
from staffdev_desktop.cpd.portfolio.rules import file_number, hours_by_kind, hours_by_term, numbered, own_words, time_words
from staffdev_desktop.kernel.dates import day_with_year, long_day
from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.kernel.years import year_label

Cell: TypeAlias = str | tuple[str, str]  # what is inside, as HTML, or how it looks and what is inside
Lines: TypeAlias = list[tuple[Cell, ...]]

_HEAD = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font: 16px/1.5 "Segoe UI", "Noto Sans", sans-serif; color: #1b2326; background: #fff }}
body {{ max-width: 60em; margin: 2em auto; padding: 0 1em }}
h1 {{ font-size: 1.6em; border-bottom: 3px solid #0b5c6b; padding-bottom: .3em }} h2 {{ font-size: 1.2em; margin-top: 2em }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #dadcd7 }}
th {{ border-bottom: 2px solid #1b2326 }} td.number, th.number {{ text-align: right; white-space: nowrap }} td.day {{ white-space: nowrap }}
a {{ color: #0b5c6b }} .second {{ color: #465055; font-size: .9em }} blockquote {{ margin: .5em 0 .5em 1.5em }}
p.words {{ margin: .2em 0; white-space: pre-line }}
</style></head><body>
"""
_FOOT = "</body></html>\n"


def page(title: str, body: str) -> bytes:
    """A whole page around what is in it."""
    return f"{_HEAD.format(title=escape(title))}{body}\n{_FOOT}".encode()


def index_page(portfolio: Portfolio, on: date) -> bytes:
    """The first page of a package: the summary, the log with its reflections, and everything else of the person."""
    person = portfolio.person
    total = sum(row.details.minutes for row in portfolio.entries)
    about = " · ".join(part for part in (person.posts, portfolio.school) if part)
    parts = [
        f"<h1>CPD portfolio of {escape(person.name)}</h1>",
        f"<p>{escape(about)}<br><span class=second>{escape(time_words(portfolio))} · as it stood on {long_day(on)}</span></p>",
        f"<p><b>{hours(total)} hours</b> in {count_of(len(portfolio.entries), 'entry', 'entries')}.</p>",
        '<p>Also here: <a href="portfolio.pdf">the portfolio as a paper</a>, <a href="log.csv">the log as a spreadsheet</a>, '
        '<a href="my-development.html">my development as a draft</a>.</p>',
        *_summary(portfolio),
        *_facts(portfolio),
        *_log(portfolio),
    ]
    return page(f"CPD portfolio of {person.name}", "\n".join(parts))


def _summary(portfolio: Portfolio) -> Iterable[str]:
    for title, lines in (("Hours by term", hours_by_term(portfolio)), ("Hours by kind", hours_by_kind(portfolio.entries))):
        if lines:
            rows: Lines = [(escape(line.name), _number(hours_in_table(line.minutes)), _number(str(line.entries))) for line in lines]
            yield _table(title, ("", _number("Hours"), _number("Entries")), rows)


def _facts(portfolio: Portfolio) -> Iterable[str]:
    """The tables of what is no entry, each only where there is something."""
    roles: Lines = [(escape(each.title), _day(each.starts_on), _day(each.ends_on)) for each in portfolio.roles]
    awards: Lines = [(escape(each.name), escape(each.provider), _day(each.awarded_on)) for each in portfolio.awards]
    programmes: Lines = [
        (escape(each.name), escape(each.provider), _day(each.starts_on), _day(each.ended_on), escape(each.outcome or "under way"))
        for each in portfolio.programmes
    ]
    trainings: Lines = [
        (escape(each.name), _day(each.done_on), _day(each.expires_on), escape(each.provider)) for each in portfolio.trainings
    ]
    projects: Lines = [
        (year_label(each.year), escape(each.kind), escape(each.title) + _words(each.question, each.found)) for each in portfolio.projects
    ]
    for title, head, rows in (
        ("Roles", ("Post", "From", "To"), roles),
        ("Qualifications and awards", ("Name", "With", "Awarded"), awards),
        ("Programmes", ("Name", "With", "Begun", "Ended", ""), programmes),
        ("Training that expires", ("Name", "Done", "Counts until", "With"), trainings),
        ("Learning groups and research", ("Year", "", "What it was about"), projects),
    ):
        if rows:
            yield _table(title, head, rows)


def _log(portfolio: Portfolio) -> Iterable[str]:
    numbers = numbered(portfolio.entries)
    rows = []
    for row in reversed(portfolio.entries):
        details = row.details
        second = " · ".join(part for part in (row.kind, details.provider, details.strand, "led" if details.led else "") if part)
        links = " ".join(
            f'<a href="{file_number(portfolio, line)}">File {place}</a>' for place, line in enumerate(portfolio.files_of(row.id), 1)
        )
        words = "".join(f"<p class=words><b>{said}:</b> {escape(own)}</p>" for said, own in own_words(row))
        what = f"<b>{escape(details.activity)}</b><br><span class=second>{escape(second)}</span>{words}"
        rows.append((_number(str(numbers[row.id])), _day(details.done_on), _number(hours_in_table(details.minutes)), what, links))
    if rows:
        yield _table("The log", (_number("No."), "Date", _number("Hours"), "What it was, and what came of it", "Evidence"), rows)


def _words(*words: str) -> str:
    return "".join(f"<p class=words>{escape(each)}</p>" for each in words if each.strip())


def _day(day: date | None) -> Cell:
    return ("day", day_with_year(day)) if day else ""


def _number(words: str) -> Cell:
    return "number", words


def _table(title: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> str:
    heads = "".join(_cell("th", cell) for cell in head)
    body = "\n".join(f"<tr>{''.join(_cell('td', cell) for cell in row)}</tr>" for row in rows)
    return f"<h2>{escape(title)}</h2>\n<table><tr>{heads}</tr>\n{body}</table>"


def _cell(tag: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<{tag}>{cell}</{tag}>"
    look, inside = cell
    return f"<{tag} class={look}>{inside}</{tag}>"
