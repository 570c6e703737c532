"""表四: fifteen numbers in one row, or five in each of three; each group's 总计 is the sum of its four results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Doubt
from gongkai.annual_report.reading.decode_rows import (
    apart,
    blanks_vanish,
    is_pasted,
    leave_open,
    listed,
    named,
    place_of,
    solved,
    where_of,
    whole_numbers,
)
from gongkai.annual_report.reading.glued_splits import (
    LIMIT,
    Effort,
    Reading,
    SummingGroups,
    UndecidableError,
    joined,
    plain_splits,
)
from gongkai.annual_report.reading.locate import GROUPS, RESULTS, Located, PrintedRow
from gongkai.annual_report.reading.remedy_errors import settled_groups, torn_readings

_SIZE = len(RESULTS)
_UNPROVEN = (None,) * _SIZE  # a group whose numbers are only what its own sum asks for


def decode(located: Located, form: Format) -> None:
    """Decode the rows of 表四 that are still open."""
    _join_lines(located)
    for row in located.rows:
        if row.table == "remedies" and not all(row.path(column) in located.cells for column in row.columns):
            _decode(located, row, form)


def _join_lines(located: Located) -> None:
    """Put together the three groups of 表四 where each stands on a line of its own below one header of fifteen."""
    lines = [row for row in located.rows if row.table == "remedies" and not row.key and not row.glued]
    if len(lines) != len(GROUPS) or any(
        len(line.pieces) != _SIZE or line.columns != lines[0].columns or len(line.columns) != _SIZE * len(GROUPS)
        for line in lines
    ):
        return
    lines[0].pieces = [piece for line in lines for piece in line.pieces]
    located.rows = [row for row in located.rows if row not in lines[1:]]


def _decode(located: Located, row: PrintedRow, form: Format) -> None:
    pieces = apart(row, len(row.columns))
    if pieces is not None:
        located.put_row(f"remedies.{row.key}" if row.key else "remedies", row.columns, pieces, {})
        return
    texts = ["".join(piece.text.split()) for piece in row.pieces if piece.text.strip()]
    # Fourteen numbers parted by white space lost one, rather than that two of fifteen were put together.
    glued = len(texts) != len(row.columns) - 1 and (row.glued or len(texts) == 1 or is_pasted(row.pieces))
    readings = _of_glued(texts, len(row.columns), located.effort) if glued else _of_lost(row)
    by_sum = bool(readings)
    if blanks_vanish(located):
        readings = []  # whose cells are blank no sum tells: 表四 has only these
    elif not readings and glued and len(row.columns) == len(GROUPS) * _SIZE:
        _decode_torn(located, row, form, *joined(texts))
        return
    elif not readings and glued:
        text, walls = joined(texts)
        readings = [one for one in plain_splits(text, walls, len(row.columns)) if _wrong_groups(one) <= 1]
    if len(readings) == 1:
        _put(located, row, readings[0], by_sum=by_sum)
        if not by_sum:
            _doubt_sums(located, row, readings[0], form)
        return
    for column, values in zip(row.columns, zip(*readings, strict=True) if by_sum else (), strict=False):
        if len(set(values)) == 1 and values[0] is not None and len(readings) <= LIMIT:
            located.put(row.path(column), solved(values[0], row, [_sum_of(row, column)]))
    leave_open(located, row, row.columns, form, [listed(reading) for reading in readings if None not in reading])


def _decode_torn(located: Located, row: PrintedRow, form: Format, text: str, walls: frozenset[int]) -> None:
    """A glued row one of whose groups does not add up: the others are told apart, that one where its cells are."""
    torn = torn_readings(text, walls, located.effort) or torn_readings(text, frozenset(), located.effort)
    candidates: list[str] = []
    for n, group in enumerate(settled_groups(torn)):
        columns = row.columns[n * _SIZE : (n + 1) * _SIZE]
        pieces = {one.digits for one in torn}
        if group is not None:
            for column, value in zip(columns, group, strict=True):
                located.put(row.path(column), solved(value or 0, row, [_sum_of(row, column)]))
        elif all(one.groups[n] is None for one in torn) and len(pieces) == 1:
            readings = _of_digits(pieces.pop())
            if len(readings) == 1:
                for column, value in zip(columns, readings[0], strict=True):
                    located.put(row.path(column), solved(value or 0, row, []))
                _doubt_group(located, row, columns, form)
            candidates = [listed(reading) for reading in readings]
    if any(row.path(column) not in located.cells for column in row.columns):
        leave_open(located, row, row.columns, form, candidates)


def _of_digits(pieces: Sequence[str]) -> list[Reading]:
    """The ways to cut the digits of one group into its five cells."""
    if len(pieces) == _SIZE:
        return [tuple(map(int, pieces))]
    return plain_splits(*joined(pieces), _SIZE)


def _put(located: Located, row: PrintedRow, reading: Reading, *, by_sum: bool) -> None:
    for column, value in zip(row.columns, reading, strict=True):
        if value is not None:
            located.put(row.path(column), solved(value, row, [_sum_of(row, column)] if by_sum else []))


def _doubt_sums(located: Located, row: PrintedRow, reading: Reading, form: Format) -> None:
    """A group that was told apart by the number of cells alone, and does not add up, deserves a second look."""
    for first in range(0, len(reading), _SIZE):
        if not _adds_up(reading[first : first + _SIZE]):
            _doubt_group(located, row, row.columns[first : first + _SIZE], form)


def _doubt_group(located: Located, row: PrintedRow, columns: Sequence[str], form: Format) -> None:
    paths = tuple(row.path(column) for column in columns)
    name = named(form, "remedies", paths[0].split(".")[1])
    message = f"{name}各数粘连，只按格数分开，其总计不等于各项之和；请对照原件核对"
    located.doubts.append(Doubt("group-sums", message, place_of(where_of(row)), paths))


def _sum_of(row: PrintedRow, column: str) -> str:
    return f"remedy-sum:{row.key or column.partition('.')[0]}"


def _of_glued(texts: Sequence[str], count: int, effort: Effort) -> list[Reading]:
    """The readings in which every group adds up: of the digits as they stand, and as they stood if a zero was lost."""
    text, walls = joined(texts)
    if not text.isdecimal() or len(text) < count:
        return []
    groups = _Groups(effort)
    try:
        for limits in (walls, frozenset[int]()):
            readings = list(islice(groups.cut(text, limits, count // _SIZE), LIMIT + 1))
            if readings:
                return groups.with_a_zero(readings, text) if len(readings) <= LIMIT else readings
    except UndecidableError:
        pass  # the caller then looks at what the number of cells allows
    return []


class _Groups:
    """Cuts digits into groups of five that add up."""

    def __init__(self, effort: Effort) -> None:
        self._one = SummingGroups(_SIZE, effort)

    def cut(self, text: str, walls: frozenset[int], groups: int) -> Iterator[Reading]:
        if groups == 1:
            yield from self._one.readings(text, walls)
            return
        for end in range(_SIZE, len(text) - _SIZE * (groups - 1) + 1):
            for group in self._one.readings(text[:end], frozenset(wall for wall in walls if wall < end)):
                for rest in self.cut(text[end:], _shifted(walls, end), groups - 1):
                    yield (*group, *rest)

    def with_a_zero(self, readings: list[Reading], text: str) -> list[Reading]:
        """The readings, and those of the same digits and one zero that was lost, wherever it stood."""
        places = [at for at in range(len(text) + 1) if text[at : at + 1] != "0"] if text.strip("0") else []
        groups = len(readings[0]) // _SIZE
        found = dict.fromkeys(readings)
        try:
            for at in places:
                found |= dict.fromkeys(islice(self.cut(text[:at] + "0" + text[at:], frozenset(), groups), LIMIT))
        except UndecidableError:
            return readings
        return list(found)


def _shifted(walls: frozenset[int], start: int) -> frozenset[int]:
    return frozenset(wall - start for wall in walls if wall > start)


def _of_lost(row: PrintedRow) -> list[Reading]:
    """Readings of a row that lost a cell: every place it may have had, with the number that its group needs there.

    Where a zero fills the gap, the sum of its group was printed and holds: that vouches for the place. Any other number
    is what a group asks for that may as well have been added up wrongly; it stays open.
    """
    numbers = whole_numbers(row.pieces)
    filled = [number for number in numbers or () if number is not None]
    count = len(row.columns)
    if (
        numbers is None
        or len(filled) != count - 1
        or any(not _ends_in_total(row.columns, n) for n in range(0, count, 5))
    ):
        return []
    readings: dict[Reading, None] = {}
    for (lost,) in combinations(range(count), 1):
        placed: list[int] = [*filled[:lost], 0, *filled[lost:]]
        first = lost - lost % _SIZE
        *parts, total = placed[first : first + _SIZE]
        placed[lost] = sum(parts) if lost == first + _SIZE - 1 else total - sum(parts)
        if placed[lost] >= 0 and _groups_add_up(placed):
            readings[tuple(placed)] = None
            if placed[lost]:
                readings[(*placed[:first], *_UNPROVEN, *placed[first + _SIZE :])] = None
    return list(readings | dict.fromkeys(_of_merged(filled)))


def _of_merged(numbers: Sequence[int]) -> Iterator[Reading]:
    """Readings of a row with a cell too few, one of whose cells holds two numbers without anything between them."""
    for at, number in enumerate(numbers):
        for first, second in plain_splits(str(number), frozenset(), 2):
            placed = (*numbers[:at], first, second, *numbers[at + 1 :])
            if _groups_add_up(placed):
                yield placed


def _groups_add_up(numbers: Sequence[int | None]) -> bool:
    return all(_adds_up(numbers[n : n + _SIZE]) for n in range(0, len(numbers), _SIZE))


def _wrong_groups(numbers: Sequence[int | None]) -> int:
    """How many groups do not add up: one may be an error of the agency, several say that numbers are missing."""
    return sum(1 for n in range(0, len(numbers), _SIZE) if not _adds_up(numbers[n : n + _SIZE]))


def _ends_in_total(columns: Sequence[str], first: int) -> bool:
    return columns[first + _SIZE - 1].split(".")[-1] == "total"


def _adds_up(group: Sequence[int | None]) -> bool:
    return sum(number or 0 for number in group[:-1]) == group[-1]


def missing_groups(located: Located) -> list[str]:
    """The groups of 表四 of which nothing was found."""
    return [g for g in GROUPS if not any(f"remedies.{g}.{result}" in located.cells for result in RESULTS)]
