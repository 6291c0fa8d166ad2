"""A paper on screen before it goes to the printer: every page, Print, and Save as PDF."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from staffdev_desktop.kernel.names import count_of
from staffdev_desktop.ui import jobs, messages, printing, theme
from staffdev_desktop.ui.pdf_pages import draw_page, page_sizes
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton
from staffdev_desktop.ui.widgets.fields import ChoiceField, NoteLine, role_label

SIZE = (900, 660)
GAP = 12
KEPT = 12  # pictures of pages that are kept: a page at 100 % is 4 MB
SCREEN_DPI = 96
FIT_WIDTH, FIT_PAGE = "width", "page"
ZOOMS = ((FIT_WIDTH, "Fit the width"), (FIT_PAGE, "Whole page"), (75, "75 %"), (100, "100 %"), (150, "150 %"), (200, "200 %"))


class _Pages(QWidget):
    """All pages in a column; it asks for the pictures of those that are seen."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages")
        self._sizes: list[QSizeF] = []
        self.scale = 1.0  # pixels to a point
        self.pictures: dict[int, QImage] = {}

    def set_sizes(self, sizes: list[QSizeF]) -> None:
        """How large the pages are, in points."""
        self._sizes = sizes
        self.setAccessibleDescription(count_of(len(sizes), "page"))

    def set_scale(self, scale: float) -> None:
        """Pixels to a point."""
        if scale != self.scale:
            self.pictures.clear()
        self.scale = scale
        wide = max((size.width() for size in self._sizes), default=0) * scale + 2 * GAP
        self.setFixedSize(QSize(round(wide), round(self._top(len(self._sizes)))))
        self.update()

    def set_picture(self, page: int, picture: QImage) -> None:
        """Show a page; the ones farthest from it are forgotten."""
        self.pictures[page] = picture
        for far in sorted(self.pictures, key=lambda each: abs(each - page))[KEPT:]:
            del self.pictures[far]
        self.update()

    def rect_of(self, page: int) -> QRectF:
        """Where a page lies."""
        size = self._sizes[page] * self.scale
        return QRectF((self.width() - size.width()) / 2, self._top(page), size.width(), size.height())

    def page_at(self, height: float) -> int:
        """The page at a height, counted from 0."""
        return next((page for page in range(len(self._sizes)) if self._top(page + 1) > height), max(len(self._sizes) - 1, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages that are seen; a blank one stands in for what is still being drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(self.page_at(event.rect().top()), len(self._sizes)):
            rect = self.rect_of(page)
            if rect.top() > event.rect().bottom():
                break
            painter.fillRect(rect, Qt.GlobalColor.white)
            if page in self.pictures:
                painter.drawImage(rect, self.pictures[page])
            else:
                self.wanted.emit(page)
            painter.setPen(theme.colour("field"))
            painter.drawRect(rect)

    def _top(self, page: int) -> float:
        return GAP + sum(size.height() * self.scale + GAP for size in self._sizes[:page])


class Preview(QDialog):
    """`printed(pages)` once the pages are in the print queue; `saved(path)` once they are a file."""

    printed = Signal(int)
    saved = Signal(object)

    def __init__(
        self, pdf: bytes, *, title: str, file_name: str, queue_title: str = "", texts: Iterable[str] = (), parent: QWidget | None = None
    ):
        super().__init__(parent)
        self._pdf, self._file_name, self._queue_title = pdf, file_name, queue_title or "Staff Development"
        self._texts = tuple(texts)
        self._asked: set[int] = set()
        self._sizes: list[QSizeF] = []
        self.setWindowTitle(title)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.pages = _Pages(self)
        self.pages.wanted.connect(self._draw, Qt.ConnectionType.QueuedConnection)
        self._build(title)
        self.view.verticalScrollBar().valueChanged.connect(self._show_place)
        jobs.run(lambda _tell: page_sizes(pdf), title="Opening the paper", on_done=self._opened, quiet=True)

    def _build(self, title: str) -> None:
        self.view = QScrollArea(self)
        self.view.setWidget(self.pages)
        self.view.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # one that comes later would spoil the fit
        self.view.setAutoFillBackground(True)
        palette = self.view.palette()
        palette.setColor(palette.ColorRole.Window, theme.colour("sunken"))
        self.view.setPalette(palette)
        self.place = role_label("", "second", self)
        self.zoom = ChoiceField(ZOOMS, self)
        self.zoom.setAccessibleName("Size on screen")
        self.zoom.edited.connect(self._fit)
        self.warning = NoteLine(self)
        if missing := printing.unprintable(self._texts):
            self.warning.show_words(f"No font has {' '.join(missing[: printing.MOST_SHOWN])}: their codes are printed instead.", error=True)
        self.print_button = PrimaryButton("&Print…", "print", self)
        self.save_button = PlainButton("&Save as PDF…", "save", self)
        close = PlainButton("&Close", parent=self)
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(role_label(title, "title", self), 1)
        head.addWidget(self.place)
        head.addWidget(self.zoom)
        foot.addWidget(self.save_button)
        foot.addWidget(self.warning, 1)
        foot.addStretch(0 if missing else 1)
        foot.addWidget(close)
        foot.addWidget(self.print_button)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        close.clicked.connect(self.reject)
        self.print_button.clicked.connect(self.print_it)
        self.save_button.clicked.connect(self.save_it)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_it)
        self.view.setFocus()

    def print_it(self) -> None:
        """Ask for a printer and print."""
        printing.ask_and_print(self, self._pdf, title=self._queue_title, texts=self._texts, on_printed=self._printed)

    def save_it(self) -> None:
        """Ask for a name and keep it."""
        path = printing.save_pdf(self, self._pdf, file_name=self._file_name)
        if path is not None:
            self.warning.show_words(f"Saved as {path.name} in {path.parent}.")
            self.saved.emit(path)

    def _printed(self, pages: int) -> None:
        self.printed.emit(pages)
        self.accept()

    def _opened(self, sizes: list[QSizeF]) -> None:
        self._sizes = sizes
        self.pages.set_sizes(sizes)
        self._fit()

    def _fit(self, *_value: object) -> None:
        if not self._sizes:
            return
        room = self.view.viewport().size()
        widest = max(size.width() for size in self._sizes)
        by_width = (room.width() - 2 * GAP) / widest
        zoom = self.zoom.value()
        if zoom == FIT_WIDTH:
            scale = by_width
        elif zoom == FIT_PAGE:
            scale = min(by_width, (room.height() - 2 * GAP) / max(size.height() for size in self._sizes))
        else:
            scale = SCREEN_DPI / 72 * zoom / 100
        self._asked.clear()
        self.pages.set_scale(max(scale, 0.1))
        self._show_place()

    def _show_place(self, *_value: object) -> None:
        if self._sizes:
            middle = self.view.verticalScrollBar().value() + self.view.viewport().height() / 3
            self.place.setText(f"Page {self.pages.page_at(middle) + 1} of {len(self._sizes)}")

    def _draw(self, page: int) -> None:
        """Draw a page that is seen and has no picture yet, on the worker thread."""
        if page in self._asked or page in self.pages.pictures:
            return
        self._asked.add(page)
        pdf, scale = self._pdf, self.pages.scale
        ratio = self.devicePixelRatioF()

        def work(_tell: jobs.Tell) -> tuple[int, float, QImage]:
            return page, scale, draw_page(pdf, page, scale * 72 * ratio)

        jobs.run(work, title="Drawing a page", on_done=self._drawn, quiet=True)

    def _drawn(self, drawn: tuple[int, float, QImage]) -> None:
        page, scale, picture = drawn
        self._asked.discard(page)
        if scale == self.pages.scale:
            self.pages.set_picture(page, picture)
        else:
            self.pages.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()


def show_paper(
    parent: QWidget | None,
    pdf: bytes,
    *,
    title: str,
    file_name: str,
    queue_title: str = "",
    texts: Iterable[str] = (),
    on_printed: Callable[[int], None] | None = None,
) -> Preview:
    """Show a paper over its parent's window. `file_name` and `queue_title` carry numbers, never a name (DESIGN section 4, Confidential).

    `texts` are all the words on it, so that what cannot be printed is said first. `on_printed(pages)` once it is in the print queue.
    """
    preview = Preview(
        pdf, title=title, file_name=file_name, queue_title=queue_title, texts=texts, parent=parent.window() if parent else None
    )
    if on_printed:
        preview.printed.connect(on_printed)
    messages.show(preview)
    return preview
