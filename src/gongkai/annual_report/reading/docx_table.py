"""Word's rows of cells, with their merge marks, as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.reading.document import GridCell


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file states it. A continuing cell belongs to the one above (or, in old files, to its left)."""

    text: str
    colspan: int = 1
    continues_down: bool = False
    continues_right: bool = False


def arrange(rows: Sequence[tuple[int, Sequence[RawCell]]]) -> list[list[GridCell]]:
    """The grid of `rows`, each with the number of columns it leaves out at its start."""
    grid: list[list[GridCell]] = []
    above: dict[int, GridCell] = {}  # column → the cell of the rows above that reaches down to here
    for r, (before, cells) in enumerate(rows):
        row: list[GridCell] = []
        column = max(before, 0)
        for raw in cells:
            width = max(raw.colspan, 1)
            if raw.continues_right and row:
                row[-1].colspan += width
            elif raw.continues_down and (reaching := above.get(column)) and reaching.row + reaching.rowspan == r:
                _extend(reaching, r, raw.text)
            else:
                cell = GridCell(raw.text, r, column, 1, width)
                row.append(cell)
                above[column] = cell
            column += width
        grid.append(row)
    return grid


def _extend(cell: GridCell, row: int, text: str) -> None:
    """Lets `cell` reach down to `row`; a program that merges may leave text in the merged cell."""
    cell.rowspan = row - cell.row + 1
    if text:
        cell.text = f"{cell.text}\n{text}" if cell.text else text
