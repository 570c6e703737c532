"""One HTML table as a grid: which positions its cells take when spans are resolved."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.text.width import INVISIBLE_OR_SPACE, squeeze

BREAK = "\ufdd0"  # a noncharacter that no page contains: put before <br> and between blocks of a cell
_WIDEST = 100  # columns; the widest statutory table has 15
_CELLS = frozenset(("td", "th"))


def grid(table: LexborNode, *, number: int) -> Grid:
    """The grid of `table`, the page's table number `number` (from 1). `table` must hold no other table."""
    rows: list[list[GridCell]] = []
    taken: list[int] = []  # per column: the first row that is free again
    for r, tr in enumerate(table.css("tr")):
        rows.append(_row(tr.iter(), r, taken))
    _clip_rows(rows)
    return Grid(rows, True, lambda cell: _place(rows, cell, number))  # noqa: FBT003 — `aligned`, a field of the document


def _row(cells: Iterable[LexborNode], r: int, taken: list[int]) -> list[GridCell]:
    row: list[GridCell] = []
    column = 0
    width = len(taken)
    for td in cells:
        if td.tag not in _CELLS:
            continue
        text = td.text_lexbor()
        if not (text.isascii() and text.isdigit()):
            text = cell_text(text)
        attributes = td.attributes
        while column < width and taken[column] > r:
            column += 1
        if "rowspan" in attributes or "colspan" in attributes:
            rowspan, colspan = _span(attributes.get("rowspan"), many=65534), _span(attributes.get("colspan"))
            if rowspan != 1:
                _take(taken, column, colspan, until=r + rowspan if rowspan else 65534)
                width = len(taken)
            row.append(GridCell(text, r, column, rowspan, colspan))
            column += colspan
        else:
            row.append(GridCell(text, r, column))
            column += 1
    return row


def _span(value: str | None, *, many: int = _WIDEST) -> int:
    """The span that an attribute states, clipped; 0 (only for rows) reaches to the end of the table."""
    if value is None:
        return 1
    digits = value.strip()[:10]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    if many == _WIDEST:
        return min(int(digits), many) or 1
    return min(int(digits), many)


def _take(taken: list[int], column: int, colspan: int, *, until: int) -> None:
    end = column + colspan
    if len(taken) < end:
        taken.extend([0] * (end - len(taken)))
    for c in range(column, end):
        taken[c] = max(taken[c], until)


def _clip_rows(rows: list[list[GridCell]]) -> None:
    """No cell reaches below the last row: `rowspan=0` and spans that promise rows which are not there."""
    count = len(rows)
    for row in rows:
        for cell in row:
            if cell.rowspan != 1:
                rest = count - cell.row
                cell.rowspan = rest if cell.rowspan == 0 else min(cell.rowspan, rest)


def cell_text(text: str) -> str:
    """The text of a cell: one line per <br> or block, white space squeezed, invisible characters gone."""
    if not INVISIBLE_OR_SPACE.search(text) and BREAK not in text:
        return text
    if BREAK not in text:
        return squeeze(text)
    lines = (squeeze(line) for line in text.split(BREAK))
    return "\n".join(line for line in lines if line)


def _place(rows: list[list[GridCell]], cell: GridCell, number: int) -> Place:
    before = sum(1 for other in rows[cell.row] if other.column < cell.column)
    return Place(path=f"table[{number}]/tr[{cell.row + 1}]/td[{before + 1}]")
