"""The two small plain files of a school's folder: JSON with a seal over it, so that one flipped bit is noticed."""

import hashlib
import json
from pathlib import Path
from typing import Any

from staffdev_desktop.schoolfile.atomic import replace_file

SEAL = "seal"  # every later format keeps this key and what it means, so that an older program can tell newer from damaged


class Spoiled(Exception):
    """The bytes are not what was written."""


def write_sealed(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON object and its seal, whole or not at all. Raises FileProblem."""
    replace_file(path, _encoded(value | {SEAL: _seal_of(value)}))


def read_sealed(path: Path, newest_format: int) -> dict[str, Any]:
    """The object as it was written; `format` says whether a newer program did. Raises OSError, Spoiled."""
    content = path.read_bytes()
    try:
        found = json.loads(content)
        seal = found.pop(SEAL)
        intact = isinstance(found["format"], int) and _seal_of(found) == seal
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Spoiled(path.name) from error
    # The seal covers the meaning; comparing the bytes as well leaves no byte unwatched.
    if not intact or (found["format"] <= newest_format and content != _encoded(found | {SEAL: seal})):
        raise Spoiled(path.name)
    return dict(found)


def _seal_of(value: dict[str, Any]) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _encoded(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
