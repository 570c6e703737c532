"""Tables that a text tells as lists, and headers whose total stands first: no number where it does not belong."""

from __future__ import annotations

import re

import pytest
from table_layouts import (
    application_header,
    application_rows,
    proactive_rows,
    remedy_header,
    remedy_numbers,
    small_report,
)

from gongkai.annual_report import formats
from gongkai.annual_report.reading.document import Paragraph
from gongkai.annual_report.reading.tables import TablesRead, read_tables
from gongkai.annual_report.reading.text import read_text

FORM = formats.load("2021")
VALUES = small_report()
NUMBER = re.compile(r"[+\-]?[\d.]+")
Rows = list[list[str]]


def told(rows: Rows, mark: str, separator: str, end: str) -> list[str]:
    """Rows as lines: the labels, then the numbers as a list."""
    lines = []
    for row in rows:
        numbers = [text for text in row if NUMBER.fullmatch(text)]
        labels = [text for text in row if not NUMBER.fullmatch(text)]
        lines.append(f"{''.join(labels)}{mark}{separator.join(numbers)}{end}" if numbers else " ".join(labels))
    return lines


def lines(mark: str, separator: str, end: str = "") -> list[str]:
    return [
        "二、主动公开政府信息情况",
        *told(proactive_rows(FORM, VALUES), mark, separator, end),
        "三、收到和处理政府信息公开申请情况",
        *told([*application_header(FORM), *application_rows(FORM, VALUES)], mark, separator, end),
        "四、政府信息公开行政复议、行政诉讼情况",
        *told(remedy_header(FORM), mark, separator, end),
        separator.join(remedy_numbers(FORM, VALUES)) + end,
    ]


def differences(read: TablesRead) -> dict[str, object]:
    return {path: read.cells[path].value for path, text in VALUES.items() if str(read.cells[path].value) != text}


@pytest.mark.parametrize(
    ("mark", "separator", "end"),
    [("：", "、", "。"), ("：", "，", ""), (":", ";", ""), (" ", "/", ""), (" ", "·", ""), ("：", "；", "。")],
)
def test_rows_told_as_lists_are_read(mark: str, separator: str, end: str) -> None:
    read = read_tables(read_text("\n".join(lines(mark, separator, end))).blocks)
    assert differences(read) == {}
    assert read.doubts == []


def test_the_first_number_of_a_list_in_one_paragraph_is_no_row() -> None:
    """`64、0、0、2…`: neither 64 nor 6 is what the row states."""
    read = read_tables([Paragraph("".join(lines("：", "、", "。")))])
    assert [path for path in differences(read) if read.cells[path].value is not None] == []


@pytest.mark.parametrize("at", range(7))
def test_a_total_that_stands_before_others_moves_no_number(at: int) -> None:
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    header = ["项目", *names[:at], "总计", *names[at:]]
    body = [[row[-8], *row[-7:-1][:at], row[-1], *row[-7:-1][at:]] for row in application_rows(FORM, VALUES)]
    read = read_tables(read_text("\n".join(" | ".join(row) for row in [header, *body])).blocks)
    assert {path for path in differences(read) if path.startswith("applications.")} == set()


def test_a_number_in_the_cell_of_its_label_is_the_first_of_its_row() -> None:
    table = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章 2", "0", "12"],
        ["行政规范性文件 3", "1", "0", "5"],
    ]
    read = read_tables(read_text("\n".join("\t".join(row) for row in table)).blocks)
    values = [cell.value for path, cell in read.cells.items() if path.startswith("proactive.rules.")]
    assert values == [2, 0, 12]


def test_a_page_number_beside_a_label_is_no_number_of_a_whole_row() -> None:
    rows = [[*row[:-8], f"{row[-8]} 3", *row[-7:]] for row in application_rows(FORM, VALUES)]
    read = read_tables(read_text("\n".join("\t".join(row) for row in [*application_header(FORM), *rows])).blocks)
    assert read.cells["applications.granted.natural_person"].value == 27
