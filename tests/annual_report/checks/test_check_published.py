"""The published reports whose every figure is known: exactly the contradictions that their agencies published."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from check_cases import codes

from gongkai.annual_report import formats
from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.model import Cell, CellState, Report

pytestmark = pytest.mark.shared

FILES = [
    "hongze_2023.pdf",
    "shuyang_fgj_2023.html",
    "hangzhou_2025_fixture.html",
    "shuyang_county_2025_ocr.md",
    "pingtan_2019_glued.txt",
    "pingtan_2021_glued.txt",
]


def published(shared: Path, name: str) -> Report:
    """The report with the figures that stand in `expected.json`; what is null there is blank here."""
    expected = json.loads((shared / "reports" / "expected.json").read_text("utf-8"))[name]["expected"]
    unsplit = "other_outcome" in expected["applications"]
    form = formats.load(expected["format"], unsplit=unsplit)
    cells = {path: _cell(expected, path) for path in form.cells}
    return Report(expected["agency"], expected["year"], form, cells)


def _cell(expected: dict[str, Any], path: str) -> Cell:
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    value = expected[table][row][column]
    if value is None:
        return Cell(None, CellState.BLANK)
    return Cell(Decimal(value) if isinstance(value, str) else value)


def test_hongze_published_two_wrong_totals_and_nothing_else(shared: Path) -> None:
    errors = [f for f in check(published(shared, "hongze_2023.pdf")) if f.severity is Severity.ERROR]
    assert [(f.code, f.place, f.left, f.right) for f in errors] == [
        ("CF-REMEDY", "remedies.reconsideration.*", 11, 0),
        ("CF-REMEDY", "remedies.litigation_after_reconsideration.*", 5, 0),
    ]


def test_hongze_printed_other_outcomes_as_one_row(shared: Path) -> None:
    assert "FORM-VARIANT" in codes(check(published(shared, "hongze_2023.pdf")))


@pytest.mark.parametrize("name", FILES[1:])
def test_the_others_published_no_arithmetic_error(shared: Path, name: str) -> None:
    assert [code for code in codes(check(published(shared, name))) if code.startswith(("CF-", "NUM-"))] == []


def test_a_city_government_s_clean_report(shared: Path) -> None:
    assert check(published(shared, "hangzhou_2025_fixture.html")) == []


def test_five_blank_columns_of_one_department(shared: Path) -> None:
    findings = check(published(shared, "shuyang_fgj_2023.html"))
    assert [(f.code, f.place) for f in findings] == [
        ("CELL-BLANK", f"applications.*.{key}")
        for key in ("enterprise", "research_institution", "social_organisation", "legal_service", "other")
    ]
