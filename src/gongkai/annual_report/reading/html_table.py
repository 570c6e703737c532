"""One HTML table as a grid: which positions its cells take when spans are resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborNode

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.html_elements import CELLS, INLINE, LEAVES, UNSEEN
from gongkai.text.width import INVISIBLE_OR_SPACE, squeeze

BREAK = "\ufdd0"  # a noncharacter that no page contains: put before <br> and between blocks of a cell
Spans = tuple[int, int]  # rows, columns
PrintedCell = tuple[str, Spans | None]  # a cell as its source states it

_WIDEST = 100  # columns; the widest statutory table has 15
_ALL_ROWS = 65_534
_DEEPEST = 100
_SIMPLE = frozenset(("p", "-text"))


def grid(table: LexborNode, *, number: int) -> Grid:
    """The grid of `table`, the page's table number `number` (from 1). `table` must hold no other table."""
    # Asking every cell for its attributes costs three times more than asking for the few that state spans.
    spans = {cell.mem_id: spans_of(cell.attributes) for cell in table.css("[rowspan],[colspan]")}
    rows = [
        [(_text(td), spans.get(td.mem_id)) for td in tr.iter() if td.tag in CELLS]  # cells of inner tables are not ours
        for tr in table.css("tr")
    ]
    return placed(rows, number=number)


def placed(printed: Iterable[Iterable[PrintedCell]], *, number: int) -> Grid:
    """The grid of rows of printed cells, of the page's table number `number` (from 1)."""
    taken: list[int] = []  # per column: the first row that is free again
    rows = [_row(cells, r, taken) for r, cells in enumerate(printed)]
    _clip_rows(rows)
    return Grid(rows, True, lambda cell: _place(rows, cell, number))  # noqa: FBT003 — `aligned`, a field of the document


def _row(cells: Iterable[PrintedCell], r: int, taken: list[int]) -> list[GridCell]:
    row: list[GridCell] = []
    column = 0
    width = len(taken)
    for text, span in cells:
        while column < width and taken[column] > r:
            column += 1
        if span is None:
            row.append(GridCell(text, r, column))
            column += 1
            continue
        rowspan, colspan = span
        if rowspan != 1:
            _take(taken, column, colspan, until=r + rowspan if rowspan else _ALL_ROWS)
            width = len(taken)
        row.append(GridCell(text, r, column, rowspan, colspan))
        column += colspan
    return row


def _text(td: LexborNode) -> str:
    """The text of a cell. Most cells have one child that is text or a paragraph; others may stack several numbers."""
    only = td.first_child
    if only is None:
        return ""
    if only.next is not None:
        children = list(td.iter(include_text=True, skip_empty=True))
        if len(children) != 1:
            return _stacked(td)
        only = children[0]
    if only.tag not in _SIMPLE:
        return _stacked(td)
    text = only.text_lexbor().strip()
    return text if text.isascii() and text.isdigit() else cell_text(text)


def _stacked(td: LexborNode) -> str:
    pieces: list[str] = []
    _gather(td, pieces, 0)
    return cell_text("".join(pieces))


def _gather(node: LexborNode, pieces: list[str], depth: int) -> None:
    """Takes the text inside `node`, with a BREAK around every block."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            pieces.append(child.text_lexbor())
        elif tag in UNSEEN:
            continue
        elif tag in LEAVES:
            pieces += (BREAK, child.text_lexbor(), BREAK)
        elif tag in INLINE or depth >= _DEEPEST:
            if child.first_child is not None:
                _gather(child, pieces, depth + 1) if depth < _DEEPEST else pieces.append(child.text_lexbor())
        else:
            pieces.append(BREAK)
            _gather(child, pieces, depth + 1)
            pieces.append(BREAK)


def spans_of(attributes: Mapping[str, str | None]) -> Spans:
    """Rows and columns that a cell with these attributes spans; 0 rows reach to the end of the table."""
    return _rowspan(attributes.get("rowspan")), _colspan(attributes.get("colspan"))


def _rowspan(value: str | None) -> int:
    number = _digits(value)
    return 1 if number is None else min(number, _ALL_ROWS)


def _colspan(value: str | None) -> int:
    return min(_digits(value) or 1, _WIDEST)


def _digits(value: str | None) -> int | None:
    digits = (value or "").strip()[:10]
    return int(digits) if digits.isascii() and digits.isdigit() else None


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
    lines = [squeeze(line) for line in text.split(BREAK)]
    return "\n".join([line for line in lines if line])


def _place(rows: list[list[GridCell]], cell: GridCell, number: int) -> Place:
    before = sum(1 for other in rows[cell.row] if other.column < cell.column)
    return Place(path=f"table[{number}]/tr[{cell.row + 1}]/td[{before + 1}]")
