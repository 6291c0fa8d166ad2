"""The theme: one table, one scale, both themes complete."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton


@pytest.fixture(autouse=True)
def plain_look(qapp):
    theme.apply("light", 100)
    yield
    theme.apply("light", 100)


def test_both_themes_have_the_same_colours():
    assert theme.LIGHT.keys() == theme.DARK.keys()
    assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for table in theme.THEMES.values() for value in table.values())


def _luminance(value: str) -> float:
    parts = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [(words, ground) for words in ("text", "text2", "text3", "accent") for ground in ("bg", "surface", "hover")]
    + [(kind, f"{kind}bg") for kind in ("ok", "warn", "late", "info", "mute")]
    + [("late", "surface"), ("onaccent", "accent"), ("onhead", "head"), ("onhead2", "headfield")],
)
def test_words_can_be_read_on_their_ground(name, words, ground):
    table = theme.THEMES[name]
    assert _contrast(table[words], table[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_fields_can_be_seen(name):
    table = theme.THEMES[name]
    assert _contrast(table["field"], table["surface"]) >= 3
    assert _contrast(table["focus"], table["surface"]) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_style_sheet_leaves_no_name_unfilled_and_its_drawings_are_there(name):
    sheet = theme.style_sheet(name)
    assert "$" not in sheet
    urls = re.findall(r"url\(([^)]+)\)", sheet)
    assert urls
    for url in urls:
        assert "<svg" in Path(url).read_text("utf-8")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_drawings_of_the_style_sheet_have_the_colours_of_the_theme(name):
    for drawing, colour in (("down", "text2"), ("tick", "onaccent"), ("part", "onaccent")):
        assert theme.THEMES[name][colour] in Path(theme.RESOURCES, "icons", "qss", f"{drawing}-{name}.svg").read_text("utf-8")


def test_lengths_grow_with_the_text_size_but_lines_stay_thin():
    sheet = theme.style_sheet("light", 130)
    assert "min-height: 36px" in sheet
    assert "border: 1px solid" in sheet
    assert "border: 2px solid" in sheet


@pytest.mark.parametrize(("size", "high"), [(100, 30), (115, 34), (130, 39)])
def test_buttons_grow_with_the_text_size(qtbot, size, high):
    theme.apply("light", size)
    button = PrimaryButton("&Save", "check")
    qtbot.addWidget(button)
    button.show()
    assert abs(button.height() - high) <= 1
    assert theme.px(100) == size


def test_theme_is_put_on_again_while_windows_are_open(qtbot):
    button = PlainButton("&Print", "print")
    qtbot.addWidget(button)
    button.show()
    light = button.icon().pixmap(16).toImage()
    theme.apply("dark", 100)
    assert button.palette().color(QPalette.ColorRole.ButtonText) == theme.colour("text")
    assert theme.colour("text").name().upper() == theme.DARK["text"]
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == theme.DARK["bg"]
    assert button.icon().pixmap(16).toImage() != light


@pytest.mark.parametrize(
    ("setting", "system", "shown"),
    [
        ("system", Qt.ColorScheme.Dark, "dark"),
        ("system", Qt.ColorScheme.Light, "light"),
        ("system", Qt.ColorScheme.Unknown, "light"),
        ("light", Qt.ColorScheme.Dark, "light"),
        ("dark", Qt.ColorScheme.Light, "dark"),
    ],
)
def test_the_system_is_followed_only_where_it_is_asked_for(setting, system, shown):
    assert theme.theme_for(setting, system) == shown


def test_high_contrast_drops_the_style_sheet_and_every_colour_is_the_systems(qapp, monkeypatch):
    shown = {colour.name().upper() for colour in _palette_colours(qapp)}
    theme._show_high_contrast()
    try:
        assert qapp.styleSheet() == ""
        shown |= {colour.name().upper() for colour in _palette_colours(qapp)}
        assert {theme.colour(name).name().upper() for name in theme.LIGHT} <= shown
    finally:
        theme.apply("light", 100)


def _palette_colours(qapp):
    return [qapp.palette().color(role) for role in QPalette.ColorRole if role != QPalette.ColorRole.NColorRoles]


def test_an_unknown_look_is_refused():
    with pytest.raises(ValueError, match="no such look"):
        theme.apply("pink")
    with pytest.raises(ValueError, match="no such look"):
        theme.apply("light", 90)
    with pytest.raises(KeyError):
        theme.colour("pink")


def test_icons_are_drawn_in_the_colour_asked_for_and_kept(qapp):
    image = theme.pixmap("full", "late", 16, 2.0).toImage()
    assert (image.width(), image.devicePixelRatio()) == (32, 2.0)
    assert image.pixelColor(16, 16).name().upper() == theme.LIGHT["late"]
    assert theme.pixmap("full", "late", 16, 2.0).cacheKey() == theme.pixmap("full", "late", 16, 2.0).cacheKey()


def test_what_the_sign_in_window_is_made_of_loads_little():
    heavy = ("PySide6.QtSvg", "sqlalchemy", "reportlab", "cryptography", "staffdev_desktop.kernel.dates", "staffdev_desktop.formkit")
    code = (
        "import sys; from staffdev_desktop.ui import theme; from staffdev_desktop.ui.widgets import buttons, labelled, simple_editors; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
