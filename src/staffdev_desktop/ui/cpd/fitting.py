"""Dialogs that fit a screen of 1366 x 768 at any text size: lists give way, fields scroll; title and buttons never do."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.clear_scroll import ClearScroll

MOST_HIGH = 689  # px, whatever the text size: what title and task bar leave of 768
ROUND_FIELDS, LEAST_FIELDS, BAR = 132, 200, 12  # px: title, words and buttons; what is always seen of the fields; the scroll bar


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Open at this size (px at 100 per cent), and never higher than the screen."""
    dialog.resize(theme.px(width), min(theme.px(height), MOST_HIGH))


def scroll_fields(dialog: AskDialog) -> None:
    """From here on, what is laid into the body scrolls where the screen is not high enough."""
    column = QVBoxLayout()
    column.setSpacing(dialog.body.spacing())
    dialog.body.addWidget(_Fields(column, dialog))
    dialog.body = column


class _Fields(ClearScroll):
    """As high as what is in it if there is room; the field with the keyboard is always in sight."""

    def __init__(self, column: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        inside = QWidget(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(column)
        self.setWidget(inside)
        inside.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        """All of it, up to what the screen leaves."""
        wanted = self.widget().sizeHint()
        return QSize(wanted.width(), min(wanted.height(), MOST_HIGH - theme.px(ROUND_FIELDS)))

    def minimumSizeHint(self) -> QSize:
        """As wide as its fields, with room for the bar where there must be one."""
        least, wanted = self.widget().minimumSizeHint(), self.sizeHint()
        bar = BAR if self.widget().sizeHint().height() > wanted.height() else 0
        return QSize(least.width() + bar, min(wanted.height(), theme.px(LEAST_FIELDS)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sentence under a field makes it higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)
