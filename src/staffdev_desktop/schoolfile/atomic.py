"""Write a file whole or not at all, and name the faults of the disk."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel.errors import Fault, FileProblem

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that after a power cut either the old bytes are there or the new ones. Raises FileProblem."""
    part = path.with_name(path.name + ".part")
    with disk_faults(path):
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise
        sync_folder(path.parent)


def replace_json(path: Path, value: Any) -> None:
    """Write a small JSON file whole or not at all. Raises FileProblem."""
    replace_file(path, json.dumps(value, ensure_ascii=False, indent=2).encode())


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable; Windows does this by itself and cannot open a folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def place_folder(part: Path, to: Path) -> None:
    """Give a finished folder its name; if the disk does not promise to keep it, nothing is left. Raises OSError."""
    sync_folder(part)
    part.rename(to)
    try:
        sync_folder(to.parent)
    except OSError:
        shutil.rmtree(to, ignore_errors=True)
        raise


def sync_file(path: Path) -> None:
    """Make a file's bytes durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """Turn an OSError of the disk into a FileProblem with a next step."""
    try:
        yield
    except OSError as error:
        raise problem_of(error, path) from error


def problem_of(error: OSError, path: Path) -> FileProblem:
    """The FileProblem that an OSError stands for."""
    if error.errno in _FULL:
        return FileProblem(Fault.DISK_FULL, "There is no room left on the disk.", "Free some space, then try again. Nothing was lost.")
    if error.errno in _REFUSED:
        return FileProblem(Fault.READ_ONLY, f"‘{path.name}’ cannot be written to.", "Choose a folder that you may write to.")
    if error.errno == errno.ENOENT:
        return FileProblem(Fault.MISSING, f"‘{path.name}’ is not there.", "Check that the disk or stick is plugged in.")
    return FileProblem(Fault.NO_ACCESS, f"The disk did not take ‘{path.name}’.", "Check the disk or stick, then try again.")
