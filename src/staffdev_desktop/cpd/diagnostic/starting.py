"""The sets of areas that a school begins with, as data (`resources/frameworks/diagnostic/`), in the program’s own words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from staffdev_desktop.cpd.diagnostic.rows import AreaDraft


@dataclass(frozen=True)
class StartingSet:
    """A set of areas, and the names of the staff groups that it is for in a school that kept them."""

    name: str
    groups: tuple[str, ...]
    areas: tuple[AreaDraft, ...]


@cache
def starting_sets() -> tuple[StartingSet, ...]:
    """Those that ship with the program, in their order."""
    folder = files("staffdev_desktop.resources") / "frameworks" / "diagnostic"
    items = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    found = [tomllib.loads(item.read_text(encoding="utf-8")) for item in items]
    return tuple(
        StartingSet(data["name"], tuple(data["groups"]), tuple(AreaDraft(area["title"], area["hint"]) for area in data["areas"]))
        for data in found
    )
