"""Make a school file, open it, and change who can open it (DESIGN section 3)."""

import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.schoolfile import migrations, recovery
from staffdev_desktop.schoolfile.atomic import disk_faults, sync_folder
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.database import raw_connection
from staffdev_desktop.schoolfile.folder import FORMAT, Facts, SchoolFolder, damaged, read_facts, too_new, write_facts
from staffdev_desktop.schoolfile.hold import Hold
from staffdev_desktop.schoolfile.slots import (
    RECOVERY,
    USER,
    Cost,
    Keys,
    Slot,
    find_opening,
    make_slot,
    new_keys,
    read_slots,
    without,
    write_slots,
)

RECOVERY_NAME = "Recovery sheet"
_IDENTITY = {"main": "SELECT file_id FROM main.file_identity", RESTRICTED: "SELECT file_id FROM restricted.restricted_identity"}


@dataclass(frozen=True)
class NewFile:
    """What making a school file hands back: the recovery code is shown and printed once, and kept nowhere."""

    folder: SchoolFolder
    recovery_code: str


@dataclass
class OpenFile:
    """An open school file: one connection with the databases that the slot's keys open, and the hold on the folder."""

    folder: SchoolFolder
    facts: Facts
    slot: Slot
    keys: Keys
    connection: Any
    hold: Hold

    @property
    def schemas(self) -> tuple[str, ...]:
        """`main`, and `restricted` where the slot has its key."""
        return ("main",) if self.keys.restricted is None else ("main", RESTRICTED)

    def close(self) -> None:
        """Close the databases, then let the folder go."""
        self.connection.close()
        self.hold.release()


@dataclass(frozen=True)
class KeyHolder:
    """Who will hold a key: name, role (see accounts.permissions), password."""

    name: str
    role: str
    password: str


def create(path: Path, *, school_name: str, holder: KeyHolder, cost: Cost | None = None, practice: bool = False) -> NewFile:
    """Make a school's folder whole or not at all. Raises FileProblem (exists, disk full, read-only)."""
    if path.exists():
        raise FileProblem(Fault.EXISTS, f"There is already something at ‘{path}’.", "Choose another name or place.")
    cost = cost or Cost()
    part = SchoolFolder(path.with_name(path.name + ".part"))
    with disk_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part.path, ignore_errors=True)  # what a crash may have left
        part.path.mkdir()
        try:
            code = _fill(part, school_name, holder, cost, practice)
            sync_folder(part.path)
            part.path.rename(path)
        except BaseException as error:
            shutil.rmtree(part.path, ignore_errors=True)
            if isinstance(error, dbapi2.Error):
                raise FileProblem(Fault.DISK_FULL, "There is no room left on the disk.", "Free some space, then try again.") from error
            raise
        sync_folder(path.parent)
    return NewFile(SchoolFolder(path), code)


def _fill(folder: SchoolFolder, school_name: str, holder: KeyHolder, cost: Cost, practice: bool) -> str:
    file_id, keys, code = uuid.uuid4().hex, new_keys(), recovery.new_code()
    write_facts(folder, Facts(FORMAT, file_id, school_name, clock.now().isoformat(), practice))
    user = make_slot(file_id, name=holder.name, role=holder.role, kind=USER, secret=holder.password, keys=keys, cost=cost)
    spare = make_slot(file_id, name=RECOVERY_NAME, role=holder.role, kind=RECOVERY, secret=code, keys=keys, cost=cost)
    write_slots(folder, (user, spare))
    connection = raw_connection(folder.records, folder.restricted, keys)
    try:
        migrations.migrate(connection, ("main", RESTRICTED))
        connection.execute("INSERT INTO main.file_identity (file_id) VALUES (?)", (file_id,))
        connection.execute("INSERT INTO restricted.restricted_identity (file_id) VALUES (?)", (file_id,))
    finally:
        connection.close()
    return code


def open_with_password(path: Path, name: str, password: str) -> OpenFile:
    """Open as the user of that name. Raises FileProblem for every fault that DESIGN section 3 names."""
    folder = SchoolFolder(path)
    facts = read_facts(folder)
    mine = [slot for slot in read_slots(folder) if slot.kind == USER and slot.name == name]
    return _open(folder, facts, mine, password, name)


def open_with_recovery(path: Path, typed_code: str) -> OpenFile:
    """Open with the printed code. Raises UserError for a code that was mistyped, FileProblem otherwise."""
    folder = SchoolFolder(path)
    facts = read_facts(folder)
    code = recovery.read_code(typed_code)
    spares = [slot for slot in read_slots(folder) if slot.kind == RECOVERY]
    return _open(folder, facts, spares, code, RECOVERY_NAME)


def _open(folder: SchoolFolder, facts: Facts, slots: Sequence[Slot], secret: str, name: str) -> OpenFile:
    slot, keys = find_opening(facts.file_id, slots, secret)
    hold = Hold(folder)
    hold.take(name)
    try:
        connection = _connect(folder, keys)
        opened = OpenFile(folder, facts, slot, keys, connection, hold)
        try:
            _prepare(opened)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        hold.release()
        raise
    return opened


def _connect(folder: SchoolFolder, keys: Keys) -> Any:
    for database in (folder.records, folder.restricted):
        if not database.is_file():
            raise damaged(folder)
    try:
        return raw_connection(folder.records, folder.restricted, keys)
    except dbapi2.DatabaseError as error:
        if "readonly" in str(error):
            raise FileProblem(
                Fault.READ_ONLY, f"‘{folder.path.name}’ cannot be written to.", "Move it to this PC's own disk, then open it."
            ) from error
        raise damaged(folder) from error


def _prepare(opened: OpenFile) -> None:
    """Settle what a crash or an older program left: version, identity, slots."""
    if migrations.is_too_new(opened.connection, opened.schemas):
        raise too_new(opened.folder)
    if migrations.is_due(opened.connection, opened.schemas):
        _migrate_safely(opened)
    for schema in opened.schemas:
        found = opened.connection.execute(_IDENTITY[schema]).fetchone()
        if found is None or found[0] != opened.facts.file_id:
            raise damaged(opened.folder)
    opened.slot = _settle_slots(opened)
    for leftover in opened.folder.path.glob("*.part"):
        with suppress(OSError):
            leftover.unlink()


def _migrate_safely(opened: OpenFile) -> None:
    """Check and back up before the first byte changes."""
    from staffdev_desktop.schoolfile.backup import back_up, backup_name
    from staffdev_desktop.schoolfile.checking import database_problems

    if database_problems(opened.connection, opened.schemas):
        raise damaged(opened.folder)
    back_up(opened, opened.folder.path.parent / backup_name(opened.facts.school_name, "before update"))
    migrations.migrate(opened.connection, opened.schemas)


def _settle_slots(opened: OpenFile) -> Slot:
    """A crash while a password was being changed leaves two slots for one user; the one that just opened stays."""
    slots = read_slots(opened.folder)
    mine = opened.slot
    rivals = [slot.id for slot in slots if slot.replaces == mine.id or slot.id == mine.replaces]
    if rivals:
        write_slots(opened.folder, without(slots, *rivals))
    return next(slot for slot in without(slots, *rivals) if slot.id == mine.id)


def check_new_password(password: str) -> None:
    """Raises UserError if a password is too short to be one."""
    if len(password.strip()) < 8:
        raise UserError("Use at least 8 characters. Three or four unrelated words are best.", field="password")


def change_secret(opened: OpenFile, slot: Slot, secret: str) -> Slot:
    """Give the owner of `slot` a new password, or make a new recovery code. The new slot is on disk before the old one goes.

    Needs the keys that the old slot wraps. Raises FileProblem.
    """
    keys = opened.keys if "restricted" in slot.wrapped else replace(opened.keys, restricted=None)
    file_id = opened.facts.file_id
    new = make_slot(file_id, name=slot.name, role=slot.role, kind=slot.kind, secret=secret, keys=keys, cost=slot.cost, replaces=slot.id)
    slots = read_slots(opened.folder)
    write_slots(opened.folder, (*slots, new))
    write_slots(opened.folder, without((*slots, new), slot.id))
    new = replace(new, replaces=None)
    if opened.slot.id == slot.id:
        opened.slot = new
    return new


def add_key_holder(opened: OpenFile, holder: KeyHolder, *, with_restricted: bool) -> Slot:
    """Give somebody else a key. Raises UserError if the name has one already, FileProblem."""
    slots = read_slots(opened.folder)
    if any(slot.kind == USER and slot.name.casefold() == holder.name.strip().casefold() for slot in slots):
        raise UserError(f"{holder.name.strip()} can sign in already.", field="name")
    check_new_password(holder.password)
    keys = opened.keys if with_restricted else replace(opened.keys, restricted=None)
    new = make_slot(
        opened.facts.file_id,
        name=holder.name.strip(),
        role=holder.role,
        kind=USER,
        secret=holder.password,
        keys=keys,
        cost=opened.slot.cost,
    )
    write_slots(opened.folder, (*slots, new))
    return new
