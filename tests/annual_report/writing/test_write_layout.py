"""The statutory tables: labels, merged cells, and what a cell without a number shows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from one_report import BLANK, SLASH, one_report

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Column
from gongkai.annual_report.model import Cell, CellState
from gongkai.annual_report.writing.layout import LayoutTable, Role, clean, printed, tables

COUNT = Column("total", "总计")
CHANGE = Column("change", "本年增/减", kind="change")


def spans(table: LayoutTable, row: int) -> list[tuple[str, int, int]]:
    return [(cell.text, cell.rowspan, cell.colspan) for cell in table.rows[row].cells]


def test_table_two_of_2021_has_a_block_for_each_item_of_article_20() -> None:
    table = tables(one_report())["proactive"]
    assert table.bodies == (4, 3, 4, 3)
    assert spans(table, 0) == [("第二十条第（一）项", 1, 4)]
    assert spans(table, 1) == [
        ("信息内容", 1, 1),
        ("本年制发件数", 1, 1),
        ("本年废止件数", 1, 1),
        ("现行有效件数", 1, 1),
    ]
    assert spans(table, 13) == [("行政事业性收费", 1, 1), ("113.3720", 1, 3)]


def test_table_two_of_2019_lets_the_last_column_reach_the_edge() -> None:
    table = tables(one_report(form_id="2019"))["proactive"]
    assert spans(table, 13) == [("信息内容", 1, 1), ("上一年项目数量", 1, 1), ("本年增/减", 1, 2)]


def test_table_three_has_the_three_header_rows_of_the_form() -> None:
    table = tables(one_report())["applications"]
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert table.header_rows == 3
    assert spans(table, 0) == [(corner, 3, 3), ("申请人情况", 1, 7)]
    assert spans(table, 1) == [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
    assert [text for text, _, _ in spans(table, 2)] == [
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]


def test_table_three_merges_the_labels_of_results_and_groups() -> None:
    table = tables(one_report())["applications"]
    assert spans(table, 3)[0] == ("一、本年新收政府信息公开申请数量", 1, 3)
    assert spans(table, 5)[:2] == [("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2)]
    assert spans(table, 7)[:2] == [("（三）不予公开", 8, 1), ("1.属于国家秘密", 1, 1)]
    assert spans(table, 26)[0] == ("（七）总计", 1, 2)
    assert spans(table, 27)[0] == ("四、结转下年度继续办理", 1, 3)


def test_unsplit_other_outcomes_are_one_row_of_twenty_results() -> None:
    table = tables(one_report(form_id="2019"))["applications"]
    assert spans(table, 5)[0] == ("三、本年度办理结果", 20, 1)
    assert spans(table, 23)[0] == ("（六）其他处理", 1, 2)


def test_table_four_parts_litigation_by_whether_reconsideration_came_first() -> None:
    table = tables(one_report())["remedies"]
    assert spans(table, 0) == [("行政复议", 1, 5), ("行政诉讼", 1, 10)]
    assert spans(table, 1)[4:] == [("总计", 2, 1), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)]
    assert len(spans(table, 2)) == 10
    assert len(spans(table, 3)) == 15


@pytest.mark.parametrize("form_id", formats.IDS)
@pytest.mark.parametrize("unsplit", [False, True])
def test_every_cell_of_the_form_is_drawn_once_and_fills_its_table(form_id: str, *, unsplit: bool) -> None:
    form = formats.load(form_id, unsplit=unsplit)
    report = one_report(form_id=form_id)
    drawn = tables(type(report)(agency=None, year=None, format=form, cells={}))
    paths = [cell.path for table in drawn.values() for row in table.rows for cell in row.cells if cell.path]
    assert paths == list(form.cells)
    for table in drawn.values():
        area = sum(cell.rowspan * cell.colspan for row in table.rows for cell in row.cells)
        assert area == len(table.rows) * table.columns
        assert sum(table.widths) == pytest.approx(156)


def test_numbers_stand_below_their_column_header() -> None:
    table = tables(one_report())["applications"]
    columns = {column for _, column, cell in table.positions() if cell.role is Role.NUMBER}
    assert columns == set(range(3, 10))


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        (Cell(0), COUNT, "0"),
        (Cell(1143, raw="1,143件"), COUNT, "1143"),
        (Cell(Decimal("7.50")), COUNT, "7.50"),
        (Cell(5, raw="+5"), CHANGE, "+5"),
        (Cell(-3, raw="－3"), CHANGE, "-3"),
        (Cell(2, CellState.SOLVED, raw="02"), COUNT, "2"),
        (BLANK, COUNT, ""),
        (SLASH, COUNT, "/"),
        (Cell(None, CellState.DASH), COUNT, "—"),
        (Cell(None, CellState.UNREADABLE, "见\n附件"), COUNT, "见 附件"),
        (Cell(None, CellState.AMBIGUOUS, "1234"), COUNT, ""),
        (Cell(None, CellState.ABSENT_COLUMN), COUNT, ""),
        (None, COUNT, ""),
    ],
)
def test_a_cell_shows_its_number_or_what_was_printed_instead(cell: Cell | None, column: Column, text: str) -> None:
    assert printed(cell, column) == text


def test_control_characters_are_left_out() -> None:
    assert clean("公\x00开\x0b指\ud800南\n目录") == "公开 指南 目录"
