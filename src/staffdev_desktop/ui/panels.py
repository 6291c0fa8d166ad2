"""F6: from one panel of a page to the next. A panel is what a page lists in `panels()`, else its own focusable children."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from staffdev_desktop.ui.widgets.cards import Card


def go_to_next_panel(page: QWidget, ends: Sequence[QWidget], step: int) -> None:
    """Move the focus `step` panels on (1 or -1), through the page's panels and then the `ends`, and round again."""
    own = list(page.panels()) if hasattr(page, "panels") else page.findChildren(Card)
    panels = [panel for panel in (*own, *ends) if panel.isVisible() and _first_stop(panel) is not None]
    if not panels:
        return
    focused = QApplication.focusWidget()
    here = next((place for place, panel in enumerate(panels) if focused and (panel is focused or panel.isAncestorOf(focused))), None)
    place = (0 if step > 0 else -1) if here is None else (here + step) % len(panels)
    _first_stop(panels[place]).setFocus(Qt.FocusReason.TabFocusReason)


def _first_stop(panel: QWidget) -> QWidget | None:
    for widget in (panel, *panel.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
    return None
