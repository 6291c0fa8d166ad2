"""What a sheet would change if it were taken in, shown row by row before anything is: the same for staff, targets and CPD."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What would happen with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TROUBLE = "trouble"
    QUESTION = "question"


@dataclass(frozen=True)
class PreviewRow:
    """One line of the sheet: its number there, who or what it is about, and why the verdict is as it is, in plain words.

    `changes` are (label of the field, before, after) as they are shown; `column` is the letter of a column where a line holds several.
    """

    number: int
    label: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    column: str = ""


@dataclass(frozen=True)
class Preview:
    """All rows of a sheet, and what the school has that is not in it: shown, never touched."""

    rows: tuple[PreviewRow, ...]
    not_in_list: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows have each verdict; every verdict is there."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in Verdict}
