"""How many cells of published reports are read right. The reports lie beside the repository, in ../shared.

Run: .venv/bin/python benchmarks/bench_accuracy.py
A cell is *right* (the value the report states), *left open* (null, with a state or a doubt) or *wrong*. A wrong value
without a doubt is the one thing that must not happen.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.annual_report.model import Report
from gongkai.annual_report.reading import read

SHARED = Path(__file__).parent.parent.parent / "shared"


def main() -> int:
    expected_file = SHARED / "reports" / "expected.json"
    if not expected_file.exists():
        print("!!! SKIPPED: the published reports are not beside this repository (../shared/reports)")
        return 0
    wrong_anywhere = 0
    print(f"{'report':<28}{'cells':>6}{'right':>7}{'open':>6}{'wrong':>7}   non-zero right, tables 三 and 四 right")
    for name, case in json.loads(expected_file.read_text("utf-8")).items():
        report = read((expected_file.parent / name).read_bytes(), name=name)[0]
        wrong_anywhere += show(name, report, list(expected_cells(case["expected"])))
    return 1 if wrong_anywhere else 0


def show(name: str, report: Report, expected: list[tuple[str, Any]]) -> int:
    """Print the line of one report; returns the number of wrong cells."""
    counts = Counter(verdict(report, path, value) for path, value in expected)
    nonzero = [(path, value) for path, value in expected if value is not None and Decimal(value) != 0]
    applications = [(path, value) for path, value in expected if not path.startswith("proactive.")]
    print(
        f"{name:<28}{len(expected):>6}{counts['right']:>7}{counts['open']:>6}{counts['wrong']:>7}"
        f"   {share(report, nonzero)}, {share(report, applications)}"
    )
    for path, value in expected:
        if verdict(report, path, value) == "wrong":
            print(f"    {path}: read {report.value(path)}, published {value}")
    return counts["wrong"]


def verdict(report: Report, path: str, value: Any) -> str:
    read_value = report.value(path)
    if read_value is None and value is not None:
        return "open"
    same = read_value == value if value is None or read_value is None else Decimal(value) == read_value
    return "right" if same else "wrong"


def share(report: Report, cells: list[tuple[str, Any]]) -> str:
    right = sum(verdict(report, path, value) == "right" for path, value in cells)
    return f"{right}/{len(cells)}"


def expected_cells(expected: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(cell path, published value) of the three tables."""
    for table in ("proactive", "applications", "remedies"):
        for row, columns in expected[table].items():
            for column, value in columns.items():
                yield f"{table}.{row}.{column}", value


if __name__ == "__main__":
    sys.exit(main())
