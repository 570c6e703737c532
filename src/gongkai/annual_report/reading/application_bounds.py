"""Glued rows of 表三 added up wrongly that may be read in too many ways: other rows narrow what they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual_report.formats import Format
from gongkai.annual_report.reading.application_readings import SPECIAL, Puzzle
from gongkai.annual_report.reading.glued_splits import LIMIT, Effort, Reading, UndecidableError, bounded_splits, joined
from gongkai.annual_report.reading.locate import APPLICANTS, Located

# No outcome exceeds 三（七）总计, and nothing that came in or was dealt with the other side of 一 + 二 = 三（七） + 四.
_ABOVE = {
    "received": ("total", "carried_out"),
    "carried_in": ("total", "carried_out"),
    "total": ("received", "carried_in"),
    "carried_out": ("received", "carried_in"),
}


def narrowed_by_bounds(puzzles: Sequence[Puzzle], located: Located, form: Format) -> None:
    """Give the rows with too many readings those in which at most one number is larger than its column can be."""
    for one in puzzles:
        if one.row.glued and not one.by_sum and len(one.readings) > LIMIT:
            one.readings = all_within_bounds(one, puzzles, located, form) or one.readings


def all_within_bounds(puzzle: Puzzle, puzzles: Sequence[Puzzle], located: Located, form: Format) -> list[Reading]:
    """The ways to cut a row, whatever its sum, in which at most one number is larger than its column can be."""
    known = {one.row.key: one for one in puzzles if 0 < len(one.readings) <= LIMIT}
    bounds = _bounds(puzzle, known, located, form)
    return [] if bounds is None else _bounded(puzzle, bounds, located.effort)


def _bounds(puzzle: Puzzle, known: Mapping[str, Puzzle], located: Located, form: Format) -> list[int] | None:
    key = puzzle.row.key
    above: list[tuple[str, ...]] = [_ABOVE[key]] if key in SPECIAL else []
    if key in form.leaf_rows:
        above = [("total",), _ABOVE["total"]]
    for rows in above:
        largest = [_largest(row, known, located) for row in rows]
        if all(one is not None for one in largest):
            return [sum(column) for column in zip(*[one for one in largest if one is not None], strict=True)]
    return None


def _largest(row: str, known: Mapping[str, Puzzle], located: Located) -> list[int] | None:
    """The largest number that a row may have in each column; None where one is unknown."""
    if row in known:
        return [max(number or 0 for number in column) for column in zip(*known[row].readings, strict=True)]
    cells = [located.cells.get(f"applications.{row}.{column}") for column in APPLICANTS]
    numbers = [cell.value for cell in cells if cell is not None and isinstance(cell.value, int)]
    return numbers if len(numbers) == len(APPLICANTS) else None


def _bounded(puzzle: Puzzle, bounds: Sequence[int], effort: Effort) -> list[Reading]:
    text, walls = joined(["".join(piece.text.split()) for piece in puzzle.row.pieces if piece.text.strip()])
    own = [bounds[APPLICANTS.index(column)] for column in puzzle.columns]
    try:
        readings = bounded_splits(text, walls, own, effort=effort)
    except UndecidableError:
        return []
    placed = [dict(zip(puzzle.columns, reading, strict=True)) for reading in readings]
    return [tuple(one.get(applicant, 0) for applicant in APPLICANTS) for one in placed]
