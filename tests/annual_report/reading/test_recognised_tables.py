"""Tables as recognition programs write them: rows stacked in one, LaTeX, bars that were not recognised."""

from __future__ import annotations

import pytest
from table_layouts import Values, application_rows, proactive_rows, small_report, text_grid

from gongkai.annual_report import formats
from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph
from gongkai.annual_report.reading.markdown import read_markdown
from gongkai.annual_report.reading.markdown_latex import without_latex
from gongkai.annual_report.reading.tables import TablesRead, read_tables

FORM = formats.load("2021")
HEADER = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def numbers(read: TablesRead, row: str) -> list[object]:
    return [cell.value for path, cell in read.cells.items() if path.rpartition(".")[0] == row]


def rows(values: Values) -> list[list[str]]:
    """The rows of 表三 with one label each."""
    return [row[-8:] for row in application_rows(FORM, values)]


def differences(read: TablesRead, values: Values) -> list[str]:
    return [
        path
        for path, text in values.items()
        if path.startswith("applications.") and str(read.cells[path].value) != text
    ]


def read_pipes(table: list[list[str]]) -> TablesRead:
    return read_tables(read_markdown("\n".join(f"| {' | '.join(row)} |" for row in table)).blocks)


# ---------------------------------------------------------------------- stacked rows


def stacked(values: Values, mark: str) -> list[list[str]]:
    """The rows of 表三, every three of them in one."""
    body = rows(values)
    return [[mark.join(column) for column in zip(*body[at : at + 3], strict=True)] for at in range(0, len(body), 3)]


def test_rows_stacked_by_breaks_are_parted() -> None:
    read = read_pipes([HEADER, *stacked(small_report(), "<br>")])
    assert differences(read, small_report()) == []
    assert read.cells["applications.partly_granted.natural_person"].raw == "5"


def test_rows_stacked_in_the_cells_of_a_page_are_parted_and_know_their_place() -> None:
    cells = [
        [GridCell(text, r, c) for c, text in enumerate(row)]
        for r, row in enumerate([HEADER, *stacked(small_report(), "\n")])
    ]
    read = read_tables([Grid(cells, aligned=True, locate=lambda cell: Place(path=f"{cell.row}/{cell.column}"))])
    assert differences(read, small_report()) == []
    assert read.cells["applications.partly_granted.total"].place == Place(path="2/7")


def test_labels_broken_over_lines_are_parted_where_there_are_as_many_as_numbers() -> None:
    row = ["1.信访举报\n投诉类申请\n2.重复\n申请", *["7\n0"] * 6, "42\n0"]
    values = {"applications.not_processed.repeated": [0] * 7, "applications.not_processed.petition": [7] * 6 + [42]}
    read = read_tables([text_grid([HEADER, row])])
    assert {key: numbers(read, key) for key in values} == values


def test_a_misprinted_label_among_stacked_ones_is_understood() -> None:
    row = ["1.信访举报投诉类申请\n2.重复申靖\n3.要求提供公开出版物", "7\n3\n1", *["0\n0\n0"] * 5, "7\n3\n1"]
    read = read_tables([text_grid([HEADER, row])])
    assert numbers(read, "applications.not_processed.repeated") == [3, 0, 0, 0, 0, 0, 3]
    assert numbers(read, "applications.not_processed.publication") == [1, 0, 0, 0, 0, 0, 1]


def test_numbers_one_below_the_other_are_never_one_number() -> None:
    """891 above 592 beside a single label is no 891592."""
    read = read_tables([text_grid([HEADER, ["（一）予以公开", "891\n592", *["0"] * 5, "891\n592"]])])
    assert numbers(read, "applications.granted") == [None, 0, 0, 0, 0, 0, None]
    assert {doubt.code for doubt in read.doubts} >= {"unreadable-cell"}


# ---------------------------------------------------------------------- LaTeX


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("| 规章 | $0$ | $ 12 $ |", "| 规章 | 0 | 12 |"),
        ("| 行政许可 | \\(517645\\) |", "| 行政许可 | 517645 |"),
        ("办结率达$100\\%$，支出$x$元", "办结率达100%，支出$x$元"),
    ],
)
def test_numbers_in_formulas_are_numbers(printed: str, plain: str) -> None:
    assert without_latex(printed) == plain


def test_a_tabular_is_a_table() -> None:
    lines = [
        "\\begin{table}[h]",
        "\\begin{tabular}{|l|c|c|c|c|c|c|c|}",
        "\\hline",
        " & ".join(HEADER) + " \\\\ \\hline",
    ]
    for label, *values in rows(small_report()):
        lines.append(
            f"\\multirow{{1}}{{*}}{{{label}}} & \\textbf{{{values[0]}}} & {' & '.join(values[1:])} \\\\ \\cline{{1-8}}"
        )
    lines += ["\\end{tabular}", "\\end{table}"]
    read = read_tables(read_markdown("\n".join(lines)).blocks)
    assert differences(read, small_report()) == []
    place = read.cells["applications.received.total"].place
    assert place is not None
    assert place.line == 5


def test_a_tabular_that_does_not_end_is_left_as_it_is() -> None:
    text = "\\begin{tabular}{lc}\n规章 & 0 \\\\"
    assert without_latex(text).split("\n")[1] == "规章 & 0 \\\\"


# ---------------------------------------------------------------------- bars that were not recognised


def test_numbers_without_a_bar_between_them_are_two() -> None:
    body = [
        [*row[:3], f"{row[3]} {row[4]}", *row[5:]] if row[0].startswith("（一）") else row
        for row in rows(small_report())
    ]
    read = read_tables([text_grid([HEADER, *body])])
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 30]
    assert read.doubts == [doubt for doubt in read.doubts if doubt.code in {"absent-table", "absent-row"}]


def test_a_number_with_a_space_for_its_thousands_is_one() -> None:
    table = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1 143", "0"]]
    read = read_tables([text_grid([*table, *proactive_rows(FORM, small_report())[3:]])])
    assert numbers(read, "proactive.rules")[0] in (None, 1143)


def test_a_blank_among_the_cells_is_no_missing_bar() -> None:
    body = [[*row[:1], "27 0", "", *row[4:]] if row[0].startswith("（一）") else row for row in rows(small_report())]
    read = read_tables([text_grid([HEADER, *body]), Paragraph("五、存在的主要问题及改进情况")])
    assert numbers(read, "applications.granted")[:2] == [None, None]
