"""How good a password is, as honestly as length and variety of words can tell. No bits, no years to crack: nobody knows those."""

import re
from dataclasses import dataclass
from itertools import pairwise

SHORTEST = 8
# What people type when they are asked for a password, or what follows a word that they were told to make harder.
_COMMON = (
    "password", "passwort", "letmein", "welcome", "qwerty", "asdf", "zxcv", "admin", "login", "iloveyou", "monkey", "dragon",
    "football", "summer", "winter", "spring", "autumn", "school", "teacher", "academy", "primary", "staff", "office", "secret",
    "monday", "friday", "january", "september", "december", "liverpool", "arsenal", "chelsea", "123", "abc", "000", "111",
)  # fmt: skip


@dataclass(frozen=True)
class Strength:
    """`level` 0 to 4 fills that many bars; `word` names it, `advice` says what would help."""

    level: int
    word: str
    advice: str


_WORDS = ("Too short.", "Weak.", "Fair.", "Good.", "Strong.")
_BEST = "Three or four unrelated words are easier to remember and harder to guess."


def strength_of(password: str, *known: str) -> Strength:
    """Judge a password. `known` are words that anybody at the school could guess: its name, the person's name."""
    if len(password.strip()) < SHORTEST:
        return Strength(0, _WORDS[0], f"Use at least {SHORTEST} characters. {_BEST}")
    guessable = [part for name in known for part in re.findall(r"\w{3,}", name.casefold())]
    left = password.casefold()
    found = ""
    for word in sorted((*guessable, *_COMMON), key=len, reverse=True):
        if word in left:
            found = found or word
            left = left.replace(word, "\0")  # a word that is guessed first counts as one character
    words = {word for word in re.findall(r"[^\W\d_]{3,}", left)}
    distinct = len(set(left))
    counted = len(_without_runs(left))
    level = 1 + (counted >= 12 or len(words) >= 2) + (counted >= 15 or len(words) >= 3) + (counted >= 19 and len(words) >= 3)
    if counted < SHORTEST or distinct < 5:
        level = 1
    if found:
        advice = "It has a part that others guess first, such as a name or a common word."
        return Strength(level, _WORDS[level], advice if level < 3 else _BEST)
    return Strength(level, _WORDS[level], "Keep it to yourself, and do not use it anywhere else." if level == 4 else _BEST)


def _without_runs(text: str) -> str:
    """The text with ‘aaaa’ and ‘4567’ counted as one character: runs are typed without thinking, and guessed the same way."""
    kept = text[:1]
    for before, letter in pairwise(text):
        if ord(letter) - ord(before) not in (0, 1, -1):
            kept += letter
    return kept
