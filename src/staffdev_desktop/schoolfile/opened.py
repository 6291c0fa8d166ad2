"""What is in hand while a school file is open."""

from dataclasses import dataclass
from typing import Any

from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.folder import Facts, SchoolFolder
from staffdev_desktop.schoolfile.hold import Hold
from staffdev_desktop.schoolfile.slots import Keys, Slot


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
