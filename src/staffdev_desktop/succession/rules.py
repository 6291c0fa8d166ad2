"""What may be written about somebody, and what they are promised (DESIGN section 4, Succession notes)."""

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.staff.rules import check_words

LONGEST_INTEREST = 2_000  # characters
_KNOWN = {"she": "She", "he": "He", "they": "They"}


def reminder(first_name: str, pronouns: str) -> str:
    """What stands where a note is typed. Without pronouns on record the name is used again."""
    said = pronouns.replace("/", " ").split()
    who = _KNOWN.get(said[0].casefold(), first_name) if said else first_name
    return f"Write what you would be content for {first_name} to read. {who} may ask for a copy."


def check_interest(words: str) -> str:
    """The words of a note, trimmed. Raises UserError if there are none, or too many."""
    if not words.strip():
        raise UserError("Write what was said or done in the review.", field="words")
    return check_words(words, "The note", "words", longest=LONGEST_INTEREST, lines=True)
