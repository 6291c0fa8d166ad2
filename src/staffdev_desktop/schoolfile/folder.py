"""Where things lie in a school's folder, and the plain facts in school.json."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.sealed import Spoiled, read_sealed, write_sealed

SUFFIX = ".staffdev"
FORMAT = 1


@dataclass(frozen=True)
class SchoolFolder:
    """The paths inside `School Name.staffdev`."""

    path: Path

    @property
    def facts(self) -> Path:
        """The plain facts: format, file id, name, created."""
        return self.path / "school.json"

    @property
    def slots(self) -> Path:
        """The key slots, a user each and one for the recovery code."""
        return self.path / "slots.json"

    @property
    def records(self) -> Path:
        """Everything but succession."""
        return self.path / "records.db"

    @property
    def restricted(self) -> Path:
        """Placements, key posts, successors."""
        return self.path / "restricted.db"

    @property
    def hold(self) -> Path:
        """The operating system's lock."""
        return self.path / "hold"

    @property
    def holder(self) -> Path:
        """In words, who has the file open."""
        return self.path / "holder.json"


@dataclass(frozen=True)
class Facts:
    """What anybody may read of a school file without a key."""

    format: int
    file_id: str
    school_name: str
    created: str
    practice: bool = False


def folder_name(school_name: str) -> str:
    """A file name for a school: characters that Windows refuses become spaces."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", school_name)
    return (" ".join(plain.split()).strip(". ") or "School") + SUFFIX


def write_facts(folder: SchoolFolder, facts: Facts) -> None:
    """Write school.json. Raises FileProblem."""
    write_sealed(folder.facts, asdict(facts))


def read_facts(folder: SchoolFolder) -> Facts:
    """Read school.json. Raises FileProblem: missing, not ours, damaged, too new or no access."""
    try:
        names = {each.name for each in folder.path.iterdir()}
    except FileNotFoundError as error:
        raise FileProblem(
            Fault.MISSING, f"There is no school file at ‘{folder.path}’.", "Check that its disk or stick is plugged in."
        ) from error
    except NotADirectoryError as error:
        raise _not_ours(folder) from error
    except OSError as error:
        raise unreadable(folder) from error
    if not names & {folder.facts.name, folder.slots.name, folder.records.name}:
        raise _not_ours(folder)
    found = read_plain(folder, folder.facts)
    try:
        return Facts(
            format=found["format"],
            file_id=str(found["file_id"]),
            school_name=str(found["school_name"]),
            created=str(found["created"]),
            practice=bool(found["practice"]),
        )
    except KeyError as error:
        raise damaged(folder) from error


def read_plain(folder: SchoolFolder, path: Path) -> dict[str, Any]:
    """What one of the folder's two plain files says. Raises FileProblem: damaged, too new or no access."""
    try:
        found = read_sealed(path, FORMAT)
    except (Spoiled, FileNotFoundError, IsADirectoryError) as error:
        raise damaged(folder) from error
    except OSError as error:
        raise unreadable(folder) from error
    if found["format"] > FORMAT:
        raise too_new(folder)
    return found


def unreadable(folder: SchoolFolder) -> FileProblem:
    """The disk or its permissions do not let the file be read."""
    return FileProblem(
        Fault.NO_ACCESS, f"‘{folder.path.name}’ cannot be read.", "Check the disk, and that you are allowed to open the folder."
    )


def _not_ours(folder: SchoolFolder) -> FileProblem:
    return FileProblem(Fault.NOT_OURS, f"‘{folder.path.name}’ is not a school file.", "Choose a folder whose name ends in .staffdev.")


def damaged(folder: SchoolFolder) -> FileProblem:
    """The file's bytes are not what was written."""
    return FileProblem(Fault.DAMAGED, f"‘{folder.path.name}’ is damaged.", "Restore the newest backup; the damaged file is kept beside it.")


def too_new(folder: SchoolFolder) -> FileProblem:
    """A newer program wrote this file; not one byte of it is touched."""
    return FileProblem(
        Fault.TOO_NEW,
        f"‘{folder.path.name}’ was saved by a newer version of this program.",
        "Install the newer version on this PC, then open it.",
    )
