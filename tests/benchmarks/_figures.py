"""What the benchmarks share: a row of the table, and the 95th percentile."""

import statistics
from collections.abc import Sequence
from typing import Any


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[94]


def ms(seconds: float) -> str:
    """Seconds as milliseconds, in words."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def row(what: str, hold: str, measured: str, ok: bool, against: str = "", ratio: float | None = None, **more: Any) -> dict[str, Any]:
    """One row as tests/table.py wants it; `more` goes to the JSON alone."""
    return {"what": what, "hold": hold, "measured": measured, "against": against, "ratio": ratio, "ok": ok, **more}
