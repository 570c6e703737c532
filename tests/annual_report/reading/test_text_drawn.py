"""Tables as converters, browsers and spreadsheets write them into plain text: drawn, taken apart, with commas."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading.document import Grid
from gongkai.annual_report.reading.markdown import read_markdown
from gongkai.annual_report.reading.text import read_text

DRAWN = """\
+------------------+-------------------+--------------------------------+
| 第二十条第（一）项                                                    |
+------------------+-------------------+----------------+---------------+
| 信息内容         | 本年制发件数      | 本年废止件数   | 现行有效\\     |
|                  |                   |                | 件数          |
+------------------+-------------------+----------------+---------------+
| 行政规范性\\      | 12                | 3              | 140           |
| 文件             |                   |                |               |
+------------------+-------------------+----------------+---------------+
"""

BOXED = """\
┌────────┬──────────────┬────┐
│三、本年│（一）予以公开│12  │
│度办理结├──────────────┼────┤
│果      │（七）总计    │15  │
└────────┴──────────────┴────┘
"""


def grids(text: str) -> list[Grid]:
    return [block for block in read_text(text).blocks if isinstance(block, Grid)]


def test_a_drawn_table_gives_each_cell_the_columns_that_its_bars_span() -> None:
    (grid,) = grids(DRAWN)
    assert grid.aligned
    assert [[(cell.text, cell.column, cell.colspan) for cell in row] for row in grid.rows] == [
        [("第二十条第（一）项", 0, 4)],
        [("信息内容", 0, 1), ("本年制发件数", 1, 1), ("本年废止件数", 2, 1), ("现行有效件数", 3, 1)],
        [("行政规范性文件", 0, 1), ("12", 1, 1), ("3", 2, 1), ("140", 3, 1)],
    ]


def test_a_cell_drawn_over_several_rows_is_one_cell() -> None:
    (grid,) = grids(BOXED)
    assert [[(cell.text, cell.rowspan) for cell in row] for row in grid.rows] == [
        [("三、本年度办理结果", 2), ("（一）予以公开", 1), ("12", 1)],
        [("（七）总计", 1), ("15", 1)],
    ]


def test_the_place_of_a_drawn_cell_is_its_first_line() -> None:
    (grid,) = grids(DRAWN)
    assert grid.locate(grid.rows[2][1]).line == 7


def test_bars_that_do_not_stand_below_each_other_draw_nothing() -> None:
    crooked = DRAWN.replace("| 12                | 3 ", "| 12        | 3 ")
    assert {grid.aligned for grid in grids(crooked)} == {False}


def test_a_frame_around_the_page_is_taken_off() -> None:
    lines = DRAWN.splitlines()
    framed = ["+" + "-" * 77 + "+", *(f"|  {line}  |" for line in lines), "+" + "-" * 77 + "+"]
    (grid,) = grids("\n".join(framed))
    assert [cell.text for cell in grid.rows[2]] == ["行政规范性文件", "12", "3", "140"]


def test_attributes_that_a_converter_wrote_behind_a_text_are_dropped() -> None:
    (grid,) = grids(DRAWN.replace("| 140           |", "| [140]{.x}     |"))
    assert grid.rows[2][3].text == "140"


ROWS = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]] + [["规章", "2", "", "31"]] * 12


@pytest.mark.parametrize("joint", ["\n\t\n", "\n\t", "\n\n\t\n\n"])
def test_cells_that_a_browser_put_on_lines_of_their_own_are_one_row(joint: str) -> None:
    rows = [row for grid in grids("\n\n\n".join(joint.join(row) for row in ROWS)) for row in grid.row_texts()]
    assert rows == ROWS


def test_white_space_between_all_cells_joins_no_rows() -> None:
    cells = [cell for row in ROWS for cell in row if cell]
    (grid,) = grids("\n\t\n".join(cells))
    assert [cell.text for cell in grid.rows[1]] == ["规章", "2", "31"]


@pytest.mark.parametrize("separator", [",", ";", "，"])
def test_rows_of_a_spreadsheet_saved_as_text_are_parted_at_their_commas(separator: str) -> None:
    row = separator.join(["一、本年新收政府信息公开申请数量", "7", "0", "0", "0", "0", "0", "7"])
    (grid,) = grids("\n".join([row] * 12))
    assert [cell.text for cell in grid.rows[3]] == [
        "一、本年新收政府信息公开申请数量",
        "7",
        "0",
        "0",
        "0",
        "0",
        "0",
        "7",
    ]


def test_prose_with_commas_is_no_table() -> None:
    assert grids("全年受理申请3件，答复3件，转入下年0件。\n" * 20) == []


def test_a_line_that_holds_a_whole_table_is_taken_apart() -> None:
    cells = [cell for row in ROWS for cell in row if cell]
    (grid,) = grids("|".join([*cells, "行政规范性文件", "1", "0", "9"]))
    assert [cell.text for cell in grid.rows[-1]] == ["行政规范性文件", "1", "0", "9"]
    assert grid.locate(grid.rows[-1][1]).line == 1


def test_a_row_that_a_converter_wrapped_goes_on_on_the_next_line() -> None:
    (grid,) = grids("信息内容 | 本年制发件数\n规章 | 2 | 0\n| 31\n行政规范性文件 | 1 | 0 | 9\n")
    assert [[cell.text for cell in row] for row in grid.rows[1:]] == [
        ["规章", "2", "0", "31"],
        ["行政规范性文件", "1", "0", "9"],
    ]


def test_marks_of_markdown_inside_a_drawn_table_do_not_move_its_bars() -> None:
    text = DRAWN.replace("| 12                |", "| [**12**]{.mark}   |")
    (grid,) = [block for block in read_markdown(text).blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.rows[2]] == ["行政规范性文件", "12", "3", "140"]


def test_a_number_that_touches_its_label_in_padded_text_is_a_number() -> None:
    row = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请16   0   0   0   0   0   16"
    (grid,) = grids("\n".join([row] * 4))
    assert [cell.text for cell in grid.rows[1]][1:] == ["16", "0", "0", "0", "0", "0", "16"]


def test_the_number_of_a_page_between_rows_is_no_row() -> None:
    (grid,) = grids(
        "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 6 1 20\n3 / 7\n行政规范性文件 7 0 31\n规章 1 2 3"
    )
    assert [cell.text for cell in grid.rows[1]] == ["规章", "6", "1", "20"]
    assert [cell.text for cell in grid.rows[2]] == ["行政规范性文件", "7", "0", "31"]
