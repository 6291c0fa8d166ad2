"""The token in a fillable form: which form of which review of which school's file it is, signed so that it cannot be passed off.

Pure: the caller keeps the key. A token says nothing about a person but the review's number, which stands on the paper anyway.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import astuple, dataclass, fields
from typing import Literal

from staffdev_desktop.kernel.errors import UserError

SHORTEST_KEY = 16
LONGEST_TOKEN = 2000
_PURPOSE = b"staffdev fillable form 1:"  # the same key signs nothing else with these words before it


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


def sign(token: FormToken, key: bytes) -> str:
    """The token as text of plain letters and digits. Raises ValueError for a key that is too short to keep a secret."""
    payload = _encoded(json.dumps(astuple(token), ensure_ascii=False, separators=(",", ":")).encode())
    return f"{payload}.{_signature(payload, key)}"


def verify(text: str, key: bytes) -> FormToken:
    """What a token says. Raises UserError when this key has not signed it: another school's form, or one that was changed."""
    wrong = UserError("This form is not from this school’s file, or the mark that says whose it is was changed. Make a new one.")
    payload, _, signature = text.strip().partition(".")
    # The signature is checked before anything is read out of the words it covers.
    if len(text) > LONGEST_TOKEN or not hmac.compare_digest(_signature(payload, key).encode(), signature.encode("utf-8", "replace")):
        raise wrong
    values = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    if len(values) != len(fields(FormToken)):
        raise wrong  # signed by a later version of the program
    return FormToken(*values)


def _signature(payload: str, key: bytes) -> str:
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"A key has at least {SHORTEST_KEY} bytes.")
    return _encoded(hmac.new(key, _PURPOSE + payload.encode("utf-8", "replace"), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
