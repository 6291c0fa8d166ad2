"""A paper on screen: its pages are drawn on the worker, and Print and Save go the way of every paper."""

from pathlib import Path

from PySide6.QtCore import Qt

from staffdev_desktop.ui import jobs, preview
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.ui.samples import paper


def shown(qtbot: object, pages: int, **more: object) -> preview.Preview:
    window = preview.Preview(paper(pages), title="Review statement", file_name="PDR-2026-0031.pdf", **more)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(window.pages.pictures), timeout=10_000)
    return window


def test_the_pages_that_are_seen_are_drawn_and_no_others(qtbot: object) -> None:
    window = shown(qtbot, 30)
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=10_000)
    assert set(window.pages.pictures) <= {0, 1}
    assert window.place.text() == "Page 1 of 30"
    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: 29 in window.pages.pictures, timeout=10_000)
    assert window.place.text() == "Page 30 of 30"


def test_a_page_shows_what_is_on_it(qtbot: object) -> None:
    window = shown(qtbot, 1)
    picture = window.pages.pictures[0]
    scale = picture.width() / 595.28
    assert picture.pixelColor(round(100 * scale), round(100 * scale)).lightness() < 40
    assert picture.pixelColor(round(300 * scale), round(100 * scale)).lightness() > 240


def test_the_size_on_screen_can_be_chosen(qtbot: object) -> None:
    window = shown(qtbot, 2)
    window.zoom.set_value(100)
    window.zoom.edited.emit(100)
    assert round(window.pages.rect_of(0).width()) == round(595.28 * 96 / 72)
    window.zoom.set_value("page")
    window.zoom.edited.emit("page")
    assert window.pages.rect_of(0).height() <= window.view.viewport().height()


def test_save_keeps_the_paper_and_says_where(qtbot: object, answers: object, tmp_path: Path) -> None:
    window = shown(qtbot, 1)
    answers.next(tmp_path / "a.pdf")
    with qtbot.waitSignal(window.saved):
        qtbot.mouseClick(window.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "a.pdf").read_bytes() == window._pdf
    assert "a.pdf" in window.warning.words()


def test_ctrl_p_asks_for_a_printer(qtbot: object, answers: object) -> None:
    window = shown(qtbot, 1)
    answers.next(None)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert answers.asked == ["Which printer?"]


def test_what_cannot_be_printed_is_said_before(qtbot: object) -> None:
    window = shown(qtbot, 1, texts=["Well done 🙂"])
    assert "🙂" in window.warning.words()


def test_no_two_words_share_a_letter(qtbot: object) -> None:
    assert clashes(shown(qtbot, 1)) == {}
