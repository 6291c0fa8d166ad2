"""Papers joined for the printer."""

from io import BytesIO

import pypdfium2

from staffdev_desktop.papers.joining import joined, page_count
from staffdev_desktop.papers.page import House, paper
from staffdev_desktop.papers.words import BODY, Text


def one(words: str) -> bytes:
    house = House(school="Riverbank", title=words, name_in_file=words, running=(("x", BODY),), foot=(((), (), ()),))
    return paper(house, [Text(words)])


def titles(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf))]


def test_papers_follow_one_another() -> None:
    texts = titles(joined([one("Alpha"), one("Beta")]))
    assert ["Alpha" in text for text in texts] == [True, False]
    assert ["Beta" in text for text in texts] == [False, True]


def test_each_paper_begins_on_a_sheet_of_its_own_when_both_sides_are_printed() -> None:
    pdf = joined([one("Alpha"), one("Beta")], duplex=True)
    assert page_count(pdf) == 4
    assert ["Beta" in text for text in titles(pdf)] == [False, False, True, False]


def test_joining_is_repeatable() -> None:
    papers = [one("Alpha"), one("Beta")]
    assert joined(papers) == joined(papers)
