"""Who can open a school file: new passwords, new recovery codes, new key-holders (DESIGN section 3, Passwords).

The new slot is on disk before the old one goes, so at every moment one known secret opens the file.
"""

from collections.abc import Sequence
from dataclasses import replace

from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.schoolfile.opened import OpenFile
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import RECOVERY, USER, Slot, make_slot, open_slot, read_slots, settled, without, write_slots

SHORTEST_PASSWORD = 8


def check_new_password(password: str) -> None:
    """Raises UserError if a password is too short to be one."""
    if len(password.strip()) < SHORTEST_PASSWORD:
        raise UserError(f"Use at least {SHORTEST_PASSWORD} characters. Three or four unrelated words are best.", field="password")


def owners(opened: OpenFile) -> tuple[Slot, ...]:
    """One slot for each user, and one for the recovery code. Raises FileProblem."""
    return settled(read_slots(opened.folder, opened.facts.file_id))


def change_secret(opened: OpenFile, slot: Slot, secret: str) -> Slot:
    """Give the owner of `slot` a new password. Raises FileProblem; then either secret opens, until one of them did."""
    beside, new = _beside(opened, slot, secret)
    _write(opened, (*beside, new))
    return _drop(opened, slot, new)


def offer_recovery_code(opened: OpenFile, code: str) -> None:
    """Let a new recovery code open the file beside the old one, which nobody should lose before the new one is on paper."""
    beside, new = _beside(opened, _recovery_slot(opened), code)
    _write(opened, (*beside, new))


def confirm_recovery_code(opened: OpenFile, code: str) -> Slot:
    """The offered code was kept: from now on the old one opens nothing. Raises UserError if it is not the one offered."""
    old = _recovery_slot(opened)
    for slot in read_slots(opened.folder, opened.facts.file_id):
        if slot.replaces == old.id and open_slot(opened.facts.file_id, slot, code) is not None:
            return _drop(opened, old, slot)
    raise UserError("That is not the code on the new recovery sheet.", field="code")


def recovery_code_offered(opened: OpenFile) -> bool:
    """Whether a new recovery code still waits to be confirmed."""
    old = _recovery_slot(opened)
    return any(slot.replaces == old.id for slot in read_slots(opened.folder, opened.facts.file_id))


def add_key_holder(opened: OpenFile, holder: KeyHolder, *, with_restricted: bool) -> Slot:
    """Give somebody else a key. Raises UserError if the name is empty or has one already, FileProblem."""
    name = " ".join(holder.name.split())
    if not name:
        raise UserError("Write the name.", field="name")
    slots = read_slots(opened.folder, opened.facts.file_id)
    if any(slot.name.casefold() == name.casefold() for slot in slots):
        raise UserError(f"{name} can sign in already.", field="name")
    check_new_password(holder.password)
    keys = opened.keys if with_restricted else replace(opened.keys, restricted=None)
    file_id, cost = opened.facts.file_id, opened.slot.cost
    new = make_slot(file_id, name=name, role=holder.role, kind=USER, secret=holder.password, keys=keys, cost=cost)
    _write(opened, (*slots, new))
    return new


def _beside(opened: OpenFile, slot: Slot, secret: str) -> tuple[tuple[Slot, ...], Slot]:
    """The slots without earlier attempts of the same owner, and a new one under `secret`."""
    if "restricted" in slot.wrapped and opened.keys.restricted is None:
        raise FileProblem(Fault.NO_ACCESS, "Your key does not open succession.", "Ask the school business manager or the head to do this.")
    keys = opened.keys if "restricted" in slot.wrapped else replace(opened.keys, restricted=None)
    file_id = opened.facts.file_id
    new = make_slot(file_id, name=slot.name, role=slot.role, kind=slot.kind, secret=secret, keys=keys, cost=slot.cost, replaces=slot.id)
    slots = read_slots(opened.folder, file_id)
    return tuple(each for each in slots if each.replaces != slot.id), new


def _drop(opened: OpenFile, old: Slot, new: Slot) -> Slot:
    _write(opened, without(read_slots(opened.folder, opened.facts.file_id), old.id))
    new = replace(new, replaces=None)
    if opened.slot.id == old.id:
        opened.slot = new
    return new


def _recovery_slot(opened: OpenFile) -> Slot:
    found = [slot for slot in owners(opened) if slot.kind == RECOVERY]
    return found[0]


def _write(opened: OpenFile, slots: Sequence[Slot]) -> None:
    write_slots(opened.folder, opened.facts.file_id, slots)
