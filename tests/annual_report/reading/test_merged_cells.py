"""Cells that ran together, were lost, or left nothing behind: what cannot be proven stays open with a doubt."""

from __future__ import annotations

from table_layouts import Values, glued_paragraph, small_report, text_grids

from gongkai.annual_report import formats
from gongkai.annual_report.reading.tables import TablesRead, read_tables


def test_two_numbers_in_one_cell_of_table_4_are_not_one() -> None:
    values = small_report() | {
        "remedies.litigation_after_reconsideration.other": "12",
        "remedies.litigation_after_reconsideration.pending": "3",
        "remedies.litigation_after_reconsideration.total": "15",
    }
    grids = text_grids(formats.load("2021"), values)
    row = grids[2].rows[-1]
    row[12].text += row.pop(13).text  # 12 and 3 as 123
    read = read_tables(grids)
    assert read.cells["remedies.litigation_after_reconsideration.other"].value is None
    assert read.cells["remedies.litigation_after_reconsideration.pending"].value is None
    assert read.cells["remedies.reconsideration.total"].value == 3  # the same in every reading
    (doubt,) = (doubt for doubt in read.doubts if doubt.code == "ambiguous-cells")
    assert "1、0、2、0、3、12、0、0、0、12、0、0、12、3、15" in doubt.candidates


def test_three_digits_are_three_numbers_where_no_blank_vanished() -> None:
    read = glued(small_report() | documents("8", "3", "0"))
    assert [value(read, column) for column in ("issued", "repealed", "in_force")] == [8, 3, 0]


def test_three_digits_stay_open_where_blanks_vanish() -> None:
    values = small_report() | documents("8", "", "30") | dict.fromkeys(RULES, "")
    read = glued(values)
    assert [value(read, column) for column in ("issued", "repealed", "in_force")] == [None, None, None]
    doubted = {path for doubt in read.doubts for path in doubt.cells}
    assert "proactive.normative_documents.repealed" in doubted


def test_a_lost_number_stays_open_where_the_columns_do_not_add_up() -> None:
    values = small_report() | {"applications.granted.natural_person": "29", "applications.total.other": "9"}
    lost = ["2.其他法律行政法规禁止公开", "2", "0", "0", "0", "0", "2"]

    def change(row: list[str]) -> list[str]:
        return [*row[:-8], *lost] if "2.其他法律行政法规禁止公开" in row else row

    read = read_tables(text_grids(formats.load("2021"), values, change=change))
    row = [cell.value for path, cell in read.cells.items() if ".prohibited_by_law." in path]
    assert row == [None, None, 0, 0, 0, None, None]  # 0 in every reading, or open
    assert any("applications.refused.prohibited_by_law.total" in doubt.cells for doubt in read.doubts)


RULES = tuple(f"proactive.rules.{column}" for column in ("issued", "repealed", "in_force"))


def documents(issued: str, repealed: str, in_force: str) -> Values:
    return {
        "proactive.normative_documents.issued": issued,
        "proactive.normative_documents.repealed": repealed,
        "proactive.normative_documents.in_force": in_force,
    }


def glued(values: Values) -> TablesRead:
    return read_tables([glued_paragraph(formats.load("2021"), values)])


def value(read: TablesRead, column: str) -> object:
    return read.cells[f"proactive.normative_documents.{column}"].value
