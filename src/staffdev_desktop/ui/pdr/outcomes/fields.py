"""What stands in the fields of outcomes: the terms of a year."""

from collections.abc import Iterable

from staffdev_desktop.kernel.years import Term, year_label


def term_names(terms: Iterable[Term]) -> tuple[str, ...]:
    """‘Spring term 2026/27’: the school's terms, in order, each with its year."""
    return tuple(f"{term.name} {year_label(term.year)}" for term in sorted(terms))


def term_choices(names: Iterable[str], now: str = "") -> list[tuple[str, str]]:
    """The terms to choose from; what a need says already is among them even if it is no term of the school."""
    known = tuple(names)
    return [("", "Not said yet"), *((name, name) for name in (*known, *((now,) if now and now not in known else ())))]
