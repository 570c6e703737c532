"""Glued tables with page numbers in them, with errors of the agency, with lost cells: told apart or left open."""

from __future__ import annotations

import re
from random import Random

import pytest
from table_layouts import Values, consistent_values, glued_paragraph, small_report

from gongkai.annual_report import formats
from gongkai.annual_report.reading.document import Paragraph
from gongkai.annual_report.reading.glued_pages import without_page_numbers
from gongkai.annual_report.reading.tables import TablesRead, read_tables

FORM = formats.load("2021")


def read_glued(values: Values, *changes: tuple[str, str]) -> TablesRead:
    """The report glued into one paragraph, each change a text that is printed otherwise."""
    text = glued_paragraph(FORM, values).text
    for printed, instead in changes:
        assert text.count(printed) == 1
        text = text.replace(printed, instead)
    return read_tables([Paragraph(text)])


def numbers(read: TablesRead, row: str) -> list[object]:
    return [cell.value for path, cell in read.cells.items() if path.rpartition(".")[0] == row]


def doubted(read: TablesRead) -> set[str]:
    return {cell for doubt in read.doubts for cell in doubt.cells}


# ---------------------------------------------------------------------- page numbers


@pytest.mark.parametrize("printed", ["— 3 —", "-3-", "－ 3 －", "第3页", "第 3 页 共 9 页", " 3 / 9 "])
def test_a_page_number_inside_glued_tables_is_no_value(printed: str) -> None:
    read = read_glued(small_report(), ("（三）不予公开", f"{printed}（三）不予公开"))
    assert numbers(read, "applications.partly_granted") == [5, 0, 0, 0, 0, 0, 5]
    assert numbers(read, "applications.refused.prohibited_by_law") == [2, 0, 0, 0, 0, 0, 2]
    assert numbers(read, "remedies.litigation_direct") == [12, 0, 0, 0, 12]


def test_dashes_that_stand_in_cells_are_no_page_numbers() -> None:
    assert without_page_numbers("（一）予以公开3—0—0—3（二）部分公开5—2—") == "（一）予以公开3—0—0—3（二）部分公开5—2—"


def test_page_numbers_rise() -> None:
    falling = "规章0— 4 —（三）不予公开7— 2 —（四）无法提供"
    assert without_page_numbers(falling) == falling


def test_a_number_that_belongs_to_nothing_does_not_end_the_table() -> None:
    read = read_glued(small_report(), ("（三）不予公开", "注7（三）不予公开"))
    assert numbers(read, "applications.unavailable.not_held") == [22, 0, 0, 0, 0, 3, 25]


# ---------------------------------------------------------------------- errors of the agency


def test_one_number_added_up_wrongly_leaves_the_other_rows_as_they_are() -> None:
    """（一）予以公开 prints 31 for 30: its column is broken, the six others tell its numbers apart."""
    read = read_glued(small_report() | {"applications.granted.total": "31"})
    assert numbers(read, "applications.granted") == [27, 0, 0, 2, 0, 1, 31]
    assert numbers(read, "applications.received") == [64, 0, 0, 2, 0, 4, 70]
    assert numbers(read, "applications.unavailable.not_held") == [22, 0, 0, 0, 0, 3, 25]


def test_a_total_added_up_wrongly_is_told_apart_by_what_came_in() -> None:
    values = small_report() | {
        "applications.received.natural_person": "35629",
        "applications.received.total": "35635",
        "applications.granted.natural_person": "35592",
        "applications.granted.total": "35595",
        "applications.total.natural_person": "35631",
        "applications.total.total": "35635",
    }
    assert numbers(read_glued(values), "applications.total") == [35631, 0, 0, 2, 0, 4, 35635]


@pytest.mark.parametrize("seed", range(12))
def test_an_error_of_the_agency_makes_no_wrong_number(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - reproducible figures
    values = consistent_values(FORM, random, largest=900)
    path = random.choice([path for path in values if path.startswith("applications.")])
    values[path] = str(int(values[path]) + random.choice((1, 2, 10)))
    read = read_glued(values)
    tables = {path: cell for path, cell in read.cells.items() if not path.startswith("proactive.")}
    assert [path for path, cell in tables.items() if cell.value is not None and str(cell.value) != values[path]] == []
    assert sum(cell.value is not None for cell in tables.values()) >= 0.95 * len(tables)


def test_a_group_of_table_4_added_up_wrongly_leaves_the_others_solved() -> None:
    values = small_report() | {
        "remedies.reconsideration.upheld": "7",
        "remedies.reconsideration.total": "10",
    }
    read = read_glued(values)
    assert numbers(read, "remedies.reconsideration") == [None] * 5
    assert numbers(read, "remedies.litigation_direct") == [12, 0, 0, 0, 12]
    assert numbers(read, "remedies.litigation_after_reconsideration") == [0, 0, 0, 0, 0]
    assert "remedies.reconsideration.total" in doubted(read)


# ---------------------------------------------------------------------- lost cells


def test_a_row_that_lost_a_zero_is_not_read_as_an_error_of_the_agency() -> None:
    """9 0 0 0 1 0 10 without its 科研机构: 9000110, one digit a cell, would move every number."""
    values = small_report() | {
        "applications.refused.administrative_query.natural_person": "9",
        "applications.refused.administrative_query.legal_service": "1",
        "applications.refused.administrative_query.total": "10",
        "applications.total.natural_person": "73",
        "applications.total.legal_service": "1",
        "applications.total.total": "80",
        "applications.received.natural_person": "73",
        "applications.received.legal_service": "1",
        "applications.received.total": "80",
    }
    row = "8.属于行政查询事项90001010"
    read = read_glued(values, ("8.属于行政查询事项900010" + "10", row[:-8] + "9000110"))
    cells = numbers(read, "applications.refused.administrative_query")
    assert [one for one, other in zip(cells, [9, 0, 0, 0, 1, 0, 10], strict=True) if one not in (None, other)] == []
    assert "applications.refused.administrative_query.total" in doubted(read)


def test_seven_digits_are_not_seven_numbers_where_blank_cells_left_nothing() -> None:
    """5297536 is 529, 7 and their sum 536; rows without any number show that blanks vanished."""
    values = {
        path: "" if text == "0" and path.startswith("applications.") else text for path, text in small_report().items()
    }
    values |= {
        "applications.not_processed.reconfirmation.natural_person": "529",
        "applications.not_processed.reconfirmation.other": "7",
        "applications.not_processed.reconfirmation.total": "536",
    }
    cells = numbers(read_glued(values), "applications.not_processed.reconfirmation")
    assert cells[0] in (None, 529)
    assert cells[6] in (None, 536)


@pytest.mark.parametrize("lost", range(15))
def test_a_number_lost_from_table_4_among_white_space_moves_no_other(lost: int) -> None:
    printed = ["10", "0", "2", "0", "12", "0", "17", "11", "0", "28", "3", "0", "0", "1", "4"]
    paths = [path for path in FORM.cells if path.startswith("remedies.")]
    values = small_report() | dict(zip(paths, printed, strict=True))
    short = " ".join(printed[:lost] + printed[lost + 1 :])
    read = read_glued(values, ("".join(printed), " " + short))
    wrong = [p for p in paths if read.cells[p].value is not None and str(read.cells[p].value) != values[p]]
    assert wrong == []
    group = paths[lost].rpartition(".")[0]
    assert sum(read.cells[p].value is not None for p in paths if p.rpartition(".")[0] != group) == 10


def test_table_4_that_may_have_lost_a_zero_stays_open_where_both_fit() -> None:
    """0 12 10 1 23 without its first zero prints like 1 21 0 1 23."""
    printed = ["4", "0", "23", "0", "27", "3", "29", "28", "0", "60", "1", "21", "0", "1", "23"]
    paths = [path for path in FORM.cells if path.startswith("remedies.")]
    read = read_glued(small_report() | dict(zip(paths, printed, strict=True)))
    assert numbers(read, "remedies.reconsideration") == [4, 0, 23, 0, 27]
    assert numbers(read, "remedies.litigation_direct") == [3, 29, 28, 0, 60]
    assert numbers(read, "remedies.litigation_after_reconsideration") == [None, None, None, None, 23]
    assert "remedies.litigation_after_reconsideration.corrected" in doubted(read)


# ---------------------------------------------------------------------- labels and dashes


@pytest.mark.parametrize("pointed", [r"\1、", r"\1．", r" \1. ", r"（\1）"])
def test_the_numbers_of_labels_may_be_printed_otherwise(pointed: str) -> None:
    text = re.sub(r"([1-8])\.(?=[\u4e00-\u9fff])", pointed, glued_paragraph(FORM, small_report()).text)
    read = read_tables([Paragraph(text)])
    assert numbers(read, "applications.refused.prohibited_by_law") == [2, 0, 0, 0, 0, 0, 2]
    assert numbers(read, "applications.unavailable.not_held") == [22, 0, 0, 0, 0, 3, 25]


def test_the_number_of_a_label_without_a_point_is_no_value() -> None:
    """1 0 0 12 0 0 13 before `2重复申请` would add up with the 2 as 10 0 1 20 0 1 32."""
    values = small_report() | {
        "applications.not_processed.petition.natural_person": "1",
        "applications.not_processed.petition.social_organisation": "12",
        "applications.not_processed.petition.total": "13",
        "applications.total.natural_person": "65",
        "applications.total.social_organisation": "14",
        "applications.total.total": "83",
        "applications.received.natural_person": "65",
        "applications.received.social_organisation": "14",
        "applications.received.total": "83",
    }
    text = re.sub(r"([1-8])\.(?=[\u4e00-\u9fff])", r"\1", glued_paragraph(FORM, values).text)
    assert numbers(read_tables([Paragraph(text)]), "applications.not_processed.petition") == [1, 0, 0, 12, 0, 0, 13]


def test_labels_may_say_qita_with_the_other_character() -> None:
    text = glued_paragraph(FORM, small_report()).text.replace("其他", "其它")
    read = read_tables([Paragraph(text)])
    assert numbers(read, "applications.other_outcome.other") == [1, 0, 0, 0, 0, 0, 1]
    assert numbers(read, "remedies.reconsideration") == [1, 0, 2, 0, 3]


def test_digits_before_a_dash_cell_are_no_row_by_themselves() -> None:
    printed = "二、上年结转政府信息公开申请数量"
    read = read_glued(small_report(), (f"{printed}1000001", f"{printed}1 1／2／04"))
    assert numbers(read, "applications.carried_in") == [None] * 7


@pytest.mark.parametrize("printed", ["64/020470", "6400—0470", "6400204/", "640020－", "64 0 0 2 0 - 70", "—40020470"])
def test_cells_that_hold_a_dash_leave_their_row_open_and_the_others_as_they_are(printed: str) -> None:
    label = "一、本年新收政府信息公开申请数量"
    read = read_glued(small_report(), (f"{label}640020470", f"{label}{printed}"))
    assert numbers(read, "applications.received") == [None] * 7
    assert numbers(read, "applications.unavailable.not_held") == [22, 0, 0, 0, 0, 3, 25]
    assert any("applications.received" in cell for cell in doubted(read))


def test_a_dash_behind_three_digits_of_table_2_is_a_cell() -> None:
    """10, 0 and a dash: not 1, 0 and 0."""
    read = read_glued(small_report(), ("规章000", "规章100-"))
    assert numbers(read, "proactive.rules") == [None, None, None]
