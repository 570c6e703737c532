"""The workbook: numbers as numbers, text never as a formula, headers frozen and repeated."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from one_report import BLANK, SLASH, one_report

from gongkai.annual_report.model import Cell
from gongkai.annual_report.writing import write


def opened(*, form_id: str = "2021", overview: str = "全年12条。", **changed: Cell) -> Any:
    report = one_report(form_id=form_id, overview=overview, **changed)
    return openpyxl.load_workbook(BytesIO(write(report, to="xlsx")))


def test_the_narrative_and_each_table_have_a_sheet() -> None:
    assert opened().sheetnames == ["正文", "主动公开", "申请", "复议诉讼"]


def test_numbers_are_numbers_and_show_the_decimals_they_were_stated_with() -> None:
    book = opened()
    fee = book["主动公开"]["B15"]
    assert (fee.value, fee.number_format) == (113.372, "0.0000")
    assert (book["申请"]["D5"].value, book["申请"]["D5"].data_type) == (6, "n")


def test_a_change_keeps_its_plus_sign() -> None:
    cell = opened(form_id="2019", proactive__penalties__change=Cell(5, raw="+5"))["主动公开"]["C12"]
    assert (cell.value, cell.number_format) == (5, "+0;-0;0")


def test_blanks_stay_blank_and_dashes_stay_dashes() -> None:
    sheet = opened(applications__received__total=BLANK, applications__received__other=SLASH)["申请"]
    assert (sheet["J5"].value, sheet["I5"].value) == (None, "/")


def test_a_number_beyond_the_precision_of_excel_is_text() -> None:
    cell = opened(applications__received__total=Cell(12345678901234567))["申请"]["J5"]
    assert (cell.value, cell.data_type) == ("12345678901234567", "s")
    exact = opened(proactive__fees__amount_wan=Cell(Decimal("1234567890.1234567")))["主动公开"]["B15"]
    assert exact.value == "1234567890.1234567"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "https://example.gov.cn"])
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    cell = opened(overview=text)["正文"]["A3"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_cells_are_merged_as_in_the_form() -> None:
    merged = {str(area) for area in opened()["申请"].merged_cells.ranges}
    assert {"A2:C4", "D2:J2", "D3:D4", "E3:I3", "J3:J4", "A7:A28", "B9:B16"} <= merged


def test_headers_stay_in_sight_and_repeat_in_print() -> None:
    sheet = opened()["申请"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("D5", "$2:$4", "portrait")


def test_a_paragraph_too_long_for_a_cell_goes_on_below() -> None:
    sheet = opened(overview="情" * 40000)["正文"]
    assert (len(sheet["A3"].value), len(sheet["A4"].value)) == (32767, 7233)
