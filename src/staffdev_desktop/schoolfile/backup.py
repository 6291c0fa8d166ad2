"""One verified file that holds everything: made with the online backup API, reopened and checked before it counts."""

import hashlib
import json
import os
import re
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import disk_faults, place_folder, sync_file, sync_folder
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import database_problem, raw_connection, scratch_connection
from staffdev_desktop.schoolfile.folder import FORMAT, SchoolFolder
from staffdev_desktop.schoolfile.opened import OpenFile

SUFFIX = ".staffdev-backup"
MANIFEST = "manifest.json"
PARTS = ("school.json", "slots.json", "records.db", "restricted.db")
PAGES_AT_ONCE = 256  # 1 MB: a save waits for one step at most, some ten milliseconds
PATIENCE = 3  # so often a copy may begin again before it keeps others waiting until it is done
PAUSE = 0.001  # seconds between two steps, so that a waiting save gets the lock
SEAL_BYTES = 64  # the archive's comment: the SHA-256, in hex, of all bytes before it


class Lock(Protocol):
    """What keeps others off the connection."""

    def acquire(self) -> Any: ...
    def release(self) -> Any: ...
    def __enter__(self) -> Any: ...
    def __exit__(self, *_: Any) -> None: ...


@dataclass(frozen=True)
class BackupFacts:
    """What a backup says of itself: the school, when it was made, its files' SHA-256 by name.

    `number` counts the backups of one school file in one folder; `automatic` ones may be thinned out.
    """

    school_name: str
    file_id: str
    made: str
    hashes: dict[str, str]
    number: int = 1
    automatic: bool = False


def backup_name(school_name: str, remark: str = "") -> str:
    """`Riverbank Primary Academy 2026-10-20 131200.staffdev-backup`."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", school_name)
    return f"{' '.join(plain.split())} {clock.now():%Y-%m-%d %H%M%S}{f' {remark}' if remark else ''}{SUFFIX}"


def free_path(path: Path) -> Path:
    """`path`, or the first of `... 2`, `... 3` that is not there yet: two backups may be made in one second."""
    stem, number, free = path.name.removesuffix(SUFFIX), 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{stem} {number}{SUFFIX}")
    return free


def back_up(opened: OpenFile, to: Path, *, lock: Lock | None = None, automatic: bool = False) -> BackupFacts:
    """Write one file at `to`, reopen it, check it, and only then give it its name. Raises FileProblem.

    May run on another thread while the file is in use: it copies in small steps and holds `lock` only during each. It copies
    through the connection that also writes, since a copy through a second one begins again after every save, and never ends.
    """
    part = to.with_name(f"{opened.facts.file_id}{SUFFIX}.part")  # nobody else has this file open: a part of this name is a leftover
    with disk_faults(to):
        if to.exists():
            raise _exists(to)
        to.parent.mkdir(exist_ok=True)
        try:
            with _scratch(opened, to.parent) as staged:
                _stage(opened, staged, lock)
                _require_sound(staged, opened)
                facts = _describe(opened, staged, _next_number(to.parent, opened.facts.file_id), automatic)
                _write(staged, facts, part)
            sync_file(part)
            read_backup(part)
            part.replace(to)
            sync_folder(to.parent)
        except dbapi2.Error as error:
            raise database_problem(error, opened.folder) or error from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return facts


@contextmanager
def _scratch(opened: OpenFile, destination: Path) -> Iterator[SchoolFolder]:
    """Where the copies lie while they are checked: encrypted pages, beside the live file if there is room, else at the destination."""
    needed = sum((opened.folder.path / name).stat().st_size for name in PARTS)
    here = shutil.disk_usage(opened.folder.path).free > 2 * needed
    # The next opening clears what a crash leaves beside the live file.
    scratch = opened.folder.path / "backup.part" if here else destination / f"{opened.facts.file_id}.part"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        yield SchoolFolder(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _stage(opened: OpenFile, staged: SchoolFolder, lock: Lock | None) -> None:
    live, keys = opened.folder, opened.keys
    if keys.restricted is None and live.restricted.with_name("restricted.db-journal").exists():
        raise FileProblem(
            Fault.NO_ACCESS,
            "Succession was not closed in order, and your key does not open it.",
            "Let the school business manager or the head open the file once.",
        )

    def pause() -> None:
        if lock is not None:
            lock.release()
            time.sleep(PAUSE)
            lock.acquire()

    with lock if lock is not None else nullcontext():
        _copy_database(opened, "main", staged.records, keys.records, pause)
        # From here on nobody writes until both databases and the slots are copied: they belong together.
        if keys.restricted is not None:
            _copy_database(opened, RESTRICTED, staged.restricted, keys.restricted, None)
        else:
            shutil.copyfile(live.restricted, staged.restricted)  # nobody can be writing to it: only its key's holder could
        shutil.copyfile(live.facts, staged.facts)
        shutil.copyfile(live.slots, staged.slots)


def _copy_database(opened: OpenFile, schema: str, copy: Path, key: bytes, pause: Callable[[], None] | None) -> None:
    target = scratch_connection(copy, key)
    left_before, begun_again = sys.maxsize, 0

    def step(_status: int, left: int, _total: int) -> None:
        nonlocal left_before, begun_again
        begun_again += left >= left_before  # somebody's change was taken back, and SQLite copies from the start
        left_before = left
        if pause is not None and left and begun_again < PATIENCE:
            pause()

    try:
        opened.connection.backup(target, pages=PAGES_AT_ONCE if pause else -1, progress=step, name=schema, sleep=PAUSE)
    finally:
        target.close()


def _require_sound(staged: SchoolFolder, opened: OpenFile) -> None:
    connection = raw_connection(staged.records, staged.restricted, opened.keys)
    try:
        if problems := database_problems(connection, opened.schemas):
            raise FileProblem(Fault.DAMAGED, f"The backup was not kept: {problems[0]}", "Restore the last good backup.")
    finally:
        connection.close()


def _describe(opened: OpenFile, staged: SchoolFolder, number: int, automatic: bool) -> BackupFacts:
    hashes = {name: _hash_of(staged.path / name) for name in PARTS}
    return BackupFacts(opened.facts.school_name, opened.facts.file_id, clock.now().isoformat(), hashes, number, automatic)


def _write(staged: SchoolFolder, facts: BackupFacts, part: Path) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as bundle:  # encrypted pages do not shrink
        bundle.writestr(MANIFEST, json.dumps({"format": FORMAT, **asdict(facts)}, ensure_ascii=False, indent=2))
        for name in PARTS:
            bundle.write(staged.path / name, name)
        bundle.comment = b"0" * SEAL_BYTES
    with part.open("rb+") as file:
        seal = _hash_before_seal(part)
        file.seek(-SEAL_BYTES, os.SEEK_END)
        file.write(seal)


def _next_number(folder: Path, file_id: str) -> int:
    return max((facts.number for _, facts in backups_in(folder) if facts.file_id == file_id), default=0) + 1


def backups_in(folder: Path) -> list[tuple[Path, BackupFacts]]:
    """The backups of any school that lie in a folder and say what they are; their bytes are not compared here."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(FileProblem):
            found.append((path, _read_manifest(path)))
    return found


def read_backup(path: Path) -> BackupFacts:
    """What a backup holds, after every byte was compared with its seal. Raises FileProblem."""
    if not path.is_file():
        raise FileProblem(Fault.MISSING, f"There is no backup at ‘{path}’.", "Check that the disk or stick is plugged in.")
    try:
        with path.open("rb") as file:
            file.seek(-SEAL_BYTES, os.SEEK_END)
            if file.read() != _hash_before_seal(path):
                raise _spoiled(path)
    except OSError as error:
        raise _spoiled(path) from error
    return _read_manifest(path)


def _read_manifest(path: Path) -> BackupFacts:
    try:
        with zipfile.ZipFile(path) as bundle:
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in bundle.infolist()):
                raise ValueError("somebody packed this anew: it may unfold to any size")
            found: dict[str, Any] = json.loads(bundle.read(MANIFEST))
        newer = found.pop("format") > FORMAT
        facts = BackupFacts(**found)
        if set(facts.hashes) != set(PARTS):
            raise ValueError("other files than a backup has")
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, EOFError, NotImplementedError) as error:
        raise _spoiled(path) from error
    if newer:
        raise FileProblem(Fault.TOO_NEW, "This backup was made by a newer version of this program.", "Install the newer version first.")
    return facts


def restore(backup: Path, to: Path) -> BackupFacts:
    """Lay a verified backup out as a school folder at `to`, which must not exist. Raises FileProblem."""
    facts = read_backup(backup)
    part = to.with_name(to.name + ".part")
    with disk_faults(to):
        if to.exists():
            raise _exists(to)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        try:
            with zipfile.ZipFile(backup) as bundle:
                for name in PARTS:
                    _lay_out(bundle, name, part / name)
                    if _hash_of(part / name) != facts.hashes[name]:
                        raise _spoiled(backup)
            place_folder(part, to)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    return facts


def _lay_out(bundle: zipfile.ZipFile, name: str, to: Path) -> None:
    with bundle.open(name) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_before_seal(path: Path) -> bytes:
    digest, left = hashlib.sha256(), path.stat().st_size - SEAL_BYTES
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest().encode()


def _exists(path: Path) -> FileProblem:
    return FileProblem(Fault.EXISTS, f"There is already something at ‘{path}’.", "Choose another name; nothing is written over.")


def _spoiled(path: Path) -> FileProblem:
    return FileProblem(Fault.DAMAGED, f"The backup ‘{path.name}’ is damaged.", "Use another backup.")
