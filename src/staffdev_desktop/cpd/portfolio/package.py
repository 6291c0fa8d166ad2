"""A portfolio as a package to take along when leaving: a page for any browser, the log as a spreadsheet, the files. Pure.

Nothing of anybody else is in it: not who checked an entry, nor who wrote it down. Names of files are numbers.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

from staffdev_desktop.cpd.log.exporting import write_own_log
from staffdev_desktop.cpd.portfolio.pages import index_page, page
from staffdev_desktop.cpd.portfolio.rows import Portfolio
from staffdev_desktop.cpd.portfolio.rules import file_number
from staffdev_desktop.cpd.portfolio.story import TITLE, story, story_html, story_text

Item = tuple[str, bytes]  # where it stands in the package, and what is in it
_STORED = (".pdf", ".png", ".jpg", ".jpeg")  # small already


def package(portfolio: Portfolio, pdf: bytes, content_of: Callable[[int], bytes], on: date) -> Iterator[Item]:
    """Everything in it, one by one; `pdf` is the paper, `content_of` gives the bytes of a file of evidence by its id."""
    yield "index.html", index_page(portfolio, on)
    yield "portfolio.pdf", pdf
    yield "log.csv", write_own_log(portfolio.entries, "log.csv")
    parts = story(portfolio)
    yield "my-development.html", page(TITLE, story_html(parts, portfolio.person.name))
    yield "my-development.txt", b"\xef\xbb\xbf" + story_text(parts, portfolio.person.name).encode()
    for line in portfolio.evidence:
        yield file_number(portfolio, line), content_of(line.id)


def as_zip(items: Iterator[Item], on: date, step: Callable[[str], None] | None = None) -> bytes:
    """The package as one file; the same items on the same day give the same bytes. `step(name)` is called for each, and may stop it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in items:
            if step:
                step(name)
            info = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return out.getvalue()
