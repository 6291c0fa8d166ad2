"""How everything on screen looks: one table of colours per theme, one scale factor for sizes, one place that makes icons.

The names and values are the palette of the design language (section 2). Nothing else in the program names a colour or a font. The
module is imported before the first window is painted, so it loads Qt's widgets and little else; SVG drawing is loaded with the
first icon.
"""

import os
import re
import sys
from functools import lru_cache

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from staffdev_desktop import resources

LIGHT = {
    "bg": "#F4F5F2", "surface": "#FFFFFF", "sunken": "#ECEEEA", "hover": "#F4F8F8", "line": "#DADDD7", "line2": "#E8EAE6",
    "field": "#868D89", "text": "#1B2326", "text2": "#465055", "text3": "#5C666B",
    "accent": "#0B5C6B", "accent2": "#084A57", "onaccent": "#FFFFFF", "tint": "#E1EFF1", "tintline": "#92C0C8",
    "head": "#0E3C46", "headline": "#2A5962", "headfield": "#1B4D58", "headedge": "#5F8A93", "onhead": "#FFFFFF", "onhead2": "#BDD5D9",
    "ok": "#1D5C2D", "okbg": "#E4F1E6", "okline": "#A5CDAC", "warn": "#754700", "warnbg": "#FBEFD8", "warnline": "#DFBE7C",
    "late": "#98221F", "latebg": "#FBE8E6", "lateline": "#E3ABA6", "mute": "#465055", "mutebg": "#ECEEEA", "muteline": "#C9CEC8",
    "info": "#0B5C6B", "infobg": "#E1EFF1", "infoline": "#92C0C8", "focus": "#0B5C6B", "focus2": "#1B2326",
    "box0": "#FFFFFF", "box1": "#F3F8F8", "box2": "#E6F0F2", "box3": "#D7E8EA", "box4": "#C5DEE2",
    "stage1": "#FFFFFF", "stage2": "#DCEBED", "stage3": "#B4D3D8", "stage4": "#7FB2BB", "stage5": "#448995", "stage6": "#0B5C6B",
}  # fmt: skip
DARK = {
    "bg": "#14191B", "surface": "#1C2326", "sunken": "#252D31", "hover": "#222B2E", "line": "#38434A", "line2": "#2B3539",
    "field": "#7B878D", "text": "#E9EDED", "text2": "#BCC6CA", "text3": "#9AA6AB",
    "accent": "#74C7D3", "accent2": "#95D7E0", "onaccent": "#06252B", "tint": "#17383F", "tintline": "#2F6C77",
    "head": "#0C2C34", "headline": "#23505A", "headfield": "#163E48", "headedge": "#5F8A93", "onhead": "#FFFFFF", "onhead2": "#B4CED3",
    "ok": "#93D3A1", "okbg": "#183122", "okline": "#34613F", "warn": "#EBC274", "warnbg": "#382A0F", "warnline": "#6C5423",
    "late": "#F4A69F", "latebg": "#42201F", "lateline": "#7B3D3A", "mute": "#BCC6CA", "mutebg": "#252D31", "muteline": "#455057",
    "info": "#74C7D3", "infobg": "#17383F", "infoline": "#2F6C77", "focus": "#74C7D3", "focus2": "#E9EDED",
    "box0": "#1C2326", "box1": "#1F2B2F", "box2": "#213338", "box3": "#244047", "box4": "#274C54",
    "stage1": "#1C2326", "stage2": "#17383F", "stage3": "#234C54", "stage4": "#34717B", "stage5": "#4E9AA6", "stage6": "#74C7D3",
}  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK}
SETTINGS = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130)
NORMAL, SEMIBOLD = 400, 600

# What QApplication is made with: QApplication.setStyle would hand Python a QStyle with its 500 names, 4 ms before the first window.
QT_ARGUMENTS = ("-style", "fusion")
RESOURCES = os.path.dirname(resources.__file__ or "")  # noqa: PTH120  pathlib is not loaded before the first window is painted
_ICONS = f"{RESOURCES}/icons"
_FONT_FILES = tuple(f"{RESOURCES}/fonts/NotoSans-{weight}.ttf" for weight in ("Regular", "SemiBold"))  # 400 and 600 are all the screen uses


class _Look(QObject):
    """What is chosen and what is shown now. One per process; listens to the system."""

    def __init__(self) -> None:
        super().__init__()
        self.setting = "system"
        self.text_size = 100
        self.theme = "light"
        self.table = LIGHT
        self.families: list[str] = []
        self.listening = False

    @Slot()
    def system_changed(self) -> None:
        """Light or dark, or high contrast, was switched in Windows while the program runs."""
        _show()


_look = _Look()


def apply(setting: str = "system", text_size: int = 100) -> None:
    """Dress the whole application. `setting` is system, light or dark; `text_size` is 100, 115 or 130 per cent.

    Call it once before the first window and again whenever the person chooses otherwise. The application is made with QT_ARGUMENTS.
    Raises ValueError for another value.
    """
    if setting not in SETTINGS or text_size not in TEXT_SIZES:
        raise ValueError(f"no such look: {setting}, {text_size}")
    _look.setting, _look.text_size = setting, text_size
    hints = QGuiApplication.styleHints()
    if not _look.listening:
        _look.listening = True
        _look.families = _load_families()
        hints.colorSchemeChanged.connect(_look.system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(_look.system_changed)
    if setting == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if setting == "dark" else Qt.ColorScheme.Light)
    _show()


def theme_for(setting: str, system: Qt.ColorScheme) -> str:
    """The theme a setting means: the system's where it is to be followed, light where the system says nothing."""
    if setting != "system":
        return setting
    return "dark" if system == Qt.ColorScheme.Dark else "light"


def current_theme() -> str:
    """‘light’ or ‘dark’: what is shown now."""
    return _look.theme


def current_setting() -> tuple[str, int]:
    """What the person chose: system, light or dark, and the text size in per cent."""
    return _look.setting, _look.text_size


def colour(name: str) -> QColor:
    """The colour called `name` in the theme shown now. Raises KeyError for a name that is not in the table."""
    return _colour(_look.table[name])


@lru_cache(maxsize=256)
def _colour(value: str) -> QColor:
    return QColor(value)


def px(length: float) -> int:
    """Pixels at the text size chosen: the one scale factor for letters, rows and fields."""
    return round(length * _look.text_size / 100)


def font(size: int = 13, weight: int = NORMAL) -> QFont:
    """The house font, `size` in pixels at 100 per cent."""
    return QFont(_font(px(size), weight, tuple(_look.families)))


@lru_cache(maxsize=64)
def _font(pixels: int, weight: int, families: tuple[str, ...]) -> QFont:
    made = QFont()
    if families:
        made.setFamilies(list(families))
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made


def metrics(size: int = 13, weight: int = NORMAL) -> QFontMetrics:
    """How wide words are in that font; kept, because painters ask for every cell."""
    return _metrics(px(size), weight, tuple(_look.families))


@lru_cache(maxsize=64)
def _metrics(pixels: int, weight: int, families: tuple[str, ...]) -> QFontMetrics:
    return QFontMetrics(_font(pixels, weight, families))


def icon(name: str, colour_name: str = "text", size: int = 16, gap: int = 0) -> QIcon:
    """The icon called `name` (a file in resources/icons) in a colour of the theme; faded by itself where its button is disabled.

    `gap` is empty room at its right: Qt puts words only 4 px after an icon.
    """
    made = QIcon(_pixmap(name, _look.table[colour_name], px(size), _ratio(), gap))
    made.addPixmap(_pixmap(name, _look.table["text3"], px(size), _ratio(), gap), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour_name: str = "text", size: int = 16, ratio: float | None = None) -> QPixmap:
    """The same drawing for painters: `size` in pixels at 100 per cent, sharp at the screen's device pixel ratio."""
    return _pixmap(name, _look.table[colour_name], px(size), ratio or _ratio())


@lru_cache(maxsize=1024)
def _pixmap(name: str, value: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # the first icon pays for it, not the import of this module

    drawing = QSvgRenderer(_svg(name).replace("currentColor", value).encode())
    side = round(size * ratio)
    image = QPixmap(QSize(side + round(gap * ratio), side))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    with open(f"{_ICONS}/{name}.svg", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def _ratio() -> float:
    return QApplication.instance().devicePixelRatio()


def palette(theme: str) -> QPalette:
    """Qt's palette for a theme, so that also what the style sheet does not name is in its colours."""
    table = THEMES[theme]
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "bg", QPalette.ColorRole.WindowText: "text", QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken", QPalette.ColorRole.Text: "text", QPalette.ColorRole.PlaceholderText: "text3",
        QPalette.ColorRole.Button: "surface", QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.BrightText: "late",
        QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "onaccent", QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent", QPalette.ColorRole.ToolTipBase: "text", QPalette.ColorRole.ToolTipText: "surface",
        QPalette.ColorRole.Light: "surface", QPalette.ColorRole.Midlight: "sunken", QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "field", QPalette.ColorRole.Shadow: "line", QPalette.ColorRole.Accent: "accent",
    }  # fmt: skip
    for role, name in roles.items():
        made.setColor(role, QColor(table[name]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(table["text3"]))
    return made


def style_sheet(theme: str, text_size: int = 100) -> str:
    """The style sheet for a theme: names replaced from the table, lengths over 4 px multiplied by the text size.

    Lines and focus rings stay as thin as they are drawn, so shorter lengths are left alone.
    """
    values = THEMES[theme] | {"icons": f"{_ICONS}/qss".replace("\\", "/"), "theme": theme}
    parts = _sheet_source().split("$")
    parts[1::2] = [values[name] for name in parts[1::2]]
    text = "".join(parts)
    if text_size == 100:
        return text
    return re.sub(r"\b(\d+)px", lambda match: f"{_grown(int(match[1]), text_size)}px", text)


def _grown(length: int, text_size: int) -> int:
    return length if length <= 4 else round(length * text_size / 100)


@lru_cache(maxsize=1)
def _sheet_source() -> str:
    with open(f"{RESOURCES}/theme.qss", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def _load_families() -> list[str]:
    """Segoe UI on Windows' own screen; elsewhere the bundled Noto Sans.

    Asking Qt for a font that is not there costs 100 ms, so there is no list of guesses.
    """
    if sys.platform == "win32" and QGuiApplication.platformName() == "windows":
        return ["Segoe UI"]
    for file in _FONT_FILES:
        if os.path.exists(file):  # noqa: PTH110
            QFontDatabase.addApplicationFont(file)
    return ["Noto Sans"]


def _show() -> None:
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        _show_high_contrast()
        return
    chosen = theme_for(_look.setting, hints.colorScheme())
    _look.theme, _look.table = chosen, THEMES[chosen]
    sheet = style_sheet(chosen, _look.text_size)
    app = QApplication.instance()
    if app.styleSheet() == sheet:
        return
    QApplication.setPalette(palette(chosen))
    QApplication.setFont(font())
    app.setStyleSheet(sheet)


def _show_high_contrast() -> None:
    """The person's own high-contrast colours: no style sheet, and what we paint ourselves takes its colours from the system."""
    app = QApplication.instance()
    app.setStyleSheet("")
    QApplication.setPalette(QApplication.style().standardPalette())
    QApplication.setFont(font())
    shown = QApplication.palette()
    base, text = shown.color(QPalette.ColorRole.Base).name(), shown.color(QPalette.ColorRole.Text).name()
    high, on_high = shown.color(QPalette.ColorRole.Highlight).name(), shown.color(QPalette.ColorRole.HighlightedText).name()
    table = dict.fromkeys(LIGHT, text)
    grounds = ("bg", "surface", "sunken", "hover", "tint", "head", "headfield", "okbg", "warnbg", "latebg", "mutebg", "infobg")
    table |= dict.fromkeys((*grounds, *(f"box{n}" for n in range(5)), *(f"stage{n}" for n in range(1, 6))), base)
    table |= {"accent": high, "accent2": high, "focus": high, "stage6": high, "onaccent": on_high}
    _look.table = table
