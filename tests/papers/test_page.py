"""The frame and the flow: nothing is lost over a page's end, headings are not left alone, the same input gives the same bytes."""

import re
from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.lib.units import mm

from staffdev_desktop.papers.blocks import Gap, Stack
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.page import WIDTH, House, Tag, paper
from staffdev_desktop.papers.parts import Boxed, Lines, Signatures, Tick, TickRow, heading, section
from staffdev_desktop.papers.words import BODY, CELL, SMALL, Text

HOUSE = House(
    school="Riverbank Primary Academy",
    title="Trial paper",
    name_in_file="Trial 1",
    running=(("Running head", BODY),),
    foot=((((("CONFIDENTIAL"), SMALL),), (("Number 1", SMALL),), ()),),
    tags=(Tag("STAFF COPY"),),
)


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf))]


def numbered(count: int, prefix: str = "w") -> str:
    return " ".join(f"{prefix}{number:04d}" for number in range(count))


def found(texts: list[str], prefix: str = "w") -> list[str]:
    return re.findall(rf"{prefix}\d{{4}}", " ".join(texts))


def test_three_thousand_words_flow_over_pages_in_order() -> None:
    texts = pages(paper(HOUSE, [section(heading("Discussion", 1), [Text(numbered(3000))])]))
    assert found(texts) == numbered(3000).split()
    assert len(texts) > 3
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "STAFF COPY" in text
        assert ("Running head" in text) == (number > 1)


def test_a_cell_longer_than_a_page_flows_and_the_heading_comes_again() -> None:
    rows = [[Text("1", CELL), Text(numbered(1500), CELL)], [Text("2", CELL), Text("last row", CELL)]]
    texts = pages(paper(HOUSE, [Grid((20, 200), ("", "What we saw"), rows)]))
    assert found(texts) == numbered(1500).split()
    assert all("What we saw" in text for text in texts)
    assert "last row" in texts[-1]


def test_a_row_that_fits_a_page_is_never_split() -> None:
    rows = [[Text(numbered(130, prefix), CELL)] for prefix in "abcdefghij"]
    texts = pages(paper(HOUSE, [Grid((150,), ("Head",), rows)]))
    assert len(texts) > 2
    for prefix in "abcdefghij":
        assert sum(bool(found([text], prefix)) for text in texts) == 1


def test_a_heading_is_never_alone_at_the_foot() -> None:
    for gap in range(560, 700, 7):
        story = [Gap(gap), section(heading("Alone", 1), [Grid((100,), ("Head",), [[Text("first row", CELL)], [Text("second", CELL)]])])]
        for text in pages(paper(HOUSE, story)):
            assert ("Alone" in text) == ("first row" in text)


def test_what_stays_together_moves_as_a_whole() -> None:
    together = section(heading("Signatures"), [Text("We sign."), Signatures((("Staff", "Karen", "HLTA"),)), Text("Office")], whole=True)
    texts = pages(paper(HOUSE, [Gap(500), together]))
    assert ["Signatures" in text and "We sign." in text and "Office" in text for text in texts] == [False, True]


def test_boxes_and_lines_split() -> None:
    inner = Stack([Text(numbered(900)), Lines(4)])
    texts = pages(paper(HOUSE, [Gap(400), Boxed(inner), Lines(60)]))
    assert found(texts) == numbered(900).split()
    first, rest = Lines(10).split(WIDTH, 30 * mm)
    assert first is not None
    assert rest is not None
    assert first.height(WIDTH) + rest.height(WIDTH) == Lines(10).height(WIDTH)


def test_choices_wrap_and_long_ones_flow() -> None:
    row = TickRow("Which?", [(f"Choice number {number}", number == 2) for number in range(12)])
    assert row.height(200) > row.height(2000) == BODY.leading
    texts = pages(paper(HOUSE, [TickRow("Long:", [(numbered(2500), True)]), Tick(numbered(2000, "t"))]))
    assert found(texts) == numbered(2500).split()
    assert found(texts, "t") == numbered(2000, "t").split()


def test_nothing_is_drawn_below_the_foot() -> None:
    document = pypdfium2.PdfDocument(BytesIO(paper(HOUSE, [Text(numbered(2000)), Boxed(Text(numbered(800, "b")))])))
    for page in document:
        text_page = page.get_textpage()
        for place in range(text_page.count_chars()):
            _, bottom, _, _ = text_page.get_charbox(place)
            assert bottom > 9 * mm - 1


def test_the_same_input_gives_the_same_bytes() -> None:
    def build() -> bytes:
        return paper(
            HOUSE, [section(heading("One", 1), [Text("Łukasz محمد 陈 " * 40)]), Grid((0, 0), ("A", "B"), [[Text("1"), Text("2")]])]
        )

    first = build()
    assert build() == first
    assert b"CreationDate (D:2000" in first


def test_practice_stands_on_every_page() -> None:
    practice = House(**{**HOUSE.__dict__, "practice": True})
    assert all("PRACTICE" in text for text in pages(paper(practice, [Text(numbered(1500))])))


def test_a_logo_is_drawn_and_a_broken_one_does_no_harm() -> None:
    picture = BytesIO()
    Image.new("RGB", (900, 300), "red").save(picture, "PNG")
    with_logo = paper(House(**{**HOUSE.__dict__, "logo": picture.getvalue()}), [Text("x")])
    assert b"/Image" in with_logo
    broken = paper(House(**{**HOUSE.__dict__, "logo": b"no picture"}), [Text("x")])
    assert broken == paper(HOUSE, [Text("x")])


def test_a_long_school_name_stays_clear_of_the_tag() -> None:
    name = "St Mary Magdalene and St Stephen’s Church of England Voluntary Aided Primary Academy"
    text = pages(paper(House(**{**HOUSE.__dict__, "school": name}), [Text("x")]))[0]
    assert name in " ".join(text.split())
