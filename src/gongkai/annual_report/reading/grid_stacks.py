"""Rows stacked in the cells of one: `1.国家秘密⏎2.其他…` beside `0⏎3`, as many numbers in each cell as labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.annual_report.reading.document import GridCell
from gongkai.annual_report.reading.grid_cells import ROWS, is_value
from gongkai.annual_report.reading.labels import chain, find
from gongkai.text.width import fold

_MOST = 40  # rows in one; the forms have 28


def unstacked(row: list[GridCell]) -> list[list[GridCell]]:
    """The rows that one row holds, the cells before the label in the first of them; the row itself if it is one."""
    if not any("\n" in cell.text for cell in row):
        return [row]
    lines = [_lines(cell) for cell in row]
    first = next((at for at in range(1, len(row)) if _are_values(lines[at])), 0)
    count = len(lines[first])
    if not first or not 1 < count <= _MOST or any(len(one) != count or not _are_values(one) for one in lines[first:]):
        return [row]
    labels = _labels(row[first - 1], count)
    if labels is None:
        return [row]
    return [
        [
            *(row[: first - 1] if not n else ()),
            replace(row[first - 1], text=label),
            *(replace(cell, text=own[n]) for cell, own in zip(row[first:], lines[first:], strict=True)),
        ]
        for n, label in enumerate(labels)
    ]


def _lines(cell: GridCell) -> list[str]:
    return [line.strip() for line in cell.text.split("\n")]


def _are_values(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and all(is_value(line, beside=False) for line in lines)


def _labels(cell: GridCell, count: int) -> list[str] | None:
    """The labels stacked in a cell, also where one is broken over lines; None where there are not as many rows."""
    lines = _lines(cell)
    if len(lines) == count and all(lines) and any(map(_is_row, lines)):
        return lines  # a misprinted one is known by its neighbours as in rows of their own
    folded = fold(cell.text)
    found = [one for one in chain(folded) if one.label.kind in ROWS]
    whole = found and found[0].start == 0 and found[-1].end == len(folded)
    return [folded[one.start : one.end] for one in found] if whole and len(found) == count else None


def _is_row(text: str) -> bool:
    label = find(text)
    return label is not None and label.kind in ROWS
