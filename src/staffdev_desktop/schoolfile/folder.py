"""Where things lie in a school's folder, and the plain facts in school.json."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.atomic import replace_json

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
    replace_json(folder.facts, asdict(facts))


def read_facts(folder: SchoolFolder) -> Facts:
    """Read school.json. Raises FileProblem: missing, not ours, damaged or too new."""
    if not folder.path.exists():
        raise FileProblem(Fault.MISSING, f"There is no school file at ‘{folder.path}’.", "Check that its disk is plugged in.")
    if not folder.facts.is_file():
        raise FileProblem(Fault.NOT_OURS, f"‘{folder.path.name}’ is not a school file.", "Choose a folder whose name ends in .staffdev.")
    try:
        found = json.loads(folder.facts.read_text(encoding="utf-8"))
        facts = Facts(
            format=int(found["format"]),
            file_id=str(found["file_id"]),
            school_name=str(found["school_name"]),
            created=str(found["created"]),
            practice=bool(found.get("practice", False)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder) from error
    if facts.format > FORMAT:
        raise too_new(folder)
    return facts


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
