"""Two kills while somebody types; `dev.py faults` does a hundred."""

import os

import pytest

from tests.faults.kill_typing import kill, wrong_with


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_program_loses_two_seconds_of_words_at_most() -> None:
    found = kill(2, workers=1)
    assert len(found) == 2
    assert wrong_with(found) == []
