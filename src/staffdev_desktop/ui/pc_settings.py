"""What belongs to this PC and not to the school: window, theme, text size, the last file, where backups go. One JSON file.

Read before the first window is painted: it imports nothing that Python has not loaded by then, but platformdirs.
"""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from platformdirs import PlatformDirs

from staffdev_desktop.kernel.errors import FileProblem

_DIRS = PlatformDirs("StaffDev Desktop", appauthor=False)
FILE_NAME = "this-pc.json"
TEXT_SIZES = (100, 115, 130)
THEMES = ("system", "light", "dark")


@dataclass
class PcSettings:
    """`window` is Qt's own description of the place and size, in hex; `backups` tells, by folder name, when and where the last one went."""

    theme: str = "system"
    text_size: int = 100
    last_file: str = ""
    backup_folder: str = ""
    window: str = ""
    backups: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def backups_to(self) -> Path:
        """Where backups go: what was chosen, else a folder in user data."""
        return Path(self.backup_folder) if self.backup_folder else user_data() / "Backups"


def user_data() -> Path:
    """This program's folder for the person's own data: school files and backups, unless they chose another place."""
    return Path(os.environ.get("STAFFDEV_DATA") or _DIRS.user_data_dir)


def log_folder() -> Path:
    """Where crash logs go."""
    return user_data() / "logs" if os.environ.get("STAFFDEV_DATA") else Path(_DIRS.user_log_dir)


def load() -> PcSettings:
    """This PC's settings; whatever cannot be read falls back to what a new PC has."""
    try:
        found = json.loads((user_data() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return PcSettings()
    settings = PcSettings()
    if isinstance(found, dict):
        for one in fields(PcSettings):
            value = found.get(one.name)
            if isinstance(value, type(getattr(settings, one.name))):
                setattr(settings, one.name, value)
    if settings.theme not in THEMES:
        settings.theme = "system"
    if settings.text_size not in TEXT_SIZES:
        settings.text_size = 100
    return settings


def save(settings: PcSettings) -> bool:
    """Write them; whether it worked. A PC that cannot keep the place of a window must not stop anybody from closing it."""
    from staffdev_desktop.schoolfile.atomic import replace_json

    try:
        user_data().mkdir(parents=True, exist_ok=True)
        replace_json(user_data() / FILE_NAME, asdict(settings))
    except (OSError, FileProblem):
        return False
    return True
