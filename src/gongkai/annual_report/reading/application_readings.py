"""How each open row of 表三 may be read: cells that were lost, put together, shifted or left blank, by its own sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.formats import Format
from gongkai.annual_report.reading.decode_rows import blanks_vanish, is_pasted, misses_cells, whole_numbers
from gongkai.annual_report.reading.glued_splits import (
    Effort,
    Reading,
    UndecidableError,
    blank_readings,
    blank_splits,
    joined,
    lost_readings,
    plain_splits,
    summing_splits,
    window_readings,
)
from gongkai.annual_report.reading.locate import APPLICANTS, Located, PrintedRow

_FEW_ERRORS = 4  # rows that an agency added up wrongly
SPECIAL = ("received", "carried_in", "total", "carried_out")


@dataclass(slots=True)
class Puzzle:
    """A row of 表三 with its possible readings over all seven applicants; `by_sum`: they satisfy its own sum.

    `certain` says that its digits are all there, only put together: else a number may have been lost from it.
    `together` says that one reading holds for all rows at once, which no sum can choose.
    """

    row: PrintedRow
    columns: tuple[str, ...]
    readings: list[Reading]
    by_sum: bool
    certain: bool = True
    together: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be assumed of all rows: `sums` hold within rows, `blanks` vanished from them, cells were `pasted`
    together, no open outcome exceeds `largest` (None: nothing is known of that)."""

    sums: bool
    blanks: bool
    pasted: bool
    largest: int | None
    effort: Effort


def rules_of(located: Located, form: Format, rows: Sequence[PrintedRow], *, sums: bool) -> Rules:
    """What the open `rows` of 表三 show together; `sums` says whether rows may be expected to add up."""
    blanks = blanks_vanish(located) or any(misses_cells(row) for row in rows)
    pasted = any(is_pasted(row.pieces) for row in rows if not row.glued and _filled(row) < len(APPLICANTS))
    return Rules(sums, blanks, pasted, _largest(located, form), located.effort)


def _largest(located: Located, form: Format) -> int | None:
    """What （七）总计 leaves for the open outcome rows together."""
    total = located.cells.get("applications.total.total")
    if total is None or not isinstance(total.value, int):
        return None
    stated = (located.cells.get(f"applications.{row}.total") for row in form.leaf_rows)
    return max(0, total.value - int(sum(cell.value or 0 for cell in stated if cell is not None)))


def puzzle_of(row: PrintedRow, columns: tuple[str, ...], rules: Rules) -> Puzzle:
    """The row with all its readings; with none where they are too many to list."""
    try:
        return _puzzle(row, columns, rules)
    except UndecidableError:
        return Puzzle(row, columns, [], by_sum=False)


def _puzzle(row: PrintedRow, columns: tuple[str, ...], rules: Rules) -> Puzzle:
    by_sum = rules.sums and columns[-1] == "total"
    texts = ["".join(piece.text.split()) for piece in row.pieces if piece.text.strip()]
    count = len(columns)
    pasted = rules.pasted and len(texts) < count
    glued = row.glued or len(texts) == 1 or pasted  # a single cell may hold a whole row
    readings: list[Reading] = []
    if by_sum:
        readings = _by_sum(row, texts, count, rules, glued=glued)
    if not readings and (row.glued or pasted):
        # Either the agency added up wrongly, or blank cells vanished: where only one of the two can be, it is that.
        wrong = [] if by_sum and rules.blanks else _by_count(texts, count, strictly=not row.glued)
        blank = blank_splits(*joined(texts), count, effort=rules.effort) if by_sum and not wrong else []
        by_sum = not wrong
        readings = list(dict.fromkeys([*wrong, *blank]))
    return Puzzle(row, columns, [_over_all(reading, columns) for reading in readings], by_sum, certain=glued)


def _by_sum(row: PrintedRow, texts: Sequence[str], count: int, rules: Rules, *, glued: bool) -> list[Reading]:
    """The readings of a row that satisfy its own sum."""
    largest = rules.largest if row.key not in SPECIAL else None
    of_cells = [] if glued else _of_cells(row, count, largest, blanks=rules.blanks)
    if of_cells is None:
        return []
    if rules.pasted and not row.glued and len(texts) < count:
        return summing_splits(*joined(texts), count, effort=rules.effort)  # no number stands over two cells
    of_glued = _of_glued(texts, count, rules, blanks=row.glued and rules.blanks)
    return list(dict.fromkeys([*of_cells, *of_glued]))


def _of_cells(row: PrintedRow, count: int, largest: int | None, *, blanks: bool) -> list[Reading] | None:
    """Readings of cells that stand apart, but too many or too few of them; None where these cannot be listed."""
    numbers = whole_numbers(row.pieces)
    if numbers is None:
        return None
    filled = [number for number in numbers if number is not None]
    if len(filled) > count:
        windows: list[Reading] = [tuple(filled[n : n + count]) for n in range(len(filled) - count + 1)]
    elif len(numbers) > count:
        windows = window_readings(numbers, count)
    elif blanks:
        return blank_readings(filled, count)
    else:
        return lost_readings(filled, count, largest=largest)
    return [window for window in windows if _adds_up(window)]


def narrowed_to_a_column(puzzles: list[Puzzle], form: Format, rows: int) -> None:
    """Where every row of the table (`rows` of them are printed) lacks one number, the same column was lost from all.

    Sums cannot tell which one, for they hold whichever it was. Numbers below zero speak against a column, unless only
    a few rows ask for them: these may have been added up wrongly.
    """
    short = [one for one in puzzles if not one.certain and len(one.columns) == len(APPLICANTS)]
    if len(short) < max(rows, len(form.leaf_rows)) or any(_filled(one.row) != len(APPLICANTS) - 1 for one in short):
        return
    fitting = [
        at for at in range(len(APPLICANTS)) if sum(1 for one in short if min(_without(one.row, at)) < 0) <= _FEW_ERRORS
    ]
    for one in short:
        readings = [_without(one.row, at) for at in fitting]
        is_sound = min(map(min, readings)) >= 0
        one.readings, one.together = list(dict.fromkeys(readings)) if is_sound else [], True


def _filled(row: PrintedRow) -> int:
    return sum(1 for piece in row.pieces if piece.text.strip())


def _without(row: PrintedRow, at: int) -> tuple[int, ...]:
    """The row with the number that its sum asks for in column `at`, which may be negative."""
    values = [number for number in whole_numbers(row.pieces) or () if number is not None]
    if at == len(values):
        return (*values, sum(values))
    return (*values[:at], values[-1] - sum(values[:-1]), *values[at:])


def _adds_up(reading: Reading) -> bool:
    """Whether the last number is the sum of the others; of nothing but zeros it may be blank like the others."""
    return sum(part or 0 for part in reading[:-1]) == (reading[-1] or 0)


def _of_glued(texts: Sequence[str], count: int, rules: Rules, *, blanks: bool) -> list[Reading]:
    """Readings of glued digits that add up: white space parts numbers, unless nothing fits."""
    text, walls = joined(texts)
    effort = rules.effort
    readings = summing_splits(text, walls, count, effort=effort)
    if not readings and walls:
        readings = summing_splits(text, frozenset(), count, effort=effort)
    return [*readings, *blank_splits(text, walls, count, effort=effort)] if blanks else readings


def _by_count(texts: Sequence[str], count: int, *, strictly: bool) -> list[Reading]:
    """Readings of glued digits that do not add up (an error of the agency): whatever the number of cells allows.

    `strictly` where numbers were put together but never parted.
    """
    text, walls = joined(texts)
    return plain_splits(text, walls, count) or ([] if strictly else plain_splits(text, frozenset(), count))


def _over_all(reading: Reading, columns: Sequence[str]) -> Reading:
    by_column = dict(zip(columns, reading, strict=True))
    return tuple(by_column.get(applicant, 0) for applicant in APPLICANTS)
