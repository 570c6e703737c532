"""表三: rows that are glued, short or shifted, decoded by the row sums, the column sums and the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import CellState, Doubt
from gongkai.annual_report.reading import solve
from gongkai.annual_report.reading.decode_rows import (
    apart,
    doubt_of,
    leave_open,
    listed,
    named,
    open_cell,
    place_of,
    raw_of,
    solved,
    where_of,
    whole_numbers,
)
from gongkai.annual_report.reading.glued_splits import (
    LIMIT,
    Effort,
    Reading,
    UndecidableError,
    blank_splits,
    joined,
    lost_readings,
    plain_splits,
    summing_splits,
    window_readings,
)
from gongkai.annual_report.reading.locate import APPLICANTS, Located, PlacedCell, PrintedRow

_NAMELESS = 20  # more rows without a name than these are not reported one by one
_PARTS = [applicant for applicant in APPLICANTS if applicant != "total"]
_SPECIAL = ("received", "carried_in", "total", "carried_out")


@dataclass(slots=True)
class Puzzle:
    """A row of 表三 with its possible readings over all seven applicants; `by_sum`: they satisfy its own sum."""

    row: PrintedRow
    columns: tuple[str, ...]
    readings: list[Reading]
    by_sum: bool


def decode(located: Located, form: Format) -> None:
    """Decode the rows of 表三 that are still open."""
    _settle_order(located, form)
    rows = list(_rows_with_keys(located, form))
    absent = lacks_other(located, rows)
    open_rows = _first_of_each(
        located, [row for row in rows if not _settle(located, row, _columns(row, absent=absent))]
    )
    if not open_rows:
        return
    use_sums = not absent or _sums_hold(located, form)
    rules = _Rules(use_sums, _has_vanished_blanks(open_rows), _largest(located, form), located.effort)
    puzzles = [_puzzle_or_nothing(row, _columns(row, absent=absent), rules) for row in open_rows]
    hopeless = [puzzle for puzzle in puzzles if not 0 < len(puzzle.readings) <= LIMIT]
    for puzzle in hopeless:
        candidates = [listed(_printed(puzzle, reading)) for reading in puzzle.readings]
        leave_open(located, puzzle.row, puzzle.columns, form, candidates)
    _solve(located, form, [puzzle for puzzle in puzzles if puzzle not in hopeless], absent=absent)


def _settle_order(located: Located, form: Format) -> None:
    """Decide by the row sums what the columns are where the header names 总计 before others.

    Either the agency prints it there, or the two lines of the header were made one and the numbers stand as in the
    form. Where the sums speak for both or for neither, the rows stay open.
    """
    strange = [row for row in located.rows if row.table == "applications" and _has_total_inside(row)]
    if not strange:
        return
    numbers = [[number or 0 for number in whole_numbers(row.pieces) or ()] for row in strange]
    telling = [
        (row, own) for row, own in zip(strange, numbers, strict=True) if any(own) and len(own) == len(APPLICANTS)
    ]
    as_printed = sum(1 for row, own in telling if 2 * own[row.columns.index("total")] == sum(own))
    as_in_form = sum(1 for _, own in telling if 2 * own[-1] == sum(own))
    if as_printed == len(telling) > as_in_form:
        return
    is_form_order = all([column for column in row.columns if column != "total"] == _PARTS for row in strange)
    for row in strange:
        if as_in_form == len(telling) and is_form_order:
            row.columns = APPLICANTS
        else:
            located.rows.remove(row)
            leave_open(located, row, row.columns, form, [])


def _has_total_inside(row: PrintedRow) -> bool:
    return len(row.columns) == len(APPLICANTS) and row.columns[-1] != "total"


def _first_of_each(located: Located, rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows to solve: none that is printed apart elsewhere, and each once."""
    by_key: dict[str, PrintedRow] = {}
    for row in rows:
        if f"applications.{row.key}.total" not in located.cells:
            by_key.setdefault(row.key, row)
    return list(by_key.values())


def lacks_other(located: Located, rows: Sequence[PrintedRow]) -> bool:
    """Whether the table was printed without the column 其他: the header has it not, and no row has a seventh value."""
    if not located.header3 or "other" in located.header3 or len(located.header3 & set(APPLICANTS[1:5])) < 4:
        return False
    if any(path.endswith(".other") for path in located.cells if path.startswith("applications.")):
        return False
    return bool(rows) and not any(_width(row) > 6 for row in rows if not row.glued) and _glued_are_narrow(rows)


def _width(row: PrintedRow) -> int:
    return sum(1 for piece in row.pieces if piece.text.strip())


def _glued_are_narrow(rows: Sequence[PrintedRow]) -> bool:
    """Rows of zeros are as wide as the table."""
    glued = ["".join(piece.text for piece in row.pieces) for row in rows if row.glued]
    return not glued or any(len(text) == 6 for text in glued)


def _columns(row: PrintedRow, *, absent: bool) -> tuple[str, ...]:
    if absent:
        return tuple(column for column in row.columns if column != "other")
    return row.columns if len(row.columns) == len(APPLICANTS) else APPLICANTS


def _rows_with_keys(located: Located, form: Format) -> Iterator[PrintedRow]:
    """The open rows; one whose label cannot be read takes the place that its neighbours leave free."""
    known = [row.key for row in form.rows]
    nameless = 0
    guesses = iter(_guessed_keys(located.row_keys, known))
    for row in located.rows:
        if row.table != "applications":
            continue
        if not row.key:
            row.key = next(guesses)
            where = place_of(row.label_where)
            if not row.key:
                nameless += 1
                if nameless <= _NAMELESS:
                    message = f"表三有一行“{raw_of(row)}”认不出行名，未采用；请对照原件"
                    located.doubts.append(Doubt("unnamed-row", message, where))
                continue
            message = (
                f"表三有一行“{raw_of(row)}”认不出行名，按前后行的顺序作{named(form, row.table, row.key)}；请对照原件"
            )
            located.doubts.append(Doubt("unnamed-row", message, where, (f"applications.{row.key}",)))
        if row.key in known:
            yield row


def _guessed_keys(printed: Sequence[str], order: Sequence[str]) -> list[str]:
    """A key for each nameless row: where as many rows of the form are missing as nameless rows stand, their keys."""
    guesses: list[str] = []
    at = 0
    while at < len(printed):
        if printed[at]:
            at += 1
            continue
        end = at
        while end < len(printed) and not printed[end]:
            end += 1
        before = order.index(printed[at - 1]) if at and printed[at - 1] in order else -1
        after = order.index(printed[end]) if end < len(printed) and printed[end] in order else len(order)
        missing = [key for key in order[before + 1 : after] if key not in printed]
        guesses += missing if len(missing) == end - at else [""] * (end - at)
        at = end
    return guesses


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


@dataclass(frozen=True, slots=True)
class _Rules:
    """What may be assumed of all rows: `sums` hold within rows, `blanks` vanished from glued ones, no open outcome
    exceeds `largest` (None: nothing is known of that)."""

    sums: bool
    blanks: bool
    largest: int | None
    effort: Effort


def _has_vanished_blanks(rows: Sequence[PrintedRow]) -> bool:
    """A row with fewer digits than cells shows that blank cells left nothing behind in this text."""
    return any(len("".join(piece.text for piece in row.pieces)) < len(APPLICANTS) - 1 for row in rows if row.glued)


def _largest(located: Located, form: Format) -> int | None:
    """What （七）总计 leaves for the open outcome rows together."""
    total = located.cells.get("applications.total.total")
    if total is None or not isinstance(total.value, int):
        return None
    stated = (located.cells.get(f"applications.{row}.total") for row in form.leaf_rows)
    return max(0, total.value - int(sum(cell.value or 0 for cell in stated if cell is not None)))


def _puzzle_or_nothing(row: PrintedRow, columns: tuple[str, ...], rules: _Rules) -> Puzzle:
    try:
        return _puzzle(row, columns, rules)
    except UndecidableError:
        return Puzzle(row, columns, [], by_sum=False)


def _puzzle(row: PrintedRow, columns: tuple[str, ...], rules: _Rules) -> Puzzle:
    by_sum = rules.sums and columns[-1] == "total"
    texts = ["".join(piece.text.split()) for piece in row.pieces if piece.text.strip()]
    glued = row.glued or len(texts) == 1  # a single cell may hold a whole row
    readings: list[Reading] = []
    if by_sum:
        of_cells = [] if glued else _of_cells(row, len(columns), rules.largest if row.key not in _SPECIAL else None)
        if of_cells is not None:
            readings = list(
                dict.fromkeys([*of_cells, *_of_glued(texts, len(columns), rules, blanks=row.glued and rules.blanks)])
            )
    if not readings and row.glued:
        # Either the agency added up wrongly, or blank cells vanished: where only one of the two can be, it is that.
        wrong = [] if by_sum and rules.blanks else _by_count(texts, len(columns))
        blank = blank_splits(*joined(texts), len(columns), effort=rules.effort) if by_sum else []
        by_sum = not wrong
        readings = list(dict.fromkeys([*wrong, *blank]))
    return Puzzle(row, columns, [_over_all(reading, columns) for reading in readings], by_sum)


def _of_cells(row: PrintedRow, count: int, largest: int | None) -> list[Reading] | None:
    """Readings of cells that stand apart, but too many or too few of them; None where these cannot be listed."""
    numbers = whole_numbers(row.pieces)
    if numbers is None:
        return None
    filled = [number for number in numbers if number is not None]
    if len(filled) > count:
        windows: list[Reading] = [tuple(filled[n : n + count]) for n in range(len(filled) - count + 1)]
    elif len(numbers) > count:
        windows = window_readings(numbers, count)
    else:
        return lost_readings(filled, count, largest=largest)
    return [window for window in windows if _adds_up(window)]


def _adds_up(reading: Reading) -> bool:
    return reading[-1] is not None and sum(part or 0 for part in reading[:-1]) == reading[-1]


def _of_glued(texts: Sequence[str], count: int, rules: _Rules, *, blanks: bool) -> list[Reading]:
    """Readings of glued digits that add up: white space parts numbers, unless nothing fits."""
    text, walls = joined(texts)
    effort = rules.effort
    readings = summing_splits(text, walls, count, effort=effort)
    if not readings and walls:
        readings = summing_splits(text, frozenset(), count, effort=effort)
    return [*readings, *blank_splits(text, walls, count, effort=effort)] if blanks else readings


def _by_count(texts: Sequence[str], count: int) -> list[Reading]:
    """Readings of glued digits that do not add up (an error of the agency): whatever the number of cells allows."""
    text, walls = joined(texts)
    return plain_splits(text, walls, count) or plain_splits(text, frozenset(), count)


def _over_all(reading: Reading, columns: Sequence[str]) -> Reading:
    by_column = dict(zip(columns, reading, strict=True))
    return tuple(by_column.get(applicant, 0) for applicant in APPLICANTS)


def _printed(puzzle: Puzzle, reading: Reading) -> list[int | None]:
    """A reading in the order of the printed columns."""
    return [reading[APPLICANTS.index(column)] for column in puzzle.columns]


# ---------------------------------------------------------------------- all rows together


def _solve(located: Located, form: Format, puzzles: list[Puzzle], *, absent: bool) -> None:
    table = _table(located, form, puzzles, absent=absent)
    solution = solve.solve(table)
    if solution.exhausted:
        message = "表三粘连处的读法太多，在限定时间内未能逐一验证，未填；请对照原件填写"
        located.doubts.append(Doubt("decode-timeout", message))
    weak = solution.exhausted or solution.rows_only
    for puzzle in puzzles:
        left = set(solution.supported[puzzle.row.key])
        # A lost number is whatever its row sum asks for: without all the columns nothing vouches for it.
        unproven = weak or (solution.dropped and not puzzle.row.glued)
        readings = puzzle.readings if unproven else [one for one in puzzle.readings if _vector(one) in left]
        narrowed = len(readings) < len(puzzle.readings)
        _keep(located, form, puzzle, readings, solution.used if narrowed else None)
    if solution.dropped or solution.rows_only:
        _doubt_sums(located, form, puzzles, solution)


def _vector(reading: Reading) -> solve.Vector:
    return tuple(number or 0 for number in reading)


def _table(located: Located, form: Format, puzzles: list[Puzzle], *, absent: bool) -> solve.Table:
    """The whole of 表三: puzzles with their readings, other rows as they stand; an equation with a gap is left out."""
    open_rows = {puzzle.row.key: puzzle for puzzle in puzzles}
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
        frozenset(every - set().union(*(gaps[key] for key in _SPECIAL))),
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


def _keep(located: Located, form: Format, puzzle: Puzzle, readings: list[Reading], table: solve.Table | None) -> None:
    """Put the cells that all remaining readings agree on; leave the others open. `table` is given where it decided."""
    prefix = f"applications.{puzzle.row.key}"
    unsure: list[str] = []
    for column in puzzle.columns:
        at = APPLICANTS.index(column)
        values = {reading[at] for reading in readings}
        path = f"{prefix}.{column}"
        if len(values) > 1:
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
        if column in table.balance and key in _SPECIAL:
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
