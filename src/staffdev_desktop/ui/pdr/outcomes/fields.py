"""The editors that only outcomes need: an amount of money, and the term of a year."""

from collections.abc import Iterable

from staffdev_desktop.kernel.years import Term, year_label
from staffdev_desktop.pdr.reports.rules import pounds, read_pounds
from staffdev_desktop.ui.widgets.editors import TypedField


class PoundsField(TypedField):
    """An amount, typed as people type one: 120, £120.50. Its value is in pence; written £120.50 when the field is left."""

    def __init__(self, example: str = "", parent=None) -> None:
        super().__init__(example or "£120.50", parent)

    def set_value(self, value: int | str | None) -> None:
        """Show pence as pounds; words that are no amount are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else pounds(value))

    def _read(self, words: str) -> int:
        return read_pounds(words)


def term_names(terms: Iterable[Term]) -> tuple[str, ...]:
    """‘Spring term 2026/27’: the school's terms, in order, each with its year."""
    return tuple(f"{term.name} {year_label(term.year)}" for term in sorted(terms))


def term_choices(names: Iterable[str], now: str = "") -> list[tuple[str, str]]:
    """The terms to choose from; what a need says already is among them even if it is no term of the school."""
    known = tuple(names)
    return [("", "Not said yet"), *((name, name) for name in (*known, *((now,) if now and now not in known else ())))]
