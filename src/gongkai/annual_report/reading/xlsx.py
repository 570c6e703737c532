"""A workbook as a document: each sheet's tables with their merged cells, lone texts as paragraphs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Document, Grid, GridCell, Paragraph
from gongkai.annual_report.reading.docx_package import open_package, refuse_bombs
from gongkai.annual_report.reading.labels import find
from gongkai.annual_report.reading.media_type import XLSX
from gongkai.errors import UnreadableReportError

_MOST_CELLS = 200_000
_WIDEST = 200
_LONGEST_LABEL = 60
_MOST_ROWS = 20_000
Span = tuple[int, int]  # rows × columns


def read_xlsx(data: bytes) -> Document:
    """The visible sheets of a workbook.

    Raises: UnreadableReportError when the file is broken, protected by a password, or unpacks to too much.
    """
    with open_package(data) as package:
        refuse_bombs(package)
    workbook = _opened(data)
    blocks: list[Paragraph | Grid] = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            blocks += _sheet(sheet)
    return Document(blocks, XLSX)


def _opened(data: bytes) -> Any:
    import openpyxl  # noqa: PLC0415 — slow to load, needed for workbooks only

    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise UnreadableReportError(
            "broken-file", "表格文件已损坏，无法打开", "请重新下载，或用 Excel、WPS 打开后另存为 XLSX"
        ) from error


def _sheet(sheet: Any) -> Iterator[Paragraph | Grid]:
    """A row with one cell that is not merged with a table's columns is a paragraph; other rows form grids."""
    if sheet.max_row > _MOST_ROWS or sheet.max_row * min(sheet.max_column, _WIDEST) > _MOST_CELLS * 5:
        raise UnreadableReportError("too-large", f"工作表“{sheet.title}”过大，未读取", "请只保留年度报告所在的表")
    spans, covered = _merged(sheet)
    table: list[list[GridCell]] = []
    until = 0  # the first row that no merged cell reaches from above
    for number, values in enumerate(sheet.iter_rows(max_col=_WIDEST, values_only=True), start=1):
        cells = _cells(values, number, spans, covered)
        row = _trimmed(cells)
        if not row and number >= until:
            yield from _table(table, sheet.title)
            table = []
            continue
        until = max([until, *(number + spans.get((number, c.column + 1), (1, 1))[0] for c in row)])
        if _is_text(row, table):
            yield from _table(table, sheet.title)
            table = []
            yield Paragraph(row[0].text, Place(sheet=sheet.title, ref=_ref(number, row[0].column + 1)))
            continue
        table.append(cells)
    yield from _table(table, sheet.title)


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], Span], set[tuple[int, int]]]:
    """Where merged cells start, with their spans, and which positions they cover."""
    spans: dict[tuple[int, int], Span] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        rows, columns = min(area.max_row, _MOST_ROWS) - area.min_row + 1, min(area.max_col, _WIDEST) - area.min_col + 1
        if rows < 1 or columns < 1 or len(covered) + rows * columns > _MOST_CELLS:
            continue
        spans[area.min_row, area.min_col] = (rows, columns)
        covered.update((r, c) for r in range(area.min_row, area.min_row + rows)
                       for c in range(area.min_col, area.min_col + columns))  # fmt: skip
        covered.discard((area.min_row, area.min_col))
    return spans, covered


def _cells(
    values: tuple[Any, ...], number: int, spans: dict[tuple[int, int], Span], covered: set[tuple[int, int]]
) -> list[GridCell]:
    """The cells of a row, blank ones too; `row` is still the sheet's row number."""
    return [
        GridCell(_printed(value), number, column - 1, *spans.get((number, column), (1, 1)))
        for column, value in enumerate(values, start=1)
        if (number, column) not in covered
    ]


def _trimmed(cells: list[GridCell]) -> list[GridCell]:
    """The cells up to the last printed or merged one; none if nothing is printed."""
    end = len(cells)
    while end and not cells[end - 1].text and cells[end - 1].rowspan == cells[end - 1].colspan == 1:
        end -= 1
    return cells[:end] if any(cell.text for cell in cells[:end]) else []


def _printed(value: Any) -> str:
    """A cell's value as the sheet shows it: whole numbers without decimals, binary fractions without noise."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)).normalize(), "f")
    return "\n".join(line.strip() for line in str(value).strip().splitlines())


def _is_text(row: list[GridCell], table: list[list[GridCell]]) -> bool:
    """One long or lone text: a heading or a paragraph between tables; a merged row inside a table belongs to it."""
    printed = [cell for cell in row if cell.text]
    if len(printed) != 1 or len(row) != 1 or row[0].column != 0:
        return False
    merged = row[0].colspan > 1 or row[0].rowspan > 1
    return not table or not (merged or _is_row_label(row[0].text)) or _is_heading(row[0].text)


def _is_row_label(text: str) -> bool:
    """Whether a text alone in its row is the label of a row of the form all of whose values were left blank."""
    label = find(text) if len(text) <= _LONGEST_LABEL else None
    return label is not None and label.kind in {"row2", "row3"}


def _is_heading(text: str) -> bool:
    return text[:1] in "一二三四五六七" and text[1:2] == "、" and "数量" not in text and "结转" not in text


def _table(rows: list[list[GridCell]], title: str) -> Iterator[Grid]:
    """The grid of some rows; all reach to the table's right edge, for a blank cell there may be a value left out."""
    if not rows:
        return
    width = max((row[-1].column + row[-1].colspan for row in map(_trimmed, rows) if row), default=0)
    rows = [[cell for cell in row if cell.column < width] for row in rows]
    numbers = [row[0].row if row else 0 for row in rows]
    first = numbers[0]
    for r, row in enumerate(rows):
        for cell in row:
            cell.row = r

    def locate(cell: GridCell) -> Place:
        return Place(sheet=title, ref=_ref(first + cell.row, cell.column + 1))

    yield Grid(rows, aligned=True, locate=locate)


def _ref(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
