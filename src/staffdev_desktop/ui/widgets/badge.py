"""Badges: an icon whose shape tells the status, its words, and only then the colour. One painter for tables and labels."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from staffdev_desktop.ui import theme

ICONS = {"ok": "checkc", "warn": "clock", "late": "late", "info": "half", "mute": "dot"}
HEIGHT, ICON_SIZE = 20, 13


@dataclass(frozen=True)
class BadgeText:
    """What a badge says: `kind` is ok, warn, late, info or mute; `icon` replaces the shape that goes with the kind."""

    kind: str
    words: str
    icon: str | None = None
    plain: bool = False  # words and icon without the box, as in a chase list

    @property
    def icon_name(self) -> str:
        """The icon it is drawn with."""
        return self.icon or ICONS[self.kind]


def badge_size(badge: BadgeText) -> QSize:
    """How much room a badge takes at the text size of now."""
    return QSize(theme.metrics(12).horizontalAdvance(badge.words) + theme.px(5 + ICON_SIZE + 4 + 7) + 2, theme.px(HEIGHT))


def paint_badge(painter: QPainter, left: float, middle: float, badge: BadgeText, most: float = 10_000, least: float = 0) -> None:
    """Draw a badge from `left`, centred on the height `middle`, at least `least` wide, cut with … only if `most` is too little."""
    size = badge_size(badge)
    width = min(max(size.width(), least), most)
    box = QRectF(left + 0.5, middle - size.height() / 2 + 0.5, width - 1, size.height() - 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not badge.plain:
        painter.setPen(theme.colour(f"{badge.kind}line"))
        painter.setBrush(theme.colour(f"{badge.kind}bg"))
        painter.drawRoundedRect(box, 4, 4)
    image = theme.pixmap(badge.icon_name, badge.kind, ICON_SIZE)
    painter.drawPixmap(QPointF(box.x() + theme.px(5), middle - theme.px(ICON_SIZE) / 2), image)
    painter.setPen(theme.colour(badge.kind))
    painter.setFont(theme.font(12))
    start = theme.px(5 + ICON_SIZE + 4)
    words = badge.words
    if width < size.width():
        words = theme.metrics(12).elidedText(words, Qt.TextElideMode.ElideRight, int(width - start - theme.px(5)))
    painter.drawText(QRect(int(box.x() + start), int(box.y()), int(width - start), size.height()), Qt.AlignmentFlag.AlignVCenter, words)


class Badge(QLabel):
    """A badge as a widget; a screen reader hears its words."""

    def __init__(self, badge: BadgeText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_badge(badge)

    def set_badge(self, badge: BadgeText) -> None:
        """Say something else."""
        self.badge = badge
        self.setText(badge.words)
        self.setAccessibleName(badge.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Its box."""
        return badge_size(self.badge)

    def minimumSizeHint(self) -> QSize:
        """Its box: a badge is never cut."""
        return badge_size(self.badge)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it with the painter that tables use."""
        painter = QPainter(self)
        paint_badge(painter, 0, self.height() / 2, self.badge, self.width())
