"""Web pages: spans, layout tables, Word paste, hidden text, the article among navigation, hostile markup."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.html import read_html
from gongkai.errors import UnreadableReportError


def grids(html: str) -> list[Grid]:
    return [block for block in read_html(html.encode()).blocks if isinstance(block, Grid)]


def positions(html: str) -> list[list[tuple[str, int, int, int, int]]]:
    return [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in grids(html)[0].rows]


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html.encode()).blocks if isinstance(block, Paragraph)]


def test_spans_move_later_cells_to_their_column() -> None:
    first = "<tr><td rowspan=2 colspan=2>甲</td><td>乙</td></tr>"
    html = f"<table>{first}<tr><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
    assert positions(html) == [
        [("甲", 0, 0, 2, 2), ("乙", 0, 2, 1, 1)],
        [("1", 1, 2, 1, 1)],
        [("2", 2, 0, 1, 1), ("3", 2, 1, 1, 1)],
    ]


def test_a_span_that_promises_too_many_rows_ends_with_the_table() -> None:
    html = "<table><tr><td rowspan=99>三、本年度办理结果</td><td>1</td></tr><tr><td rowspan=0>2</td></tr></table>"
    assert positions(html) == [[("三、本年度办理结果", 0, 0, 2, 1), ("1", 0, 1, 1, 1)], [("2", 1, 1, 1, 1)]]


def test_absurd_spans_cost_nothing() -> None:
    cell = '<td colspan="1000000000" rowspan="999999999">0</td>'
    start = time.perf_counter()
    assert positions(f"<table><tr>{cell}{cell}</tr><tr>{cell}</tr></table>")[0][0] == ("0", 0, 0, 2, 100)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("span", ["-1", "abc", "", " 2 ", "1.5", "²"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    expected = 2 if span == " 2 " else 1
    assert positions(f'<table><tr><td colspan="{span}">0</td></tr></table>')[0][0][4] == expected


def test_word_paste_with_a_span_per_digit_is_one_number() -> None:
    cell = (
        '<p class="MsoNormal"><span>1</span><span lang="EN-US">1<o:p></o:p></span><font>&shy;4</font>&#8203;3&nbsp;</p>'
    )
    assert positions(f"<table><tr><td>\n {cell}\n</td></tr></table>") == [[("1143", 0, 0, 1, 1)]]


@pytest.mark.parametrize(
    "cell",
    ["1<br>2", "<p>1</p><p>2</p>", "<div>1</div>2", "1<p>2</p>", "<div><p>1</p><p>2</p></div>", "<ul><li>1<li>2</ul>"],
)
def test_stacked_numbers_of_a_cell_stay_apart(cell: str) -> None:
    assert positions(f"<table><tr><td>{cell}</td></tr></table>") == [[("1\n2", 0, 0, 1, 1)]]


def test_a_table_that_holds_a_table_only_lays_out() -> None:
    html = "<table><tr><td>二、主动公开<table><tr><td>规章</td><td>0</td></tr></table>完</td></tr></table>"
    assert texts(html) == ["二、主动公开", "完"]
    assert [[c.text for c in row] for row in grids(html)[0].rows] == [["规章", "0"]]


def test_places_count_tables_of_the_page() -> None:
    second = "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    html = f"<table><tr><td>导航</td></tr></table>{second}"
    grid = grids(html)[1]
    assert grid.locate(grid.rows[1][0]) == Place(path="table[2]/tr[2]/td[1]")


def test_paragraphs_end_with_blocks_and_line_breaks() -> None:
    html = "<div>一、总体情况<br>主动<b>公开</b><div>依申请公开</div>末行</div><h2>二、主动公开</h2>"
    assert texts(html) == ["一、总体情况", "主动公开", "依申请公开", "末行", "二、主动公开"]
    assert [b.heading for b in read_html(html.encode()).blocks if isinstance(b, Paragraph)] == [0, 0, 0, 0, 2]


def test_what_nobody_sees_is_not_read() -> None:
    html = (
        "<p>收到<span style='display: none'>9</span>6件<script>var a=7</script></p><!-- 8 --><template>5</template>"
        "<p hidden>4</p><div style='DISPLAY:none'><p>3</p></div><style>p{}</style><textarea>2</textarea>"
    )
    assert texts(html) == ["收到6件"]


ARTICLE = (
    "<p>一、总体情况</p><table><tr><td>一、本年新收政府信息公开申请数量</td><td>6</td></tr></table>"
    "<table><tr><td>结果维持</td></tr></table><p>六、其他需要报告的事项</p><p>无</p>"
)


@pytest.mark.parametrize("container", ['div id="zoom"', 'div class="any-name"', "article", "section"])
def test_the_article_is_read_without_navigation_and_footer(container: str) -> None:
    tag = container.split(maxsplit=1)[0]
    html = f"<body><ul><li>首页</li></ul><div><{container}>{ARTICLE}</{tag}></div><div>版权所有</div></body>"
    assert texts(html) == ["一、总体情况", "六、其他需要报告的事项", "无"]


def test_two_reports_on_one_page_are_both_read() -> None:
    html = f"<body><div id=zoom>{ARTICLE}</div><div>{ARTICLE}</div></body>"
    assert texts(html).count("一、总体情况") == 2


def test_what_the_page_says_of_itself() -> None:
    head = (
        '<title>网站</title><meta name="ArticleTitle" content="临江市教育局2024年政府信息公开工作年度报告">'
        '<meta name="SiteName" content="临江市人民政府"><meta name="PubDate" content="2025-01-20 09:30">'
        '<meta name="ContentSource" content="临江市教育局">'
    )
    assert read_html(f"<html><head>{head}</head><body><p>正文</p><img src=a.png></body></html>".encode()).meta == {
        "title": "临江市教育局2024年政府信息公开工作年度报告",
        "site": "临江市人民政府",
        "published_on": "2025-01-20",
        "publisher": "临江市教育局",
        "images": "1",
    }


def test_the_day_of_publication_is_found_in_the_text() -> None:
    html = "<title>报告</title><body><div>发布时间：2025年1月20日 来源：本局</div><p>正文</p></body>"
    assert read_html(html.encode()).meta == {"title": "报告", "published_on": "2025-01-20"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_pages_in_any_encoding(encoding: str) -> None:
    page = '<meta charset="gb2312"><p>政府信息公开</p>'.encode(encoding)
    assert [b.text for b in read_html(page).blocks if isinstance(b, Paragraph)] == ["政府信息公开"]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000,
        "".join(f"<font size={i}>" for i in range(3000)) + "<p>" * 20_000,
        "<table><tr><td>" * 30_000,
    ],
)
def test_bottomless_markup_is_refused_in_time(page: str) -> None:
    start = time.perf_counter()
    with pytest.raises(UnreadableReportError) as error:
        read_html(page.encode())
    assert error.value.code == "broken-file"
    assert time.perf_counter() - start < 3


def test_deep_but_bearable_nesting_is_read() -> None:
    assert texts("<div>" * 1000 + "正文" + "</div>" * 1000) == ["正文"]


PIECES = "<table> </table> <tr> <td|rowspan=3> <td> </td> <p> <br> <div> </div> <b> 0 12 规章 <!-- --> &nbsp; <"
MARKUP = st.lists(st.sampled_from([piece.replace("|", " ") for piece in re.split(" ", PIECES)]), max_size=60)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_broken_markup_is_read(pieces: list[str]) -> None:
    for grid in grids("".join(pieces)):
        for r, row in enumerate(grid.rows):
            assert all(cell.row == r and cell.row + cell.rowspan <= len(grid.rows) for cell in row)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableReportError):
        read_html(data)


@pytest.mark.shared
def test_a_published_page_in_a_cms_frame(shared: Path) -> None:
    document = read_html((shared / "reports" / "shuyang_fgj_2023.html").read_bytes())
    tables = [block for block in document.blocks if isinstance(block, Grid)]
    assert document.meta["published_on"] == "2024-01-17"
    assert [len(table.rows) for table in tables] == [14, 28, 4]
    assert [c.text for c in tables[1].rows[26]] == ["（七）总计", "26", "", "", "", "", "", "26"]
