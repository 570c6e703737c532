"""Reports laid out in one big table: cells that hold headings or prose are taken out as paragraphs.

Word users draw a frame around a whole report with a table of one column; the statutory tables then stand in its rows.
"""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph
from gongkai.annual_report.reading.sections import heading_of

Block = Paragraph | Grid

_PROSE = 120  # characters; no cell of the statutory tables is as long


def unfolded(blocks: list[Block]) -> list[Block]:
    """The blocks, with every grid that holds narrative parted into paragraphs and the grids between them."""
    if not any(isinstance(block, Grid) and _holds_narrative(block) for block in blocks):
        return blocks
    unfolded: list[Block] = []
    for block in blocks:
        unfolded += _parts(block) if isinstance(block, Grid) and _holds_narrative(block) else [block]
    return unfolded


def _holds_narrative(grid: Grid) -> bool:
    return any(_is_narrative(row) for row in grid.row_texts())


def _is_narrative(row: list[str]) -> bool:
    """Whether a row has one filled cell, and that is a heading of a part or long prose."""
    if len(row) > 1 and row[0] and row[-1]:  # the usual row of a table: decided without looking closer
        return False
    filled = [text for text in row if text]
    return len(filled) == 1 and ((len(filled[0]) > _PROSE and "。" in filled[0]) or heading_of(filled[0]) is not None)


def _parts(grid: Grid) -> list[Block]:
    parts: list[Block] = []
    rows: list[list[GridCell]] = []
    for row in grid.rows:
        if _is_narrative([cell.text for cell in row]):
            if rows:
                parts.append(_grid(grid, rows))
                rows = []
            cell = next(cell for cell in row if cell.text)
            parts += [Paragraph(line.strip(), grid.locate(cell)) for line in cell.text.split("\n") if line.strip()]
        else:
            rows.append(row)
    return [*parts, _grid(grid, rows)] if rows else parts


def _grid(whole: Grid, rows: list[list[GridCell]]) -> Grid:
    """Consecutive rows of a grid as a grid of their own, whose cells are found in the places of the whole."""
    top = next((cell.row for row in rows for cell in row), 0)
    own = [[replace(cell, row=cell.row - top) for cell in row] for row in rows]

    def locate(cell: GridCell) -> Place:
        return whole.locate(replace(cell, row=cell.row + top))

    return Grid(own, whole.aligned, locate)
