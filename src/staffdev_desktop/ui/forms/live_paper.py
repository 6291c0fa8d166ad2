"""The paper as it will be: pages as pictures, drawn on the worker thread, always those of the newest words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import jobs, theme
from staffdev_desktop.ui.pdf_pages import POINTS_TO_AN_INCH, opened

GAP, LEAST_WIDTH = 10, 120
AFTER_TYPING = 200  # ms without a key before a paper is drawn
FOCUS = (
    "QScrollArea#paper { border: 1px solid palette(mid); background: palette(midlight); }"
    "QScrollArea#paper:focus { border: 2px solid palette(highlight); }"
)


@dataclass(frozen=True)
class Drawn:
    """A paper, and its pages as pictures so many pixels wide."""

    pdf: bytes
    pictures: tuple[QImage, ...]
    heads: Mapping[str, tuple[int, float]]  # where each section begins: its page, and how far down (0 to 1)


class _Pages(QWidget):
    """The pictures in a column, as wide as there is room: stretched at once, and drawn sharp a moment later."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures: tuple[QImage, ...] = ()
        self._wide = LEAST_WIDTH

    def show_pictures(self, pictures: tuple[QImage, ...]) -> None:
        """Show these pages."""
        self._pictures = pictures
        self.fit(self._wide)

    def fit(self, wide: int) -> None:
        """Be so many pixels wide."""
        self._wide = wide
        self.setFixedSize(wide + 2 * GAP, round(self.top_of(len(self._pictures))))
        self.update()

    def top_of(self, page: int, down: float = 0.0) -> float:
        """How far down a page begins, or a place on it (0 to 1)."""
        above = GAP + sum(self._height(picture) + GAP for picture in self._pictures[:page])
        return above + (down * self._height(self._pictures[page]) if page < len(self._pictures) else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page, picture in enumerate(self._pictures):
            rect = QRectF(GAP, self.top_of(page), self._wide, self._height(picture))
            if rect.intersects(QRectF(event.rect())):
                painter.drawImage(rect, picture)
                painter.setPen(theme.colour("field"))
                painter.drawRect(rect)

    def _height(self, picture: QImage) -> float:
        return self._wide * picture.height() / max(picture.width(), 1)


class LivePaper(QScrollArea):
    """`show_paper(draw)` with work that makes a PDF; `drawn` once its pages are seen. While one is drawn, only the newest waits."""

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setStyleSheet(FOCUS)
        self.setAccessibleName("The paper as it will be")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pdf = b""
        self.pages = _Pages(self)
        self.setWidget(self.pages)
        self._draw: Callable[[], bytes] | None = None
        self._titles: tuple[tuple[str, str], ...] = ()
        self._heads: Mapping[str, tuple[int, float]] = {}
        self._wanted = ""
        self._waits = self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)

    def show_paper(self, draw: Callable[[], bytes], titles: Sequence[tuple[str, str]] = (), *, at_once: bool = False) -> None:
        """Show what `draw()` makes; it runs on the worker thread and must touch no widget. `titles` are section ids and titles."""
        self._draw, self._titles = draw, tuple(titles)
        self._timer.start(0 if at_once else AFTER_TYPING)

    def bring_into_sight(self, section_id: str) -> None:
        """Scroll to where a section begins, now or once it is drawn; an empty id goes to the beginning."""
        self._wanted = section_id
        if section_id and section_id not in self._heads:
            return
        top = round(self.pages.top_of(*self._heads[section_id])) if section_id else 0
        room, here = self.viewport().height(), self.verticalScrollBar().value()
        if not here <= top <= here + room * 2 // 3:
            self.verticalScrollBar().setValue(max(top - room // 5, 0))

    def is_current(self) -> bool:
        """Whether the pages of the newest words are on screen."""
        return not (self._timer.isActive() or self._waits or self._busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.pages.fit(self._room())
            self.bring_into_sight(self._wanted)
            self._again()

    def showEvent(self, event: QEvent) -> None:
        """What changed while it was hidden is drawn now."""
        super().showEvent(event)
        self._again()

    def _room(self) -> int:
        return max(self.viewport().width() - 2 * GAP, LEAST_WIDTH)

    def _again(self) -> None:
        if self._draw is not None:
            self._timer.start(AFTER_TYPING)

    def _begin(self) -> None:
        if self._busy:
            self._waits = True
            return
        if self._draw is None or not self.isVisible():
            return
        self._busy, self._waits = True, False
        draw, titles, wide, ratio = self._draw, self._titles, self._room(), self.devicePixelRatioF()

        def work(_tell: jobs.Tell) -> Drawn:
            pdf = draw()
            return Drawn(pdf, _pictures(pdf, wide, ratio), _heads(pdf, titles))

        jobs.run(work, title="Drawing the paper", on_done=self._done, on_error=self._failed, quiet=True).ended.connect(self._ended)

    def _done(self, drawn: Drawn) -> None:
        self.pdf = drawn.pdf
        place = self.verticalScrollBar().value()
        self.pages.show_pictures(drawn.pictures)
        self.verticalScrollBar().setValue(place)
        self._heads = drawn.heads
        self.bring_into_sight(self._wanted)
        self.setAccessibleDescription(count_of(len(drawn.pictures), "page"))
        self.drawn.emit()

    def _failed(self, _error: Exception) -> None:
        """A fault of the drawing was reported already; the pages before it stay."""

    def _ended(self) -> None:
        self._busy = False
        if self._waits:
            self._begin()


def _pictures(pdf: bytes, wide: int, ratio: float) -> tuple[QImage, ...]:
    pictures = []
    with opened(pdf) as paper:
        for page in range(len(paper)):
            picture = paper.picture(page, wide * ratio / paper.size(page).width() * POINTS_TO_AN_INCH)
            picture.setDevicePixelRatio(ratio)
            pictures.append(picture)
    return tuple(pictures)


def _heads(pdf: bytes, titles: Sequence[tuple[str, str]]) -> dict[str, tuple[int, float]]:
    """Where each section's title stands, looked for in order: the same words may stand in an answer before."""
    found: dict[str, tuple[int, float]] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = start = 0
        for section_id, title in titles:
            for number in range(page, len(document)):
                text = document[number].get_textpage()
                hit = text.search(title, index=start if number == page else 0, match_case=True).get_next()
                if hit is not None:
                    page, start = number, hit[0] + hit[1]
                    top = text.get_charbox(hit[0])[3]
                    found[section_id] = (number, 1 - top / document.get_page_size(number)[1])
                    break
    finally:
        document.close()
    return found
