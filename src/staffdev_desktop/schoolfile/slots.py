"""Key slots: each user's password, and the recovery code, opens the same two random keys (DESIGN section 3)."""

import json
import secrets
import uuid
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import replace_json
from staffdev_desktop.schoolfile.folder import FORMAT, SchoolFolder, damaged, too_new

USER = "user"
RECOVERY = "recovery"
KEY_BYTES = 32


@dataclass(frozen=True)
class Cost:
    """What argon2id costs: passes, memory in KiB, lanes. Kept in each slot, so it can grow over the years."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True)
class Keys:
    """The raw keys of the two databases; `restricted` is None where the slot may not open it."""

    records: bytes
    restricted: bytes | None

    def __repr__(self) -> str:
        return "Keys(…)"  # never in a log


@dataclass(frozen=True)
class Slot:
    """One way to the keys. `replaces` names the slot that a new password took the place of, until that one is gone."""

    id: str
    name: str
    role: str
    kind: str
    cost: Cost
    salt: bytes
    wrapped: Mapping[str, bytes]
    replaces: str | None = None


def new_keys() -> Keys:
    """Two random 256-bit keys."""
    return Keys(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))


def make_slot(file_id: str, *, name: str, role: str, kind: str, secret: str, keys: Keys, cost: Cost, replaces: str | None = None) -> Slot:
    """Wrap `keys` under a secret (a password or the recovery code)."""
    slot_id, salt = uuid.uuid4().hex, secrets.token_bytes(16)
    wrapping = _stretch(secret, salt, cost)
    wrapped = {"records": _wrap(wrapping, keys.records, _label(file_id, slot_id, "records"))}
    if keys.restricted is not None:
        wrapped["restricted"] = _wrap(wrapping, keys.restricted, _label(file_id, slot_id, "restricted"))
    return Slot(slot_id, name, role, kind, cost, salt, wrapped, replaces)


def open_slot(file_id: str, slot: Slot, secret: str) -> Keys | None:
    """The keys, or None if the secret is not the one."""
    from cryptography.exceptions import InvalidTag

    wrapping = _stretch(secret, slot.salt, slot.cost)
    try:
        opened = {which: _unwrap(wrapping, blob, _label(file_id, slot.id, which)) for which, blob in slot.wrapped.items()}
    except InvalidTag:
        return None
    return Keys(opened["records"], opened.get("restricted"))


def read_slots(folder: SchoolFolder) -> tuple[Slot, ...]:
    """Every slot of a school file. Raises FileProblem."""
    try:
        found = json.loads(folder.slots.read_text(encoding="utf-8"))
        if int(found["format"]) > FORMAT:
            raise too_new(folder)
        return tuple(_from_json(each) for each in found["slots"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder) from error


def write_slots(folder: SchoolFolder, slots: Sequence[Slot]) -> None:
    """Replace slots.json whole. Raises FileProblem."""
    replace_json(folder.slots, {"format": FORMAT, "slots": [_to_json(slot) for slot in slots]})


def without(slots: Sequence[Slot], *ids: str | None) -> tuple[Slot, ...]:
    """The slots but those with these ids; what pointed to them points nowhere."""
    kept = (slot for slot in slots if slot.id not in ids)
    return tuple(replace(slot, replaces=None) if slot.replaces in ids else slot for slot in kept)


def find_opening(file_id: str, slots: Sequence[Slot], secret: str) -> tuple[Slot, Keys]:
    """The first slot that the secret opens. Raises FileProblem for a wrong password."""
    for slot in slots:
        keys = open_slot(file_id, slot, secret)
        if keys is not None:
            return slot, keys
    raise FileProblem(Fault.WRONG_PASSWORD, "That password is not right.", "Try again, or use the recovery sheet from the school safe.")


def _stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    # The same letters typed on another keyboard may arrive in another Unicode form.
    plain = unicodedata.normalize("NFKC", secret).encode()
    return hash_secret_raw(plain, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _label(file_id: str, slot_id: str, which: str) -> bytes:
    return f"staffdev:{FORMAT}:{file_id}:{slot_id}:{which}".encode()


def _wrap(wrapping: bytes, key: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, label)


def _unwrap(wrapping: bytes, blob: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(wrapping).decrypt(blob[:12], blob[12:], label)


def _to_json(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "name": slot.name,
        "role": slot.role,
        "kind": slot.kind,
        "argon2id": {"passes": slot.cost.passes, "memory_kib": slot.cost.memory_kib, "lanes": slot.cost.lanes},
        "salt": b64encode(slot.salt).decode(),
        "keys": {which: b64encode(blob).decode() for which, blob in slot.wrapped.items()},
        "replaces": slot.replaces,
    }


def _from_json(found: Mapping[str, Any]) -> Slot:
    cost = found["argon2id"]
    return Slot(
        id=str(found["id"]),
        name=str(found["name"]),
        role=str(found["role"]),
        kind=str(found["kind"]),
        cost=Cost(int(cost["passes"]), int(cost["memory_kib"]), int(cost["lanes"])),
        salt=b64decode(found["salt"], validate=True),
        wrapped={str(which): b64decode(blob, validate=True) for which, blob in found["keys"].items()},
        replaces=found.get("replaces"),
    )
