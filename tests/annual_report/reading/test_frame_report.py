"""Documents put together into reports: titles of pages, several reports, recognised images, doubts."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.model import Place, Source
from gongkai.annual_report.reading.document import Document, Grid, GridCell, Paragraph
from gongkai.annual_report.reading.frame_report import read_document
from gongkai.errors import UnreadableReportError

PARTS = (
    "一、总体情况",
    "2024年，本机关有序推进公开工作。",
    "二、主动公开政府信息情况",
    "",
    "三、收到和处理政府信息公开申请情况",
    "全年未收到申请。",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "解读形式不够多样。",
    "六、其他需要报告的事项",
    "无。",
)
TABLE = (
    ("第二十条第（五）项", ""),
    ("信息内容", "本年处理决定数量"),
    ("行政许可", "7"),
    ("第二十条第（六）项", ""),
    ("信息内容", "本年处理决定数量"),
    ("行政处罚", "3"),
    ("行政强制", "0"),
)


def grid(*, permits: str = "7") -> Grid:
    rows = [
        [GridCell(text if text != "7" else permits, r, c) for c, text in enumerate(row)] for r, row in enumerate(TABLE)
    ]
    return Grid(rows, aligned=False, locate=lambda cell: Place(line=cell.row + 1))


def blocks(title: str, *, table: Grid | None) -> list[Paragraph | Grid]:
    paragraphs = [Paragraph(text) for text in (title, *PARTS)]
    return [block for p in paragraphs for block in ([p] if p.text else [table] if table else [])]


def document(heading: str = "测试市司法局2024年政府信息公开工作年度报告", **meta: str) -> Document:
    return Document(blocks(heading, table=grid()), "text/html", meta)


def test_the_title_of_the_page_stands_in_where_the_text_has_none() -> None:
    (report,) = read_document(document("", title="测试市司法局2024年政府信息公开工作年度报告-测试市司法局网站"))
    assert (report.agency, report.year) == ("测试市司法局", 2024)
    assert report.title == "测试市司法局2024年政府信息公开工作年度报告"


def test_the_publisher_the_day_and_the_traits_of_the_page_are_taken_over() -> None:
    page = document(
        "2024年政府信息公开工作年度报告", publisher="测试市司法局", published_on="2025-01-20", traits="traditional"
    )
    (report,) = read_document(page, source=Source("page.html", "text/html", "00"))
    assert report.agency == "测试市司法局"
    assert report.published_on == date(2025, 1, 20)
    assert report.traits == {"traditional"}
    assert report.source == Source("page.html", "text/html", "00")


def test_the_name_of_the_file_tells_agency_and_year_as_a_last_resort() -> None:
    (report,) = read_document(
        Document(blocks("", table=grid()), "text/plain"),
        source=Source("inbox/测试市司法局2023年政府信息公开工作年度报告.txt", "text/plain", "00"),
    )
    assert (report.agency, report.year) == ("测试市司法局", 2024)  # the text says 2024, which counts for more


def test_a_recognised_image_is_in_doubt_as_a_whole() -> None:
    page = document()
    page.ocr = True
    (report,) = read_document(page)
    assert "ocr" in {doubt.code for doubt in report.doubts}


def test_two_reports_are_read_apart() -> None:
    second = blocks("测试市司法局2023年政府信息公开工作年度报告", table=grid(permits="5"))
    page = document()
    page.blocks = [*page.blocks, *second]
    reports = read_document(page)
    assert [(report.year, report.value("proactive.permits.decisions")) for report in reports] == [(2024, 7), (2023, 5)]


def test_a_second_report_without_tables_is_a_doubt_of_the_first() -> None:
    page = document()
    page.blocks = [*page.blocks, *blocks("测试市司法局2023年政府信息公开工作年度报告", table=None)]
    (report,) = read_document(page)
    (doubt,) = (doubt for doubt in report.doubts if doubt.code == "report-skipped")
    assert report.year == 2024
    assert "没有找到第二、三、四部分的统计表" in doubt.message


def test_recognised_pages_without_tables_are_not_called_images() -> None:
    page = Document(
        blocks("测试市司法局2024年政府信息公开工作年度报告", table=None), "image/png", {"images": "1"}, ocr=True
    )
    with pytest.raises(UnreadableReportError) as caught:
        read_document(page)
    assert caught.value.code == "no-tables"
