"""Reports made for the tests of the checks: the form filled with zeros, then changed where the test says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gongkai.annual_report import formats
from gongkai.annual_report.checks import Finding, check
from gongkai.annual_report.model import Cell, CellState, Report

BLANK, DASH, ABSENT_COLUMN = CellState.BLANK, CellState.DASH, CellState.ABSENT_COLUMN
AMBIGUOUS, UNREADABLE = CellState.AMBIGUOUS, CellState.UNREADABLE


def report(
    figures: Mapping[str, int | Decimal | CellState | Cell] | None = None,
    *,
    form: str = "2021",
    unsplit: bool | None = None,
    **members: Any,
) -> Report:
    """A report of zeros with `figures` by cell path; a state stands for a cell without a number."""
    statutory = formats.load(form, unsplit=unsplit)
    cells = {path: Cell(0) for path in statutory.cells}
    for path, figure in (figures or {}).items():
        assert path in cells, path
        cells[path] = _cell(figure)
    return Report(
        agency=members.pop("agency", "测试市卫生健康委员会"),
        year=members.pop("year", 2023 if form == "2021" else 2020),
        format=statutory,
        cells=cells,
        **members,
    )


def _cell(figure: int | Decimal | CellState | Cell) -> Cell:
    if isinstance(figure, Cell):
        return figure
    return Cell(None, figure) if isinstance(figure, CellState) else Cell(figure)


def column(key: str, state: CellState, *, form: str = "2021") -> dict[str, CellState]:
    """A whole column of 表三 in one state."""
    return {f"applications.{row.key}.{key}": state for row in formats.load(form).rows}


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def only(code: str, findings: Iterable[Finding]) -> Finding:
    """The one finding with `code`."""
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, found
    return found[0]


def found(code: str, checked: Report, **options: Any) -> list[Finding]:
    """All findings with `code` about a report."""
    return [finding for finding in check(checked, **options) if finding.code == code]
