"""Alt letters: which are taken in a window, and how labels that come from a form are given free ones (DESIGN-LANGUAGE section 9)."""

import re
from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

_LETTER = re.compile(r"&(\w)")


def letter_of(text: str) -> str:
    """The Alt letter of a text, small, or nothing."""
    found = _LETTER.search(text.replace("&&", ""))
    return found[1].casefold() if found else ""


def letters_in(window: QWidget) -> dict[str, list[str]]:
    """Every Alt letter that works in a window now, with the words it belongs to; two words under one letter clash.

    Only what can be seen counts: panels of a tab that is not shown may use a letter again.
    """
    found: dict[str, list[str]] = {}
    for widget in window.findChildren(QWidget):
        for text in _texts(widget) if widget.isVisibleTo(window) else ():
            if letter := letter_of(text):
                found.setdefault(letter, []).append(text)
    return found


def clashes(window: QWidget) -> dict[str, list[str]]:
    """The letters that two things in a window share."""
    return {letter: texts for letter, texts in letters_in(window).items() if len(texts) > 1}


def with_letter(words: str, taken: set[str]) -> str:
    """The words with an `&` before a letter that is not taken yet, which is then taken; unchanged if there is none.

    The first letter of a word is preferred, as people look there.
    """
    plain = words.replace("&", "&&")
    starts = [match.start() for match in re.finditer(r"\b[A-Za-z]", plain)]
    others = [match.start() for match in re.finditer(r"[A-Za-z]", plain)]
    for place in (*starts, *others):
        letter = plain[place].casefold()
        if letter not in taken:
            taken.add(letter)
            return f"{plain[:place]}&{plain[place:]}"
    return plain


def _texts(widget: QWidget) -> Iterable[str]:
    if isinstance(widget, QAbstractButton):
        return (widget.text(),)
    if isinstance(widget, QLabel):
        return (widget.text(),) if widget.buddy() else ()
    if isinstance(widget, QTabBar):
        return tuple(widget.tabText(number) for number in range(widget.count()))
    return ()
