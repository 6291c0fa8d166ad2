"""Words break into lines and pages without losing one; letters that join are joined, lines from the right are ordered."""

from importlib.resources import files
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffdev_desktop.papers.fonts import PaperFont
from staffdev_desktop.papers.page import House, paper
from staffdev_desktop.papers.shaping import runs_right_to_left, shaped, visual_runs
from staffdev_desktop.papers.words import BODY, CELL, Text, measure, shortened, width_of

HOUSE = House(school="Riverbank", title="Trial", name_in_file="Trial", running=(("Trial", BODY),), foot=(((), (), ()),))


def drawn(*texts: str) -> str:
    document = pypdfium2.PdfDocument(BytesIO(paper(HOUSE, [Text(text) for text in texts])))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def line_texts(text: Text, width: float) -> list[str]:
    return ["".join(piece for _, _, piece in line.pieces) for line in text.lines(width)]


def test_lines_fill_the_width_and_never_pass_it() -> None:
    text = Text("the quick brown fox jumps over the lazy dog " * 20)
    for line in text.lines(200):
        assert 150 < line.width <= 200 or line is text.lines(200)[-1]
    assert " ".join(line_texts(text, 200)).split() == ("the quick brown fox jumps over the lazy dog " * 20).split()


def test_line_ends_and_empty_lines_are_kept() -> None:
    assert line_texts(Text("one\n\ntwo"), 200) == ["one", "", "two"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    lines = line_texts(Text("see " + "x" * 300 + " end"), 120)
    assert "".join(lines).replace(" ", "") == "see" + "x" * 300 + "end"
    assert all(width_of(line, BODY) <= 120 for line in lines)


def test_chinese_breaks_between_characters_but_not_before_a_stop() -> None:
    lines = line_texts(Text("我们学校的图书馆很大，" * 12), 100)
    assert len(lines) > 5
    assert "".join(lines) == "我们学校的图书馆很大，" * 12
    assert not any(line.startswith("，") for line in lines)


def test_a_split_keeps_every_line_in_order_and_leaves_no_line_alone() -> None:
    text = Text("word " * 200)
    whole = line_texts(text, 200)
    first, rest = text.split(200, BODY.leading * (len(whole) - 1))
    assert isinstance(first, Text)
    assert isinstance(rest, Text)
    assert line_texts(first, 200) + line_texts(rest, 200) == whole
    assert len(rest.lines(200)) == 2
    assert text.split(200, BODY.leading) == (None, text)


@pytest.mark.parametrize("name", ["Siân Llŷr", "Łukasz Żółć", "Işık Şahin", "陈小明", "Яна", "Nguyễn Thị Hồng"])
def test_names_can_be_read_from_the_page(name: str) -> None:
    assert name in drawn(f"Reviewed by {name} today")


def test_arabic_letters_are_joined_and_read_back() -> None:
    glyphs, _ = shaped("NotoNaskhArabic-Regular", "محمد", True)
    assert glyphs != "محمد"[::-1]
    found = drawn("Reviewed by محمد علي لا today")
    assert sorted("محمدعليلا") == sorted(character for character in found if "\u0600" <= character <= "\u06ff")


def test_the_same_glyphs_have_the_same_codes_whatever_was_drawn_before() -> None:
    data = (files("staffdev_desktop.resources") / "fonts" / "NotoNaskhArabic-Regular.ttf").read_bytes()
    one, other = PaperFont("One", data), PaperFont("Other", data)
    glyphs = [glyph for glyph in range(1, 600) if glyph not in one.face.glyphToChar][:5]
    assert len(glyphs) == 5
    codes = {glyph: one.code_for(glyph, "uniFE8E.rlig", 0) for glyph in glyphs}
    assert {glyph: other.code_for(glyph, "uniFE8E.rlig", 0) for glyph in reversed(glyphs)} == codes


def test_a_line_with_both_directions_is_ordered() -> None:
    ordered = visual_runs([(0, "We met "), (1, "علي"), (0, " "), (1, "محمد"), (0, ", both new")], False)
    assert [text for _, text, _ in ordered] == ["We met ", "محمد", " ", "علي", ", both new"]
    assert [right_to_left for _, _, right_to_left in ordered] == [False, True, True, True, False]
    assert runs_right_to_left("محمد met us")
    assert not runs_right_to_left("We met محمد")


def test_a_paragraph_from_the_right_starts_at_the_right() -> None:
    def left_edge(follow: bool) -> float:
        document = pypdfium2.PdfDocument(BytesIO(paper(HOUSE, [Text("محمد", follow=follow)])))
        page = document[0].get_textpage()
        place = next(place for place in range(page.count_chars()) if "\u0600" <= page.get_text_range(place, 1)[:1] <= "\u06ff")
        return float(page.get_charbox(place)[0])

    assert left_edge(follow=False) < 100
    assert left_edge(follow=True) > 450


def test_marks_sit_on_their_letter_and_take_no_room() -> None:
    assert measure(BODY.weight, 10, "ẹ̀") == pytest.approx(measure(BODY.weight, 10, "ẹ"))


def test_what_cannot_be_drawn_stands_there_as_its_code() -> None:
    assert "[U+1F600]" in drawn("Well done 😀")


def test_shortened_ends_in_an_ellipsis_and_fits() -> None:
    assert shortened("Karen Doyle", CELL, 200) == "Karen Doyle"
    cut = shortened("Karen Doyle of Riverbank", CELL, 60)
    assert cut.endswith("…")
    assert width_of(cut, CELL) <= 60


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_a_paper(text: str) -> None:
    assert paper(HOUSE, [Text(text, follow=True)]).startswith(b"%PDF")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="aé ‏ابجد()12 陈\u0301\u200c\n-", max_size=60))
def test_mixed_directions_never_break_a_paper(text: str) -> None:
    assert paper(HOUSE, [Text(text, follow=True)]).startswith(b"%PDF")
