"""What belongs to this PC and not to the school: window, theme, text size, the last file, where backups go. One JSON file.

Read before the first window is painted, so it imports nothing dear.
"""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

FOLDER = "StaffDev Desktop"
FILE_NAME = "this-pc.json"
TEXT_SIZES = (100, 115, 130)
THEMES = ("system", "light", "dark")


class PcSettings(SimpleNamespace):
    """`window` is Qt's own description of the place and size, in hex; `backups` tells, by folder name, when and where the last one went."""

    def __init__(
        self,
        theme: str = "system",
        text_size: int = 100,
        last_file: str = "",
        backup_folder: str = "",
        window: str = "",
        backups: dict[str, dict[str, str]] | None = None,
    ) -> None:
        super().__init__(
            theme=theme, text_size=text_size, last_file=last_file, backup_folder=backup_folder, window=window, backups=backups or {}
        )

    @property
    def backups_to(self) -> Path:
        """Where backups go: what was chosen, else a folder in user data."""
        return Path(self.backup_folder) if self.backup_folder else user_data() / "Backups"


def user_data() -> Path:
    """This program's folder for the person's own data: school files and backups, unless they chose another place.

    It is the folder that platformdirs gives (a test compares them); asking platformdirs itself costs 8 ms before the first window.
    """
    given = os.environ.get("STAFFDEV_DATA")
    if given:
        return Path(given)
    home = _home_of_data()
    return Path(home) / FOLDER if home else _asked("user_data_path")


def log_folder() -> Path:
    """Where crash logs go."""
    return user_data() / "logs" if os.environ.get("STAFFDEV_DATA") else _asked("user_log_path")


def _home_of_data() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support")  # noqa: PTH111
    return os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111


def _asked(name: str) -> Path:
    import platformdirs

    return Path(getattr(platformdirs, name)(FOLDER, appauthor=False))


def load() -> PcSettings:
    """This PC's settings; whatever cannot be read falls back to what a new PC has."""
    try:
        found = json.loads((user_data() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return PcSettings()
    settings = PcSettings()
    if isinstance(found, dict):
        for name, usual in vars(PcSettings()).items():
            if isinstance(value := found.get(name), type(usual)):
                setattr(settings, name, value)
    if settings.theme not in THEMES:
        settings.theme = "system"
    if settings.text_size not in TEXT_SIZES:
        settings.text_size = 100
    return settings


def save(settings: PcSettings) -> bool:
    """Write them; whether it worked. A PC that cannot keep the place of a window must not stop anybody from closing it."""
    from staffdev_desktop.kernel.errors import FileProblem
    from staffdev_desktop.schoolfile.atomic import replace_json

    try:
        user_data().mkdir(parents=True, exist_ok=True)
        replace_json(user_data() / FILE_NAME, vars(settings))
    except (OSError, FileProblem):
        return False
    return True
