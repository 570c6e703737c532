"""Writing tables that a person opens in a spreadsheet: no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_XLSX_CELL = 32_767
_CUT = "……（过长，全文见 JSON 文件）"


def harmless(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula; numbers stay as they are.

    >>> harmless("=HYPERLINK(1)"), harmless("-5"), harmless(-5), harmless(None)
    ("'=HYPERLINK(1)", "'-5", '-5', '')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS_FORMULA) else text


class CsvTable:
    """A CSV table as spreadsheets in China open it right away: CRLF, and UTF-8 with a byte order mark (`ENCODING`)."""

    ENCODING = "utf-8-sig"

    def __init__(self, file: IO[str], headers: Sequence[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(headers)

    def add(self, row: Sequence[object]) -> None:
        """One row, harmless."""
        self._writer.writerow([harmless(value) for value in row])


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole CSV file."""
    text = io.StringIO(newline="")
    table = CsvTable(text, headers)
    for row in rows:
        table.add(row)
    return text.getvalue().encode(CsvTable.ENCODING)


class Workbook:
    """An XLSX file written row by row, in little memory. Text is written as text, whatever it begins with."""

    def __init__(self, target: Path | IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(
            str(target) if isinstance(target, Path) else target,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})

    def sheet(
        self, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, widths: Sequence[int] = ()
    ) -> None:
        """Add a table; the header stays in sight."""
        sheet = self._book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths or [max(10, 2 * len(header) + 4) for header in headers]):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, headers, self._bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    @staticmethod
    def _write(sheet: Any, row: int, column: int, value: object) -> None:
        if value is None or value == "":
            return
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
            return
        text = str(value)
        if len(text) > _LONGEST_XLSX_CELL:
            text = text[: _LONGEST_XLSX_CELL - len(_CUT)] + _CUT
        sheet.write_string(row, column, text)
