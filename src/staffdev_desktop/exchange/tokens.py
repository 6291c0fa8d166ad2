"""The token in a fillable form or a log sheet: whose it is in which school's file, signed so that it cannot be passed off.

Pure: the caller keeps the key. A token says nothing about a person but a number: of the review, which stands on the paper anyway, or
of the row in the school file.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass, fields
from typing import Any, Literal

from staffdev_desktop.kernel.errors import UserError

SHORTEST_KEY = 16
LONGEST_TOKEN = 2000
# The same key signs nothing else with these words before it.
_PURPOSE = b"staffdev fillable form 1:"
_LOG_PURPOSE = b"staffdev log sheet 1:"


@dataclass(frozen=True)
class FormToken:
    """Which form this is. `file` is the school file's own id; `last_targets` how many of last year's targets stand on it."""

    form: str
    version: int
    number: str
    file: str
    kind: Literal["self-review", "meeting"]
    last_targets: int = 0
    first_year: bool = False


@dataclass(frozen=True)
class LogToken:
    """Whose log sheet of which academic year this is. `file` is the school file's own id."""

    person_id: int
    year: int
    file: str


def sign(token: FormToken | LogToken, key: bytes) -> str:
    """The token as text of plain letters and digits. Raises ValueError for a key that is too short to keep a secret."""
    payload = _encoded(json.dumps(astuple(token), ensure_ascii=False, separators=(",", ":")).encode())
    return f"{payload}.{_signature(payload, key, _purpose_of(type(token)))}"


def verify(text: str, key: bytes) -> FormToken:
    """What a form's token says. Raises UserError when this key has not signed it: another school's form, or one that was changed."""
    return FormToken(*_verified(text, key, FormToken, "form"))


def verify_log(text: str, key: bytes) -> LogToken:
    """What a log sheet's token says. Raises UserError as `verify` does."""
    return LogToken(*_verified(text, key, LogToken, "log sheet"))


def _verified(text: str, key: bytes, kind: type[FormToken | LogToken], what: str) -> list[Any]:
    wrong = UserError(f"This {what} is not from this school’s file, or the mark that says whose it is was changed. Make a new one.")
    payload, _, signature = text.strip().partition(".")
    # The signature is checked before anything is read out of the words it covers.
    expected = _signature(payload, key, _purpose_of(kind))
    if len(text) > LONGEST_TOKEN or not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        raise wrong
    values: list[Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    if len(values) != len(fields(kind)):
        raise wrong  # signed by a later version of the program
    return values


def _purpose_of(kind: type[FormToken | LogToken]) -> bytes:
    return _LOG_PURPOSE if kind is LogToken else _PURPOSE


def _signature(payload: str, key: bytes, purpose: bytes) -> str:
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"A key has at least {SHORTEST_KEY} bytes.")
    return _encoded(hmac.new(key, purpose + payload.encode("utf-8", "replace"), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
