"""Ways to tell apart numbers that were glued together, lost or shifted: every reading that the form allows.

A reading gives each column a number, or None where a blank cell vanished. Nothing is chosen here; `solve` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, islice

Reading = tuple[int | None, ...]

LIMIT = 512  # more readings than this are not listed: the row is then undecidable
_LONGEST = 120  # digits in one run; the longest of a province has about 50
_DIGITS = 12  # of a count
_WIDEST = 31  # characters of the longest number that the patterns below take
_MOST_WORK = 60_000  # steps in one search
_REPORT_WORK = 600_000  # steps for all the rows of one report: about half a second
_LARGEST_LOST = 60  # a lost pair of numbers is tried up to this value, where nothing larger is possible

_COUNT = re.compile(r"0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3})+")
_CHANGE = re.compile(r"[+\-]?(?:0|[1-9]\d{0,11})|-")
_MONEY = re.compile(r"(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,12})?(?:[万亿]?元|万|亿)?")
_PATTERNS = {"count": _COUNT, "change": _CHANGE, "money": _MONEY}


class UndecidableError(Exception):
    """There are too many ways to try them all."""


class Effort:
    """The steps that may still be spent on searching: in one search, and in all of a report's.

    Steps are counted instead of seconds so that a report is read in the same way on every machine.
    """

    def __init__(self, steps: int = _REPORT_WORK) -> None:
        self._left = steps
        self._search = _MOST_WORK

    def begin(self) -> None:
        """A new search begins."""
        self._search = min(_MOST_WORK, self._left)

    def spend(self, steps: int) -> None:
        """Raises: UndecidableError where the steps are used up."""
        self._search -= steps
        self._left -= steps
        if self._search < 0:
            raise UndecidableError


def joined(pieces: Sequence[str]) -> tuple[str, frozenset[int]]:
    """The pieces as one string, and the offsets that no number may cross.

    >>> joined(["23", "000"])
    ('23000', frozenset({2}))
    """
    offsets, at = set(), 0
    for piece in pieces[:-1]:
        at += len(piece)
        offsets.add(at)
    return "".join(pieces), frozenset(offsets)


def is_crossing(start: int, end: int, walls: frozenset[int]) -> bool:
    return bool(walls) and any(start < wall < end for wall in walls)


def text_splits(text: str, walls: frozenset[int], kinds: Sequence[str]) -> list[tuple[str, ...]]:
    """Every way to cut `text` into one number of each kind (`count`, `change`, `money`), at most `LIMIT` + 1.

    >>> text_splits("350", frozenset(), ["count", "change"])
    [('35', '0'), ('3', '50')]
    """
    if not text or len(text) > _LONGEST:
        return []
    return list(islice(_text_splits(text, 0, walls, tuple(kinds), set()), LIMIT + 1))


def _text_splits(
    text: str, start: int, walls: frozenset[int], kinds: tuple[str, ...], dead: set[tuple[int, int]]
) -> Iterator[tuple[str, ...]]:
    """`dead` remembers (offset, numbers left) from which no way leads to the end."""
    if not kinds:
        if start == len(text):
            yield ()
        return
    if (start, len(kinds)) in dead:
        return
    pattern, found = _PATTERNS[kinds[0]], False
    longest = min(len(text) - len(kinds) + 1, start + _WIDEST)
    for end in [len(text)] if len(kinds) == 1 else range(longest, start, -1):
        if end > start and not is_crossing(start, end, walls) and pattern.fullmatch(text, start, end):
            for rest in _text_splits(text, end, walls, kinds[1:], dead):
                found = True
                yield (text[start:end], *rest)
    if not found:
        dead.add((start, len(kinds)))


def plain_splits(text: str, walls: frozenset[int], count: int) -> list[Reading]:
    """Every way to cut digits into `count` numbers without leading zeros, whatever their sum."""
    if len(text) < count:
        return []
    splits = text_splits(text, walls, ["count"] * count)
    return [tuple([int(number.replace(",", "")) for number in split]) for split in splits]


def bounded_splits(
    text: str, walls: frozenset[int], bounds: Sequence[int], *, effort: Effort | None = None
) -> list[Reading]:
    """Every way to cut digits into one number for each bound, at most one exceeding its own; at most `LIMIT` + 1 ways.

    Raises: UndecidableError where trying them would take too long.

    >>> bounded_splits("1000010", frozenset(), [12, 0, 0, 0, 0, 12])
    [(10, 0, 0, 0, 1, 0), (1, 0, 0, 0, 0, 10)]
    """
    effort = effort or Effort()
    effort.begin()
    if not text.isdecimal() or len(text) > _LONGEST:
        return []

    def ways(start: int, column: int, exceeding: int) -> Iterator[Reading]:
        if column == len(bounds):
            yield ()
            return
        effort.spend(1)
        left = len(bounds) - column
        for end in [len(text)] if left == 1 else range(len(text) - left + 1, start, -1):
            if 0 < end - start <= _DIGITS and _is_number(text, start, end, walls):
                number = int(text[start:end])
                more = exceeding - (number > bounds[column])
                for rest in ways(end, column + 1, more) if more >= 0 else ():
                    yield (number, *rest)

    return list(islice(ways(0, 0, 1), LIMIT + 1))


def summing_splits(text: str, walls: frozenset[int], count: int, *, effort: Effort | None = None) -> list[Reading]:
    """Every way to cut digits into `count` numbers of which the last is the sum of the others; `effort` bounds it.

    Raises: UndecidableError where trying them would take too long.

    >>> summing_splits("640020470", frozenset(), 7)
    [(64, 0, 0, 2, 0, 4, 70)]
    """
    if not text.isdecimal() or not 1 < count <= len(text) <= _LONGEST:
        return []
    readings: list[Reading] = []
    effort = effort or Effort()
    effort.begin()
    for cut in range(count - 1, len(text)):
        if _is_number(text, cut, len(text), walls):
            total = int(text[cut:])
            readings += [(*parts, total) for parts in _parts(text[:cut], walls, count - 1, total, effort)]
        if len(readings) > LIMIT:
            break
    return readings


def _is_number(text: str, start: int, end: int, walls: frozenset[int]) -> bool:
    return (text[start] != "0" or end == start + 1) and not is_crossing(start, end, walls)


def _parts(text: str, walls: frozenset[int], count: int, total: int, effort: Effort) -> list[tuple[int, ...]]:
    """Every way to cut `text` into `count` numbers that sum to `total`."""
    widest = len(str(total))

    @cache
    def ways(start: int, left: int, rest: int) -> tuple[tuple[int, ...], ...]:
        if left == 0:
            return ((),) if start == len(text) and rest == 0 else ()
        digits = len(text) - start
        # The longest number that still leaves a digit for each other one bounds what the sum can be.
        if not left <= digits <= left * widest or rest >= 10 ** (digits - left + 1) + 9 * left:
            return ()
        ends = range(start + 1, min(len(text) - left + 1, start + widest) + 1)
        effort.spend(1 + len(ends))
        found: list[tuple[int, ...]] = []
        for end in ends:
            if not _is_number(text, start, end, walls):
                continue
            number = int(text[start:end])
            if number > rest:
                break
            found += [(number, *more) for more in ways(end, left - 1, rest - number)]
            if len(found) > LIMIT:
                break
        return tuple(found)

    return list(ways(0, count, total))


def blank_splits(text: str, walls: frozenset[int], count: int, *, effort: Effort | None = None) -> list[Reading]:
    """Readings of a summed row some of whose blank cells vanished: fewer numbers than columns, None for the blanks."""
    readings: list[Reading] = []
    if count < 2 or len(text) > _LONGEST:
        return []
    if text and not text.strip("0"):
        return blank_readings([0] * len(text), count)
    for numbers in range(count - 1, 1, -1):
        for split in summing_splits(text, walls, numbers, effort=effort):
            for columns in combinations(range(count - 1), numbers - 1):
                placed: list[int | None] = [None] * count
                for column, number in zip(columns, split, strict=False):
                    placed[column] = number
                placed[-1] = split[-1]
                readings.append(tuple(placed))
            if len(readings) > LIMIT:
                return readings
    return readings


def blank_readings(values: Sequence[int], count: int) -> list[Reading]:
    """Readings of a row of `count` cells whose blank ones vanished: the numbers in order, the last one being the sum.

    Where all are zero the sum may be among the blanks.

    >>> blank_readings([4, 4], 3)
    [(4, None, 4), (None, 4, 4)]
    """
    readings: list[Reading] = []
    if not 0 < len(values) < count:
        return readings
    for columns in combinations(range(count), len(values)):
        placed: list[int | None] = [None] * count
        for column, value in zip(columns, values, strict=True):
            placed[column] = value
        total = placed[-1]
        if sum(part or 0 for part in placed[:-1]) == (total or 0) and (total is not None or not any(values)):
            readings.append(tuple(placed))
    return readings


def window_readings(values: Sequence[int | None], count: int) -> list[Reading]:
    """Readings of a row with more cells than columns: each stretch of `count` cells outside of which all is blank."""
    readings = []
    for start in range(len(values) - count + 1):
        outside = (*values[:start], *values[start + count :])
        if all(value is None for value in outside):
            readings.append(tuple(values[start : start + count]))
    return readings


def lost_readings(values: Sequence[int], count: int, *, largest: int | None = None) -> list[Reading] | None:
    """Readings of a row with one or two cells too few, its last column being the sum of the others.

    `largest` bounds the sum where it is known. None where the readings cannot be listed: more cells are lost, or what
    was lost may be arbitrarily large.

    >>> lost_readings([4, 0, 0, 4], 5)
    [(0, 4, 0, 0, 4), (4, 0, 0, 0, 4), (4, 0, 0, 4, 8)]
    """
    lost = count - len(values)
    if not 1 <= lost <= 2 or not values or (lost == 2 and (largest is None or largest > _LARGEST_LOST)):
        return None
    readings: dict[Reading, None] = {}
    for columns in combinations(range(count), lost):
        placed: list[int | None] = [None] * count
        rest = iter(values)
        for column in range(count):
            if column not in columns:
                placed[column] = next(rest)
        readings |= dict.fromkeys(_completed(placed, columns, largest or 0))
        if len(readings) > LIMIT:
            return None
    return list(readings)


def _completed(placed: list[int | None], lost: tuple[int, ...], largest: int) -> Iterator[Reading]:
    """The row with numbers in its lost columns such that the sum holds (and stays within `largest`, for two)."""
    known = sum(number for number in placed[:-1] if number is not None)
    total = placed[-1]
    parts = [column for column in lost if column != len(placed) - 1]
    if total is None:
        for number in range(largest - known + 1) if parts else (0,):
            yield _filled(placed, dict.fromkeys(parts, number), known + number)
    elif len(parts) == 1 and total >= known:
        yield _filled(placed, {parts[0]: total - known}, total)
    elif len(parts) == 2:
        for number in range(total - known + 1):
            yield _filled(placed, {parts[0]: number, parts[1]: total - known - number}, total)


def _filled(placed: list[int | None], lost: dict[int, int], total: int) -> Reading:
    return (*(lost.get(column, number) for column, number in enumerate(placed[:-1])), total)


class SummingGroups:
    """The ways to cut stretches of digits into `size` numbers that add up; each stretch is worked out once."""

    def __init__(self, size: int, effort: Effort) -> None:
        self._size, self._effort = size, effort
        self._known: dict[tuple[str, frozenset[int]], list[Reading]] = {}

    def readings(self, text: str, walls: frozenset[int]) -> list[Reading]:
        """As `summing_splits`. Raises: UndecidableError."""
        key = (text, walls)
        if key not in self._known:
            self._known[key] = summing_splits(text, walls, self._size, effort=self._effort)
        return self._known[key]
