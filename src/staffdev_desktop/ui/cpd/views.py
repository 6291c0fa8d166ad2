"""Which views the tab ‘CPD portfolio’ has, in their order (ERRATA, 05). Each is loaded when it is first shown."""

from collections.abc import Callable
from dataclasses import dataclass

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.ui.cpd.panel import CpdPanel


@dataclass(frozen=True)
class View:
    """`words` stand on the sub-tab, with an Alt letter that is free beside the frame and the other sub-tabs.

    One without words has no sub-tab: another view asks for it.
    """

    key: str
    words: str
    needs: Permission
    load: Callable[[], type[CpdPanel]]


def _school() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.school.panel import SchoolPanel

    return SchoolPanel


def _log() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.log.panel import LogPanel

    return LogPanel


def _sessions() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.sessions.panel import SessionsPanel

    return SessionsPanel


def _groups() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.groups.panel import GroupsPanel

    return GroupsPanel


def _diagnostic() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.diagnostic.panel import DiagnosticPanel

    return DiagnosticPanel


def _training() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.training.panel import TrainingPanel

    return TrainingPanel


def _offer() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.offer.panel import OfferPanel

    return OfferPanel


def _import() -> type[CpdPanel]:
    from staffdev_desktop.ui.cpd.importing.view import ImportView

    return ImportView


# Letters: Sc&hool, Person’s lo&g, S&essions and programmes, G&roups, &Diagnostic, &Training, Director&y.
VIEWS: tuple[View, ...] = (
    View("school", "Sc&hool", Permission.SEE_CPD, _school),
    View("log", "Person’s lo&g", Permission.SEE_CPD, _log),
    View("sessions", "S&essions and programmes", Permission.SEE_CPD, _sessions),
    View("groups", "G&roups", Permission.SEE_CPD, _groups),
    View("diagnostic", "&Diagnostic", Permission.SEE_CPD, _diagnostic),
    View("training", "&Training", Permission.SEE_CPD, _training),
    View("offer", "Director&y", Permission.SEE_CPD, _offer),
    View("import", "", Permission.KEEP_CPD, _import),
)
