"""Tables without ruled lines: rows are anchored on their numbers, labels may be wrapped above and below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.pdf_geometry import Box, Char, Line, bounds, joined
from gongkai.annual_report.reading.pdf_lattice import Lattice

_NUMBER = re.compile(r"[+\-－]?[\d０-９][\d０-９,，.]*|[/／—－\-]{1,3}")
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．](?!\d)")
_HEADING = re.compile(r"[一二三四五六七]\s*、.{2,}(?:情况|事项|措施|问题)$|第二十条")
_LABEL_AND_NUMBER = re.compile(r"([\u4e00-\u9fff（）()、，．.\d]{0,30}[\u4e00-\u9fff）)])(\d[\d,，.]*)")
_WIDE_GAP = 0.9  # of the line height: parts columns
_DIGIT_GAP = 0.12  # digits of one number touch
_FEW = 3  # lines without numbers that may stand between two rows of a table
_MANY = 5  # numbers in a row of the tables of applications and remedies


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


@dataclass(slots=True)
class Unruled:
    """A table found by its numbers; `top` is where it starts on the page, `places` where its rows stand."""

    grid: Grid
    top: float
    places: list[Place]

    def append(self, lower: Unruled) -> None:
        """Adds the rows that stand on the next page."""
        count = len(self.grid.rows)
        for row in lower.grid.rows:
            for cell in row:
                cell.row += count
        self.grid.rows += lower.grid.rows
        self.places += lower.places


@dataclass(slots=True)
class _Row:
    labels: list[Segment]
    numbers: list[Segment]
    box: Box
    label_text: list[str] = field(default_factory=list)


def unruled_tables(items: Sequence[Line | Lattice | Unruled], *, page: int) -> list[Line | Lattice | Unruled]:
    """`items` of a page with its unruled tables in place of the lines they were printed on."""
    found: list[Line | Lattice | Unruled] = []
    run: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            run.append(item)
        else:
            found += [*_in_lines(run, page), item]
            run = []
    return found + _in_lines(run, page)


def _in_lines(lines: list[Line], page: int) -> list[Line | Lattice | Unruled]:
    parted = [_segments(line) for line in lines]
    result: list[Line | Lattice | Unruled] = []
    at = 0
    for start, end in _regions(lines, parted):
        result += lines[at:start]
        result.append(_table(lines[start:end], parted[start:end], page))
        at = end
    return result + lines[at:]


def _segments(line: Line) -> list[Segment]:
    segments = [Segment([line.chars[0]])]
    for before, char in pairwise(line.chars):
        gap = (char.x0 - before.x1) / line.height
        if gap > _WIDE_GAP or (gap > _DIGIT_GAP and _both_digits(before, char)):
            segments.append(Segment([char]))
        else:
            segments[-1].chars.append(char)
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


def _is_anchor(segments: Sequence[Segment]) -> bool:
    numbers = sum(1 for segment in segments if segment.is_number())
    return numbers >= _MANY or (
        numbers >= 1 and len(segments) > numbers and segments[-1].is_number() and len(segments) > 1
    )


def _regions(lines: Sequence[Line], parted: Sequence[Sequence[Segment]]) -> list[tuple[int, int]]:
    """Runs of lines with numbers in columns, with the few lines of wrapped labels between them."""
    anchors = [i for i, segments in enumerate(parted) if _is_anchor(segments)]
    runs: list[list[int]] = []
    for i in anchors:
        if runs and i - runs[-1][-1] <= _FEW + 1 and not _parts_tables(lines[runs[-1][-1] + 1 : i]):
            runs[-1].append(i)
        else:
            runs.append([i])
    regions: list[tuple[int, int]] = []
    for run in runs:
        if len(run) < 3 and not any(_count(parted[i]) >= _MANY for i in run):
            continue
        floor = regions[-1][1] if regions else 0
        regions.append((_start(lines, parted, run[0], floor), _end(lines, parted, run[-1])))
    return regions


def _count(segments: Sequence[Segment]) -> int:
    return sum(1 for segment in segments if segment.is_number())


def _parts_tables(between: Sequence[Line]) -> bool:
    return any(_HEADING.match(line.text) and not line.text.startswith("第") for line in between)


def _start(lines: Sequence[Line], parted: Sequence[Sequence[Segment]], first: int, floor: int) -> int:
    """The table starts with its header: the lines in columns above the first row."""
    start = first
    while start > floor and first - start < 12 and not _parts_tables(lines[start - 1 : start]):
        if len(parted[start - 1]) < 2 and lines[start - 1].x1 - lines[start - 1].x0 > 22 * lines[start - 1].height:
            break
        start -= 1
    return start


def _end(lines: Sequence[Line], parted: Sequence[Sequence[Segment]], last: int) -> int:
    """The last label may go on below its numbers."""
    end = last + 1
    first_number = next(s.x0 for s in parted[last] if s.is_number())
    while (
        end < len(lines)
        and end - last <= 2
        and not _ORDINAL.match(lines[end].text)
        and _is_label(lines[end], first_number)
    ):
        if lines[end].top - lines[end - 1].bottom > lines[end].height:
            break
        end += 1
    return end


def _is_label(line: Line, first_number: float) -> bool:
    return line.x1 <= first_number + line.height and len(line.chars) > 1


def _table(lines: Sequence[Line], parted: Sequence[list[Segment]], page: int) -> Unruled:
    anchors = [i for i, segments in enumerate(parted) if _is_anchor(segments)]
    parted = [_header_cut(segments, i, parted, anchors) for i, segments in enumerate(parted)]
    columns = _columns([[s for s in parted[i] if s.is_number()] for i in anchors])
    rows = [_row(parted[i]) for i in range(anchors[0]) if parted[i]]
    rows += _body(lines, parted, anchors)
    return _grid(rows, columns, page, lines[0].top)


def _header_cut(
    segments: list[Segment], at: int, parted: Sequence[list[Segment]], anchors: Sequence[int]
) -> list[Segment]:
    """A header line whose cells stand close, cut where the numbers of the row below it part."""
    below = next((i for i in anchors if i > at), None)
    if at in anchors or below is None or below - at > _FEW:
        return segments
    middles = [segment.middle for segment in parted[below] if segment.is_number()]
    cut = segments
    for left, right in pairwise(middles):
        cut = [piece for segment in cut for piece in _cut_between(segment, left, right)]
    return cut


def _cut_between(segment: Segment, left: float, right: float) -> list[Segment]:
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


def _row(segments: Sequence[Segment]) -> _Row:
    """Labels first, then the numbers at the end of the line; a vertical label's single characters are left out."""
    cut = len(segments)
    while cut > 0 and segments[cut - 1].is_number():
        cut -= 1
    labels = [s for s in segments[:cut] if len(s.chars) > 1 or len(segments) == 1]
    box = bounds(char for segment in segments for char in segment.chars)
    return _Row(labels, list(segments[cut:]), box, [s.text for s in labels])


def _body(lines: Sequence[Line], parted: Sequence[list[Segment]], anchors: Sequence[int]) -> list[_Row]:
    """A row per line of numbers; the lines between belong to the row before, or with an ordinal to the row after."""
    label_x = _label_column([_row(parted[i]) for i in anchors])
    parted = [_cut_at(segments, label_x) for segments in parted]
    rows = {i: _row(parted[i]) for i in anchors}
    body: list[_Row] = []
    waiting: list[str] = []
    for i in range(anchors[0], len(lines)):
        if i in rows:
            row = rows[i]
            if waiting:
                row.label_text = _with_prefix(row.label_text, "".join(waiting))
                waiting = []
            body.append(row)
            continue
        groups, rest = _parted_labels(parted[i], label_x)
        if groups:
            body.append(_row(groups))
        if not rest:
            continue
        text = "".join(segment.text for segment in rest)
        if _HEADING.match(text) or len(rest) > 1:
            body.append(_row(rest))
        elif waiting or (_ORDINAL.match(text) and i < anchors[-1]):
            waiting.append(text)
        elif body and body[-1].label_text:
            body[-1].label_text[-1] += text
        elif body:
            body[-1].label_text = [text]
    return body


def _cut_at(segments: Sequence[Segment], label_x: float) -> list[Segment]:
    """Cuts a group's label from the row's label that follows it closely: `（三）不予4.保护第三方合法权益`."""
    cut: list[Segment] = []
    for segment in segments:
        at = next((k for k, char in enumerate(segment.chars) if k and char.x0 >= label_x), 0)
        if at and not segment.is_number() and _ORDINAL.match(Segment(segment.chars[at:]).text):
            cut += [Segment(segment.chars[:at]), Segment(segment.chars[at:])]
        else:
            cut.append(segment)
    return cut


def _parted_labels(segments: Sequence[Segment], label_x: float) -> tuple[list[Segment], list[Segment]]:
    """The labels of groups, which end before the labels of rows begin, and the rest of a line without numbers."""
    words = [segment for segment in segments if len(segment.chars) > 1]
    return [s for s in words if s.x1 <= label_x], [s for s in words if s.x1 > label_x]


def _with_prefix(labels: list[str], prefix: str) -> list[str]:
    """The start of a wrapped label before what stands of it on the line of its numbers."""
    if labels and not _ORDINAL.match(labels[-1]):
        return [*labels[:-1], prefix + labels[-1]]
    return [*labels, prefix]


def _label_column(rows: Sequence[_Row]) -> float:
    """Where the labels next to the numbers start; groups' labels end before it."""
    starts = [row.labels[-1].x0 for row in rows if row.labels]
    return max(median(starts) - 2, 0) if starts else 0


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


def _columns(rows: Sequence[Sequence[Segment]]) -> Columns | None:
    """The number columns, from the rows that have as many numbers as most of the full ones."""
    counts = Counter(len(row) for row in rows if len(row) >= _MANY)
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


def _grid(rows: Sequence[_Row], columns: Columns | None, page: int, top: float) -> Unruled:
    """Numbers take their column by position where that is certain; then a blank cell stays blank."""
    labels = max((len(row.label_text) for row in rows if row.numbers), default=1) or 1
    grid: list[list[GridCell]] = []
    places: list[Place] = []
    for row in rows:
        if not row.label_text and not row.numbers:
            continue
        r = len(grid)
        placed = _placed(row.numbers, columns)
        if placed is None or columns is None:
            numbers = [segment.text for segment in row.numbers]
        else:
            numbers = [placed.get(k, "") for k in range(len(columns.at))]
        grid.append([*_label_cells(row, r, labels), *(GridCell(n, r, labels + k) for k, n in enumerate(numbers))])
        places.append(_place(page, row.box))
    return Unruled(Grid(grid, aligned=False, locate=lambda cell: places[cell.row]), top, places)


def _label_cells(row: _Row, r: int, labels: int) -> list[GridCell]:
    """Labels stand right against the numbers; a lone one spans the columns of all labels."""
    if len(row.label_text) == 1 and row.numbers:
        return [GridCell(row.label_text[0], r, 0, 1, labels)]
    return [GridCell(text, r, k) for k, text in enumerate(row.label_text)]


def _placed(numbers: Sequence[Segment], columns: Columns | None) -> dict[int, str] | None:
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


def _place(page: int, box: Box) -> Place:
    left, top, right, bottom = (round(value, 1) for value in box)
    return Place(page=page, box=(left, top, right, bottom))
