"""The narrative audit on small narratives: a case in `narratives/*.toml` names what it shows and what is expected."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from narrative_cases import natural, told

from gongkai.annual_report.checks.narrative import audit
from gongkai.annual_report.model import Cell, CellState

Case = dict[str, Any]

CASES: list[tuple[str, Case]] = [
    (f"{path.stem}: {case['name']}", case)
    for path in sorted((Path(__file__).parent / "narratives").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def _figures(case: Case) -> dict[str, Any]:
    figures: dict[str, Any] = natural(case.get("applications", {}))
    for path, value in case.get("figures", {}).items():
        figures[path] = Decimal(value) if isinstance(value, str) else value
    figures |= dict.fromkeys(case.get("unstated", ()), CellState.BLANK)
    return figures | {path: Cell(value, CellState.OCR) for path, value in case.get("ocr", {}).items()}


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_narrative(case: Case) -> None:
    members = {name: case[name] for name in ("section", "form", "agency") if name in case}
    previous = told("", case["previous"], year=2022) if "previous" in case else None
    found = audit(told(case["text"], _figures(case), **members), previous=previous)
    got = [[one.code, one.severity.value, _plain(one.left), _plain(one.right)] for one in found]
    assert got == [[code, severity, left, right] for code, severity, left, right in case["expected"]]


def _plain(side: object) -> object:
    return side if isinstance(side, int) else str(side)


def test_there_are_more_fair_readings_than_accusations() -> None:
    silent = [name for name, case in CASES if not case["expected"]]
    assert len(CASES) >= 150
    assert len(silent) > len(CASES) / 2
