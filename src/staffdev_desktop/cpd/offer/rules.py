"""Decisions of the offer: what a line must be, how fresh the directory is, how it is said in a development need. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from staffdev_desktop.cpd.log.rules import hours_in_words
from staffdev_desktop.cpd.offer.rows import Checked, DirectoryDetails, ProviderDetails
from staffdev_desktop.kernel.dates import day_with_year
from staffdev_desktop.kernel.errors import UserError, check_length
from staffdev_desktop.kernel.money import pounds

STAGE, PHASE = "stage", "phase"  # 004: career stage x how; 002: strand x phase
GRIDS = {STAGE: "Career stages", PHASE: "Phases and strands"}
LINE, COLUMN = "line", "column"
LONGEST_HEADING, LONGEST_ITEM, LONGEST_LINE, LONGEST_WORDS = 60, 160, 200, 4_000
MOST_LINES, MOST_COLUMNS = 12, 6  # more do not print on one page
STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class FirstItem:
    """An item that the offer begins with, and the shipped programme it may be tied to."""

    line: str
    column: str
    text: str
    programme: str


@dataclass(frozen=True)
class FirstGrid:
    """A grid as it ships."""

    grid: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    items: tuple[FirstItem, ...]


@cache
def first_offer() -> tuple[FirstGrid, ...]:
    """What a school’s offer begins with (`resources/frameworks/offer/offer.toml`)."""
    text = (files("staffdev_desktop.resources") / "frameworks" / "offer" / "offer.toml").read_text(encoding="utf-8")
    return tuple(
        FirstGrid(
            grid["id"],
            tuple(grid["lines"]),
            tuple(grid["columns"]),
            tuple(
                FirstItem(cell["line"], cell["column"], item["text"], item.get("programme", ""))
                for cell in grid["cells"]
                for item in cell["items"]
            ),
        )
        for grid in tomllib.loads(text)["grids"]
    )


def check_heading(name: str, axis: str, others: Sequence[str]) -> None:
    """Raises UserError for a line or column without a name, with one that is taken, or one more than a page holds."""
    if not name.strip():
        raise UserError(f"Write what the {axis} is called.", field="name")
    check_length(name, LONGEST_HEADING, "name")
    if name.strip().casefold() in {other.casefold() for other in others}:
        raise UserError(f"There is a {axis} called ‘{name.strip()}’ already.", field="name")
    most = MOST_LINES if axis == LINE else MOST_COLUMNS
    if len(others) >= most:
        raise UserError(f"A grid has {most} {axis}s at most, so that it prints on one page.", field="name")


def check_item(text: str) -> None:
    """Raises UserError for an item without words, or with more than a cell can show."""
    if not text.strip():
        raise UserError("Write what is offered.", field="text")
    check_length(text, LONGEST_ITEM, "text")


def check_provider(details: ProviderDetails, others: Sequence[str]) -> None:
    """Raises UserError for a provider without a name, or one that is there already."""
    if not details.name.strip():
        raise UserError("Write the provider’s name.", field="name")
    if details.name.strip().casefold() in {other.casefold() for other in others}:
        raise UserError(f"‘{details.name.strip()}’ is in the list already.", field="name")
    if details.email.strip() and "@" not in details.email:
        raise UserError("An email address has an @ in it.", field="email")
    for field in ("name", "contact", "email", "phone"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    check_length(details.note, LONGEST_WORDS, "note")


def check_directory(details: DirectoryDetails, today: date) -> None:
    """Raises UserError for a line of the directory that cannot be."""
    if not details.title.strip():
        raise UserError("Write what it is called.", field="title")
    if details.minutes is not None and details.minutes <= 0:
        raise UserError("Write how long it takes, or leave the hours empty.", field="minutes")
    if details.pence is not None and details.pence < 0:
        raise UserError("A cost cannot be less than nothing.", field="pence")
    if details.checked_on is not None and details.checked_on > today:
        raise UserError("That day is still to come.", field="checked_on")
    for field in ("title", "audience", "dates", "place"):
        check_length(getattr(details, field), LONGEST_LINE, field)
    check_length(details.about, LONGEST_WORDS, "about")


def checked_state(checked_on: date | None, today: date) -> Checked:
    """How fresh a line is: what was looked at more than a year ago may be wrong by now."""
    if checked_on is None:
        return Checked.NEVER
    return Checked.OLD if today - checked_on > STALE_AFTER else Checked.FRESH


def cost_words(pence: int | None) -> str:
    """‘Free’, ‘£120.50’, or nothing where it is not known."""
    return "Free" if pence == 0 else pounds(pence)


def when_words(details: DirectoryDetails, today: date) -> str:
    """The next day that is still to come, else the dates in words."""
    if details.next_on is not None and details.next_on >= today:
        return day_with_year(details.next_on)
    return details.dates


def how_words(details: DirectoryDetails, provider: str, today: date) -> str:
    """How a need is met, in the words of the directory: ‘Brookside Hub, 6 hours, £120, next on 12 Nov 2026’."""
    parts = [provider]
    if details.minutes:
        parts.append(hours_in_words(details.minutes))
    if details.pence is not None:
        parts.append("free of charge" if details.pence == 0 else pounds(details.pence).removesuffix(".00"))
    if details.next_on is not None and details.next_on >= today:
        parts.append(f"next on {day_with_year(details.next_on)}")
    return ", ".join(part for part in parts if part)
