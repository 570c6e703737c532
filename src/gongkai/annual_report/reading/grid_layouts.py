"""Layouts of tables that have been read before: which of their cells are which cells of the form.

Hundreds of agencies print their tables from one template, and one city's pages from one system: the same labels, the
same spans, other numbers. What reading such a table comes to depends on everything but the numbers, so it is worked out
once, on a table without a past, and then only repeated. Tables that leave anything open are read anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.annual_report.model import Cell, CellState
from gongkai.annual_report.reading.grid_tables import ApplicationMemory, ProactiveMemory, RemedyMemory
from gongkai.annual_report.reading.html_markup import Kind
from gongkai.annual_report.reading.html_table import PrintedGrid
from gongkai.annual_report.reading.labels import Label
from gongkai.annual_report.reading.locate import LONGEST_COUNT, MONEY, Located, PlacedCell, Where, decode_cell


class Memory(NamedTuple):
    """What the reader of grids remembers from one table to the next."""

    table: str
    waiting: Label | None
    pending: str
    proactive: ProactiveMemory
    applications: ApplicationMemory
    remedies: RemedyMemory
    has_rows: bool  # of 表三


_FEWEST, _MOST = 20, 1_000  # cells; the statutory tables have 25 to 280
_KEPT = 256  # layouts
_STATED = CellState.STATED  # an enum member costs a look-up each time


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table adds to what was located; cells are named by their index in the table.

    `counts` are cells of counts, `amounts` those of money with the unit that their header states; `found` holds what
    does not depend on the numbers. `after` is what the reader remembers when it has read the table, `belongs` whether
    the table is a statutory one.
    """

    paths: frozenset[str]
    counts: tuple[tuple[str, int], ...]
    amounts: tuple[tuple[str, int, str | None], ...]
    valueless: tuple[tuple[str, int], ...]
    header3_at: int | None
    found: Located
    after: Memory
    belongs: bool


_LAYOUTS: dict[Hashable, Layout | None] = {}

Reading = Callable[[Located], tuple[Memory, bool] | None]


def key_of(grid: PrintedGrid, before: Memory) -> Hashable | None:
    """What the reading of a table depends on: its layout without the numbers, and what was read before it."""
    table = grid.printed
    if not _FEWEST <= len(table.texts) <= _MOST:
        return None
    return before, table.kind or Kind(table)


def layout_of(key: Hashable, grid: PrintedGrid, reading: Reading) -> Layout | None:
    """The layout with this key, worked out by `reading` the grid for the first time; None where something stays open.

    `reading` reads the grid into a `Located` without cells; it returns what is remembered then, or None where labels
    had to be guessed.
    """
    with suppress(KeyError):
        return _LAYOUTS[key]
    if len(_LAYOUTS) >= _KEPT:
        _LAYOUTS.clear()
    layout = _LAYOUTS[key] = _learned(grid, reading)
    return layout


def _learned(grid: PrintedGrid, reading: Reading) -> Layout | None:
    found = Located()
    outcome = reading(found)
    if outcome is None or found.rows or found.doubts:
        return None
    at = {id(cell): index for index, cell in enumerate(cell for row in grid.rows for cell in row)}
    try:
        cells = {path: at[_printed_at(cell)] for path, cell in found.cells.items()}
        valueless = tuple((row, at[_cell_in(where)]) for row, where in found.valueless.items())
        header3_at = at[_cell_in(found.header3_where)] if found.header3_where is not None else None
    except KeyError:  # a cell that reading made up from a wider one
        return None
    counts = tuple((path, index) for path, index in cells.items() if path not in MONEY)
    amounts = tuple((path, index, found.units.get(path)) for path, index in cells.items() if path in MONEY)
    memory, belongs = outcome
    found.cells = {}
    return Layout(frozenset(cells), counts, amounts, valueless, header3_at, found, memory, belongs)


def _printed_at(cell: Cell) -> int:
    return _cell_in(cell.where if isinstance(cell, PlacedCell) else None)


def _cell_in(where: Where) -> int:
    """The identity of the grid cell that a place names."""
    return id(where[1]) if isinstance(where, tuple) else 0


def repeat(layout: Layout, grid: PrintedGrid, located: Located) -> bool:
    """Add what a table of this layout states to `located`; where one of its cells is known already, add nothing."""
    cells, texts, place_at = located.cells, grid.printed.texts, grid.place_at
    if cells and not cells.keys().isdisjoint(layout.paths):
        return False
    for path, index in layout.counts:
        text = texts[index]
        if text.isdecimal() and len(text) <= LONGEST_COUNT:
            cells[path] = PlacedCell(int(text), _STATED, text, (place_at, index))
        else:
            cells[path] = decode_cell(text, (place_at, index))
    for path, index, unit in layout.amounts:
        cells[path] = decode_cell(texts[index], (place_at, index), money=True, unit=unit)
    for row, index in layout.valueless:
        located.valueless.setdefault(row, (place_at, index))
    if layout.header3_at is not None and located.header3_where is None:
        located.header3_where = (place_at, layout.header3_at)
    found = layout.found
    located.printed_labels = located.printed_labels | found.printed_labels | located.printed_labels
    located.columns2 |= found.columns2
    located.header3 |= found.header3
    located.row_keys += found.row_keys
    return True
