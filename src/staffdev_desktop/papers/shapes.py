"""Small shapes drawn as paths: they print the same on every PC, and in one-bit black (DESIGN-LANGUAGE section 7)."""

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from staffdev_desktop.papers.words import INK, INK2, PETROL

TICK_BOX = 4 * mm
Point = tuple[float, float]

# The drawings of icons/crest.svg and icons/lock.svg, on their 16 grid with y downwards: a start, then curves or corners.
_SHIELD: tuple[tuple[float, ...], ...] = (
    (8, 1.5), (2.5, 3.3), (2.5, 7.7), (2.5, 11.1, 4.7, 13.3, 8, 14.5), (11.3, 13.3, 13.5, 11.1, 13.5, 7.7), (13.5, 3.3), (8, 1.5),
)  # fmt: skip
_WAVES: tuple[tuple[tuple[float, ...], ...], ...] = (
    ((4.5, 7.3), (5.7, 6.3, 6.8, 6.3, 8, 7.3), (9.2, 8.3, 10.3, 8.3, 11.5, 7.3)),
    ((4.9, 10), (5.9, 9.2, 7, 9.2, 8, 10), (9, 10.8, 10.1, 10.8, 11.1, 10)),
)
_LOCK: tuple[tuple[tuple[float, ...], ...], ...] = (
    ((3.5, 7.2), (12.5, 7.2), (12.5, 13.5), (3.5, 13.5), (3.5, 7.2)),
    ((5.3, 7.2), (5.3, 5.1), (5.3, 3.6, 6.5, 2.4, 8, 2.4), (9.5, 2.4, 10.7, 3.6, 10.7, 5.1), (10.7, 7.2)),
)


def crest(canvas: Canvas, x: float, top: float, size: float) -> None:
    """The plain shield that stands for a school without a logo."""
    _outline(canvas, (_SHIELD, *_WAVES), x, top, size, PETROL)


def lock(canvas: Canvas, x: float, top: float, size: float) -> None:
    """A closed lock."""
    _outline(canvas, _LOCK, x, top, size, INK2)


def _outline(canvas: Canvas, paths: tuple[tuple[tuple[float, ...], ...], ...], x: float, top: float, size: float, ink: Color) -> None:
    unit = size / 16
    canvas.saveState()
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(1.5 * unit)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    drawing = canvas.beginPath()
    for path in paths:
        for place, numbers in enumerate(path):
            points = [x + unit * value if even % 2 == 0 else top - unit * value for even, value in enumerate(numbers)]
            if place == 0:
                drawing.moveTo(*points)
            elif len(points) == 2:
                drawing.lineTo(*points)
            else:
                drawing.curveTo(*points)
    canvas.drawPath(drawing, stroke=1, fill=0)
    canvas.restoreState()


def tick_box(canvas: Canvas, x: float, top: float, ticked: bool = False) -> None:
    """A box to tick by hand; a ticked one holds a cross, as people write it."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    canvas.rect(x + 0.5, top - TICK_BOX + 0.5, TICK_BOX - 1, TICK_BOX - 1, stroke=1, fill=0)
    if ticked:
        canvas.setLineWidth(1.3)
        near, far = TICK_BOX * 0.28, TICK_BOX * 0.72
        canvas.line(x + near, top - near, x + far, top - far)
        canvas.line(x + near, top - far, x + far, top - near)


def disc(canvas: Canvas, x: float, middle: float, size: float, shape: str) -> None:
    """A mark for an outcome: ‘full’, ‘half’, ‘empty’, ‘onward’ (carried forward) or ‘bar’ (dropped)."""
    radius = size / 2
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(0.9)
    if shape == "onward":
        path = canvas.beginPath()
        path.moveTo(x + 0.5, middle + radius)
        path.lineTo(x + size, middle)
        path.lineTo(x + 0.5, middle - radius)
        path.close()
        canvas.drawPath(path, stroke=1, fill=0)
        return
    if shape == "bar":
        canvas.rect(x, middle - 0.8, size, 1.6, stroke=0, fill=1)
        return
    canvas.circle(x + radius, middle, radius - 0.45, stroke=1, fill=int(shape == "full"))
    if shape == "half":
        canvas.wedge(x + 0.45, middle - radius + 0.45, x + size - 0.45, middle + radius - 0.45, 90, 180, stroke=0, fill=1)
