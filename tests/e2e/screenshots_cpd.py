"""The screens and papers of CPD, a module a room."""

from collections.abc import Iterator
from typing import Any

from staffdev_desktop.school import School
from tests.e2e import (
    screenshots_cpd_diagnostic,
    screenshots_cpd_exchange,
    screenshots_cpd_groups,
    screenshots_cpd_log,
    screenshots_cpd_school,
    screenshots_cpd_sessions,
    screenshots_cpd_training,
)

ROOMS = (
    screenshots_cpd_diagnostic,
    screenshots_cpd_exchange,
    screenshots_cpd_groups,
    screenshots_cpd_log,
    screenshots_cpd_school,
    screenshots_cpd_sessions,
    screenshots_cpd_training,
)


def draw(screens: Any) -> None:
    """Every screen; one that cannot be drawn is told, and the others are drawn all the same."""
    for room in ROOMS:
        screens.pictures.attempt(lambda room=room: room.draw(screens))
        screens.close_dialogs()


def drawn_papers(school: School) -> Iterator[tuple[str, bytes]]:
    """Every paper with its name."""
    for room in ROOMS:
        yield from room.drawn_papers(school)
