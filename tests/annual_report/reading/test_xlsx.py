"""Workbooks: merged cells, places, numbers as shown, hidden sheets, damaged files."""

from __future__ import annotations

import contextlib
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.xlsx import read_xlsx
from gongkai.errors import UnreadableReportError


def workbook() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "年报"
    return book, sheet


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sample() -> bytes:
    book, sheet = workbook()
    for row in [
        ["临江市教育局2024年政府信息公开工作年度报告"],
        [],
        ["三、收到和处理政府信息公开申请情况"],
        [None, "申请人情况", None, "总计"],
        [None, "自然人", "商业企业"],
        ["一、本年新收政府信息公开申请数量", 6, 0.0, "１"],
        ["行政事业性收费", 73.65, None, 0],
    ]:
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("D4:D5")
    book.create_sheet("草稿").append(["不读"])
    book["草稿"].sheet_state = "hidden"
    return saved(book)


def test_tables_and_texts_of_the_visible_sheets() -> None:
    title, heading, grid = read_xlsx(sample()).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(heading, Paragraph)
    assert isinstance(grid, Grid)
    assert (title.text, title.place) == ("临江市教育局2024年政府信息公开工作年度报告", Place(sheet="年报", ref="A1"))
    assert heading.text == "三、收到和处理政府信息公开申请情况"
    assert [[(c.text, c.column, c.rowspan, c.colspan) for c in row] for row in grid.rows] == [
        [("", 0, 1, 1), ("申请人情况", 1, 1, 2), ("总计", 3, 2, 1)],
        [("", 0, 1, 1), ("自然人", 1, 1, 1), ("商业企业", 2, 1, 1)],
        [("一、本年新收政府信息公开申请数量", 0, 1, 1), ("6", 1, 1, 1), ("0", 2, 1, 1), ("１", 3, 1, 1)],
        [("行政事业性收费", 0, 1, 1), ("73.65", 1, 1, 1), ("", 2, 1, 1), ("0", 3, 1, 1)],
    ]
    assert grid.locate(grid.rows[3][1]) == Place(sheet="年报", ref="B7")


def test_a_merged_row_inside_a_table_belongs_to_it() -> None:
    book, sheet = workbook()
    for row in [["规章", 0], ["第二十条第（五）项"], ["行政许可", 7]]:
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    (grid,) = read_xlsx(saved(book)).blocks
    assert isinstance(grid, Grid)
    assert [[c.text for c in row] for row in grid.rows] == [["规章", "0"], ["第二十条第（五）项"], ["行政许可", "7"]]


def test_a_sheet_that_claims_a_million_rows_is_refused() -> None:
    book, sheet = workbook()
    sheet.cell(1_000_000, 1, "远")
    with pytest.raises(UnreadableReportError) as error:
        read_xlsx(saved(book))
    assert error.value.code == "too-large"


SAMPLE = sample()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, len(SAMPLE) - 1), st.integers(0, 255))
def test_damaged_files_are_read_or_refused(cut: int, at: int, value: int) -> None:
    changed = bytearray(SAMPLE)
    changed[at] = value
    for data in (SAMPLE[:cut], bytes(changed)):
        with contextlib.suppress(UnreadableReportError):
            read_xlsx(data)
