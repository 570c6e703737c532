"""表三: rows that are glued, short or shifted, decoded by the row sums, the column sums and the balance."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import CellState, Doubt
from gongkai.annual_report.reading import solve
from gongkai.annual_report.reading.application_bounds import narrowed_by_bounds
from gongkai.annual_report.reading.application_losses import doubtful_columns, restored
from gongkai.annual_report.reading.application_readings import (
    SPECIAL,
    Puzzle,
    narrowed_to_a_column,
    puzzle_of,
    rules_of,
)
from gongkai.annual_report.reading.application_repairs import is_suspect, repaired
from gongkai.annual_report.reading.application_rows import columns_of, lacks_other, rows_with_keys, settle_order
from gongkai.annual_report.reading.decode_rows import (
    apart,
    doubt_of,
    leave_open,
    listed,
    open_cell,
    raw_of,
    solved,
    where_of,
)
from gongkai.annual_report.reading.glued_splits import LIMIT, Reading
from gongkai.annual_report.reading.locate import APPLICANTS, Located, PlacedCell, PrintedRow


def decode(located: Located, form: Format) -> None:
    """Decode the rows of 表三 that are still open."""
    settle_order(located, form)
    rows = list(rows_with_keys(located, form))
    absent = lacks_other(located, rows)
    open_rows = _first_of_each(
        located, [row for row in rows if not _settle(located, row, columns_of(row, absent=absent))]
    )
    if not open_rows:
        return
    use_sums = not absent or _sums_hold(located, form)
    rules = rules_of(located, form, open_rows, sums=use_sums)
    puzzles = [puzzle_of(row, columns_of(row, absent=absent), rules) for row in open_rows]
    narrowed_to_a_column(puzzles, form, len(rows))
    narrowed_by_bounds(puzzles, located, form)
    hopeless = [one for one in puzzles if not 0 < len(one.readings) <= LIMIT]
    for one in hopeless:
        candidates = [listed(_printed(one, reading)) for reading in one.readings]
        leave_open(located, one.row, one.columns, form, candidates)
    _solve(located, form, [one for one in puzzles if one not in hopeless], absent=absent)


def _first_of_each(located: Located, rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows to solve: none that is printed apart elsewhere, and each once."""
    by_key: dict[str, PrintedRow] = {}
    for row in rows:
        if f"applications.{row.key}.total" not in located.cells:
            by_key.setdefault(row.key, row)
    return list(by_key.values())


def _settle(located: Located, row: PrintedRow, columns: tuple[str, ...]) -> bool:
    """Take the row as it stands where its values stand apart, one for each column."""
    pieces = apart(row, len(columns))
    if pieces is None:
        return False
    located.put_row(f"applications.{row.key}", columns, pieces, {})
    return True


def _sums_hold(located: Located, form: Format) -> bool:
    """Whether the rows printed without the column 其他 add up without it: then the others may be expected to."""
    for row in form.rows:
        values = [located.cells.get(f"applications.{row.key}.{column}") for column in APPLICANTS]
        numbers = [cell.value or 0 for cell in values if cell is not None and cell.state is not CellState.UNREADABLE]
        if len(numbers) == len(APPLICANTS) - 1 and sum(numbers[:-1]) != numbers[-1]:
            return False
    return True


def _printed(puzzle: Puzzle, reading: Reading) -> list[int | None]:
    """A reading in the order of the printed columns."""
    return [reading[APPLICANTS.index(column)] for column in puzzle.columns]


def _solve(located: Located, form: Format, puzzles: list[Puzzle], *, absent: bool) -> None:
    table = _table(located, form, puzzles, absent=absent)
    solution = solve.solve(table)
    if is_suspect(solution):
        better = repaired(puzzles, located, form, lambda tried: _table(located, form, tried, absent=absent))
        puzzles, solution = better or (puzzles, solution)
    if solution.exhausted:
        message = "表三粘连处的读法太多，在限定时间内未能逐一验证，未填；请对照原件填写"
        located.doubts.append(Doubt("decode-timeout", message))
    for puzzle in puzzles:
        _decide(located, form, puzzle, solution)
    if solution.dropped or solution.rows_only:
        _doubt_sums(located, form, puzzles, solution)


def _decide(located: Located, form: Format, puzzle: Puzzle, solution: solve.Solution) -> None:
    """Put the cells of one row that the solution decides, and leave its others open."""
    weak = solution.exhausted or solution.rows_only
    left = set(solution.supported[puzzle.row.key])
    # A lost number is whatever its row sum asks for: without all the columns nothing vouches for it.
    unproven = weak or puzzle.together or (solution.dropped and not puzzle.certain)
    readings = puzzle.readings if unproven else [one for one in puzzle.readings if _vector(one) in left]
    by_columns = not weak and (len(readings) < len(puzzle.readings) or not puzzle.certain)
    vouched = _vouched(puzzle, form, None if weak else solution.used)
    if puzzle.certain and not weak and solution.dropped:
        vouched -= doubtful_columns(puzzle, solution, form)
        whole = restored(puzzle, solution, form)
        readings = [*readings, whole] if whole else readings
    _keep(located, form, puzzle, readings, vouched=vouched, table=solution.used if by_columns else None)


def _vector(reading: Reading) -> solve.Vector:
    return tuple(number or 0 for number in reading)


def _table(located: Located, form: Format, puzzles: list[Puzzle], *, absent: bool) -> solve.Table:
    """The whole of 表三: puzzles with their readings, other rows as they stand; an equation with a gap is left out."""
    open_rows = {one.row.key: one for one in puzzles}
    options: dict[str, list[solve.Vector]] = {}
    gaps: dict[str, set[int]] = {}
    for row in form.rows:
        if row.key in open_rows:
            options[row.key] = list(dict.fromkeys(map(_vector, open_rows[row.key].readings)))
            gaps[row.key] = set()
        else:
            options[row.key], gaps[row.key] = _as_it_stands(located, row.key)
    every = set(range(len(APPLICANTS))) - ({APPLICANTS.index("other")} if absent else set())
    summed = (*form.leaf_rows, "total")
    return solve.Table(
        options,
        form.leaf_rows,
        frozenset(every - set().union(*(gaps[key] for key in summed))),
        frozenset(every - set().union(*(gaps[key] for key in SPECIAL))),
    )


def _as_it_stands(located: Located, row: str) -> tuple[list[solve.Vector], set[int]]:
    """A row that is no puzzle: its numbers, blanks counting nothing, and the columns that it leaves unknown."""
    numbers, gaps = [], set()
    for column, applicant in enumerate(APPLICANTS):
        cell = located.cells.get(f"applications.{row}.{applicant}")
        blank = cell is not None and cell.state in {CellState.BLANK, CellState.DASH}
        if cell is None or not (blank or isinstance(cell.value, int)):
            gaps.add(column)
        value = cell.value if cell is not None else 0
        numbers.append(value if isinstance(value, int) else 0)
    return [tuple(numbers)], gaps


def _vouched(puzzle: Puzzle, form: Format, used: solve.Table | None) -> frozenset[int]:
    """The columns whose numbers can be trusted: those of digits that are all there, and those with a sum that holds.

    A number that was lost from a row is what its sum asks for; if the agency added up wrongly only the columns tell.
    """
    every = frozenset(range(len(APPLICANTS)))
    if puzzle.certain or not any(any(reading) for reading in puzzle.readings):
        return every
    if puzzle.together:
        return every if len(puzzle.readings) > 1 else frozenset()
    if used is None:
        return frozenset()
    key = puzzle.row.key
    in_outcome = used.outcome if key in (*form.leaf_rows, "total") else frozenset()
    return in_outcome | (used.balance if key in SPECIAL else frozenset())


def _keep(  # noqa: PLR0913 - what decided a row is told apart from what it may be
    located: Located,
    form: Format,
    puzzle: Puzzle,
    readings: list[Reading],
    *,
    vouched: frozenset[int],
    table: solve.Table | None,
) -> None:
    """Put the cells that all remaining readings agree on; leave the others open. `table` is given where it decided."""
    prefix = f"applications.{puzzle.row.key}"
    unsure: list[str] = []
    for column in puzzle.columns:
        at = APPLICANTS.index(column)
        values = {reading[at] for reading in readings}
        path = f"{prefix}.{column}"
        agreed = at in vouched or (values == {0} and (len(readings) > 1 or puzzle.together))
        if len(values) > 1 or not agreed:
            unsure.append(path)
            located.put(path, open_cell(puzzle.row))
            continue
        value = values.pop()
        if value is None:
            located.put(path, PlacedCell(None, CellState.BLANK, raw_of(puzzle.row), where_of(puzzle.row)))
        else:
            located.put(path, solved(value, puzzle.row, _identities(puzzle, form, at, table)))
    if unsure:
        candidates = [listed(_printed(puzzle, reading)) for reading in readings]
        located.doubts.append(doubt_of(puzzle.row, tuple(unsure), form, candidates))


def _identities(puzzle: Puzzle, form: Format, column: int, table: solve.Table | None) -> list[str]:
    """Names of the identities that fixed a cell: its row sum, and those of its column where they decided."""
    key, applicant = puzzle.row.key, APPLICANTS[column]
    names = [f"row-sum:{key}"] if puzzle.by_sum else []
    if table is not None:
        if column in table.outcome and key in (*form.leaf_rows, "total"):
            names.append(f"outcome-sum:{applicant}")
        if column in table.balance and key in SPECIAL:
            names.append(f"balance:{applicant}")
    return names


def _doubt_sums(located: Located, form: Format, puzzles: list[Puzzle], solution: solve.Solution) -> None:
    """Numbers that were told apart although their columns do not add up deserve a second look."""
    involved = []
    for puzzle in puzzles:
        digits = "".join(piece.text.strip() for piece in puzzle.row.pieces)
        # As many glued digits as cells can be read in one way only.
        if not puzzle.row.glued or len(digits) != len(puzzle.columns):
            involved.append(puzzle.row.key)
    if not involved:
        return
    labels = {column.key: column.label for column in form.columns}
    columns = "、".join(dict.fromkeys(labels[APPLICANTS[column]] for _, column in solution.dropped)) or "各"
    message = f"表三“{columns}”列的数合计不上，粘连的行只能按行合计判读；请对照原件核对这些行"
    located.doubts.append(Doubt("column-sums", message, cells=tuple(f"applications.{key}" for key in involved)))
