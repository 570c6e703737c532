"""Cells of the tables that state no number: blanks, strokes in place of 0, columns that are not there.

A pattern is one finding: a column of 25 blanks is one omission, not 25.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.layout import Table
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.annual_report.model import CellState, Report

# A text export may have lost what the published table shows, as recognition may have overlooked it on an image, so a
# gap there accuses nobody with certainty.
_EXPORTED = {"text/plain", "text/markdown"}
_ABSENT = {CellState.ABSENT_COLUMN, CellState.ABSENT_ROW}
_MOST = 6  # more places than this in one table are one finding about the table


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of one table whose `missing` cells, out of `size`, state no number in the same way."""

    place: str
    missing: tuple[str, ...]
    size: int


@rule("CELL-BLANK")
def rule_no_blank(subject: Subject) -> Iterator[Finding]:
    """每格填数字，没有的填 0: a blank says neither that nothing happened nor that something did (LAW C6)."""
    yield from _gap_findings(subject, "CELL-BLANK", {CellState.BLANK})


@rule("CELL-DASH")
def rule_no_dash(subject: Subject) -> Iterator[Finding]:
    """每格填数字，没有的填 0: “/”, “—” and “无” are no figures (LAW C6)."""
    yield from _gap_findings(subject, "CELL-DASH", {CellState.DASH})


@rule("CELL-ABSENT")
def rule_no_absence(subject: Subject) -> Iterator[Finding]:
    """表格的行和列与法定格式一致: every statutory row and column is there (LAW C6, F3)."""
    for gap in _gaps(subject, _ABSENT):
        yield entry("CELL-ABSENT").finding(
            gap.place, left=len(gap.missing), where=subject.where(gap.place), kind=_kind(gap.place), form=subject.form
        )


@rule("CELL-UNREADABLE")
def rule_numbers_only(subject: Subject) -> Iterator[Finding]:
    """每格填数字: what is printed in the cell is no number (LAW C6)."""
    for gap in _gaps(subject, {CellState.UNREADABLE}):
        raw = subject.report.cells[gap.missing[0]].raw
        yield entry("CELL-UNREADABLE").finding(
            gap.place, left=raw, where=subject.where(gap.place), raw=raw[:40], form=subject.form
        )


def _gap_findings(subject: Subject, code: str, states: set[CellState]) -> Iterator[Finding]:
    for gap in _gaps(subject, states):
        several = gap.size > 1
        yield entry(code).finding(
            gap.place,
            left=len(gap.missing) if several else None,
            right=gap.size if several else None,
            severity=Severity.WARNING if _may_be_lost(subject.report) else None,
            where=subject.where(gap.place),
            extent=_extent(gap),
            form=subject.form,
        )


def _may_be_lost(report: Report) -> bool:
    """Whether the gap may have come about on the way from the published table to what was read."""
    exported = report.source is not None and report.source.media_type in _EXPORTED
    return exported or any(cell.state is CellState.OCR for cell in report.cells.values())


def _extent(gap: Gap) -> str:
    if gap.size == 1:
        return ""
    missing = len(gap.missing)
    return f"全部 {gap.size} 格" if missing == gap.size else f"{gap.size} 格中有 {missing} 格"


def _gaps(subject: Subject, states: set[CellState]) -> list[Gap]:
    """The places without a number in one of `states`, folded into columns, rows and tables."""
    missing = {path for state in states for path in subject.unstated.get(state, ())}
    return [gap for table in subject.layout.tables for gap in _table_gaps(table, missing)] if missing else []


def _table_gaps(table: Table, missing: set[str]) -> list[Gap]:
    open_cells = _open(table.paths, missing)
    if not open_cells:
        return []
    whole = Gap(f"{table.name}.*.*", open_cells, len(table.paths))
    if len(open_cells) == len(table.paths):
        return [whole]
    columns = _column_gaps(table, missing) if table.name == "applications" else []
    covered = {path for gap in columns for path in gap.missing}
    gaps = [*columns, *_row_gaps(table, missing - covered)]
    return gaps if len(gaps) <= _MOST else [whole]


def _column_gaps(table: Table, missing: set[str]) -> list[Gap]:
    """Columns of which at least half the cells state nothing."""
    gaps = []
    for column, cells in table.columns.items():
        open_cells = _open(cells, missing)
        if 2 * len(open_cells) >= len(cells):
            gaps.append(Gap(f"{table.name}.*.{column}", open_cells, len(cells)))
    return gaps


def _row_gaps(table: Table, missing: set[str]) -> list[Gap]:
    gaps = []
    for row, cells in table.rows.items():
        open_cells = _open(cells, missing)
        if len(open_cells) == 1:
            gaps.append(Gap(open_cells[0], open_cells, 1))
        elif open_cells:
            gaps.append(Gap(f"{row}.*", open_cells, len(cells)))
    return gaps


def _open(cells: tuple[str, ...], missing: set[str]) -> tuple[str, ...]:
    return tuple(path for path in cells if path in missing)


def _kind(place: str) -> str:
    row, _, column = place.rpartition(".")
    if column == "*":
        return "表" if row.endswith(".*") else "行"
    return "列" if row.endswith(".*") else "格"
