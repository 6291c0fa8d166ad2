"""Make a school file, and open it (DESIGN section 3)."""

import os
import shutil
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile import migrations, recovery
from staffdev_desktop.schoolfile.atomic import disk_faults, place_folder
from staffdev_desktop.schoolfile.backup import back_up, backup_name, free_path
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import database_problem, raw_connection
from staffdev_desktop.schoolfile.folder import FORMAT, Facts, SchoolFolder, damaged, read_facts, too_new, write_facts
from staffdev_desktop.schoolfile.hold import Hold
from staffdev_desktop.schoolfile.opened import OpenFile
from staffdev_desktop.schoolfile.slots import (
    RECOVERY,
    USER,
    Cost,
    Keys,
    find_opening,
    make_slot,
    new_keys,
    read_slots,
    rivals,
    without,
    write_slots,
)

RECOVERY_NAME = "Recovery sheet"
_IDENTITY = {"main": "SELECT file_id FROM main.file_identity", RESTRICTED: "SELECT file_id FROM restricted.restricted_identity"}


@dataclass(frozen=True)
class NewFile:
    """What making a school file hands back: the recovery code is shown and printed once, and kept nowhere."""

    folder: SchoolFolder
    recovery_code: str = field(repr=False)


@dataclass(frozen=True)
class KeyHolder:
    """Who will hold a key: name, role (see accounts.permissions), password."""

    name: str
    role: str
    password: str = field(repr=False)  # never in a log


def create(path: Path, *, school_name: str, holder: KeyHolder, cost: Cost | None = None, practice: bool = False) -> NewFile:
    """Make a school's folder whole or not at all. Raises FileProblem (exists, disk full, read-only)."""
    part = SchoolFolder(path.with_name(path.name + ".part"))
    with disk_faults(path):
        if path.exists():
            raise FileProblem(Fault.EXISTS, f"There is already something at ‘{path}’.", "Choose another name or place.")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part.path, ignore_errors=True)  # what a crash may have left
        part.path.mkdir()
        try:
            code = _fill(part, school_name, holder, cost or Cost(), practice)
            place_folder(part.path, path)
        except BaseException as error:
            shutil.rmtree(part.path, ignore_errors=True)
            if problem := database_problem(error, SchoolFolder(path)):
                raise problem from error
            raise
    return NewFile(SchoolFolder(path), code)


def _fill(folder: SchoolFolder, school_name: str, holder: KeyHolder, cost: Cost, practice: bool) -> str:
    file_id, keys, code = uuid.uuid4().hex, new_keys(), recovery.new_code()
    write_facts(folder, Facts(FORMAT, file_id, school_name, clock.now().isoformat(), practice))
    user = make_slot(file_id, name=holder.name, role=holder.role, kind=USER, secret=holder.password, keys=keys, cost=cost)
    spare = make_slot(file_id, name=RECOVERY_NAME, role=holder.role, kind=RECOVERY, secret=code, keys=keys, cost=cost)
    write_slots(folder, file_id, (user, spare))
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
    return _open(SchoolFolder(path), USER, name, password)


def open_with_recovery(path: Path, typed_code: str) -> OpenFile:
    """Open with the printed code. Raises UserError for a code that was mistyped, FileProblem otherwise."""
    return _open(SchoolFolder(path), RECOVERY, RECOVERY_NAME, recovery.read_code(typed_code))


def _open(folder: SchoolFolder, kind: str, name: str, secret: str) -> OpenFile:
    facts = read_facts(folder)
    hold = Hold(folder)
    hold.take(name)  # before the slots are read: nobody else changes them from here on
    try:
        slots = read_slots(folder, facts.file_id)
        mine = [slot for slot in slots if (slot.kind, slot.name) == (kind, name)]
        slot, keys = find_opening(facts.file_id, mine, secret)
        opened = OpenFile(folder, facts, slot, keys, _connect(folder, keys), hold)
        try:
            _prepare(opened)
        except BaseException as error:
            opened.connection.close()
            if problem := database_problem(error, folder):
                raise problem from error
            raise
    except BaseException:
        hold.release()
        raise
    return opened


def _connect(folder: SchoolFolder, keys: Keys) -> Any:
    for database in (folder.records, folder.restricted):
        # SQLite would take an empty file for a new database.
        if not database.is_file() or database.stat().st_size == 0:
            raise damaged(folder)
        if not os.access(database, os.R_OK | os.W_OK):
            raise FileProblem(
                Fault.READ_ONLY, f"‘{folder.path.name}’ cannot be written to.", "Move it to this PC’s own disk, then open it."
            )
    try:
        return raw_connection(folder.records, folder.restricted, keys)
    except dbapi2.Error as error:
        raise database_problem(error, folder) or damaged(folder) from error


def _prepare(opened: OpenFile) -> None:
    """Settle what a crash or an older program left: version, identity, slots."""
    if any(migrations.version_of(opened.connection, schema) == 0 for schema in opened.schemas):
        raise damaged(opened.folder)
    if migrations.is_too_new(opened.connection, opened.schemas):
        raise too_new(opened.folder)
    for schema in opened.schemas:
        if opened.connection.execute(_IDENTITY[schema]).fetchall() != [(opened.facts.file_id,)]:
            raise damaged(opened.folder)
    if migrations.is_due(opened.connection, opened.schemas):
        _migrate_safely(opened)
    _settle_slots(opened)
    for leftover in opened.folder.path.glob("*.part"):
        with suppress(OSError):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _migrate_safely(opened: OpenFile) -> None:
    """Check and back up before the first byte changes."""
    if database_problems(opened.connection, opened.schemas):
        raise damaged(opened.folder)
    back_up(opened, free_path(opened.folder.path.parent / backup_name(opened.facts.school_name, "before update")))
    migrations.migrate(opened.connection, opened.schemas)


def _settle_slots(opened: OpenFile) -> None:
    """A crash while a password was being changed leaves two slots for one owner; the one that just opened stays."""
    slots = read_slots(opened.folder, opened.facts.file_id)
    if others := rivals(slots, opened.slot):
        slots = without(slots, *others)
        try:
            write_slots(opened.folder, opened.facts.file_id, slots)
        except FileProblem as problem:
            if problem.fault is not Fault.DISK_FULL:  # a full disk must not keep anybody from reading; the next opening settles it
                raise
    opened.slot = next(slot for slot in slots if slot.id == opened.slot.id)
