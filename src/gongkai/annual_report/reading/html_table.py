"""One HTML table as a grid: which positions its cells take when spans are resolved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice

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


@dataclass(slots=True)
class PrintedTable:
    """The cells of a table as its source states them, row after row: texts, spans, and how many cells each row has.

    Tables of the same `kind` differ in nothing but the digits of their numbers; None where that is not known.
    """

    texts: list[str]
    spans: list[Spans | None]
    lengths: list[int]
    kind: Hashable | None = None


class PrintedGrid(Grid):
    """A grid that knows its cells' texts and spans; the positions are worked out when somebody looks at its rows.

    Most tables are printed in a layout that has been met before: reading those needs no positions.
    """

    __slots__ = ("_number", "_rows", "_starts", "printed")

    def __init__(self, printed: PrintedTable, *, number: int) -> None:
        self.printed = printed
        self.aligned = True
        self.locate = self._place
        self._number = number  # the page's table number, from 1
        self._rows: list[list[GridCell]] | None = None
        self._starts: list[int] | None = None

    @property
    def rows(self) -> list[list[GridCell]]:  # a field of Grid, worked out late
        if self._rows is None:
            self._rows = placed(self.printed)
        return self._rows

    @rows.setter
    def rows(self, rows: list[list[GridCell]]) -> None:
        self._rows = rows

    def texts(self) -> list[str]:
        return self.printed.texts

    def row_texts(self) -> Iterator[list[str]]:
        texts, end = self.printed.texts, 0
        for length in self.printed.lengths:
            start, end = end, end + length
            yield texts[start:end]

    def put_texts(self, texts: Iterable[str]) -> None:
        self.printed = PrintedTable(list(texts), self.printed.spans, self.printed.lengths)
        self._rows = None

    def place_at(self, index: int) -> Place:
        """Where the cell at `index` of `texts()` stands."""
        if self._starts is None:
            self._starts = list(accumulate(self.printed.lengths, initial=0))
        row = bisect_right(self._starts, index) - 1
        return Place(path=f"table[{self._number}]/tr[{row + 1}]/td[{index - self._starts[row] + 1}]")

    def _place(self, cell: GridCell) -> Place:
        before = sum(1 for other in self.rows[cell.row] if other.column < cell.column)
        return Place(path=f"table[{self._number}]/tr[{cell.row + 1}]/td[{before + 1}]")


def printed_table(table: LexborNode) -> PrintedTable:
    """The cells of `table`, which must hold no other table."""
    # Asking every cell for its attributes costs three times more than asking for the few that state spans.
    stated = {cell.mem_id: spans_of(cell.attributes) for cell in table.css("[rowspan],[colspan]")}
    printed = PrintedTable([], [], [])
    for tr in table.css("tr"):
        cells = [td for td in tr.iter() if td.tag in CELLS]  # cells of inner tables are not ours
        printed.texts += [_text(td) for td in cells]
        printed.spans += [stated.get(td.mem_id) for td in cells]
        printed.lengths.append(len(cells))
    return printed


def placed(printed: PrintedTable) -> list[list[GridCell]]:
    """The rows of a table, with the position of each cell."""
    taken: list[int] = []  # per column: the first row that is free again
    cells = zip(printed.texts, printed.spans, strict=True)
    rows = [_row(islice(cells, length), r, taken) for r, length in enumerate(printed.lengths)]
    _clip_rows(rows)
    return rows


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
