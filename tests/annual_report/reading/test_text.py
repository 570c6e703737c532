"""Plain text: rows parted by tabs, pipes or spaces, stacked or broken cells, crawler headers, broken lines."""

from __future__ import annotations

from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.text import read_text

NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"


def blocks(text: str) -> list[str | list[list[str]]]:
    """Paragraphs as their text, grids as the texts of their cells."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in read_text(text).blocks
    ]


def only_grid(text: str) -> Grid:
    (grid,) = (block for block in read_text(text).blocks if isinstance(block, Grid))
    return grid


def test_tabbed_rows_keep_their_blank_cells() -> None:
    assert blocks("规章\t0\t0\t0\n行政许可\t7\t\t") == [[["规章", "0", "0", "0"], ["行政许可", "7", "", ""]]]


def test_a_tabbed_table_goes_on_over_the_gap_of_a_page_break() -> None:
    assert blocks(f"{NEW}\t6\t6\n\n\n{CARRIED}\t1\t1") == [[[NEW, "6", "6"], [CARRIED, "1", "1"]]]


def test_a_heading_ends_a_tabbed_table() -> None:
    text = "行政许可\t7\n\n### 三、收到和处理政府信息公开申请情况\n\n自然人\t总计"
    assert blocks(text) == [[["行政许可", "7"]], "三、收到和处理政府信息公开申请情况", [["自然人", "总计"]]]


def test_a_label_broken_before_its_row_becomes_a_row_of_its_own() -> None:
    text = f"{NEW}\t6\t6\n2.其他法律行政\n法规禁止公开\t0\t0"
    assert blocks(text) == [[[NEW, "6", "6"], ["2.其他法律行政"], ["法规禁止公开", "0", "0"]]]


def test_prose_with_a_tab_stays_prose() -> None:
    prose = "2024年，本机关通过网站公开信息441条。" * 5
    assert blocks(f"（一）\t{prose}") == ["（一）", prose]


def test_piped_rows_lose_their_outer_pipes_and_the_rule() -> None:
    assert blocks("| 信息内容 | 件数 |\n|---|:-:|\n| 规章 | 0 |") == [[["信息内容", "件数"], ["规章", "0"]]]


def test_piped_rows_without_a_leading_pipe_keep_their_blank_cells() -> None:
    text = "第二十条第（五）项 | |||\n行政许可 | 461 | ||"
    assert blocks(text) == [[["第二十条第（五）项", "", "", ""], ["行政许可", "461", "", ""]]]


# As a page's source prints them: a cell to a line, the row closed by pipes of its own.
STACKED = (
    "| 规章 \n         | 0 \n         | 0 \n         | \n"
    "| 自 \n         然 \n         人 \n         | 3 \n         | ||\n"
)


def test_stacked_cells_make_one_row_up_to_the_closing_pipe() -> None:
    assert blocks(STACKED) == [[["规章", "0", "0"], ["自 然 人", "3", "", ""]]]


def test_stacked_cells_without_indentation_make_the_same_rows() -> None:
    flat = "\n".join(line.strip() for line in STACKED.splitlines())
    assert blocks(flat) == blocks(STACKED)


def test_cells_know_their_line() -> None:
    grid = only_grid("\n" + STACKED)
    assert [grid.locate(cell).line for cell in grid.rows[0]] == [2, 3, 4]


def test_a_piped_cell_broken_over_two_lines_is_one_cell() -> None:
    text = "| 2.其他法律行政\n法规禁止公开 | 0 | 0 |\n| 2.重复申请 | 1 | 1 |"
    assert blocks(text) == [[["2.其他法律行政 法规禁止公开", "0", "0"], ["2.重复申请", "1", "1"]]]


SPACED = f"""\
二、主动公开政府信息情况
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 6 1 32
行政许可 550
- 3 -
{NEW} 21 0 0 0 0 0 21
（二）部分公开（区分处理的，只计这一情形，不
计其他情形）
4 0 0 0 0 0 4
"""


def test_numbers_parted_by_spaces_make_rows_with_their_labels() -> None:
    assert blocks(SPACED) == [
        "二、主动公开政府信息情况",
        [
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "0", "0", "0"],
            ["行政规范性文件", "6", "1", "32"],
            ["行政许可", "550"],
            [NEW, "21", "0", "0", "0", "0", "0", "21"],
            ["（二）部分公开（区分处理的，只计这一情形，不", "计其他情形）", "4", "0", "0", "0", "0", "0", "4"],
        ],
    ]


def test_one_cell_to_a_line_makes_rows_that_begin_with_labels() -> None:
    text = f"自然人\n其他\n总计\n{NEW}\n21\n0\n21\n三、本年度办理结果\n（一）予以公开\n20\n/\n20"
    assert blocks(text) == [
        [["自然人", "其他", "总计"], [NEW, "21", "0", "21"], ["三、本年度办理结果", "（一）予以公开", "20", "/", "20"]]
    ]


def test_short_lines_of_narrative_are_no_table() -> None:
    text = "（一）主动公开\n公开信息12\n（二）依申请公开\n收到申请3"
    assert blocks(text) == text.split("\n")


def test_what_a_crawler_wrote_above_the_text_is_meta() -> None:
    text = (
        "标题: 测试区2021年度政府信息公开工作年度报告\n发布时间: 2022-02-08 16:34\n发布机构: 测试区管委会\n文号: \n"
        "========= 正文 =========\n一、总体情况\n"
    )
    document = read_text(text)
    assert document.meta == {
        "title": "测试区2021年度政府信息公开工作年度报告",
        "published_on": "2022-02-08",
        "publisher": "测试区管委会",
    }
    assert [(block.text, block.place.line) for block in document.blocks] == [("一、总体情况", 6)]


def test_a_single_line_that_looks_like_meta_is_text() -> None:
    assert blocks("来源：本机关\n2024年，本机关公开信息。") == ["来源：本机关", "2024年，本机关公开信息。"]


def test_a_paragraph_broken_at_the_end_of_a_line_is_put_together() -> None:
    text = "设置健康专栏并及时更新，每周一期，全年共播出三十期，每\n\n期三十分钟。"
    assert blocks(text) == ["设置健康专栏并及时更新，每周一期，全年共播出三十期，每期三十分钟。"]


def test_a_heading_is_not_joined_to_an_unfinished_line() -> None:
    text = "及时回复申请人，并将申请人所申请的信息通过电子邮箱发送给申请人\n二、主动公开政府信息情况"
    assert blocks(text) == text.split("\n")


def test_traditional_text_with_inserted_pinyin_is_read_simplified_and_said_so() -> None:
    document = read_text(
        "二、主動(dòng)公開(kāi)政府信息情況\n規章\t0\n行政許可\t7\n三、收到和處理政府信息公開(kāi)申請情況"
    )
    assert document.blocks[0].text == "二、主动公开政府信息情况"
    assert document.meta["traits"] == "pinyin traditional"


def test_markdown_headings_in_plain_text_have_their_level() -> None:
    (heading,) = read_text("### **二、主动公开政府信息情况** ##").blocks
    assert (heading.text, heading.heading) == ("二、主动公开政府信息情况", 3)


def test_a_long_text_is_read_in_linear_time() -> None:
    line = "一项没有句号的长长的叙述文字一直写到行末也没有结束就换了行\n"
    assert len(read_text(line * 50_000).blocks) < 50_000


CLOSED = f"""\
二、主动公开政府信息情况
第二十条第(一)项 |
|||
信息内容 |
本年制发件数 |
规章 |
/ |
行政许可 |
7 |
||
{NEW} |
|
|
0 |
||
三、本年度办理结果 |
(一)予以公开 |
20 |
结果维持 |
尚未审结 |
总计 |
1 |
2 |
3 |
"""
CLOSED_ROWS = [
    "二、主动公开政府信息情况",
    [
        ["第二十条第(一)项", "", "", ""],
        ["信息内容", "本年制发件数"],
        ["规章", "/"],
        ["行政许可", "7", "", ""],
        [NEW, "", "", "0", "", ""],
        ["三、本年度办理结果", "(一)予以公开", "20"],
        ["结果维持", "尚未审结", "总计"],
        ["1", "2", "3"],
    ],
]


def test_cells_closed_by_a_pipe_make_rows_that_begin_with_labels() -> None:
    assert blocks(CLOSED) == CLOSED_ROWS


def test_a_pipe_on_the_line_below_closes_the_cell_too() -> None:
    text = "规章\n|\n0\n|\n(六)其他\n处理\n|\n1\n|\n行政许可\n|\n7\n|\n"
    assert blocks(text) == [[["规章", "0"], ["(六)其他 处理", "1"], ["行政许可", "7"]]]
