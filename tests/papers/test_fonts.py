"""Every character is drawn by a font that has it, or said to be unprintable."""

import pytest

from staffdev_desktop.papers.fonts import BOLD, CHAINS, CJK, MONO, REGULAR, clean, font, runs, unprintable, unprintable_in

NAMES = (
    "Siân Llŷr ap Gwŷdd, Ŵyn",
    "Łukasz Żółć-Gęślą",
    "Işık Şahin Ğ İ ı",
    "محمد عليّ پگے",
    "陈小明",
    "Nguyễn Thị Hồng",
    "Ọlábísí Adé",
    "Яна Ковальчук",
    "Ελένη",
)


@pytest.mark.parametrize("weight", [REGULAR, BOLD, MONO])
@pytest.mark.parametrize("name", NAMES)
def test_each_run_has_a_font_that_covers_it(name: str, weight: str) -> None:
    split = runs(clean(name), weight)
    assert "".join(text for _, text in split) == clean(name)
    for family, text in split:
        assert family in CHAINS[weight]
        assert all(ord(character) in font(family).face.charToGlyph for character in text)
    assert unprintable(name) == ()


def test_plain_words_are_one_run() -> None:
    assert runs("Karen Doyle’s £3 – “plan”", REGULAR) == ((REGULAR, "Karen Doyle’s £3 – “plan”"),)
    assert runs("", REGULAR) == ()


def test_scripts_get_their_own_fonts() -> None:
    assert [family for family, _ in runs("Mo محمد 陈", BOLD)] == [BOLD, "NotoNaskhArabic-Bold", BOLD, CJK]


def test_what_no_font_has_is_reported_and_printed_as_its_code() -> None:
    assert unprintable("A 😀 b 😀 ꦏ") == ("😀", "ꦏ")
    assert runs("A😀", REGULAR) == ((REGULAR, "A"), (MONO, "[U+1F600]"))
    assert unprintable("\ud800 \ue000") == ("\ud800", "\ue000")


def test_a_whole_snapshot_can_be_asked() -> None:
    assert unprintable_in({"a": ["x", {"b": "😀"}], "c": ("ꦏ", "😀"), "d": None, "e": 3}) == ("😀", "ꦏ")


def test_controls_vanish_and_line_ends_stay() -> None:
    assert clean("a\r\nb\rc\u2028d\x00\x07\u202e\ufeff\te\x0bf") == "a\nb\nc\nd e\nf"
    assert unprintable("a\x00\u200e\ufe0f") == ()


def test_letters_are_composed() -> None:
    assert clean("w\u0302") == "ŵ"
