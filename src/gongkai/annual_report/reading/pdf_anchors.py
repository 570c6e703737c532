"""Tables without ruled lines: rows are anchored on their numbers, labels may be wrapped above and below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell
from gongkai.annual_report.reading.pdf_geometry import Box, Line, bounds
from gongkai.annual_report.reading.pdf_lattice import Lattice
from gongkai.annual_report.reading.pdf_segments import (
    MANY,
    ORDINAL,
    Columns,
    Segment,
    cut_at,
    cut_between,
    may_hold_numbers,
    number_columns,
    placed_numbers,
    segments_of,
)

_HEADING = re.compile(r"[一二三四五六七]\s*、.{2,}(?:情况|事项|措施|问题)$|第二十条")
_FEW = 3  # lines without numbers that may stand between two rows of a table


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
    if not any(may_hold_numbers(line) and _is_anchor(segments_of(line)) for line in lines):
        return [*lines]  # prose
    parted = [segments_of(line) for line in lines]
    result: list[Line | Lattice | Unruled] = []
    at = 0
    for start, end in _regions(lines, parted):
        result += lines[at:start]
        result.append(_table(lines[start:end], parted[start:end], page))
        at = end
    return result + lines[at:]


def _is_anchor(segments: Sequence[Segment]) -> bool:
    numbers = sum(1 for segment in segments if segment.is_number())
    return numbers >= MANY or (
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
        if len(run) < 3 and not any(_count(parted[i]) >= MANY for i in run):
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
        and not ORDINAL.match(lines[end].text)
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
    columns = number_columns([[s for s in parted[i] if s.is_number()] for i in anchors])
    first = _first_label(parted, anchors[0])
    rows = [_row(parted[i]) for i in range(first) if parted[i]]
    rows += _body(lines, parted, anchors, first=first)
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
        cut = [piece for segment in cut for piece in cut_between(segment, left, right)]
    return cut


def _row(segments: Sequence[Segment]) -> _Row:
    """Labels first, then the numbers at the end of the line; a vertical label's single characters are left out."""
    cut = len(segments)
    while cut > 0 and segments[cut - 1].is_number():
        cut -= 1
    labels = [s for s in segments[:cut] if len(s.chars) > 1 or len(segments) == 1]
    box = bounds(char for segment in segments for char in segment.chars)
    return _Row(labels, list(segments[cut:]), box, [s.text for s in labels])


def _first_label(parted: Sequence[Sequence[Segment]], anchor: int) -> int:
    """The line where the label of the first row begins: above its numbers, if it is wrapped."""
    above = parted[anchor - 1] if anchor else ()
    return anchor - 1 if len(above) == 1 and ORDINAL.match(above[0].text) else anchor


def _body(lines: Sequence[Line], parted: Sequence[list[Segment]], anchors: Sequence[int], *, first: int) -> list[_Row]:
    """A row per line of numbers; the lines between belong to the row before, or with an ordinal to the row after."""
    label_x = _label_column([_row(parted[i]) for i in anchors])
    parted = [cut_at(segments, label_x) for segments in parted]
    rows = {i: _row(parted[i]) for i in anchors}
    body: list[_Row] = []
    waiting: list[str] = []
    for i in range(first, len(lines)):
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
        elif waiting or (ORDINAL.match(text) and i < anchors[-1]):
            waiting.append(text)
        elif body and body[-1].label_text:
            body[-1].label_text[-1] += text
        elif body:
            body[-1].label_text = [text]
    return body


def _parted_labels(segments: Sequence[Segment], label_x: float) -> tuple[list[Segment], list[Segment]]:
    """The labels of groups, which end before the labels of rows begin, and the rest of a line without numbers."""
    words = [segment for segment in segments if len(segment.chars) > 1]
    return [s for s in words if s.x1 <= label_x], [s for s in words if s.x1 > label_x]


def _with_prefix(labels: list[str], prefix: str) -> list[str]:
    """The start of a wrapped label before what stands of it on the line of its numbers."""
    if labels and not ORDINAL.match(labels[-1]):
        return [*labels[:-1], prefix + labels[-1]]
    return [*labels, prefix]


def _label_column(rows: Sequence[_Row]) -> float:
    """Where the labels next to the numbers start; groups' labels end before it."""
    starts = [row.labels[-1].x0 for row in rows if row.labels]
    return max(median(starts) - 2, 0) if starts else 0


def _grid(rows: Sequence[_Row], columns: Columns | None, page: int, top: float) -> Unruled:
    """Numbers take their column by position where that is certain; then a blank cell stays blank."""
    labels = max((len(row.label_text) for row in rows if row.numbers), default=1) or 1
    grid: list[list[GridCell]] = []
    places: list[Place] = []
    for row in rows:
        if not row.label_text and not row.numbers:
            continue
        r = len(grid)
        placed = placed_numbers(row.numbers, columns)
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


def _place(page: int, box: Box) -> Place:
    left, top, right, bottom = (round(value, 1) for value in box)
    return Place(page=page, box=(left, top, right, bottom))
