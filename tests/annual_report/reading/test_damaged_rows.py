"""Rows whose numbers were lost or put together, in reports with and without an error of their own: never a guess."""

from __future__ import annotations

from collections.abc import Callable

from table_layouts import (
    Values,
    application_header,
    application_rows,
    small_report,
    statutory_grids,
    text_grid,
    text_grids,
)

from gongkai.annual_report import formats
from gongkai.annual_report.model import CellState
from gongkai.annual_report.reading.document import GridCell, Paragraph
from gongkai.annual_report.reading.tables import TablesRead, read_tables

FORM = formats.load("2021")
Row = list[str]


def read_changed(values: Values, change: Callable[[Row], Row]) -> TablesRead:
    return read_tables(text_grids(FORM, values, change=change))


def numbers(read: TablesRead, row: str) -> list[object]:
    return [cell.value for path, cell in read.cells.items() if path.rpartition(".")[0] == row]


def only(label: str, change: Callable[[Row], Row]) -> Callable[[Row], Row]:
    return lambda row: change(row) if label in row else row


def pasted(row: Row) -> Row:
    """The last three numbers without anything between them."""
    return [*row[:-3], "".join(row[-3:])]


def test_a_total_that_was_lost_is_solved_where_its_column_adds_up() -> None:
    read = read_changed(small_report(), only("（一）予以公开", lambda row: row[:-1]))
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 30]
    assert read.doubts == []


def test_a_total_that_was_lost_stays_open_where_its_column_does_not_add_up() -> None:
    """Some total was added up wrongly: it may be the one that got lost, and the sum would invent another number."""
    values = small_report() | {"applications.total.total": "99"}
    read = read_changed(values, only("（一）予以公开", lambda row: row[:-1]))
    assert read.cells["applications.granted.total"].value is None
    assert any("applications.granted.total" in doubt.cells for doubt in read.doubts)


def test_numbers_put_together_are_parted_even_where_many_cells_are() -> None:
    read = read_changed(small_report(), lambda row: pasted(row) if row[-1].isdigit() else row)
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 30]
    assert numbers(read, "applications.refused.state_secret") == [0, 0, 0, 0, 0, 0, 0]
    assert read.cells["applications.received.total"].value == 70


def test_numbers_of_table_4_below_their_header_are_parted_by_their_sums() -> None:
    grids = text_grids(FORM, small_report())
    row = grids[2].rows[-1]
    row[0].text = "".join(cell.text for cell in row)  # 102031200012000000
    del row[1:]
    read = read_tables(grids)
    assert numbers(read, "remedies.reconsideration") == [1, 0, 2, 0, 3]
    assert numbers(read, "remedies.litigation_direct") == [12, 0, 0, 0, 12]


def test_a_zero_lost_from_table_4_leaves_the_other_groups_as_they_are() -> None:
    grids = text_grids(FORM, small_report())
    del grids[2].rows[-1][1]  # 1 2 0 3 of 1 0 2 0 3
    read = read_tables(grids)
    assert numbers(read, "remedies.reconsideration") == [None] * 5
    assert numbers(read, "remedies.litigation_direct") == [12, 0, 0, 0, 12]


def test_a_number_lost_from_table_4_stays_open_because_nothing_vouches_for_its_sum() -> None:
    grids = text_grids(FORM, small_report())
    del grids[2].rows[-1][4]  # 总计 3 of 行政复议
    read = read_tables(grids)
    assert numbers(read, "remedies.reconsideration") == [None] * 5
    assert numbers(read, "remedies.litigation_after_reconsideration") == [0, 0, 0, 0, 0]
    assert any("remedies.reconsideration.total" in doubt.cells for doubt in read.doubts)


def test_one_column_lost_from_every_row_is_not_guessed() -> None:
    """Whichever column it was, all sums would hold."""

    def without_enterprise(row: Row) -> Row:
        return [*row[:-6], *row[-5:]]

    read = read_changed(small_report(), without_enterprise)
    wrong = {
        path
        for path, cell in read.cells.items()
        if path.startswith("applications.") and cell.value is not None and str(cell.value) != small_report()[path]
    }
    assert wrong == set()


def test_blank_cells_that_vanished_between_numbers_are_no_zeros() -> None:
    values = small_report()
    blank = {path: "" for path, text in values.items() if path.startswith("applications.") and text == "0"}

    def vanish(row: Row) -> Row:
        return [text for text in row if text]

    read = read_changed(values | blank, vanish)
    assert read.cells["applications.refused.state_secret.total"].value is None
    assert all(cell.value != 0 for path, cell in read.cells.items() if path.startswith("applications."))


def test_a_misprinted_header_of_table_2_moves_no_number() -> None:
    rows = [
        ["信息内容", "本年制件数", "本年废止件数", "现行有效件数"],
        ["行政规范性文件", "6", "0", "2"],
        ["规章", "60", "2"],
    ]
    read = read_tables(
        [text_grid(rows), text_grid([*application_header(FORM), *application_rows(FORM, small_report())])]
    )
    assert numbers(read, "proactive.normative_documents") == [6, 0, 2]
    assert numbers(read, "proactive.rules")[0] is None


def test_a_label_cut_off_by_its_numbers_is_known_by_its_beginning_and_number() -> None:
    values = small_report() | {
        "applications.refused.deliberative.natural_person": "9",
        "applications.refused.deliberative.total": "9",
        "applications.total.natural_person": "73",
        "applications.total.total": "79",
        "applications.received.natural_person": "73",
        "applications.received.total": "79",
    }
    rows: list[list[str]] = []
    for row in application_rows(FORM, values):
        if "6.属于四类过程性信息" in row:
            rows += [["6.属于四", *row[1:]], ["类过程性信息"]]
        elif "7.属于行政执法案卷" in row:
            rows += [["7.属于行", *row[1:]], ["政执法案卷"]]
        else:
            rows.append(row)
    read = read_tables([text_grid([*application_header(FORM), *rows])])
    assert numbers(read, "applications.refused.deliberative") == [9, 0, 0, 0, 0, 0, 9]
    assert numbers(read, "applications.refused.enforcement_file") == [0] * 7


def test_a_label_that_only_contains_another_label_is_not_that_label() -> None:
    rows = [
        ["2.其他法律行政法禁止公开", "2", "0", "0", "0", "0", "0", "2"] if "2.其他法律行政法规禁止公开" in row else row
        for row in application_rows(FORM, small_report())
    ]
    read = read_tables([text_grid([*application_header(FORM), *rows])])
    assert numbers(read, "applications.refused.prohibited_by_law") == [2, 0, 0, 0, 0, 0, 2]
    assert numbers(read, "applications.other_outcome.other") == [1, 0, 0, 0, 0, 0, 1]


def test_table_4_in_paragraphs_of_its_own_is_read() -> None:
    results = "结果维持 结果纠正 其他结果 尚未审结 总计"
    lines = [
        "行政复议 行政诉讼",
        f"{results} 未经复议直接起诉 复议后起诉",
        f"{results} {results}",
        "0 0 0 1 1 2 0 0 9 11 0 24 2 0 26",
    ]
    read = read_tables([Paragraph(line) for line in lines])
    assert numbers(read, "remedies.reconsideration") == [0, 0, 0, 1, 1]
    assert numbers(read, "remedies.litigation_direct") == [2, 0, 0, 9, 11]
    assert numbers(read, "remedies.litigation_after_reconsideration") == [0, 24, 2, 0, 26]


def test_a_header_of_table_4_cut_by_narrow_columns_is_known_by_its_first_lines() -> None:
    rows = [
        ["行政复议", "行政诉讼"],
        ["未经复议直接起诉", "复议后起诉"],
        ["结果维", "结果纠", "其他结", "尚未审"] * 3,
        ["23", "0", "7", "0", "30", "0", "4", "0", "0", "4", "0", "0", "2", "3", "5"],
    ]
    read = read_tables([text_grid(rows)])
    assert numbers(read, "remedies.reconsideration") == [23, 0, 7, 0, 30]
    assert numbers(read, "remedies.litigation_after_reconsideration") == [0, 0, 2, 3, 5]


def test_a_number_of_a_row_that_lost_half_a_bracket_is_still_its_number() -> None:
    rows = [["七）总计", *row[1:]] if "（七）总计" in row else row for row in application_rows(FORM, small_report())]
    read = read_tables([text_grid([*application_header(FORM), *rows])])
    assert read.cells["applications.total.total"].value == 70
    assert not [doubt for doubt in read.doubts if doubt.code == "unnamed-row"]


def test_numbers_that_stand_above_their_labels_are_given_to_no_row() -> None:
    """Were they given to the label before them, every number would be a row too low."""
    rows: list[Row] = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]
    rows += [["6", "1", "20"], ["规章"], ["7", "0", "31"], ["行政规范性文件"]]
    read = read_tables(
        [text_grid(rows), text_grid([*application_header(FORM), *application_rows(FORM, small_report())])]
    )
    assert numbers(read, "proactive.normative_documents") == [None, None, None]
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 30]


def test_numbers_that_stand_below_their_labels_are_theirs() -> None:
    rows: list[Row] = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]
    rows += [["规章"], ["6", "1", "20"], ["行政规范性文件"], ["7", "0", "31"]]
    read = read_tables([text_grid(rows)])
    assert numbers(read, "proactive.rules") == [6, 1, 20]
    assert numbers(read, "proactive.normative_documents") == [7, 0, 31]


def test_table_4_in_three_lines_of_five_is_read_in_the_order_of_the_form() -> None:
    grids = text_grids(FORM, small_report())
    cells = grids[2].rows.pop()
    grids[2].rows += [cells[:5], cells[5:10], cells[10:]]
    read = read_tables(grids)
    assert numbers(read, "remedies.reconsideration") == [1, 0, 2, 0, 3]
    assert numbers(read, "remedies.litigation_direct") == [12, 0, 0, 0, 12]
    assert numbers(read, "remedies.litigation_after_reconsideration") == [0, 0, 0, 0, 0]


def test_a_wrongly_added_row_does_not_hide_the_order_of_the_columns() -> None:
    """Spans were stripped from the page, so that 总计 stands before the kinds of legal persons in the header."""
    values = small_report() | {"applications.partly_granted.total": "4"}
    header = [["自然人", "法人或其他组织", "总计"], ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]]
    read = read_tables([text_grid([[*header[0], *header[1]], *application_rows(FORM, values)])])
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 30]
    assert numbers(read, "applications.partly_granted") == [5, 0, 0, 0, 0, 0, 4]


def test_a_blank_column_beside_the_table_leaves_blank_cells_in_their_columns() -> None:
    """A page with an empty cell at the end of each row: blanks among the numbers are still told by their places."""
    values = small_report() | {
        "applications.granted.enterprise": "",
        "applications.granted.total": "",
        "remedies.reconsideration.corrected": "",
        "remedies.litigation_after_reconsideration.total": "",
    }
    grids = statutory_grids(FORM, values)
    for grid in grids[1:]:
        widest = max(cell.column + cell.colspan for row in grid.rows for cell in row)
        for number, row in enumerate(grid.rows):
            row.append(GridCell("", number, widest))
    read = read_tables(grids)
    stated = {path: read.cells[path].value for path in values if not path.startswith("proactive.")}
    assert {path: "" if value is None else str(value) for path, value in stated.items()} == {
        path: values[path] for path in stated
    }
    assert read.cells["applications.granted.total"].state is CellState.BLANK
    assert read.doubts == []
