"""A short run of the fuzzing that the faults command does at length."""

import runpy
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["spoiled_sheets", "spoiled_cpd"])
def test_two_hundred_spoiled_lists_are_read_or_refused_quickly(name: str):
    module = runpy.run_path(str(Path(__file__).parents[1] / "faults" / f"{name}.py"))
    found = module["fuzz"](100, 20261001)
    assert found["files"] == sum(found["counts"].values()) == 200
    assert all(found["counts"].values())
    assert found["slowest_seconds"] <= 1
    assert found["peak_megabytes"] <= 200
