"""Buttons: one filled button per view, plain and quiet ones, links, icons alone for closing and ‘more’, and those that paint themselves."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from staffdev_desktop.ui import theme

ICON_GAP = 3


class HouseButton(QPushButton):
    """A button whose icon follows the theme. `text` is a verb with an `&` before its Alt letter; it ends in … if more is asked first."""

    icon_colour = "text"

    def __init__(self, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._dress()

    def set_icon(self, name: str | None, colour: str | None = None) -> None:
        """Show another icon, or none; `colour` is a name in the theme."""
        self._icon_name = name
        if colour:
            self.icon_colour = colour
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again when the theme or the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_icon_name"):
            self._dress()

    def _dress(self) -> None:
        if self._icon_name:
            gap = ICON_GAP if self.text() else 0
            self.setIconSize(QSize(theme.px(16) + gap, theme.px(16)))
            self.setIcon(theme.icon(self._icon_name, self.icon_colour, 16, gap))
        elif not self.icon().isNull():
            self.setIcon(QIcon())


class PaintedButton(QAbstractButton):
    """A button that paints itself, a row or a card: Enter presses it as Space does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PrimaryButton(HouseButton):
    """The one filled button of a view."""

    icon_colour = "onaccent"

    def __init__(self, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, icon, parent)
        self.setProperty("primary", True)

    def paintEvent(self, event: QEvent) -> None:
        """Add the thin inner line of the focus ring: a style sheet cannot draw two."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("onaccent"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 2, 2)


class PlainButton(HouseButton):
    """A button with an edge."""


class QuietButton(HouseButton):
    """A button of accent words alone."""

    icon_colour = "accent"

    def __init__(self, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, icon, parent)
        self.setProperty("quiet", True)


class LinkButton(HouseButton):
    """Underlined words that open something."""

    icon_colour = "accent"

    def __init__(self, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, icon, parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class IconButton(HouseButton):
    """An icon alone: only for closing, ‘more’ and showing a password. `name` is what it does, in words."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None, *, quiet: bool = True) -> None:
        super().__init__("", icon, parent)
        self.setProperty("square", True)
        self.setProperty("quiet", quiet)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Say what it does: tool tip and accessible name."""
        self.setToolTip(name)
        self.setAccessibleName(name)
