"""What end-to-end tests share: a printer."""

import os
from collections.abc import Iterator

import pytest

from tests.e2e.printer import NoPrinter, SchoolPrinter, school_printer


@pytest.fixture
def printer() -> Iterator[SchoolPrinter]:
    """A real print queue for this test alone; where there can be none the test is skipped, though never in CI."""
    try:
        with school_printer() as queue:
            yield queue
    except NoPrinter as no_printer:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(no_printer))
