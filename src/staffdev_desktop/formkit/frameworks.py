"""Professional standards as data: what a target may name beside the school's own priorities (`resources/frameworks/`).

Numbers and short labels of our own only; each framework says where it comes from and whether it is statutory.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from staffdev_desktop.formkit.definition import Field


@dataclass(frozen=True)
class Standard:
    """One standard, or one group of them: its number and a short label."""

    code: str
    label: str

    @property
    def words(self) -> str:
        """As a target names it: ‘TS5 Fits teaching to what each pupil needs’."""
        return f"{self.code} {self.label}"


@dataclass(frozen=True)
class Framework:
    """A set of standards. `source` says who published it and whether it is statutory: shown wherever the set is offered."""

    id: str
    title: str
    source: str
    standards: tuple[Standard, ...]


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework that ships with the program, by id."""
    folder = files("staffdev_desktop.resources") / "frameworks"
    found = [tomllib.loads(item.read_text(encoding="utf-8")) for item in folder.iterdir() if item.name.endswith(".toml")]
    made = [Framework(data["id"], data["title"], data["source"], tuple(Standard(**each) for each in data["standards"])) for data in found]
    return tuple(sorted(made, key=lambda framework: framework.id))


def names_standard(field: Field, words: str) -> bool:
    """Whether what a target is linked to is a standard and not a priority of the school. Told by its number, which never changes."""
    codes = [standard.code for framework in frameworks() if framework.id in field.frameworks for standard in framework.standards]
    return any(words.startswith(f"{code} ") for code in codes)


def standards_for(field: Field) -> tuple[str, ...]:
    """What the targets of a field may name beside the school's priorities; a framework nobody knows any more offers nothing."""
    by_id = {framework.id: framework for framework in frameworks()}
    return tuple(standard.words for name in field.frameworks if name in by_id for standard in by_id[name].standards)
