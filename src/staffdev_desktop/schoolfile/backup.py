"""One verified file that holds everything: made with the online backup API, reopened and checked before it counts."""

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import disk_faults, sync_file, sync_folder
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import raw_connection
from staffdev_desktop.schoolfile.folder import FORMAT, SchoolFolder
from staffdev_desktop.schoolfile.slots import Keys

if TYPE_CHECKING:
    from staffdev_desktop.schoolfile.opening import OpenFile

SUFFIX = ".staffdev-backup"
MANIFEST = "manifest.json"
PARTS = ("school.json", "slots.json", "records.db", "restricted.db")
PAGES_AT_ONCE = 256


@dataclass(frozen=True)
class BackupFacts:
    """What a backup says of itself: the school, when it was made, its files' SHA-256 by name."""

    school_name: str
    file_id: str
    made: str
    hashes: dict[str, str]


def backup_name(school_name: str, remark: str = "") -> str:
    """`Riverbank Primary Academy 2026-10-20 131200.staffdev-backup`."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", school_name)
    return f"{' '.join(plain.split())} {clock.now():%Y-%m-%d %H%M%S}{f' {remark}' if remark else ''}{SUFFIX}"


def back_up(opened: "OpenFile", to: Path) -> BackupFacts:
    """Write one file at `to`, reopen it, check it, and only then give it its name. Raises FileProblem.

    Reads through connections of its own, in small steps, so it may run on another thread while the file is in use.
    """
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.TemporaryDirectory(prefix="staffdev-") as scratch:  # holds encrypted pages only
                staged = _stage(opened, SchoolFolder(Path(scratch)))
                _require_sound(staged, opened.keys)
                facts = _write(staged, opened, part)
            sync_file(part)
            _require_hashes(part, facts)
            part.replace(to)
            sync_folder(to.parent)
        except dbapi2.Error as error:
            raise FileProblem(Fault.NO_ACCESS, "The backup could not be written.", "Check the disk or stick, then try again.") from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return facts


def _stage(opened: "OpenFile", staged: SchoolFolder) -> SchoolFolder:
    live, keys = opened.folder, opened.keys
    _copy_database(live.records, staged.records, keys.records)
    if keys.restricted is not None:
        _copy_database(live.restricted, staged.restricted, keys.restricted)
    else:
        shutil.copyfile(live.restricted, staged.restricted)  # nobody can be writing to it: only its key's holder could
    shutil.copyfile(live.facts, staged.facts)
    shutil.copyfile(live.slots, staged.slots)
    return staged


def _copy_database(live: Path, copy: Path, key: bytes) -> None:
    source = raw_connection(live, None, Keys(key, None))
    try:
        target = raw_connection(copy, None, Keys(key, None))
        try:
            source.backup(target, pages=PAGES_AT_ONCE, sleep=0)
        finally:
            target.close()
    finally:
        source.close()


def _require_sound(folder: SchoolFolder, keys: Keys) -> None:
    connection = raw_connection(folder.records, folder.restricted, keys)
    try:
        schemas = ("main",) if keys.restricted is None else ("main", "restricted")
        if problems := database_problems(connection, schemas):
            raise FileProblem(Fault.DAMAGED, f"The backup was not kept: {problems[0]}", "Restore the last good backup.")
    finally:
        connection.close()


def _write(staged: SchoolFolder, opened: "OpenFile", part: Path) -> BackupFacts:
    hashes = {name: _hash_of(staged.path / name) for name in PARTS}
    facts = BackupFacts(opened.facts.school_name, opened.facts.file_id, clock.now().isoformat(), hashes)
    manifest = {"format": FORMAT, "school_name": facts.school_name, "file_id": facts.file_id, "made": facts.made, "sha256": hashes}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as bundle:  # encrypted pages do not shrink
        bundle.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
        for name in PARTS:
            bundle.write(staged.path / name, name)
    return facts


def read_backup(path: Path) -> BackupFacts:
    """What a backup holds, with every byte compared against its manifest. Raises FileProblem."""
    if not path.is_file():
        raise FileProblem(Fault.MISSING, f"There is no backup at ‘{path}’.", "Check that the disk or stick is plugged in.")
    try:
        with zipfile.ZipFile(path) as bundle:
            found: dict[str, Any] = json.loads(bundle.read(MANIFEST))
        facts = BackupFacts(str(found["school_name"]), str(found["file_id"]), str(found["made"]), dict(found["sha256"]))
        newer = int(found["format"]) > FORMAT
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise _spoiled(path) from error
    if newer:
        raise FileProblem(Fault.TOO_NEW, "This backup was made by a newer version of this program.", "Install the newer version first.")
    _require_hashes(path, facts)
    return facts


def _require_hashes(path: Path, facts: BackupFacts) -> None:
    try:
        with zipfile.ZipFile(path) as bundle:
            for name in PARTS:
                digest = hashlib.sha256()
                with bundle.open(name) as file:
                    for block in iter(lambda: file.read(1 << 20), b""):
                        digest.update(block)
                if digest.hexdigest() != facts.hashes.get(name):
                    raise _spoiled(path)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError) as error:
        raise _spoiled(path) from error


def restore(backup: Path, to: Path) -> BackupFacts:
    """Lay a verified backup out as a school folder at `to`, which must not exist. Raises FileProblem."""
    facts = read_backup(backup)
    if to.exists():
        raise FileProblem(Fault.EXISTS, f"There is already something at ‘{to}’.", "Choose another name; nothing is written over.")
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            with zipfile.ZipFile(backup) as bundle:
                for name in PARTS:
                    with bundle.open(name) as source, (part / name).open("wb") as target:
                        shutil.copyfileobj(source, target)
                        target.flush()
                        os.fsync(target.fileno())
            if any(_hash_of(part / name) != facts.hashes[name] for name in PARTS):
                raise _spoiled(backup)
            sync_folder(part)
            part.rename(to)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(to.parent)
    return facts


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _spoiled(path: Path) -> FileProblem:
    return FileProblem(Fault.DAMAGED, f"The backup ‘{path.name}’ is damaged.", "Use another backup.")
