"""Ruled tables that go over several pages as one grid: cut rows and cut cells are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.pdf_lattice import Lattice, LatticeCell

_EDGE = 8.0  # points by which the same table may stand apart on the next page
_NEAR = 4.0
_HEADER_ROWS = 6
_SHORTEST_LABEL = 4  # characters; words printed for a number are shorter as a rule
_ORDINAL = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．，]")
_NUMBER = re.compile(r"[+-]?[\d,，.]+")


def continues(upper: Lattice, lower: Lattice) -> bool:
    """Whether `lower`, first on its page, has the same edges as `upper`, last on the page before."""
    return abs(upper.xs[0] - lower.xs[0]) <= _EDGE and abs(upper.xs[-1] - lower.xs[-1]) <= _EDGE


def grid_of(parts: Sequence[Lattice]) -> Grid:
    """The grid of a table whose parts stand on successive pages."""
    xs = _common_positions(parts)
    cells: list[LatticeCell] = []
    count = 0
    for part in parts:
        own = _moved(part, xs)
        own, height = _without_repeated_header(own, len(part.ys) - 1, cells) if cells else (own, len(part.ys) - 1)
        for cell in own:
            cell.row += count
        if cells and own:
            own = _joined_at_break(cells, own, first=count)
        cells += own
        count += height
    return _grid(_without_empty_rows(cells))


def _common_positions(parts: Sequence[Lattice]) -> list[float]:
    positions: list[float] = []
    for x in sorted(x for part in parts for x in part.xs):
        if not positions or x - positions[-1] > _NEAR:
            positions.append(x)
    return positions


def _moved(part: Lattice, xs: list[float]) -> list[LatticeCell]:
    """The cells of `part` in the columns of the whole table."""
    column = [min(range(len(xs)), key=lambda k, x=x: abs(xs[k] - x)) for x in part.xs]  # type: ignore[misc]
    for cell in part.cells:
        start, end = column[cell.column], column[cell.column + cell.colspan]
        cell.column, cell.colspan = start, max(end - start, 1)
    return part.cells


def _rows(cells: Sequence[LatticeCell]) -> dict[int, list[LatticeCell]]:
    rows: dict[int, list[LatticeCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _without_repeated_header(
    own: list[LatticeCell], height: int, before: Sequence[LatticeCell]
) -> tuple[list[LatticeCell], int]:
    """Word repeats header rows on every page: as many first rows as are the same again are left out."""
    first, again = _rows(before), _rows(own)
    same = 0
    while same < min(_HEADER_ROWS, height) and _is_header(again.get(same, [])):
        if _printed(first.get(same, [])) != _printed(again.get(same, [])):
            break
        same += 1
    kept = [cell for cell in own if cell.row >= same]
    for cell in kept:
        cell.row -= same
    return kept, height - same


def _printed(row: Sequence[LatticeCell]) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in row]


def _is_header(row: Sequence[LatticeCell]) -> bool:
    return any(cell.text for cell in row) and not any(_NUMBER.fullmatch(cell.text) for cell in row)


def _joined_at_break(above: list[LatticeCell], below: list[LatticeCell], *, first: int) -> list[LatticeCell]:
    """Puts together what the page break cut: a row whose label or numbers stand on the other page, a group's cell."""
    ending = {(c.column, c.colspan): c for c in above if c.row + c.rowspan == first}
    starting = [c for c in below if c.row == first]
    if _is_cut_row(ending, [c for c in starting if c.rowspan == 1]):
        return _with_cut_row(ending, below, first=first)
    for cell in starting:
        upper = ending.get((cell.column, cell.colspan))
        if upper is not None and _is_cut_group(upper, cell, starting):
            upper.rowspan += cell.rowspan
            upper.text += cell.text
            below.remove(cell)
    return below


def _is_cut_row(ending: dict[tuple[int, int], LatticeCell], row: Sequence[LatticeCell]) -> bool:
    pairs = [(ending.get((cell.column, cell.colspan)), cell) for cell in row]
    if len(pairs) < 2 or any(upper is None or upper.rowspan > 1 for upper, _ in pairs):
        return False
    matched = [(upper, cell) for upper, cell in pairs if upper is not None]
    (label_above, label_below), values = matched[0], matched[1:]
    if _ORDINAL.match(label_below.text) and label_above.text:
        return False
    printed_above, printed_below = any(u.text for u, _ in values), any(c.text for _, c in values)
    return printed_above != printed_below and bool(label_above.text or label_below.text)


def _with_cut_row(
    ending: dict[tuple[int, int], LatticeCell], below: list[LatticeCell], *, first: int
) -> list[LatticeCell]:
    kept: list[LatticeCell] = []
    for cell in below:
        upper = ending.get((cell.column, cell.colspan))
        if cell.row == first and upper is not None:
            upper.text += cell.text
            upper.rowspan += cell.rowspan - 1
        else:
            kept.append(cell)
    for cell in kept:
        cell.row -= 1
    return kept


def _is_cut_group(upper: LatticeCell, cell: LatticeCell, row: Sequence[LatticeCell]) -> bool:
    """A group's label goes on where the next page has its cell empty, or filled with the rest of the label."""
    labels = [c for c in row if len(c.text) >= _SHORTEST_LABEL and not _NUMBER.fullmatch(c.text)]
    if not upper.text or not any(c.column > cell.column for c in labels):
        return False  # with no label to its right it is a value, which may be blank
    return not cell.text or (upper.rowspan > 1 and not _ORDINAL.match(cell.text))


def _without_empty_rows(cells: list[LatticeCell]) -> list[LatticeCell]:
    """Without rows in which nothing is printed: slices that a page break cut off, double lines."""
    rows = _rows(cells)
    height = max((c.row + c.rowspan for c in cells), default=0)
    empty = [r for r in range(height) if not any(c.text for c in rows.get(r, []) if c.rowspan == 1)]
    empty = [r for r in empty if not any(c.text for c in rows.get(r, []) if c.row + c.rowspan == r + 1)]
    empty = [r for r in empty if _is_spare(rows.get(r, []))]
    for r in reversed(empty):
        cells = _without_row(cells, r)
    return cells


def _is_spare(row: Sequence[LatticeCell]) -> bool:
    """Whether no printed cell would vanish with the row."""
    return all(cell.rowspan > 1 or not cell.text for cell in row)


def _without_row(cells: list[LatticeCell], row: int) -> list[LatticeCell]:
    kept: list[LatticeCell] = []
    for cell in cells:
        if cell.row <= row < cell.row + cell.rowspan:
            cell.rowspan -= 1
            if cell.rowspan == 0:
                continue
        elif cell.row > row:
            cell.row -= 1
        kept.append(cell)
    return kept


def _grid(cells: list[LatticeCell]) -> Grid:
    height = max((c.row + c.rowspan for c in cells), default=0)
    rows: list[list[GridCell]] = [[] for _ in range(height)]
    places: dict[tuple[int, int], tuple[int, tuple[float, float, float, float]]] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(GridCell(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan))
        places[cell.row, cell.column] = (cell.page, cell.box)

    def locate(cell: GridCell) -> Place:
        page, box = places[cell.row, cell.column]
        left, top, right, bottom = (round(value, 1) for value in box)
        return Place(page=page, box=(left, top, right, bottom))

    return Grid(rows, aligned=True, locate=locate)
