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


def _overview() -> type[QWidget]:
    from staffdev_desktop.ui.overview.tab import Tab

    return Tab


def _staff() -> type[QWidget]:
    from staffdev_desktop.ui.staff.tab import Tab

    return Tab


def _pdr() -> type[QWidget]:
    from staffdev_desktop.ui.pdr.tab import Tab

    return Tab


def _cpd() -> type[QWidget]:
    from staffdev_desktop.ui.cpd.tab import Tab

    return Tab


TABS = (
    TabEntry("overview", "&Overview", "overview", Permission.RUN_CYCLE, _overview),
    TabEntry("staff", "&Staff", "staff", Permission.SEE_STAFF, _staff),
    TabEntry("pdr", "PDR &meetings", "pdr", Permission.SEE_REVIEWS, _pdr),
    TabEntry("cpd", "&CPD portfolio", "cpd", Permission.SEE_CPD, _cpd),
)
