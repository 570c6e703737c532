"""A table out of a CSV or XLSX file: rows with the number a person sees in his spreadsheet, cells as text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl

from gongkai.text.encoding import decode
from gongkai_web.interchange.archives import open_archive
from gongkai_web.interchange.errors import TableRefused
from gongkai_web.interchange.merged import merged_cells
from gongkai_web.interchange.sniffing import fits

MOST_ROWS = 10_000
"""Rows of one table of figures or decisions: all go in or none."""
MOST_COLUMNS = 60
LONGEST_CELL = 500_000
_HEADER_WITHIN = 10
_BLANK_ROWS_AT_MOST = 200
_FORMULA = "f"
_ERROR = "e"


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as the spreadsheet shows it, its cells by the header above them.

    `unusable` names the columns whose cell is a formula or an error value, with the reason.
    """

    number: int
    cells: dict[str, str]
    unusable: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The header in order, the rows that are not blank."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(name: str, data: bytes, *, known: Iterable[str], most_rows: int = MOST_ROWS) -> Sheet:
    """Read the first table whose header shows at least two of the `known` labels (or all, when there is one).

    Raises: `TableRefused` with what is wrong with the file as a whole.
    """
    extension = name.rsplit(".", 1)[-1].lower()
    if extension == "csv":
        lines = _csv_lines(data)
    elif extension == "xlsx":
        lines = _xlsx_lines(data)
    else:
        raise TableRefused("TABLE-TYPE", f"不能读取“{name}”。", "请把表格另存为 .xlsx 或 .csv 后上传。")
    return _as_sheet(lines, known=frozenset(known), most_rows=most_rows)


@dataclass(frozen=True)
class _Cell:
    text: str
    unusable: str = ""


_Line = tuple[int, Sequence[_Cell]]


def _csv_lines(data: bytes) -> Iterator[_Line]:
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableRefused("TABLE-TYPE", "文件内容不是文字表格。", "请把表格另存为 .xlsx 或 .csv 后上传。")
    decoded = decode(data)
    if decoded.lost:
        raise TableRefused("TABLE-ENCODING", "文件的文字编码无法识别。", "请把表格另存为 .xlsx 后上传。")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), dialect=_dialect(decoded.text))
    number = 0
    try:
        # Rows as a spreadsheet counts them: a cell of several lines is one row.
        for number, cells in enumerate(reader, start=1):
            yield number, [_Cell(_unquoted(cell)) for cell in cells[:MOST_COLUMNS]]
    except csv.Error as error:
        raise TableRefused("TABLE-CSV", f"第{number + 1}行的引号不成对，或有单元格过长。", "请改正。") from error


class _Tabs(csv.excel):
    delimiter = "\t"


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]
    return _Tabs if first.count("\t") > first.count(",") else csv.excel


def _unquoted(cell: str) -> str:
    """Undoes what `spreadsheets.harmless` did when the table was written."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _xlsx_lines(data: bytes) -> Iterator[_Line]:
    _check_package(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = next(iter(book.worksheets))
        sheet.reset_dimensions()  # what a file announces is not to be believed
        merged = merged_cells(data, sheet._worksheet_path)
        blank = 0
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            line = [_xlsx_cell(cell, merged.covers(number, place)) for place, cell in enumerate(cells, start=1)]
            blank = 0 if any(cell.text or cell.unusable for cell in line) else blank + 1
            if blank > _BLANK_ROWS_AT_MOST:
                return
            yield number, line
    except TableRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise TableRefused("TABLE-XLSX", "表格文件已损坏，无法读取。", "请用表格软件打开后另存为 .xlsx。") from error


def _check_package(data: bytes) -> None:
    if not fits("xlsx", data):
        raise TableRefused("TABLE-TYPE", "文件内容不是 XLSX 表格。", "旧式 .xls 请用表格软件另存为 .xlsx。")
    open_archive(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                with package.open(name) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        raise TableRefused("TABLE-ENTITY", "表格文件含有不允许的内容。", "请另存为新的 .xlsx。")


def _xlsx_cell(cell: Any, merged: str = "") -> _Cell:
    if cell.value is None:
        return _Cell("", f"属于合并单元格{merged}，请取消合并后逐行填写" if merged else "")
    if cell.data_type == _FORMULA:
        return _Cell("", "是公式，请复制后“选择性粘贴”为数值")
    if cell.data_type == _ERROR:
        return _Cell("", f"是错误值{cell.value}，请改为实际内容")
    return _Cell(_as_text(cell.value))


def _as_text(value: object) -> str:
    """Numbers without a trailing `.0`, days in ISO form.

    >>> _as_text(2024.0), _as_text(datetime(2024, 3, 5)), _as_text(0.1 + 0.2)
    ('2024', '2024-03-05', '0.3')
    """
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # Spreadsheets show 15 digits; the 16th and 17th are what a binary fraction leaves behind.
        return format(Decimal(format(value, ".15g")).normalize(), "f")
    return str(value).strip()[:LONGEST_CELL]


def _as_sheet(lines: Iterator[_Line], *, known: frozenset[str], most_rows: int) -> Sheet:
    headers: tuple[str, ...] = ()
    rows: list[SheetRow] = []
    for number, cells in lines:
        if not headers:
            headers = _header(cells, known)
            if not headers and number >= _HEADER_WITHIN:
                break
            continue
        row = _row(number, cells, headers)
        if row is not None:
            rows.append(row)
        if len(rows) > most_rows:
            raise TableRefused("TABLE-LONG", f"表格超过{most_rows}行。", "请分成几个文件，分批导入。")
    if not headers:
        raise TableRefused("TABLE-HEADER", f"前{_HEADER_WITHIN}行中没有找到表头。", "请使用下载的模板，不要改动表头。")
    if not rows:
        raise TableRefused("TABLE-EMPTY", "表头之下没有内容。", "请填写后重新上传。")
    return Sheet(headers, tuple(rows))


def _header(cells: Sequence[_Cell], known: frozenset[str]) -> tuple[str, ...]:
    labels = tuple(label(cell.text) for cell in cells)
    found = [name for name in labels if name in known]
    if len(found) < min(2, len(known)):
        return ()
    twice = next((name for name in found if found.count(name) > 1), "")
    if twice:
        raise TableRefused("TABLE-TWICE", f"表头中“{twice}”出现了两次。", "请删去一列后重新上传。")
    return labels


def label(text: str) -> str:
    """A header without the mark of a required column, line breaks and blanks.

    >>> label(" 名称* \\n"), label("收费金额（万元）")
    ('名称', '收费金额（万元）')
    """
    return "".join(text.split()).strip("*＊").replace("(", "（").replace(")", "）")


def _row(number: int, cells: Sequence[_Cell], headers: tuple[str, ...]) -> SheetRow | None:
    pairs = [(name, cell) for name, cell in zip(headers, cells, strict=False) if name]
    if not any(cell.text or cell.unusable for _, cell in pairs):
        return None
    unusable = {name: cell.unusable for name, cell in pairs if cell.unusable}
    beyond = [cell.text for cell in cells[len(headers) :] if cell.text]
    if beyond and pairs:  # "1,5" without quotation marks is two cells of a CSV
        unusable[pairs[-1][0]] = f"之后多出没有表头的“{beyond[0][:20]}”，请删去；CSV 中带逗号的内容须加引号"
    return SheetRow(number, {name: cell.text for name, cell in pairs}, unusable)
