"""Key slots: each user's password, and the recovery code, opens the same two random keys (DESIGN section 3)."""

import json
import secrets
import uuid
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.folder import FORMAT, SchoolFolder, damaged, read_plain
from staffdev_desktop.schoolfile.sealed import write_sealed

USER = "user"
RECOVERY = "recovery"
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


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
    plain = {"records": keys.records} if keys.restricted is None else {"records": keys.records, "restricted": keys.restricted}
    slot = Slot(uuid.uuid4().hex, name, role, kind, cost, secrets.token_bytes(SALT_BYTES), dict.fromkeys(plain, b""), replaces)
    wrapping = _stretch(secret, slot)
    return replace(slot, wrapped={which: _wrap(wrapping, key, _label(file_id, slot, which)) for which, key in plain.items()})


def open_slot(file_id: str, slot: Slot, secret: str) -> Keys | None:
    """The keys, or None if the secret is not the one."""
    from cryptography.exceptions import InvalidTag

    wrapping = _stretch(secret, slot)
    try:
        opened = {which: _unwrap(wrapping, blob, _label(file_id, slot, which)) for which, blob in slot.wrapped.items()}
    except InvalidTag:
        return None
    return Keys(opened["records"], opened.get("restricted"))


def read_slots(folder: SchoolFolder, file_id: str) -> tuple[Slot, ...]:
    """Every slot of the school file with this id. Raises FileProblem."""
    found = read_plain(folder, folder.slots)
    try:
        slots = tuple(_from_json(each) for each in found["slots"])
        if found["file_id"] != file_id:
            raise ValueError("the slots of another school file")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder) from error
    return slots


def write_slots(folder: SchoolFolder, file_id: str, slots: Sequence[Slot]) -> None:
    """Replace slots.json whole. Raises FileProblem."""
    write_sealed(folder.slots, {"format": FORMAT, "file_id": file_id, "slots": [_to_json(slot) for slot in slots]})


def without(slots: Sequence[Slot], *ids: str) -> tuple[Slot, ...]:
    """The slots but those with these ids; what pointed to them points nowhere."""
    kept = (slot for slot in slots if slot.id not in ids)
    return tuple(replace(slot, replaces=None) if slot.replaces in ids else slot for slot in kept)


def settled(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """One slot per owner: of a change that a crash cut short, the older one, until its owner opens the file with either."""
    ids = {slot.id for slot in slots}
    return tuple(slot for slot in slots if slot.replaces not in ids)


def rivals(slots: Sequence[Slot], chosen: Slot) -> tuple[str, ...]:
    """The slots of the same owner that a change left beside the chosen one. Nobody's slot can claim another owner's."""
    return tuple(
        slot.id
        for slot in slots
        if (slot.replaces == chosen.id or slot.id == chosen.replaces) and (slot.name, slot.kind) == (chosen.name, chosen.kind)
    )


def find_opening(file_id: str, slots: Sequence[Slot], secret: str) -> tuple[Slot, Keys]:
    """The first slot that the secret opens. Raises FileProblem for a wrong password."""
    for slot in slots:
        keys = open_slot(file_id, slot, secret)
        if keys is not None:
            return slot, keys
    raise FileProblem(Fault.WRONG_PASSWORD, "That password is not right.", "Try again, or use the recovery sheet from the school safe.")


def _stretch(secret: str, slot: Slot) -> bytes:
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    # The same letters typed on another keyboard may arrive in another Unicode form.
    plain = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    return hash_secret_raw(plain, slot.salt, slot.cost.passes, slot.cost.memory_kib, slot.cost.lanes, KEY_BYTES, Type.ID)


def _label(file_id: str, slot: Slot, which: str) -> bytes:
    """What a wrapped key is bound to: nobody gives a slot another role, or takes a key out of it, by editing slots.json."""
    return json.dumps(["staffdev", FORMAT, file_id, slot.id, slot.name, slot.role, slot.kind, sorted(slot.wrapped), which]).encode()


def _wrap(wrapping: bytes, key: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, label)


def _unwrap(wrapping: bytes, blob: bytes, label: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(wrapping).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], label)


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
    slot = Slot(
        id=str(found["id"]),
        name=str(found["name"]),
        role=str(found["role"]),
        kind=str(found["kind"]),
        cost=Cost(**found["argon2id"]),
        salt=b64decode(found["salt"], validate=True),
        wrapped={str(which): b64decode(blob, validate=True) for which, blob in found["keys"].items()},
        replaces=found["replaces"],
    )
    _require_sane(slot)
    return slot


def _require_sane(slot: Slot) -> None:
    """An edited slot must not make this PC spend its memory or its afternoon. Raises ValueError."""
    cost = slot.cost
    if not (1 <= cost.passes <= 64 and 1 <= cost.lanes <= 64 and 8 * cost.lanes <= cost.memory_kib <= 4 * 1024 * 1024):
        raise ValueError("a cost that was never set")
    if set(slot.wrapped) not in ({"records"}, {"records", "restricted"}) or len(slot.salt) != SALT_BYTES:
        raise ValueError("keys that were never wrapped")
    if any(len(blob) != NONCE_BYTES + KEY_BYTES + TAG_BYTES for blob in slot.wrapped.values()):
        raise ValueError("a wrapped key of another length")
