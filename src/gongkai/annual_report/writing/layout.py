"""The three statutory tables as abstract grids: what every writer draws, whatever its file format.

A table is a list of rows; a row lists the cells that *start* in it, left to right, with their spans, as HTML and DOCX
think of tables. Labels and merged cells are those of the official form (国办公开办函〔2021〕30号, 〔2019〕60号).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from gongkai.annual_report.formats import Block, Column, Format, RemedyGroup, Row
from gongkai.annual_report.model import Cell, CellState, Number, Report
from gongkai.documents.text import clean

TEXT_WIDTH_MM = 156  # 版心 of GB/T 9704
UNPRINTED = (CellState.BLANK, CellState.ABSENT_COLUMN, CellState.ABSENT_ROW, CellState.AMBIGUOUS)
AS_PRINTED = (CellState.DASH, CellState.UNREADABLE)


class Role(StrEnum):
    """What a cell is for: a column header, a row label, or a number."""

    HEADER = "header"
    LABEL = "label"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell of a drawn table. `path`, `column` and `value` are set for number cells; `text` is what is printed."""

    text: str
    role: Role
    rowspan: int = 1
    colspan: int = 1
    path: str | None = None
    column: Column | None = None
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """The cells that start in a row. `keep`: the next row belongs on the same page."""

    cells: tuple[LayoutCell, ...]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class LayoutTable:
    """One statutory table. `widths` are in mm and fill the text width; `header_rows` rows repeat on each page.

    `bodies` are the numbers of rows that belong together: the blocks of 表二, else all rows after the header.
    """

    key: str
    caption: str
    widths: tuple[float, ...]
    rows: tuple[LayoutRow, ...]
    header_rows: int
    bodies: tuple[int, ...]

    @property
    def columns(self) -> int:
        return len(self.widths)

    @property
    def points(self) -> float:
        """Type size on paper: 小四, or 五号 where there are many columns."""
        return 12 if self.columns < 6 else 10.5

    def positions(self) -> Iterator[tuple[int, int, LayoutCell]]:
        """Every cell with the row and column it starts at, both counted from 0."""
        free = [0] * self.columns  # the first row in which each column is not covered by a span from above
        for index, row in enumerate(self.rows):
            at = 0
            for cell in row.cells:
                while free[at] > index:
                    at += 1
                yield index, at, cell
                free[at : at + cell.colspan] = [index + cell.rowspan] * cell.colspan
                at += cell.colspan

    def longest_number(self) -> int:
        """Characters in the longest printed number, at least 1."""
        numbers = (cell.text for row in self.rows for cell in row.cells if cell.role is Role.NUMBER)
        return max(map(len, numbers), default=1) or 1


def tables(report: Report) -> dict[str, LayoutTable]:
    """表二, 表三 and 表四, keyed by the section they stand in: `proactive`, `applications`, `remedies`."""
    form, cells = report.format, report.cells
    drawn = (_proactive(form, cells), _applications(form, cells), _remedies(form, cells))
    return {table.key: table for table in drawn}


def printed(cell: Cell | None, column: Column) -> str:
    """What the form shows in a cell: its number, the mark that was printed instead, or nothing.

    >>> printed(Cell(5, raw="+5"), Column("change", "本年增/减", kind="change"))
    '+5'
    """
    if cell is None or cell.state in UNPRINTED:
        return ""
    if cell.state in AS_PRINTED:
        return clean(cell.raw).strip() or ("—" if cell.state is CellState.DASH else "")
    if cell.value is None:
        return ""
    sign = "+" if column.kind == "change" and cell.raw.strip().startswith(("+", "＋")) and cell.value > 0 else ""
    return sign + number_text(cell.value)


def number_text(value: Number) -> str:
    """A number in plain decimal notation, with the decimals it was stated with.

    >>> number_text(Decimal("1E+3")), number_text(Decimal("113.3720")), number_text(0)
    ('1000', '113.3720', '0')
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _number(cells: Mapping[str, Cell], path: str, column: Column, *, colspan: int = 1) -> LayoutCell:
    cell = cells.get(path)
    text = printed(cell, column)
    value = cell.value if cell is not None and text and cell.state not in AS_PRINTED else None
    return LayoutCell(text, Role.NUMBER, colspan=colspan, path=path, column=column, value=value)


def _header(text: str, *, rowspan: int = 1, colspan: int = 1) -> LayoutCell:
    return LayoutCell(text, Role.HEADER, rowspan, colspan)


def _label(text: str, *, rowspan: int = 1, colspan: int = 1) -> LayoutCell:
    return LayoutCell(text, Role.LABEL, rowspan, colspan)


# 表二


def _proactive(form: Format, cells: Mapping[str, Cell]) -> LayoutTable:
    columns = max(len(block.columns) for block in form.blocks)
    width = (TEXT_WIDTH_MM - 48) / columns
    blocks = [tuple(_block_rows(block, columns, cells)) for block in form.blocks]
    rows = [row for block in blocks for row in block]
    return LayoutTable(
        "proactive",
        "主动公开政府信息情况表",
        (48, *[width] * columns),
        (*rows[:-1], replace(rows[-1], keep=False)),
        header_rows=0,
        bodies=tuple(map(len, blocks)),
    )


def _block_rows(block: Block, columns: int, cells: Mapping[str, Cell]) -> Iterator[LayoutRow]:
    last = columns - len(block.columns) + 1  # the last value column reaches the table's right edge
    spans = [1] * (len(block.columns) - 1) + [last]
    yield LayoutRow((_header(block.article, colspan=columns + 1),), keep=True)
    heads = (_header(column.label, colspan=span) for column, span in zip(block.columns, spans, strict=True))
    yield LayoutRow((_header("信息内容"), *heads), keep=True)
    for row in block.rows:
        numbers = (
            _number(cells, f"proactive.{row.key}.{column.key}", column, colspan=span)
            for column, span in zip(block.columns, spans, strict=True)
        )
        yield LayoutRow((_label(row.label), *numbers), keep=True)


# 表三


def _applications(form: Format, cells: Mapping[str, Cell]) -> LayoutTable:
    rows = (*_applicant_header(form), *_outcome_rows(form, cells))
    values = len(form.columns)
    return LayoutTable(
        "applications",
        "收到和处理政府信息公开申请情况表",
        (9, 17, 52, *[(TEXT_WIDTH_MM - 78) / values] * values),
        rows,
        header_rows=3,
        bodies=(len(rows) - 3,),
    )


def _applicant_header(form: Format) -> tuple[LayoutRow, ...]:
    first, *legal_persons, last = form.columns
    return (
        LayoutRow(
            (_header(form.corner, rowspan=3, colspan=3), _header(form.header, colspan=len(form.columns))), keep=True
        ),
        LayoutRow(
            (
                _header(first.label, rowspan=2),
                _header(form.legal_persons, colspan=len(legal_persons)),
                _header(last.label, rowspan=2),
            ),
            keep=True,
        ),
        LayoutRow(tuple(_header(column.label) for column in legal_persons), keep=True),
    )


def _outcome_rows(form: Format, cells: Mapping[str, Cell]) -> Iterator[LayoutRow]:
    results = {*form.leaf_rows, "total"}
    started = False
    for group, members in groupby(form.rows, key=lambda row: row.group or row.key):
        rows = list(members)
        for row in rows:
            labels: list[LayoutCell] = []
            if row.key in results and not started:
                labels.append(_label(form.results, rowspan=len(results)))
                started = True
            if row.group and row is rows[0]:
                labels.append(_label(group, rowspan=len(rows)))
            labels.append(_label(row.label, colspan=_label_span(row, row.key in results)))
            numbers = (_number(cells, f"applications.{row.key}.{column.key}", column) for column in form.columns)
            yield LayoutRow((*labels, *numbers), keep=row is not rows[-1])


def _label_span(row: Row, in_results: bool) -> int:  # noqa: FBT001 - a private two-way choice
    if row.group:
        return 1
    return 2 if in_results else 3


# 表四


def _remedies(form: Format, cells: Mapping[str, Cell]) -> LayoutTable:
    groups, columns = form.remedy_groups, form.remedy_columns
    numbers = tuple(
        _number(cells, f"remedies.{group.key}.{column.key}", column) for group in groups for column in columns
    )
    return LayoutTable(
        "remedies",
        "政府信息公开行政复议、行政诉讼情况表",
        (TEXT_WIDTH_MM / len(numbers),) * len(numbers),
        (*_remedy_header(groups, columns), LayoutRow(numbers)),
        header_rows=3,
        bodies=(1,),
    )


def _remedy_header(groups: tuple[RemedyGroup, ...], columns: tuple[Column, ...]) -> tuple[LayoutRow, ...]:
    top: list[LayoutCell] = []
    for parent, members in groupby(groups, key=lambda group: group.parent or group.label):
        top.append(_header(parent, colspan=len(columns) * len(list(members))))
    middle: list[LayoutCell] = []
    bottom: list[LayoutCell] = []
    for group in groups:
        if group.parent:
            middle.append(_header(group.label, colspan=len(columns)))
            bottom.extend(_header(column.label) for column in columns)
        else:
            middle.extend(_header(column.label, rowspan=2) for column in columns)
    return tuple(LayoutRow(tuple(cells), keep=True) for cells in (top, middle, bottom))
