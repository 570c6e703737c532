"""The tables of published reports, cell by cell. Rows that are not listed for a seed print nothing but zeros."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report.model import CellState
from gongkai.annual_report.reading.opening import open_document
from gongkai.annual_report.reading.tables import TablesRead, read_tables

SEEDS: dict[str, Any] = json.loads((Path(__file__).parent / "tables" / "seeds.json").read_text("utf-8"))
REPORTS = (
    "hangzhou_2025_fixture.html",
    "hongze_2023.pdf",
    "pingtan_2019_glued.txt",
    "pingtan_2021_glued.txt",
    "shuyang_county_2025_ocr.md",
    "shuyang_fgj_2023.html",
)

pytestmark = pytest.mark.shared


def tables_of(path: Path) -> TablesRead:
    return read_tables(open_document(path.read_bytes(), name=path.name).blocks)


def expected_cells(name: str, read: TablesRead) -> dict[str, Decimal | None]:
    """Every cell of a seed: the listed rows, null where the column is missing, else zero."""
    seed = SEEDS[name]
    cells: dict[str, Decimal | None] = {}
    for path in read.cells:
        row, _, column = path.rpartition(".")
        columns = [one.rpartition(".")[2] for one in read.cells if one.rpartition(".")[0] == row]
        listed = dict(zip(columns, seed["rows"].get(row, []), strict=False))
        absent = seed["null"] == f".{column}" and path.startswith("applications.")
        text = listed.get(column, None if absent else "0")
        cells[path] = None if text is None else Decimal(text)
    return cells


@pytest.mark.parametrize("name", SEEDS)
def test_every_cell_of_a_seed_is_read(shared: Path, name: str) -> None:
    read = tables_of(shared / "seeds" / name)
    assert read.format is not None
    assert [read.format.id, read.format.unsplit] == SEEDS[name]["form"]
    assert {path: cell.value for path, cell in read.cells.items()} == expected_cells(name, read)


@pytest.mark.parametrize("name", SEEDS)
def test_only_rows_with_a_lost_cell_are_solved(shared: Path, name: str) -> None:
    read = tables_of(shared / "seeds" / name)
    solved = {path.rpartition(".")[0] for path, cell in read.cells.items() if cell.state is CellState.SOLVED}
    assert solved == {f"applications.{row}" for row in SEEDS[name]["solved"]}
    assert [doubt.code for doubt in read.doubts] == SEEDS[name]["doubts"]


def test_cells_of_a_missing_column_say_where_their_row_stands(shared: Path) -> None:
    read = tables_of(shared / "seeds" / "003_3bbe8f1fcb5da8b5.txt")
    cell = read.cells["applications.not_processed.abusive.other"]
    assert cell.state is CellState.ABSENT_COLUMN
    assert cell.place is not None
    assert cell.place.line == 59


@pytest.mark.parametrize("name", REPORTS)
def test_no_cell_of_a_report_is_silently_wrong(shared: Path, name: str) -> None:
    """A number is the expected one; a null is expected, or one of the glued cells of 表二 that a doubt lists."""
    expected = json.loads((shared / "reports" / "expected.json").read_text("utf-8"))[name]["expected"]
    read = tables_of(shared / "reports" / name)
    doubted = {path for doubt in read.doubts if doubt.code == "ambiguous-cells" for path in doubt.cells}
    wrong = []
    for path, cell in read.cells.items():
        table, _, rest = path.partition(".")
        row, _, column = rest.rpartition(".")
        wanted = expected[table][row][column]
        same = cell.value == (None if wanted is None else Decimal(wanted))
        if not same and not (cell.value is None and path in doubted and table == "proactive"):
            wrong.append((path, wanted, cell.value))
    assert wrong == []


@pytest.mark.parametrize("name", ["pingtan_2019_glued.txt", "pingtan_2021_glued.txt"])
def test_glued_tables_three_and_four_are_solved_completely(shared: Path, name: str) -> None:
    read = tables_of(shared / "reports" / name)
    assert {cell.state for path, cell in read.cells.items() if not path.startswith("proactive.")} <= {
        CellState.SOLVED,
        CellState.STATED,
    }


def test_totals_that_an_agency_published_wrongly_are_left_as_printed(shared: Path) -> None:
    read = tables_of(shared / "reports" / "hongze_2023.pdf")
    assert [read.cells[f"remedies.reconsideration.{key}"].value for key in ("upheld", "corrected", "total")] == [
        10,
        1,
        0,
    ]
    assert read.labels == {"applications.refused.prohibited_by_law": "2.其他法律行政止公开"}
    assert read.doubts == []
