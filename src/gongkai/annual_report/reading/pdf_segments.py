"""What stands apart on a line: the segments that cells print, and the columns that their numbers stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.annual_report.reading.pdf_geometry import Char, Line, joined

_NUMBER = re.compile(r"[+\-－]?[\d０-９][\d０-９,，.]*|[/／—－\-]{1,3}")
ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．](?!\d)")
_IN_NUMBERS = frozenset("0123456789０１２３４５６７８９/／—－-")
_LABEL_AND_NUMBER = re.compile(r"([\u4e00-\u9fff（）()、，．.\d]{0,30}[\u4e00-\u9fff）)])(\d[\d,，.]*)")
_WIDE_GAP = 0.9  # of the line height: parts columns
_DIGIT_GAP = 0.12  # digits of one number touch
MANY = 5  # numbers in a row of the tables of applications and remedies


@dataclass(slots=True)
class Segment:
    """A run of characters that stands apart from the others on its line: what one cell prints."""

    chars: list[Char]

    @property
    def text(self) -> str:
        return joined(self.chars)

    @property
    def x0(self) -> float:
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        return self.chars[-1].x1

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None


def may_hold_numbers(line: Line) -> bool:
    """Whether a character of the line can be part of a number: a quick way to pass over prose."""
    return not _IN_NUMBERS.isdisjoint([char[4] for char in line.chars])


def segments_of(line: Line) -> list[Segment]:
    """The segments of a line: wide gaps part them, among digits any gap does."""
    height = line.height or 1.0
    segments = [Segment([line.chars[0]])]
    own = segments[0].chars
    for before, char in pairwise(line.chars):
        gap = (char[0] - before[2]) / height
        if gap > _WIDE_GAP or (gap > _DIGIT_GAP and _both_digits(before, char)):
            own = [char]
            segments.append(Segment(own))
        else:
            own.append(char)
    return [*_label_and_number(segments[0]), *segments[1:]]


def _both_digits(before: Char, char: Char) -> bool:
    return before.text.isdigit() and char.text.isdigit()


def _label_and_number(segment: Segment) -> list[Segment]:
    """A short label and the number that stands close behind it are two cells: `行政许可 550`."""
    match = _LABEL_AND_NUMBER.fullmatch("".join(char.text for char in segment.chars))
    if match is None:
        return [segment]
    cut = len(match[1])
    gap = segment.chars[cut].x0 - segment.chars[cut - 1].x1
    if gap < _DIGIT_GAP * (segment.chars[cut].bottom - segment.chars[cut].top):
        return [segment]
    return [Segment(segment.chars[:cut]), Segment(segment.chars[cut:])]


def cut_at(segments: Sequence[Segment], label_x: float) -> list[Segment]:
    """Cuts a group's label from the row's label that follows it closely: `（三）不予4.保护第三方合法权益`."""
    cut: list[Segment] = []
    for segment in segments:
        at = next((k for k, char in enumerate(segment.chars) if k and char.x0 >= label_x), 0)
        if at and not segment.is_number() and ORDINAL.match(Segment(segment.chars[at:]).text):
            cut += [Segment(segment.chars[:at]), Segment(segment.chars[at:])]
        else:
            cut.append(segment)
    return cut


def cut_between(segment: Segment, left: float, right: float) -> list[Segment]:
    """Two pieces, parted at the widest gap between `left` and `right`; one where the characters touch there."""
    if segment.x0 > left or segment.x1 < right:
        return [segment]
    gaps = [
        (after.x0 - before.x1, k)
        for k, (before, after) in enumerate(pairwise(segment.chars), start=1)
        if before.x1 > left and after.x0 < right
    ]
    gap, at = max(gaps, default=(0.0, 0))
    size = segment.chars[0].bottom - segment.chars[0].top
    return [Segment(segment.chars[:at]), Segment(segment.chars[at:])] if gap > _DIGIT_GAP * size else [segment]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the number columns stand: `share` of the way from a number's left to its right edge is in line."""

    at: list[float]
    share: float = 0.5

    def nearest(self, segment: Segment) -> int | None:
        """The column of a number; None where it stands between two."""
        x = segment.x0 + self.share * (segment.x1 - segment.x0)
        near = min(range(len(self.at)), key=lambda k: abs(self.at[k] - x))
        half = min(b - a for a, b in pairwise(self.at)) * 0.4
        return near if abs(self.at[near] - x) <= half else None


def number_columns(rows: Sequence[Sequence[Segment]]) -> Columns | None:
    """The number columns, from the rows that have as many numbers as most of the full ones."""
    counts = Counter(len(row) for row in rows if len(row) >= MANY)
    if not counts:
        return None
    width = max(counts, key=lambda n: (counts[n], n))
    full = [row for row in rows if len(row) == width]
    share = min((0.5, 0.0, 1.0), key=lambda s: _spread(full, s))
    return Columns([median(_edge(row[k], share) for row in full) for k in range(width)], share)


def _edge(segment: Segment, share: float) -> float:
    return segment.x0 + share * (segment.x1 - segment.x0)


def _spread(rows: Sequence[Sequence[Segment]], share: float) -> float:
    """How far the numbers of a column are out of line when taken at `share` of their width."""
    columns = zip(*rows, strict=True)
    return round(sum(max(x) - min(x) for column in columns if (x := [_edge(s, share) for s in column])), 1)


def placed_numbers(numbers: Sequence[Segment], columns: Columns | None) -> dict[int, str] | None:
    """Column → number, where every number stands in a column of its own; None where that is not certain."""
    if columns is None or not numbers:
        return None
    placed: dict[int, str] = {}
    for segment in numbers:
        column = columns.nearest(segment)
        if column is None or column in placed:
            return None
        placed[column] = segment.text
    return placed
