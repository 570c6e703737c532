"""Whole reports in the markup of publishing systems: every number read, in its own cell, without a doubt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from page_layouts import COUNTS, REMEDIES, Style, application_rows, page, printed, remedy_rows

from gongkai.annual_report import formats
from gongkai.annual_report.model import CellState, Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.html import read_html

APPLICANTS = [column.key for column in formats.load("2021").columns]
SPLIT_2019 = formats.load("2019", unsplit=False)
UNSPLIT_2021 = formats.load("2021", unsplit=True)


def word_cell(text: str, attributes: str) -> str:
    """A cell pasted from Word: a span for every digit, an empty o:p behind them."""
    runs = "".join(f'<span lang="EN-US" style="font-size:10.5pt">{one}</span>' for one in text)
    return f'<td{attributes} style="border:solid windowtext 1.0pt">\n <p class="MsoNormal">{runs}<o:p></o:p></p>\n</td>'


def upper_cell(text: str, attributes: str) -> str:
    return f"<TD{attributes.upper()} vAlign=center><P align=center><FONT face=宋体>{text}</FONT></P></TD>"


def padded_cell(text: str, attributes: str) -> str:
    return f'<td{attributes}><div style="text-align:center">&nbsp;{text}&nbsp;<br></div></td>'


def nested_frame(body: str) -> str:
    """The article in the cell of a layout table, beside a table of meta data."""
    meta = "<table><tr><td>索引号</td><td>000014349/2024-0003</td></tr><tr><td>文号</td><td>无</td></tr></table>"
    return f"<html><body><table><tr><td>{meta}</td></tr><tr><td class=TRS_Editor>{body}</td></tr></table></body></html>"


def headed(rows: list[str]) -> str:
    """The first row in a thead, with th for td."""
    first = rows[0].replace("<td", "<th").replace("</td>", "</th>")
    return f"<table><thead>{first}</thead><tbody>{''.join(rows[1:])}</tbody></table>"


def cut_in_two(rows: list[str]) -> str:
    """A long table goes on after a page break as a table of its own, without a header."""
    if len(rows) < 20:
        return f"<table>{''.join(rows)}</table>"
    # The cells that span rows are closed at the break, as converters do.
    first, second = rows[:5], rows[5:]
    return f"<table>{''.join(first)}</table><p>- 3 -</p><table>{''.join(second)}</table>"


STYLES = {
    "plain": Style(),
    "word paste": Style(cell=word_cell),
    "upper case tags": Style(cell=upper_cell),
    "spaces and breaks in cells": Style(cell=padded_cell),
    "nested layout tables": Style(cell=word_cell, frame=nested_frame),
    "thead and th": Style(table=headed),
    "table cut by a page": Style(table=cut_in_two),
    "thousands separators": Style(shown=lambda n: f"{n:,}"),
    "units in cells": Style(shown=lambda n: f"{n}件"),
    "full-width digits": Style(shown=lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)})),
    "bracketed numbers of parts": Style(heading=lambda n, text: f"<p>（{'一二三四五六'[n]}）{text}</p>"),
    "arabic numbers of parts": Style(heading=lambda n, text: f"<p><b>{n + 1}、{text}</b></p>"),
    "numbered parts": Style(heading=lambda n, text: f"<h2>第{'一二三四五六'[n]}部分 {text}</h2>"),
}


def only(data: bytes) -> Report:
    (report,) = read(data, name="report.html")
    return report


def assert_tables(report: Report) -> None:
    """Every count of 表三 and 表四 is the one that was printed."""
    for row in report.format.rows:
        printed_row = [report.value(f"applications.{row.key}.{applicant}") for applicant in APPLICANTS]
        assert printed_row == list(COUNTS.get(row.key, (0,) * 7)), row.key
    remedies = [cell.value for path, cell in report.cells.items() if path.startswith("remedies.")]
    assert remedies == list(REMEDIES)


@pytest.mark.parametrize("name", STYLES)
def test_a_page_is_read_whatever_its_markup(name: str) -> None:
    report = only(page(style=STYLES[name]).encode())
    assert_tables(report)
    assert (report.doubts, report.year, report.agency) == ((), 2023, "临江县住房和城乡建设局")
    assert report.value("proactive.normative_documents.issued") == 2
    assert report.value("proactive.fees.amount_wan") == Decimal("25.1")
    assert report.sections["overview"] == "全年公开信息310条，依规办理申请。"


def test_a_page_in_gb18030_is_read() -> None:
    assert_tables(only(page().encode("gb18030")))


def test_the_2019_form_with_three_rows_of_other_outcomes_is_read() -> None:
    report = only(page(SPLIT_2019, year=2020).encode())
    assert_tables(report)
    assert (report.format.id, report.format.unsplit) == ("2019", False)


def test_the_2021_form_with_one_row_of_other_outcomes_is_read() -> None:
    report = only(page(UNSPLIT_2021).encode())
    assert_tables(report)
    assert (report.format.id, report.format.unsplit) == ("2021", True)


def test_an_amount_in_yuan_is_converted_without_zeros_of_its_own() -> None:
    report = only(page(formats.load("2019"), year=2020, fees="251000元").encode())
    assert str(report.value("proactive.procurement.amount_wan")) == "25.1"


@pytest.mark.parametrize("mark", ["——", "无", "/"])
def test_marks_for_nothing_are_dashes_and_never_zero(mark: str) -> None:
    report = only(page(style=Style(shown=lambda n: str(n) if n else mark)).encode())
    cell = report.cells["applications.carried_in.enterprise"]
    assert (cell.value, cell.state) == (None, CellState.DASH)
    assert report.value("applications.received.total") == 1239


def test_results_printed_as_rows_are_never_given_to_wrong_columns() -> None:
    groups = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["", *groups]] + [[r, *(str(REMEDIES[g * 5 + n]) for g in range(3))] for n, r in enumerate(results)]
    turned = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    style = Style()
    html = page().replace(printed(style, remedy_rows(style)), f"<table>{turned}</table>")
    report = only(html.encode())
    read_values = [cell.value for path, cell in report.cells.items() if path.startswith("remedies.")]
    assert all(value in (None, right) for value, right in zip(read_values, REMEDIES, strict=True))
    assert None not in read_values or report.doubts


def test_a_table_printed_twice_is_read_once_and_differences_are_doubts() -> None:
    style = Style()
    table = printed(style, application_rows(formats.load("2021"), style))
    twice = page().replace(table, table + table)
    assert_tables(only(twice.encode()))
    report = only(page().replace(table, table + table.replace("1239", "1240")).encode())
    assert report.value("applications.received.total") == 1239
    assert [doubt.code for doubt in report.doubts] == ["conflicting-values"]


@pytest.mark.parametrize("name", STYLES)
def test_tables_taken_from_the_source_are_what_the_parser_gives(name: str) -> None:
    html = page(style=STYLES[name])
    parsed = html.replace("</tr>", "<!-- row --></tr>")  # a comment leaves the table to the parser
    taken_blocks, parsed_blocks = read_html(html.encode()).blocks, read_html(parsed.encode()).blocks
    assert [shape(block) for block in taken_blocks] == [shape(block) for block in parsed_blocks]


def shape(block: Paragraph | Grid) -> object:
    """All that a block says, with the place of its last cell."""
    if isinstance(block, Paragraph):
        return block
    last = block.rows[-1][-1]
    return [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in block.rows], block.locate(last)


@pytest.mark.parametrize(
    "odd",
    [
        '<td title="a>b">7</td>',
        "<td>7<td>8</td>",
        '<td>7<span style="display:none">9</span></td>',
        "<td hidden>7</td>",
        "<td>7<img src=x></td>",
        "<td>7</td>8",
        "<td>1<2</td>",
        "<td <p>7</td>",
        "<td rowspan='2' COLSPAN = 3>&lt;7&nbsp;</td>",
        "<script>'</td>'</script>",
    ],
)
def test_unusual_markup_in_a_table_is_read_as_the_parser_reads_it(odd: str) -> None:
    rows = "<tr><td>甲乙丙丁戊己庚辛</td><td>12</td></tr>" * 60
    html = f"<div><table>{rows}<tr>{odd}</tr>{rows}</table></div>"
    parsed = html.replace("</tr>", "<!-- row --></tr>")
    assert [shape(b) for b in read_html(html.encode()).blocks] == [shape(b) for b in read_html(parsed.encode()).blocks]


def test_two_halves_of_a_table_side_by_side_give_no_wrong_number() -> None:
    form, style = formats.load("2021"), Style()
    rows = application_rows(form, style)
    half = (len(rows) - 3) // 2 + 3
    left, right = rows[3:half], rows[half:]
    head = [label for label, _ in (("", ""), *((column.label, "") for column in form.columns))]
    lines = [head * 2] + [[text for text, _ in (*a[-8:], *b[-8:])] for a, b in zip(left, right, strict=False)]
    turned = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in lines)
    report = only(page().replace(printed(style, rows), f"<table>{turned}</table>").encode())
    for row in form.rows:
        read_row = [report.value(f"applications.{row.key}.{applicant}") for applicant in APPLICANTS]
        assert all(v in (None, right) for v, right in zip(read_row, COUNTS.get(row.key, (0,) * 7), strict=True)), (
            row.key
        )
    assert report.doubts


def test_two_numbers_in_one_cell_of_table_two_are_unreadable() -> None:
    permits = "<td>行政许可</td><td>{}</td>"
    report = only(page().replace(permits.format(2), permits.format("2 31")).encode())
    cell = report.cells["proactive.permits.decisions"]
    assert (cell.value, cell.state, cell.raw) == (None, CellState.UNREADABLE, "2 31")
