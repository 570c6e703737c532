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

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "narratives").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def _figures(case: Case) -> dict[str, Any]:
    figures: dict[str, Any] = natural(**{k.replace(".", "__"): v for k, v in case.get("applications", {}).items()})
    for path, value in case.get("figures", {}).items():
        figures[path] = Decimal(value) if isinstance(value, str) else value
    figures |= dict.fromkeys(case.get("unstated", ()), CellState.BLANK)
    return figures | {path: Cell(value, CellState.OCR) for path, value in case.get("ocr", {}).items()}


@pytest.mark.parametrize("case", CASES)
def test_narrative(case: Case) -> None:
    members = {name: case[name] for name in ("section", "form", "agency") if name in case}
    previous = told("", case["previous"], year=2022) if "previous" in case else None
    found = audit(told(case["text"], _figures(case), **members), previous=previous)
    got = [[one.code, one.severity.value, _plain(one.left), _plain(one.right)] for one in found]
    assert got == [[code, severity, left, right] for code, severity, left, right in case["expected"]]


def _plain(side: object) -> object:
    return side if isinstance(side, int) else str(side)


def test_there_are_more_fair_readings_than_accusations() -> None:
    silent = [case for (case,) in (param.values for param in CASES) if not case["expected"]]  # type: ignore[misc]
    assert len(CASES) >= 120
    assert len(silent) > len(CASES) / 2
