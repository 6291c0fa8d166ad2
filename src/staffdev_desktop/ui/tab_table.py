"""Which tabs there are, in their order. A tab is listed once it works."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from staffdev_desktop.accounts.permissions import Permission


@dataclass(frozen=True)
class TabEntry:
    """`name` is the tab's folder under ui/. `load` imports the tab when it is first shown, so that the first one shows sooner."""

    name: str
    title: str
    icon: str
    needs: Permission | None
    load: Callable[[], type[QWidget]]


TABS: tuple[TabEntry, ...] = ()
