"""A printed cell decoded by itself, and how it behaves as a `Cell`."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual_report.model import Cell, CellState, Place
from gongkai.annual_report.reading.document import GridCell
from gongkai.annual_report.reading.locate import Located, PlacedCell, decode_cell
from gongkai.annual_report.reading.tables import read_tables


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("0", 0, CellState.STATED),
        ("1,143", 1143, CellState.STATED),
        ("１２", 12, CellState.STATED),
        ("1 143", 1143, CellState.STATED),
        ("12件", 12, CellState.STATED),
        ("3.0", 3, CellState.STATED),
        ("2.5", Decimal("2.5"), CellState.STATED),
        ("-3", -3, CellState.STATED),
        ("", None, CellState.BLANK),
        (" \u3000", None, CellState.BLANK),
        ("/", None, CellState.DASH),
        ("无", None, CellState.DASH),
        ("1.2万", None, CellState.UNREADABLE),
        ("3 4", None, CellState.UNREADABLE),
        ("详见附件", None, CellState.UNREADABLE),
    ],
)
def test_a_count_is_what_is_printed_or_null_with_the_reason(text: str, value: object, state: CellState) -> None:
    cell = decode_cell(text, None)
    assert (cell.value, cell.state) == (value, state)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("276.024", None, "276.024"),
        ("380", "元", "0.038"),
        ("380元", None, "0.038"),
        ("1.5亿元", None, "15000"),
        ("4068\n.208", None, "4068.208"),
    ],
)
def test_money_is_in_wan(text: str, unit: str | None, value: str) -> None:
    assert decode_cell(text, None, money=True, unit=unit).value == Decimal(value)


def located_cell() -> PlacedCell:
    return PlacedCell(7, CellState.STATED, "7", (lambda cell: Place(line=cell.row), GridCell("7", 59, 2)))


def test_the_place_of_a_cell_is_worked_out_when_it_is_asked_for() -> None:
    assert located_cell().place == Place(line=59)


def test_a_located_cell_equals_a_cell_with_the_same_content() -> None:
    plain = Cell(7, CellState.STATED, "7", Place(line=59))
    assert located_cell() == plain
    assert plain == located_cell()
    assert located_cell() != Cell(8, CellState.STATED, "7", Place(line=59))


def test_a_located_cell_can_be_copied_replaced_and_sent_to_another_process() -> None:
    cell = located_cell()
    assert copy.copy(cell) == cell
    assert replace(cell, value=8).place == Place(line=59)
    assert pickle.loads(pickle.dumps(cell)) == cell  # noqa: S301 — our own bytes


def test_a_number_takes_the_place_of_a_blank_and_never_of_another_number() -> None:
    located = Located()
    for cell in (Cell(None, CellState.BLANK), Cell(3), Cell(None, CellState.DASH), Cell(4)):
        located.put("applications.received.total", cell)
    assert located.cells["applications.received.total"].value == 3
    assert [doubt.candidates for doubt in located.doubts] == [("3", "4")]


def test_no_blocks_give_no_tables() -> None:
    assert read_tables([]).format is None
