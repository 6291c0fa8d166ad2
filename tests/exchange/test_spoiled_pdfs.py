"""A short run of the fuzzing that the faults command does at length."""

from tests.faults.spoiled_pdfs import fuzz


def test_a_hundred_and_fifty_spoiled_forms_are_read_or_refused_quickly():
    found = fuzz(150, 20261001)
    assert found["files"] == sum(found["counts"].values()) == 150
    assert found["counts"]["as written"]
    assert found["counts"]["refused"]
    assert found["slowest_seconds"] <= 1
    assert found["peak_megabytes"] <= 200
