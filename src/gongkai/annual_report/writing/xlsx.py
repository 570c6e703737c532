"""The report as a workbook: the narrative and the three tables on a sheet each, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable, Role
from gongkai.annual_report.writing.outline import Outline, outline
from gongkai.documents.text import printed_width

SHEETS = {"proactive": "主动公开", "applications": "申请", "remedies": "复议诉讼"}
NARRATIVE = "正文"
CELL_LIMIT = 32767  # characters that Excel keeps in one cell
EXACT_DIGITS = 15  # a longer number would lose digits in Excel's binary numbers: it is written as text
A4 = 9
NARRATIVE_WIDTH = 76  # in Excel’s unit, a digit: within the margins of A4
NARRATIVE_ROOM = 390  # points of text that fit this width
MM_PER_WIDTH_UNIT = 2.0
_SCREEN_FACTOR = 1.25  # sheets are read on screens: wider than the printed page
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = {**_FONT, "border": 1, "text_wrap": True}


def write(report: Report) -> bytes:
    """An .xlsx file. Text never becomes a formula or a link, whatever it begins with."""
    text, buffer = outline(report), BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": text.title, "author": text.author})
        _Workbook(book).fill(text)
    return buffer.getvalue()


class _Workbook:
    """The sheets of one workbook and the cell formats they share."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def fill(self, text: Outline) -> None:
        self._narrative(text)
        for part in text.parts:
            if part.table:
                self._table(part.table, part.heading)

    def _narrative(self, text: Outline) -> None:
        sheet = self.book.add_worksheet(NARRATIVE)
        sheet.set_column(0, 0, NARRATIVE_WIDTH)
        _print_setup(sheet, landscape=False, tall=0)
        pieces = ((piece, properties) for line, properties in _lines(text) for piece in _pieces(line))
        for row, (piece, properties) in enumerate(pieces):
            sheet.write_string(row, 0, piece, self.style(**properties))
            sheet.set_row(row, _height(piece, properties["font_size"]))

    def _table(self, table: LayoutTable, heading: str) -> None:
        sheet = self.book.add_worksheet(SHEETS[table.key])
        title = self.style(**_FONT, bold=True, align="center")
        sheet.merge_range(0, 0, 0, table.columns - 1, "", title)
        sheet.write_string(0, 0, heading, title)
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width * _SCREEN_FACTOR / MM_PER_WIDTH_UNIT)
        for row, column, cell in table.positions():
            self._cell(sheet, row + 1, column, cell)
        for row, height in enumerate(_heights(table), start=1):
            sheet.set_row(row, height)
        if table.header_rows:
            labels = table.columns - sum(cell.role is Role.NUMBER for cell in table.rows[-1].cells)
            sheet.freeze_panes(table.header_rows + 1, labels)
            sheet.repeat_rows(1, table.header_rows)
        _print_setup(sheet, landscape=table.columns > 10, tall=1)

    def _cell(self, sheet: Any, row: int, column: int, cell: LayoutCell) -> None:
        style = self._cell_style(cell)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", style)
        if cell.value is not None and _exact(cell.value):
            sheet.write_number(row, column, cell.value, style)
        elif cell.text:
            sheet.write_string(row, column, cell.text[:CELL_LIMIT], style)
        else:
            sheet.write_blank(row, column, None, style)

    def _cell_style(self, cell: LayoutCell) -> Any:
        if cell.role is Role.NUMBER:
            return self.style(**_CELL, align="right", num_format=_number_format(cell))
        if cell.role is Role.HEADER:
            return self.style(**_CELL, align="center", bg_color="#EEF2F7")
        return self.style(**_CELL, align="center" if cell.rowspan > 1 else "left")


def _lines(text: Outline) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line of the narrative sheet with its cell format."""
    body = {**_FONT, "text_wrap": True, "valign": "top", "indent": 1}
    yield text.title, {**_FONT, "font_size": 16, "bold": True, "align": "center", "text_wrap": True}
    yield from ((passage.text, body) for passage in text.preamble)
    for part in text.parts:
        yield part.heading, {**_FONT, "font_size": 13, "bold": True}
        yield from ((passage.text, body) for passage in part.passages)
    yield from ((line, {**_FONT, "align": "right"}) for line in (text.signed_by, text.day) if line)


def _height(text: str, points: float) -> float:
    """The height in points of a wrapped line of narrative; Excel allows no more than 409."""
    lines = -(-printed_width(text) * points // NARRATIVE_ROOM)
    return min(409, max(1, lines) * points * 1.4 + 4)


def _pieces(line: str) -> Iterator[str]:
    return (line[start : start + CELL_LIMIT] for start in range(0, len(line), CELL_LIMIT))


def _heights(table: LayoutTable) -> Iterator[float]:
    """Row heights in points: Excel does not fit rows to merged cells by itself."""
    tallest = [1.0] * len(table.rows)
    for row, column, cell in table.positions():
        room = sum(table.widths[column : column + cell.colspan]) * _SCREEN_FACTOR / 4.2 - 0.5
        lines = -(-printed_width(cell.text) // max(room, 1))
        tallest[row] = max(tallest[row], lines / cell.rowspan if cell.rowspan < 4 else 1)
    return (16.0 * lines + 4 for lines in tallest)


def _exact(value: int | Decimal) -> bool:
    digits = value.normalize().as_tuple().digits if isinstance(value, Decimal) else str(abs(value))
    return len(digits) <= EXACT_DIGITS


def _number_format(cell: LayoutCell) -> str:
    """Excel's format that shows the number as it was stated: its decimals, and the plus sign of a change."""
    plain = f"0.{'0' * (len(cell.text) - cell.text.index('.') - 1)}" if "." in cell.text else "0"
    return f"+{plain};-{plain};{plain}" if cell.text.startswith("+") else plain


def _print_setup(sheet: Any, *, landscape: bool, tall: int) -> None:
    """One page wide and `tall` pages high, 0 for as many as it takes."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, tall)
    sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
    sheet.set_footer("&C— &P —")
