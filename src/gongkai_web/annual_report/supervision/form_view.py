"""The statutory tables as rows for a template: labels in their layout, each number with its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass

from gongkai.annual_report.model import Cell, CellState, Report
from gongkai.annual_report.naming import place_label
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable, Role, number_text
from gongkai_web.annual_report.models import ImportedCorrection
from gongkai_web.annual_report.supervision.source_view import anchor_of

_WORDS = {
    CellState.SOLVED: "由勾稽关系推出",
    CellState.OCR: "由图片识别",
    CellState.UNREADABLE: "不是数字",
    CellState.AMBIGUOUS: "有几种可能",
    CellState.BLANK: "空白",
    CellState.DASH: "填“—”“/”或“无”",
    CellState.ABSENT_COLUMN: "没有这一列",
    CellState.ABSENT_ROW: "没有这一行",
}


@dataclass(frozen=True)
class FormCell:
    """A cell to draw. `marks`: words of a stylesheet; `text` what stands in it; the rest is for number cells."""

    text: str
    header: bool
    number: bool
    rowspan: int
    colspan: int
    path: str = ""
    where: str = ""
    marks: str = ""
    note: str = ""
    raw: str = ""
    anchor: str = ""
    url: str = ""


@dataclass(frozen=True)
class FormTable:
    """A table to draw."""

    key: str
    caption: str
    rows: tuple[tuple[FormCell, ...], ...]


def drawn(table: LayoutTable, make: Callable[[LayoutCell], FormCell]) -> FormTable:
    """The table with number cells made by `make`, labels as they are."""
    rows = tuple(tuple(make(cell) if cell.path else _label(cell) for cell in row.cells) for row in table.rows)
    return FormTable(table.key, table.caption, rows)


def table_view(  # noqa: PLR0913  # what is known of the cells of one table
    table: LayoutTable,
    report: Report,
    *,
    read: Report,
    unsure: Set[str],
    corrections: Mapping[str, ImportedCorrection],
    entered: Mapping[str, str],
) -> FormTable:
    """The table of an imported report: cells to be looked at are marked and can be filled in."""

    def make(cell: LayoutCell) -> FormCell:
        path = cell.path or ""
        now, was = report.cells[path], read.cells[path]
        correction = corrections.get(path)
        marks = "corrected" if correction else "unsure" if path in unsure else ""
        return FormCell(
            text=entered.get(path, "" if now.value is None else number_text(now.value)),
            header=False,
            number=True,
            rowspan=cell.rowspan,
            colspan=cell.colspan,
            path=path,
            where=place_label(path, report.format),
            marks=marks or ("gap" if now.value is None else ""),
            note=_note(was, correction),
            raw=was.raw,
            anchor=anchor_of(was.place),
        )

    return drawn(table, make)


def _note(was: Cell, correction: ImportedCorrection | None) -> str:
    if correction is not None:
        who = str(correction.by or "系统")
        return f"{who}核对：读取为{correction.before or '没有数'}"
    return _WORDS.get(was.state, "")


def _label(cell: LayoutCell) -> FormCell:
    return FormCell(cell.text, cell.role is not Role.NUMBER, False, cell.rowspan, cell.colspan)  # noqa: FBT003
