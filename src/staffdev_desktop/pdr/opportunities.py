"""The menu of things that somebody can do to learn, by staff group and setting: tick one in the meeting and it is an action.

From seeds 002 (framework for support staff) and 003 (appendix 2, four settings). Standard library only.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SETTINGS = {
    "in_school": "In school",
    "local_networks": "Local networks",
    "local_authority": "Local authority",
    "national_and_regional": "National and regional",
}


@dataclass(frozen=True)
class Opportunity:
    """One thing to do, and where it happens."""

    setting: str
    words: str


@cache
def opportunities_for(group: str) -> tuple[Opportunity, ...]:
    """What suits a staff group, setting by setting; for a group that nobody has thought of, what suits any support staff."""
    text = (files("staffdev_desktop.resources") / "opportunities.toml").read_text(encoding="utf-8")
    parts = tomllib.loads(text)["opportunities"]
    fitting = [part for part in parts if group in part["groups"]] or parts[:1]
    found = [Opportunity(title, words) for key, title in SETTINGS.items() for part in fitting for words in part.get(key, ())]
    return tuple(found)
