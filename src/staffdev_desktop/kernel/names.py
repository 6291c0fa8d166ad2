"""People's names, as they are written, sorted, searched for and shortened."""

import re
import unicodedata

LONGEST_NAME = 200
TITLES = ("Mr", "Mrs", "Miss", "Ms", "Mx", "Dr", "Prof", "Professor", "Rev", "Revd", "Sir", "Dame", "Fr", "Sr")


def searchable(*parts: str | None) -> str:
    """One casefolded string without accents, to filter on."""
    joined = " ".join(part for part in parts if part)
    if joined.isascii():  # most are, and need no look at every letter
        return joined.casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    return plain.casefold().replace("’", "'").replace("ł", "l").replace("ø", "o")


def display_name(forename: str, surname: str, known_as: str | None = None) -> str:
    """The name a person goes by: Kate Doyle."""
    return " ".join(part for part in (known_as or forename, surname) if part)


def initials(name: str) -> str:
    """KD: the first letters of the first and last word of a name."""
    words = [word for word in re.split(r"[\s]+", name) if word and word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def split_name(whole: str) -> tuple[str, str, str]:
    """Split ‘Doyle, Mrs Karen’ or ‘Mrs Karen Doyle’ into title, forename and surname."""
    whole = " ".join(whole.split())
    if "," in whole:
        surname, _, rest = whole.partition(",")
        title, rest = _take_title(rest.strip())
        if not title:
            title, surname = _take_title(surname.strip())
        return title, rest, surname.strip()
    title, rest = _take_title(whole)
    forename, _, surname = rest.rpartition(" ")
    return title, forename, surname


def _take_title(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    known = {title.casefold(): title for title in TITLES}
    found = known.get(first.rstrip(".").casefold())
    return (found, rest.strip()) if found and rest else ("", text)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """‘1 review’, ‘14 reviews’: numbers first, then the noun (DESIGN-LANGUAGE section 8)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """‘Ann, Ben and Carl’."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def capital(words: str) -> str:
    """With a capital letter at the beginning; the others stay."""
    return words[:1].upper() + words[1:]


def in_sentence(name: str) -> str:
    """A post, a kind or a term inside a sentence: ‘Teaching assistant’ becomes ‘teaching assistant’, ‘HLTA’ stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
