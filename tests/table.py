"""Runs the modules of tests/benchmarks or tests/faults and puts what they measured into one table and one JSON file.

    python tests/table.py benchmarks build/bench.json [--short] [MODULE ...]
    python tests/table.py faults build/faults.json [--short] [MODULE ...]

A module there exposes `rows()` (benchmarks) or `rows(count)` (faults; `count` is "short" or "full") and returns a list of dicts:

    what      the number's name, as DESIGN section 8 has it
    hold      what it must hold, in words: "<= 16 ms"
    measured  what was measured, in words: "11.2 ms"
    against   what it was compared with in the same run, in words, or ""
    ratio     measured divided by the comparison, or None
    ok        whether it holds

More keys (states tried, raw figures) go to the JSON alone. Modules without `rows`, or whose name begins with an underscore or `test_`,
are not run. The exit code is 1 when a row does not hold or a module fails: the rest is measured all the same.
"""

import argparse
import importlib
import inspect
import json
import os
import platform
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("what", "hold", "measured", "against", "ratio", "ok")
Row = dict[str, Any]


def modules(folder: str, wanted: list[str]) -> list[str]:
    """The names of a folder's modules, or of those wanted. Raises SystemExit for a name that is not there."""
    names = sorted(path.stem for path in (ROOT / "tests" / folder).glob("*.py") if not path.stem.startswith(("_", "test_")))
    if unknown := set(wanted) - set(names):
        raise SystemExit(f"Not in tests/{folder}: {', '.join(sorted(unknown))}. There are: {', '.join(names)}.")
    return [name for name in names if name in wanted] if wanted else names


def measured(folder: str, name: str, count: str) -> list[Row]:
    """One module's rows; a module that fails is a row that does not hold."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    try:
        rows_of: Callable[..., list[Row]] | None = getattr(importlib.import_module(f"tests.{folder}.{name}"), "rows", None)
        if rows_of is None:
            return []  # a helper
        rows = rows_of(count) if inspect.signature(rows_of).parameters else rows_of()
    except Exception:
        traceback.print_exc()
        rows = [{"what": name, "hold": "runs", "measured": "failed: see above", "against": "", "ratio": None, "ok": False}]
    for row in rows:
        row |= {"module": name, "seconds": round(time.monotonic() - began, 1)}
    return rows


def table(rows: list[Row]) -> str:
    """The rows as aligned plain text."""
    cells = [COLUMNS, *(tuple(_cell(row.get(column)) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def main() -> int:
    """Measure, print, write the JSON."""
    parser = argparse.ArgumentParser(description="Run the benchmarks or the fault runs.")
    parser.add_argument("folder", choices=["benchmarks", "faults"])
    parser.add_argument("out", type=Path)
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--short", action="store_true")
    args = parser.parse_intermixed_args()
    sys.path.insert(0, str(ROOT))
    count = "short" if args.short else "full"
    rows = [row for name in modules(args.folder, args.modules) for row in measured(args.folder, name, count)]
    print(table(rows) if rows else f"There is nothing in tests/{args.folder} yet.")
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count(), "count": count}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps({"machine": machine, "rows": rows}, indent=2, default=str) + "\n", encoding="utf-8")
    return 0 if all(row["ok"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
