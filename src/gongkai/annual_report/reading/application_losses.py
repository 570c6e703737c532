"""Glued rows of 表三 in a table that does not add up: an error of the agency, or a cell that the copy lost?

Digits that were put together are all there, as a rule, and a row that breaks an equation was published so. But where
the broken columns ask for exactly the numbers that the row prints, and one more, the row may as well have lost that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual_report.formats import Format
from gongkai.annual_report.reading.application_readings import SPECIAL, Puzzle
from gongkai.annual_report.reading.solve import Solution, Vector

_MANY = 3  # columns that one wrong number of an agency does not break together: it breaks its own, and perhaps 总计

_Known = Mapping[str, Sequence[Vector]]


def doubtful_columns(puzzle: Puzzle, solution: Solution, form: Format) -> frozenset[int]:
    """The columns in which nothing vouches for a glued row that does not add up: with so many broken it is shifted."""
    if puzzle.by_sum or puzzle.row.key not in (*form.leaf_rows, *SPECIAL):
        return frozenset()
    broken = _broken(puzzle.row.key, solution, form)
    return broken if len(broken) >= _MANY else frozenset()


def restored(puzzle: Puzzle, solution: Solution, form: Format) -> Vector | None:
    """The numbers that a glued row had if it lost one of them and all equations held; None where that cannot be."""
    key = puzzle.row.key
    broken = _broken(key, solution, form)
    own = solution.supported[key]
    if not broken or len(own) != 1:
        return None
    asked = [
        _asked(key, column, solution, form) if column in broken else number for column, number in enumerate(own[0])
    ]
    if any(number is None or number < 0 for number in asked):
        return None
    numbers = [number for number in asked if number is not None]
    is_sum = sum(numbers[:-1]) == numbers[-1]
    return tuple(numbers) if is_sum and _lacks_one(puzzle, numbers) else None


def _broken(key: str, solution: Solution, form: Format) -> frozenset[int]:
    """The columns with an equation that this row takes part in and that no choice satisfies."""
    kinds = {"outcome-sum": (*form.leaf_rows, "total"), "balance": SPECIAL}
    return frozenset(column for identity, column in solution.dropped if key in kinds[identity])


def _asked(key: str, column: int, solution: Solution, form: Format) -> int | None:
    """What the broken equation of a column asks for in a row; None where another row leaves that open."""
    is_outcome = ("outcome-sum", column) in solution.dropped and key in (*form.leaf_rows, "total")
    rows = (*form.leaf_rows, "total") if is_outcome else SPECIAL
    signs = {row: -1 if row in {"total", "carried_out"} else 1 for row in rows}
    rest = 0
    for row in rows:
        values = {vector[column] for vector in solution.supported.get(row, ())}
        if row == key:
            continue
        if len(values) != 1:
            return None
        rest += signs[row] * values.pop()
    return -signs[key] * rest


def _lacks_one(puzzle: Puzzle, numbers: Sequence[int]) -> bool:
    printed = "".join("".join(piece.text.split()) for piece in puzzle.row.pieces)
    texts = [str(number) for number in numbers]
    return any("".join(texts[:at] + texts[at + 1 :]) == printed for at in range(len(texts)))
