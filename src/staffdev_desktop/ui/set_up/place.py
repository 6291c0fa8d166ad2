"""Where a school file may live: on this PC's own disk. Words for places that are none of that (DESIGN section 3, Backups)."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "nextcloud", "owncloud", "box sync", "pcloud")
_NETWORK = ("cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs")
_WINDOWS_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def warning_about(path: Path) -> str:
    """Why this is no place for the file, or nothing."""
    if any(word in part.casefold() for part in path.parts for word in _SYNCED):
        return (
            "That folder is copied to the internet by another program, which spoils open files. Keep it on this PC; backups may go there."
        )
    if _is_on_a_network(path):
        return "That is another computer’s disk: a broken connection can spoil the file. Keep it on this PC; backups may go there."
    return ""


def _is_on_a_network(path: Path) -> bool:
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _WINDOWS_REMOTE
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    return bytes(QStorageInfo(os.fspath(there)).fileSystemType()).decode().casefold() in _NETWORK
