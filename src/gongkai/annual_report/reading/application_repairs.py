"""A glued row that adds up by chance: the agency added it up wrongly, and another way to cut its digits happens to fit.

Such a reading breaks many columns of 表三 at once. Where one row, cut in any way that its columns allow, leaves no more
than two of them broken, that row was published with an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from gongkai.annual_report.formats import Format
from gongkai.annual_report.reading import solve
from gongkai.annual_report.reading.application_bounds import all_within_bounds
from gongkai.annual_report.reading.application_readings import SPECIAL, Puzzle
from gongkai.annual_report.reading.glued_splits import LIMIT
from gongkai.annual_report.reading.locate import Located
from gongkai.annual_report.reading.solve import Solution, Table

_FEW = 2  # columns that one wrong number may break: its own and 总计
_BUDGET = 0.1  # seconds for one try
_MOST_TRIES = 12  # rows

Tabled = Callable[[list[Puzzle]], Table]


def is_suspect(solution: Solution) -> bool:
    """Whether more is broken than an error or two of an agency explain."""
    return not solution.exhausted and (solution.rows_only or len(_broken(solution)) > _FEW)


def repaired(
    puzzles: list[Puzzle], located: Located, form: Format, tabled: Tabled
) -> tuple[list[Puzzle], Solution] | None:
    """The puzzles with the row that was added up wrongly read in all ways, and their solution; None where none helps.

    Where several rows may be the one, each keeps the readings that any of these solutions leaves it.
    """
    if not all(one.by_sum for one in puzzles):
        return None  # a row that cannot be made to add up is the one
    found: dict[str, tuple[list[Puzzle], Solution]] = {}
    likeliest_first = sorted(puzzles, key=lambda one: one.row.key not in SPECIAL)  # they have the longest numbers
    wider = ((one, _widened(one, puzzles, located, form)) for one in likeliest_first)
    for one, widened in islice(((one, widened) for one, widened in wider if widened), _MOST_TRIES):
        tried = [widened if other is one else other for other in puzzles]
        solution = solve.solve(tabled(tried), budget=_BUDGET)
        if not is_suspect(solution) and not solution.exhausted:
            found[one.row.key] = tried, solution
    return _together(puzzles, found) if found else None


def _widened(puzzle: Puzzle, puzzles: Sequence[Puzzle], located: Located, form: Format) -> Puzzle | None:
    digits = sum(len(piece.text.strip()) for piece in puzzle.row.pieces)
    if not (puzzle.row.glued and puzzle.by_sum and digits > len(puzzle.columns)):
        return None
    others = all_within_bounds(puzzle, puzzles, located, form)
    readings = list(dict.fromkeys([*puzzle.readings, *others]))
    return replace(puzzle, readings=readings, by_sum=False) if len(puzzle.readings) < len(readings) <= LIMIT else None


def _together(
    puzzles: list[Puzzle], found: Mapping[str, tuple[list[Puzzle], Solution]]
) -> tuple[list[Puzzle], Solution]:
    wider = {key: next(one for one in tried if one.row.key == key) for key, (tried, _) in found.items()}
    solutions = [solution for _, solution in found.values()]
    supported = {
        row: list(dict.fromkeys(option for solution in solutions for option in solution.supported[row]))
        for row in solutions[0].supported
    }
    used = solutions[0].used
    outcome = used.outcome.intersection(*(solution.used.outcome for solution in solutions))
    balance = used.balance.intersection(*(solution.used.balance for solution in solutions))
    dropped = list(dict.fromkeys(one for solution in solutions for one in solution.dropped))
    together = Solution(Table(used.options, used.leaves, outcome, balance), supported, dropped)
    return [wider.get(one.row.key, one) for one in puzzles], together


def _broken(solution: Solution) -> set[int]:
    return {column for _, column in solution.dropped}
