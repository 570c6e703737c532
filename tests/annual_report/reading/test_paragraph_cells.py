"""Pages without tables whose cells are blocks of text: read like tables, or left open, never in a wrong column."""

from __future__ import annotations

from table_layouts import (
    application_header,
    application_rows,
    proactive_rows,
    remedy_header,
    remedy_numbers,
    small_report,
)

from gongkai.annual_report import formats
from gongkai.annual_report.model import Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.reading.document import Paragraph
from gongkai.annual_report.reading.tables import read_tables

FORM = formats.load("2021")
VALUES = small_report()
Rows = list[list[str]]


def division(rows: Rows) -> str:
    drawn = ["".join(f'<div class="td">{text}</div>' for text in row) for row in rows]
    return "".join(f'<div class="tr">{row}</div>' for row in drawn)


def page() -> str:
    tables = [
        proactive_rows(FORM, VALUES),
        [*application_header(FORM), *application_rows(FORM, VALUES)],
        [*remedy_header(FORM), remedy_numbers(FORM, VALUES)],
    ]
    first, second, third = map(division, tables)
    return (
        "<html><body><h1>测试市教育局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>2023年有序推进。</p>"
        f"<p>二、主动公开政府信息情况</p>{first}<p>三、收到和处理政府信息公开申请情况</p>{second}"
        f"<p>四、政府信息公开行政复议、行政诉讼情况</p>{third}<p>五、存在的主要问题及改进情况</p><p>形式不多样。</p>"
        "<p>六、其他需要报告的事项</p><p>本年度未收取信息处理费。</p></body></html>"
    )


def read_page() -> Report:
    (report,) = read(page().encode(), name="report.html")
    return report


def test_a_page_that_draws_its_tables_with_divisions_is_read() -> None:
    report = read_page()
    assert {path: str(report.value(path)) for path in VALUES} == VALUES
    assert report.doubts == ()
    assert report.sections["overview"] == "2023年有序推进。"


def test_such_cells_know_where_they_stand_in_the_page() -> None:
    cell = read_page().cells["proactive.permits.decisions"]
    assert cell.value == 37
    assert cell.place is not None
    assert cell.place.line is None
    assert cell.place.path is not None


def test_a_header_with_a_paragraph_for_each_column_gives_its_last_column_no_number_of_the_first() -> None:
    lines = [
        "第二十条第（一）项",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "规章",
        "455698",
        "3",
        "123",
    ]
    read_one = read_tables([Paragraph(line) for line in lines])
    values = [read_one.cells[f"proactive.rules.{column}"].value for column in ("issued", "repealed", "in_force")]
    assert values == [None, None, None]
    assert any("proactive.rules.in_force" in doubt.cells for doubt in read_one.doubts)
