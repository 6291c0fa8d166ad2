"""Guesses which column of a sheet is what, by its heading and by the look of what is written below."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from staffdev_desktop.exchange.sheets import Cell, Line, plain_words

_DATE = re.compile(r"\s*(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d\d-\d\d)")
_LOOKED_AT = 50
_ENOUGH = 0.7  # share of the written cells that must look right


@dataclass(frozen=True)
class Wanted:
    """A column to look for: headings it goes by, best first, and, where its values give it away, how they look.

    `label` is what people call it on screen. A column without a heading is only taken for this one if `looks_like` is given.
    """

    key: str
    label: str
    words: tuple[str, ...]
    looks_like: Callable[[Cell], bool] | None = None


def words_of(wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """Every heading that would be known: for sheets.read_sheet, which finds the line of headings by them."""
    return tuple(word for column in wanted for word in column.words)


def guess_columns(header: Sequence[str], rows: Sequence[Line], wanted: Sequence[Wanted], ignored: Iterable[str] = ()) -> dict[str, int]:
    """Map each wanted key that is found to the index of its column; each column serves one key.

    A heading votes only for the key that explains most of it: ‘Line manager email’ is never the email. A heading that contains one
    of the `ignored` words is left alone.
    """
    refused = tuple(plain_words(word) for word in ignored)
    known = [(column.key, tuple(plain_words(word) for word in column.words)) for column in wanted]
    filled = {index for line in rows[:_LOOKED_AT] for index, cell in enumerate(line.cells) if cell is not None}
    votes: list[tuple[float, int, str]] = []
    unknown: list[int] = []
    for index, heading in enumerate(header):
        plain = plain_words(heading)
        if any(_contains(plain, word) for word in refused):
            continue
        # One stray cell can make a sheet 16,384 columns wide: what is empty is not looked at.
        fits = ((_by_heading(plain, words), key) for key, words in known) if plain else ()
        best = max(fits, key=_first, default=(0.0, ""))
        if best[0] > 0:
            votes.append((best[0], -index, best[1]))
        elif index in filled:
            unknown.append(index)
    found: dict[str, int] = {}
    for _, minus_index, key in sorted(votes, reverse=True):
        found.setdefault(key, -minus_index)
    for column in wanted:
        if column.key not in found and column.looks_like:
            for index in [index for index in unknown if _looks_right(rows, index, column.looks_like)][:1]:
                found[column.key] = index
                unknown.remove(index)
    return found


def _first(vote: tuple[float, str]) -> float:
    return vote[0]


def _by_heading(plain: str, words: Sequence[str]) -> float:
    """How well a heading fits: exact beats part, an earlier word beats a later one, a long part beats a short one."""
    best = 0.0
    for place, word in enumerate(words):
        if plain == word:
            best = max(best, 1000.0 - place)
        elif _contains(plain, word):
            best = max(best, 500.0 * len(word) / len(plain))
    return best


def _contains(plain: str, word: str) -> bool:
    return f" {word} " in f" {plain} "


def _looks_right(rows: Sequence[Line], index: int, looks_like: Callable[[Cell], bool]) -> bool:
    cells = [cell for line in rows[:_LOOKED_AT] if (cell := line.cell(index)) is not None]
    return bool(cells) and sum(1 for cell in cells if looks_like(cell)) / len(cells) >= _ENOUGH


def looks_like_email(cell: Cell) -> bool:
    """Whether a cell holds an email address."""
    return isinstance(cell, str) and re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", cell) is not None


def looks_like_surname_first(cell: Cell) -> bool:
    """Whether a cell holds a name like ‘Doyle, Karen’."""
    return isinstance(cell, str) and re.fullmatch(r"\s*[^\W\d_][^,\d]*,\s*[^\W\d_][^,\d]*", cell) is not None


def looks_like_date(cell: Cell) -> bool:
    """Whether a cell holds a date, as Excel's own or as text."""
    return isinstance(cell, date) or (isinstance(cell, str) and re.match(_DATE, cell) is not None)
