"""Tables in the layouts that agencies publish: what is printed is read, what is not printed stays null."""

from __future__ import annotations

from decimal import Decimal

import pytest
from table_layouts import (
    application_header,
    application_rows,
    glued_paragraph,
    proactive_rows,
    remedy_header,
    remedy_numbers,
    small_report,
    spanned_grid,
    statutory_grids,
    text_grid,
    text_grids,
)

from gongkai.annual_report import formats
from gongkai.annual_report.model import CellState, Place
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph
from gongkai.annual_report.reading.tables import TablesRead, read_tables

FORM = formats.load("2021")
SMALL = small_report()


def differences(read: TablesRead, values: dict[str, str] | None = None) -> dict[str, object]:
    """Cells whose number is not the printed one."""
    wanted = {path: Decimal(text) for path, text in (values or SMALL).items()}
    return {path: cell.value for path, cell in read.cells.items() if cell.value != wanted[path]}


def states(read: TablesRead) -> set[str]:
    return {cell.state.value for cell in read.cells.values()}


def codes(read: TablesRead) -> list[str]:
    return [doubt.code for doubt in read.doubts]


def row(read: TablesRead, key: str) -> list[object]:
    return [cell.value for path, cell in read.cells.items() if path.rpartition(".")[0] == key]


# ---------------------------------------------------------------------- tables with known positions


def test_the_form_as_it_is_printed_is_read_without_doubt() -> None:
    read = read_tables(statutory_grids(FORM, SMALL))
    assert read.format is not None
    assert (read.format.id, read.format.unsplit) == ("2021", False)
    assert differences(read) == {}
    assert states(read) == {"stated"}
    assert (read.doubts, read.labels, read.used) == ([], {}, {0, 1, 2})


def test_every_cell_knows_its_place() -> None:
    read = read_tables(statutory_grids(FORM, SMALL))
    assert read.cells["applications.received.total"].place == Place(path="tr[4]/td[10]")
    assert read.cells["remedies.litigation_direct.upheld"].place == Place(path="tr[4]/td[6]")


def test_the_form_of_2019_is_told_by_the_headers_of_table_two() -> None:
    form = formats.load("2019")
    values = dict.fromkeys(form.cells, "0") | {"proactive.penalties.change": "+5"}
    read = read_tables(statutory_grids(form, values), year=2021)
    assert read.format is not None
    assert (read.format.id, read.format.unsplit) == ("2019", True)
    assert read.cells["proactive.penalties.change"].value == 5


def test_a_form_of_2021_may_print_other_outcomes_as_one_row() -> None:
    form = formats.load("2021", unsplit=True)
    values = dict.fromkeys(form.cells, "0") | {"applications.other_outcome.natural_person": "3"}
    read = read_tables(statutory_grids(form, values))
    assert read.format is not None
    assert (read.format.id, read.format.unsplit) == ("2021", True)
    assert read.cells["applications.other_outcome.natural_person"].value == 3


def test_blank_cells_stay_null_even_where_the_sums_would_make_them_zero() -> None:
    values = {path: "" if text == "0" and "natural" not in path else text for path, text in SMALL.items()}
    read = read_tables(statutory_grids(FORM, values))
    assert read.cells["applications.granted.natural_person"].value == 27
    assert read.cells["applications.granted.enterprise"].value is None
    assert states(read) == {"stated", "blank"}


@pytest.mark.parametrize("mark", ["/", "—", "－", "无"])
def test_a_dash_is_no_zero(mark: str) -> None:
    values = SMALL | {"applications.granted.enterprise": mark}
    read = read_tables(statutory_grids(FORM, values))
    assert read.cells["applications.granted.enterprise"].value is None
    assert read.cells["applications.granted.enterprise"].state is CellState.DASH


def test_a_value_that_cannot_be_read_stays_null_and_the_doubt_says_what_would_fit() -> None:
    values = SMALL | {"applications.unavailable.not_held.natural_person": "2Z"}
    read = read_tables(statutory_grids(FORM, values))
    cell = read.cells["applications.unavailable.not_held.natural_person"]
    assert (cell.value, cell.state, cell.raw) == (None, CellState.UNREADABLE, "2Z")
    assert [(doubt.code, doubt.candidates) for doubt in read.doubts] == [("unreadable-cell", ("22",))]
    assert "表三“1.本机关不掌握相关政府信息”" in read.doubts[0].message


def test_printed_numbers_that_break_a_sum_are_left_as_printed_without_doubt() -> None:
    values = SMALL | {"remedies.reconsideration.total": "0", "applications.total.natural_person": "63"}
    read = read_tables(statutory_grids(FORM, values))
    assert read.cells["remedies.reconsideration.total"].value == 0
    assert read.cells["applications.total.natural_person"].value == 63
    assert (read.doubts, states(read)) == ([], {"stated"})


def _with_swapped_header(grid: Grid, *, numbers: bool) -> Grid:
    """表三 with 总计 first and 自然人 last in its header, and, with `numbers`, in its rows as well."""
    names = {"自然人": "总计", "总计": "自然人", "商业企业": "其他", "其他": "商业企业"}
    rows = []
    for cells in grid.rows:
        texts = [names.get(cell.text, cell.text) for cell in cells]
        if numbers and "".join(texts[-7:]).isdecimal():
            texts[-7:] = [texts[-1], texts[-2], *texts[-5:-2], texts[-6], texts[-7]]
        rows.append([GridCell(t, c.row, c.column, c.rowspan, c.colspan) for t, c in zip(texts, cells, strict=True)])
    return Grid(rows, aligned=True, locate=grid.locate)


def test_columns_that_are_printed_in_another_order_are_read_in_that_order() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    read = read_tables([table2, _with_swapped_header(table3, numbers=True), table4])
    assert row(read, "applications.received") == [64, 0, 0, 2, 0, 4, 70]
    assert read.doubts == []


def test_a_header_that_the_sums_contradict_leaves_the_rows_open() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    read = read_tables([table2, _with_swapped_header(table3, numbers=False), table4])
    assert row(read, "applications.received") == [None] * 7
    assert {doubt.code for doubt in read.doubts} >= {"undecidable-row"}


def test_a_header_in_one_line_with_the_total_before_the_legal_persons_does_not_shift_the_columns() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    names = ["自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    first = table3.rows[3][-7].column
    header = [GridCell(name, 0, first + n) for n, name in enumerate(names)]
    one_line = Grid([header, *table3.rows[3:]], aligned=True, locate=table3.locate)
    read = read_tables([table2, one_line, table4])
    assert row(read, "applications.received") == [64, 0, 0, 2, 0, 4, 70]
    assert row(read, "applications.carried_out") == row(
        read_tables([table2, table3, table4]), "applications.carried_out"
    )


def test_a_table_cut_by_page_breaks_is_one_table() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    pages = [
        Grid(table3.rows[start:end], aligned=True, locate=table3.locate) for start, end in ((0, 3), (3, 9), (9, 29))
    ]
    read = read_tables([table2, *pages, table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_a_header_repeated_on_the_next_page_is_no_row() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    second = Grid([*table3.rows[:3], *table3.rows[12:]], aligned=True, locate=table3.locate)
    read = read_tables([table2, Grid(table3.rows[:12], aligned=True, locate=table3.locate), second, table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_all_tables_in_one_grid() -> None:
    rows = [cells for grid in statutory_grids(FORM, SMALL) for cells in grid.rows]
    read = read_tables([Grid(rows, aligned=True, locate=lambda _: Place())])
    assert (differences(read), read.doubts) == ({}, [])


def test_decoy_tables_are_left_alone() -> None:
    decoys = [
        spanned_grid([[("索引号", 1, 1), ("0140/2022-00031", 1, 1)], [("分类", 1, 1), ("行政处罚", 1, 1)]]),
        spanned_grid(
            [[("类别", 1, 1), ("件数", 1, 1)], [("行政许可", 1, 1), ("999", 1, 1)], [("其他", 1, 1), ("9", 1, 1)]]
        ),
    ]
    read = read_tables([*decoys, *statutory_grids(FORM, SMALL), *decoys])
    assert (differences(read), read.doubts, read.used) == ({}, [], {2, 3, 4})


def test_a_report_without_any_statutory_table_has_no_format() -> None:
    decoy = text_grid([["类别", "件数"], ["行政许可", "999"]])
    read = read_tables([Paragraph("一、总体情况"), decoy, Paragraph("行政处罚24件，予以公开3件。")])
    assert (read.format, read.cells, read.used) == (None, {}, set())


def test_an_empty_form_gives_blank_cells() -> None:
    read = read_tables(statutory_grids(FORM, dict.fromkeys(SMALL, "")))
    assert states(read) == {"blank"}


def test_a_missing_table_is_a_doubt() -> None:
    read = read_tables(statutory_grids(FORM, SMALL)[:2])
    assert codes(read) == ["absent-table"]
    assert read.cells["remedies.reconsideration.total"].state is CellState.ABSENT_ROW


def test_a_missing_row_is_a_doubt() -> None:
    table2, table3, table4 = text_grids(FORM, SMALL)
    rows = [cells for cells in table3.rows if cells[0].text != "2.重复申请"]
    read = read_tables([table2, Grid(rows, aligned=False, locate=table3.locate), table4])
    assert [(doubt.code, doubt.cells) for doubt in read.doubts] == [
        ("absent-row", ("applications.not_processed.repeated",))
    ]
    assert read.cells["applications.not_processed.repeated.total"].state is CellState.ABSENT_ROW


def test_the_same_cell_printed_twice_with_two_numbers_is_a_doubt() -> None:
    again = SMALL | {"proactive.permits.decisions": "73"}
    read = read_tables([*statutory_grids(FORM, SMALL), statutory_grids(FORM, again)[0]])
    assert read.cells["proactive.permits.decisions"].value == 37
    assert [(doubt.code, doubt.candidates) for doubt in read.doubts] == [("conflicting-values", ("37", "73"))]


def test_numbers_recognised_from_an_image_are_marked() -> None:
    assert states(read_tables(statutory_grids(FORM, SMALL), ocr=True)) == {"ocr"}


def test_a_blank_cell_merged_over_the_legal_persons_is_blank_in_each_column() -> None:
    table2, table3, table4 = statutory_grids(FORM, SMALL)
    cells = table3.rows[3]
    cells[2:7] = [GridCell("", 3, 4, colspan=5)]
    read = read_tables([table2, table3, table4])
    assert row(read, "applications.received") == [64, None, None, None, None, None, 70]


# ---------------------------------------------------------------------- text whose cells have moved


def test_text_cells_are_read_by_their_order() -> None:
    read = read_tables(text_grids(FORM, SMALL))
    assert (differences(read), states(read), read.doubts) == ({}, {"stated"}, [])


def test_filler_cells_before_and_after_the_numbers_shift_nothing() -> None:
    def shifted(cells: list[str]) -> list[str]:
        label = next(n for n, text in enumerate(cells) if text.isdigit())
        return ["", *cells[:label], "", "", *cells[label:], "", ""]

    read = read_tables(text_grids(FORM, SMALL, change=shifted))
    assert (differences(read), states(read)) == ({}, {"stated"})


def test_blank_cells_between_the_numbers_of_a_shifted_row_are_blank() -> None:
    rows = [[*r[:-7], "", r[-7], *[""] * 5, r[-1], ""] for r in application_rows(FORM, SMALL)]
    table2, _, table4 = text_grids(FORM, SMALL)
    read = read_tables([table2, text_grid([*application_header(FORM), *rows]), table4])
    assert row(read, "applications.received") == [64, None, None, None, None, None, 70]
    assert read.cells["applications.received.enterprise"].state is CellState.BLANK


def test_a_row_that_lost_a_cell_is_solved_by_the_sums() -> None:
    def short(cells: list[str]) -> list[str]:
        return cells[:-2] + cells[-1:] if cells[-8:-7] == ["1.本机关不掌握相关政府信息"] else cells

    read = read_tables(text_grids(FORM, SMALL, change=short))
    cell = read.cells["applications.unavailable.not_held.other"]
    assert (cell.value, cell.state) == (3, CellState.SOLVED)
    assert cell.identities == ("row-sum:unavailable.not_held", "outcome-sum:other")
    assert (differences(read), read.doubts) == ({}, [])


def test_zeros_of_which_one_is_lost_are_all_zero() -> None:
    def short(cells: list[str]) -> list[str]:
        return cells[:-1] if "2.重复申请" in cells else cells

    read = read_tables(text_grids(FORM, SMALL, change=short))
    assert row(read, "applications.not_processed.repeated") == [0, 0, 0, 0, 0, 0, 0]
    assert read.cells["applications.not_processed.repeated.total"].state is CellState.SOLVED


def test_a_short_row_that_may_be_read_in_two_ways_stays_null() -> None:
    """Two rows lost a cell each and could lend each other their applicants."""
    values = SMALL | {
        "applications.refused.state_secret.natural_person": "3",
        "applications.refused.state_secret.total": "3",
        "applications.refused.deliberative.enterprise": "3",
        "applications.refused.deliberative.total": "3",
        "applications.total.natural_person": "67",
        "applications.total.enterprise": "3",
        "applications.total.total": "76",
        "applications.received.natural_person": "67",
        "applications.received.enterprise": "3",
        "applications.received.total": "76",
    }

    def short(cells: list[str]) -> list[str]:
        if "1.属于国家秘密" in cells:
            return [*cells[:-7], "3", "0", "0", "0", "0", "3"]
        return [*cells[:-7], "3", "0", "0", "0", "0", "3"] if "6.属于四类过程性信息" in cells else cells

    read = read_tables(text_grids(FORM, values, change=short))
    assert row(read, "applications.refused.state_secret") == [None, None, 0, 0, 0, 0, 3]
    assert read.cells["applications.refused.state_secret.enterprise"].state is CellState.AMBIGUOUS
    assert codes(read) == ["ambiguous-cells", "ambiguous-cells"]
    assert read.doubts[0].candidates == ("0、3、0、0、0、0、3", "3、0、0、0、0、0、3")


def test_a_missing_column_stays_null_and_the_other_columns_are_read() -> None:
    values = {path: "0" if path.endswith(".other") and path.startswith("app") else text for path, text in SMALL.items()}
    for key, total in (("received", "66"), ("granted", "29"), ("unavailable.not_held", "22"), ("total", "66")):
        values[f"applications.{key}.total"] = total
    read = read_tables(text_grids(FORM, values, other=False))
    assert row(read, "applications.received") == [64, 0, 0, 2, 0, None, 66]
    assert read.cells["applications.received.other"].state is CellState.ABSENT_COLUMN
    assert read.cells["applications.received.other"].place == Place(line=4)
    assert codes(read) == ["absent-column"]


def test_a_header_that_lost_a_column_does_not_hide_its_numbers() -> None:
    table2, table3, table4 = text_grids(FORM, SMALL)
    rows = [[cell for cell in cells if cell.text != "其他"] for cells in table3.rows]
    read = read_tables([table2, Grid(rows, aligned=False, locate=table3.locate), table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_labels_that_are_wrapped_over_rows_are_put_together() -> None:
    before, numbers = ["", "4.无正当理由大", "", ""], ["", "量反复申请", "7", "0", "0", "0", "0", "0", "7"]
    rows = []
    for cells in application_rows(FORM, SMALL):
        rows += [before, numbers] if "4.无正当理由大量反复申请" in cells else [cells]
    table2, _, table4 = text_grids(FORM, SMALL)
    read = read_tables([table2, text_grid([*application_header(FORM), *rows]), table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_the_rest_of_a_label_below_its_numbers_is_no_row() -> None:
    rows = []
    for cells in application_rows(FORM, SMALL):
        if cells[0].startswith("（二）"):
            rows += [["（二）部分公开（区分处理的，", *cells[1:]], ["只计这一情形，不计其他情形）", "", "", ""]]
        else:
            rows.append(cells)
    table2, _, table4 = text_grids(FORM, SMALL)
    read = read_tables([table2, text_grid([*application_header(FORM), *rows]), table4])
    assert (differences(read), read.doubts) == ({}, [])


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("2.其他法律行政止公开", "refused.prohibited_by_law"),
        ("2、其它法律、行政法规禁止公开", "refused.prohibited_by_law"),
        ("其他法律行政法规禁止公开", "refused.prohibited_by_law"),
        ("2. 其他法律法规 禁止公开", "refused.prohibited_by_law"),
    ],
)
def test_misprinted_labels_are_understood_and_reported(printed: str, key: str) -> None:
    rows = [[printed if text.startswith("2.其他法律") else text for text in r] for r in application_rows(FORM, SMALL)]
    table2, _, table4 = text_grids(FORM, SMALL)
    read = read_tables([table2, text_grid([*application_header(FORM), *rows]), table4])
    assert (differences(read), read.doubts) == ({}, [])
    assert read.labels == {f"applications.{key}": printed}


def test_a_row_without_a_readable_label_takes_the_place_its_neighbours_leave_free() -> None:
    rows = [["□□□" if text == "2.重复申请" else text for text in r] for r in application_rows(FORM, SMALL)]
    table2, _, table4 = text_grids(FORM, SMALL)
    read = read_tables([table2, text_grid([*application_header(FORM), *rows]), table4])
    assert differences(read) == {}
    assert [(doubt.code, doubt.cells) for doubt in read.doubts] == [
        ("unnamed-row", ("applications.not_processed.repeated",))
    ]


def test_sub_totals_of_groups_are_no_rows() -> None:
    table2, table3, table4 = text_grids(FORM, SMALL)
    rows = [[cell.text for cell in cells] for cells in table3.rows]
    rows.insert(7, ["（三）不予公开", "2", "0", "0", "0", "0", "0", "2"])
    read = read_tables([table2, text_grid(rows), table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_one_small_table_for_each_row_is_read_by_position() -> None:
    head = ["类别", "数据1", "数据2", "数据3", "数据4", "数据5", "数据6", "总计"]
    blocks: list[Paragraph | Grid] = [text_grids(FORM, SMALL)[0], Paragraph("申请人情况（自然人）")]
    for form_row, cells in zip(FORM.rows, application_rows(FORM, SMALL), strict=True):
        blocks += [Paragraph(form_row.group or form_row.label), text_grid([head, [form_row.label, *cells[-7:]]])]
    for group, title in zip(
        FORM.remedy_groups, ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"), strict=True
    ):
        numbers = [SMALL[f"remedies.{group.key}.{column.key}"] for column in FORM.remedy_columns]
        blocks += [Paragraph(title), text_grid([[column.label for column in FORM.remedy_columns], numbers])]
    read = read_tables(blocks)
    assert (differences(read), read.doubts) == ({}, [])
    assert read.used == set(range(len(blocks)))


def test_a_header_made_of_row_labels_is_ignored_where_the_rows_have_labels() -> None:
    table2, table3, table4 = text_grids(FORM, SMALL)
    wrong = ["项目", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计"]
    rows = [[cell.text for cell in cells] for cells in table3.rows]
    read = read_tables([table2, text_grid([*rows[:-3], wrong, *rows[-3:]]), table4])
    assert (differences(read), read.doubts) == ({}, [])


def test_reconsideration_and_litigation_in_tables_of_their_own() -> None:
    table2, table3, _ = text_grids(FORM, SMALL)
    leaves = [column.label for column in FORM.remedy_columns]
    numbers = remedy_numbers(FORM, SMALL)
    first = text_grid([["行政复议"], leaves, numbers[:5]])
    second = text_grid([["行政诉讼"], ["未经复议直接起诉", "复议后起诉"], [*leaves, *leaves], numbers[5:]])
    read = read_tables([table2, table3, first, second])
    assert (differences(read), read.doubts) == ({}, [])


def test_remedies_with_a_row_for_each_group() -> None:
    table2, table3, _ = text_grids(FORM, SMALL)
    numbers = remedy_numbers(FORM, SMALL)
    labels = [group.label for group in FORM.remedy_groups]
    rows = [[label, *numbers[n : n + 5]] for label, n in zip(labels, (0, 5, 10), strict=True)]
    read = read_tables([table2, table3, text_grid([["", *(c.label for c in FORM.remedy_columns)], *rows])])
    assert (differences(read), read.doubts) == ({}, [])


def test_a_row_of_remedies_that_lost_a_zero_is_solved() -> None:
    table2, table3, _ = text_grids(FORM, SMALL)
    read = read_tables([table2, table3, text_grid([*remedy_header(FORM), remedy_numbers(FORM, SMALL)[:-1]])])
    assert differences(read) == {}
    assert read.cells["remedies.reconsideration.upheld"].identities == ("remedy-sum:reconsideration",)


# ---------------------------------------------------------------------- units and amounts


@pytest.mark.parametrize(
    ("header", "printed", "wan"),
    [
        ("本年收费金额（单位：万元）", "1,133.72", "1133.72"),
        ("本年收费金额（单位：万元）", "２３.5", "23.5"),
        ("本年收费金额（单位：元）", "75394432.52", "7539.443252"),
        ("本年收费金额（元）", "380", "0.038"),
        ("本年收费金额", "7539.44万元", "7539.44"),
        ("本年收费金额（单位：万元）", "380元", "0.038"),
        ("本年收费金额（单位：万元，保留4位小数）", "276.024", "276.024"),
    ],
)
def test_money_is_told_in_wan_whatever_unit_is_printed(header: str, printed: str, wan: str) -> None:
    rows = [[header if "收费金额" in text else text for text in r] for r in proactive_rows(FORM, SMALL)]
    rows[-1][1] = printed
    _, table3, table4 = text_grids(FORM, SMALL)
    cell = read_tables([text_grid(rows), table3, table4]).cells["proactive.fees.amount_wan"]
    assert (cell.value, cell.raw) == (Decimal(wan), printed)


@pytest.mark.parametrize(("printed", "value"), [("+5", 5), ("－3", -3), ("增2", 2), ("0", 0), ("减少10", -10)])
def test_a_change_may_carry_a_sign_or_a_word(printed: str, value: int) -> None:
    form = formats.load("2019")
    values = dict.fromkeys(form.cells, "0") | {"proactive.penalties.change": printed}
    assert read_tables(text_grids(form, values)).cells["proactive.penalties.change"].value == value


# ---------------------------------------------------------------------- glued text


def test_glued_tables_three_and_four_are_solved_and_two_is_doubted() -> None:
    read = read_tables([glued_paragraph(FORM, SMALL)])
    assert (
        differences(read)
        == {
            "proactive.normative_documents.issued": None,
            "proactive.normative_documents.repealed": None,
            "proactive.normative_documents.in_force": None,
        }
        or differences(read) == {}
    )
    assert row(read, "applications.received") == [64, 0, 0, 2, 0, 4, 70]
    assert read.cells["applications.received.total"].identities == ("row-sum:received",)


def test_glued_numbers_without_a_sum_are_listed_and_not_chosen() -> None:
    values = SMALL | {
        "proactive.normative_documents.issued": "69",
        "proactive.normative_documents.repealed": "3",
        "proactive.normative_documents.in_force": "665",
    }
    read = read_tables([glued_paragraph(FORM, values)])
    assert row(read, "proactive.normative_documents") == [None, None, None]
    assert "69、3、665" in read.doubts[0].candidates
    assert (read.doubts[0].code, len(read.doubts[0].candidates)) == ("ambiguous-cells", 10)


def test_a_lone_glued_number_is_plainly_printed() -> None:
    read = read_tables([glued_paragraph(FORM, SMALL)])
    assert read.cells["proactive.permits.decisions"].value == 37
    assert read.cells["proactive.fees.amount_wan"].value == Decimal("113.372")
    assert read.cells["proactive.fees.amount_wan"].state is CellState.STATED


def test_the_prose_around_glued_tables_is_kept() -> None:
    read = read_tables([glued_paragraph(FORM, SMALL)])
    assert read.narrative[0].split("\n") == [
        "一、总体情况本年公开信息35条。二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况2023年仍有3项不足。六、其他需要报告的事项无。",
    ]


def test_the_ordinal_of_the_next_label_is_no_value() -> None:
    """`0000000` and `2.其他法律…` run together into `00000002.`."""
    read = read_tables([glued_paragraph(FORM, SMALL)])
    assert row(read, "applications.refused.state_secret") == [0, 0, 0, 0, 0, 0, 0]
    assert row(read, "applications.refused.prohibited_by_law") == [2, 0, 0, 0, 0, 0, 2]


def test_a_glued_label_with_a_misprint_is_understood() -> None:
    paragraph = glued_paragraph(FORM, SMALL)
    paragraph.text = paragraph.text.replace("4.无正当理由大量反复申请", "4.无正当理由大量反覆申清")
    read = read_tables([paragraph])
    assert row(read, "applications.not_processed.abusive") == [7, 0, 0, 0, 0, 0, 7]


def test_glued_rows_on_lines_of_their_own() -> None:
    text = glued_paragraph(FORM, SMALL).text
    for label in (
        "第二十条",
        "规章",
        "行政",
        "三、收到",
        "一、本年",
        "二、上年",
        "（",
        "1.",
        "2.",
        "3.",
        "（七）",
        "四、",
    ):
        text = text.replace(label, f"\n{label}")
    read = read_tables([Paragraph(line) for line in text.split("\n") if line])
    assert row(read, "applications.received") == [64, 0, 0, 2, 0, 4, 70]
    assert row(read, "applications.unavailable.not_held") == [22, 0, 0, 0, 0, 3, 25]


def test_a_glued_row_that_the_agency_added_up_wrongly_is_no_silent_number() -> None:
    values = SMALL | {"applications.granted.total": "31"}
    read = read_tables([glued_paragraph(FORM, values)])
    printed = [27, 0, 0, 2, 0, 1, 31]
    assert all(
        value in {None, wanted} for value, wanted in zip(row(read, "applications.granted"), printed, strict=True)
    )
    assert any("applications.granted" in path for doubt in read.doubts for path in doubt.cells)


def test_labels_in_prose_are_no_table() -> None:
    prose = Paragraph("全年制发规章、行政规范性文件24件,公开的信息内容包括规章、行政规范性文件3件。")
    assert read_tables([prose]).format is None


def test_an_empty_form_in_glued_text_gives_blank_cells() -> None:
    read = read_tables([glued_paragraph(FORM, dict.fromkeys(SMALL, ""))])
    assert states(read) == {"blank"}


def test_numbers_in_prose_beside_words_of_the_form_are_no_values() -> None:
    prose = Paragraph(
        "全年公开信息504条,其中行政许可185条,行政处罚24条;一是申请人情况较为复杂,本年新收政府信息公开申请6件。"
    )
    read = read_tables([prose, *statutory_grids(FORM, SMALL)])
    assert (differences(read), read.doubts, read.narrative) == ({}, [], {})
