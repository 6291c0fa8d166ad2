"""What staff prints: one person's record. Pure: rows in, PDF bytes out, the same bytes for the same rows."""

from collections.abc import Iterable, Sequence
from datetime import date

from staffdev_desktop.kernel.dates import day_with_year, long_day
from staffdev_desktop.papers.blocks import Block
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.page import Foot, House, Tag, paper
from staffdev_desktop.papers.parts import Facts, heading, section
from staffdev_desktop.papers.words import BODY, CELL, FACT, SMALL, Span, Text
from staffdev_desktop.staff.rows import HoldingRow, PersonRecord
from staffdev_desktop.staff.rules import KINDS

TITLE = "Staff record"


def staff_record(record: PersonRecord, *, school: str, printed_on: date, logo: bytes | None = None, practice: bool = False) -> bytes:
    """A person's record on paper: who they are, posts now and before, time with the school, qualifications, memberships, notes."""
    number = record.details.staff_number
    foot: Foot = (((("CONFIDENTIAL", SMALL.strong), (f" · {TITLE} {number}", SMALL)), ((f"Printed {long_day(printed_on)}", SMALL),), ()),)
    house = House(
        school=school,
        title=TITLE,
        name_in_file=f"{TITLE} {number}",
        running=((record.name, FACT.strong), (" · staff record, continued", SMALL)),
        foot=foot,
        tags=(Tag("CONFIDENTIAL", small=True),),
        logo=logo,
        practice=practice,
    )
    return paper(house, _story(record))


def words_of(record: PersonRecord) -> Iterable[str]:
    """Every word on the paper, to say before printing what cannot be printed."""
    yield record.name
    yield from (str(value) for value in vars(record.details).values() if value)
    for rows in (record.holdings, record.employments, record.qualifications, record.memberships):
        for row in rows:
            yield from (str(value) for value in vars(row.details).values() if value)
    yield from (row.name for row in record.manages)


def _story(record: PersonRecord) -> list[Block]:
    details = record.details
    managers = ", ".join(dict.fromkeys(row.line_manager for row in record.current if row.line_manager))
    full = " ".join(part for part in (details.title, details.forename, details.surname) if part)
    pairs: list[tuple[str, Sequence[Span] | str]] = [
        ("Name", [(full, FACT.strong)]),
        ("Staff number", details.staff_number),
        ("Known as", details.known_as or record.name),
        ("Staff group", record.group or "Not set"),
        ("Pronouns", details.pronouns),
        ("Kind", KINDS[details.kind]),
        ("Work email", details.email),
        ("Phone", details.phone),
        ("Line manager", managers),
        ("Joined", long_day(record.joined_on) if record.joined_on else ""),
    ]
    story: list[Block] = [Facts(pairs)]
    posts = [_post_row(row) for row in record.holdings]
    story.append(_table("Posts", (64, 64, 0, 112, 60), ("From", "To", "Post", "Line manager", "Hours"), posts, "No post is written down."))
    times = [
        (_day(row.details.starts_on), _day(row.details.ends_on), row.details.reason, row.details.destination) for row in record.employments
    ]
    story.append(
        _table(
            "Time with the school", (64, 64, 0, 0), ("From", "To", "Reason for leaving", "Where to"), times, "No dates are written down."
        )
    )
    known = [
        (_day(row.details.awarded_on), row.details.name, row.details.level, row.details.provider, row.details.funded)
        for row in record.qualifications
    ]
    heads = ("Awarded", "Name, as awarded", "Level", "Provider", "Funded")
    story.append(_table("Qualifications and statuses", (64, 0, 48, 112, 60), heads, known, "None is written down."))
    if record.memberships:
        members = [
            (row.details.body, row.details.number, _day(row.details.starts_on), _day(row.details.ends_on)) for row in record.memberships
        ]
        story.append(_table("Memberships", (0, 112, 64, 64), ("Professional body", "Number", "From", "To"), members, ""))
    if record.manages:
        managed = ", ".join(f"{row.name} ({row.title})" for row in record.manages)
        story.append(section(heading("Line manages"), [Text(managed, BODY)]))
    if details.notes:
        story.append(section(heading("Notes"), [Text(details.notes, BODY)]))
    return story


def _post_row(row: HoldingRow) -> tuple[str, str, str, str, str]:
    details = row.details
    title = ", ".join(part for part in (details.title, details.site) if part)
    more = " · ".join(part for part in (details.allowance, details.filled_how) if part)
    hours = f"{details.weekly_hours:g}" if details.weekly_hours else ""
    return (
        _day(details.starts_on),
        _day(details.ends_on),
        f"{title} ({more})" if more else title,
        row.line_manager,
        f"{hours} of {details.full_time_hours:g}" if hours and details.full_time_hours else hours,
    )


def _table(title: str, widths: Sequence[float], head: Sequence[str], rows: Sequence[Sequence[str]], nothing: str) -> Block:
    if not rows:
        return section(heading(title), [Text(nothing, BODY)])
    return section(heading(title), [Grid(widths, head, [[Text(words, CELL) for words in row] for row in rows])])


def _day(day: date | None) -> str:
    return day_with_year(day) if day else ""
