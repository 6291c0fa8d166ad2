"""The list of required training that a school begins with, as data (`resources/frameworks/training/`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from staffdev_desktop.cpd.training.rows import TrainingDetails


@dataclass(frozen=True)
class FirstTraining:
    """One training of the starting list; staff groups go by the names that a new school has."""

    details: TrainingDetails
    everybody: bool
    groups: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def starting_list() -> tuple[FirstTraining, ...]:
    """The trainings that a new school’s list begins with, in their order."""
    file = files("staffdev_desktop.resources") / "frameworks" / "training" / "starting-list.toml"
    return tuple(_read(dict(item)) for item in tomllib.loads(file.read_text(encoding="utf-8"))["training"])


def _read(item: dict[str, Any]) -> FirstTraining:
    groups, kinds = tuple(item.pop("groups", ())), tuple(item.pop("kinds", ()))
    everybody = bool(item.pop("everybody", False))
    return FirstTraining(TrainingDetails(**item), everybody, groups, kinds)
