"""The three kinds of trouble that are not bugs (DESIGN section 2, Errors)."""

from enum import StrEnum


class UserError(Exception):
    """Input that cannot be taken: one sentence that says what is wrong and what to do, and the field it belongs to."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(Exception):
    """Somebody saved a newer revision of the same record in the meantime; what was typed is still in the caller's hands."""

    def __init__(
        self, message: str = "This record was changed in the meantime. Your words are still here: compare them and save again."
    ) -> None:
        super().__init__(message)
        self.message = message


class Fault(StrEnum):
    """What can be wrong with a file in the world."""

    MISSING = "missing"
    EXISTS = "exists"
    HELD = "held"
    WRONG_PASSWORD = "wrong password"  # noqa: S105
    TOO_NEW = "too new"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    DISK_FULL = "disk full"
    NOT_OURS = "not ours"
    NO_ACCESS = "no access"


class FileProblem(Exception):
    """A fault of the world outside: one sentence, and the next step."""

    def __init__(self, fault: Fault, message: str, next_step: str = "") -> None:
        super().__init__(f"{message} {next_step}".strip())
        self.fault = fault
        self.message = message
        self.next_step = next_step


def check_length(words: str, most: int, field: str) -> None:
    """Raises UserError for more letters than can be kept; spaces at either end are not counted."""
    if (length := len(words.strip())) > most:
        raise UserError(f"This has {length:,} letters. Use {most:,} or fewer.", field=field)
