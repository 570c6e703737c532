"""Tables in plain text that are drawn with rules: `+---+---+` and `|`, or box characters, cells over several lines.

Pandoc, reStructuredText and the text browsers draw merged cells as such, so that a cell's columns and rows can be read
off the positions of the bars. Chinese characters are two columns wide there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell

_BARS = "|│┃║"
_JUNCTIONS = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯╟╢╫╪╞╡┠┨┯┷┰┸╂┿"
_STROKES = "-=─━═"
_EDGES = re.compile(rf"\s*[{re.escape(_BARS + _JUNCTIONS)}]")
_ENDS = re.compile(rf"[{re.escape(_BARS + _JUNCTIONS)}]\s*$")
_RULE = re.compile(rf"[{re.escape(_JUNCTIONS + _BARS)}][{_STROKES}:]{{2,}}[{re.escape(_JUNCTIONS + _BARS)}]")
_MARK = re.compile(f"[{re.escape(_BARS + _JUNCTIONS)}]")
_BOX = re.compile(f"[{_BARS[1:]}{_JUNCTIONS[1:]}{_STROKES[2:]}]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
)
_WHOLE_RULE = re.compile(rf"\s*[{re.escape(_JUNCTIONS + _STROKES + _BARS)}:\s]+$")
_SPAN = re.compile(r"\[([^\[\]]{0,400})\]\{[^{}]{0,400}\}")  # pandoc's text with attributes
_DIRECTIVE = re.compile(r"\s*(?::{3,}.{0,80}|\.\. \w+::.{0,80})$")  # of pandoc and reStructuredText, around a text
_FEWEST_RULES = 3
_FEWEST_COLUMNS = 2
_LONGEST_LINE = 3_000
_MOST_LINES = 8_000  # in all drawings; one report has 300
_MOST_CHARACTERS = 2_000_000
_OFTEN = 3  # times as many bars stand in the right place
_SLIP = 4  # columns by which a bar may stand off: quotation marks are one or two columns wide


@dataclass(slots=True)
class _Drawn:
    """A cell as it is drawn: grid rows and columns `first` to before `last`, its lines of text."""

    row: int
    column: int
    last_column: int
    last_row: int
    line: int
    text: str = ""


@dataclass(slots=True)
class _Canvas:
    """What has been read of one drawing; `open` is for each column the cell that its next line goes on with."""

    edges: list[int]
    open: list[_Drawn | None]
    cells: list[_Drawn] = field(default_factory=list)
    row: int = 0
    is_filled: bool = False  # whether the current row has begun


def find_ruled(lines: Sequence[str], start: int) -> dict[int, tuple[int, Grid]]:
    """The drawn tables among the lines from index `start` on: by first line, the line after and the grid."""
    found: dict[int, tuple[int, Grid]] = {}
    at = start
    left, characters = _MOST_LINES, 0
    while at < len(lines) and left > 0:
        if not _is_drawn(lines[at]):
            at += 1
            continue
        end = at
        while end < min(len(lines), at + left) and _is_drawn(lines[end]):
            end += 1
        grid = None
        characters += sum(map(len, lines[at:end]))
        if characters <= _MOST_CHARACTERS and _rules(lines, at, end) >= _FEWEST_RULES:
            left -= end - at
            grid = _grid(lines, at, end)
        if grid:
            found[at] = end, grid
        at = end
    return found


def drawn_lines(lines: Sequence[str]) -> frozenset[int]:
    """The indexes of lines that are rules, or stand between lines that draw the same table."""
    found: set[int] = set()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_drawn(lines[end]):
            end += 1
        if end - at > _FEWEST_RULES and _rules(lines, at, end) >= _FEWEST_RULES:
            found.update(range(at, end))
        at = max(end, at + 1)
    return frozenset(found)


def _is_drawn(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and _EDGES.match(line) is not None and _ENDS.search(line) is not None


def _rules(lines: Sequence[str], start: int, end: int) -> int:
    """How many lines of a stretch are rules; those of a Markdown table (one, of pipes) are none."""
    return sum(1 for at in range(start, end) if _RULE.search(lines[at]) and not lines[at].lstrip().startswith("|-"))


def _grid(lines: Sequence[str], start: int, end: int) -> Grid | None:
    """The grid that lines `start` to `end` draw; None where their bars do not stand below each other."""
    for wide in (1, 2):  # box characters are one or two columns wide
        edges = _edges([_marks(lines[at], wide) for at in range(start, end)])
        if len(edges) <= _FEWEST_COLUMNS:
            return None
        canvas = _Canvas(edges, [None] * (len(edges) - 1))
        if all(_read_line(canvas, lines[at], at + 1, wide) for at in range(start, end)):
            return _as_grid(canvas)
    return None


def _edges(marks: Sequence[list[tuple[int, int]]]) -> list[int]:
    """The columns at which bars and junctions stand; a few that stand off by a little are those beside them."""
    counts = Counter(column for line in marks for column, _ in line)
    edges: list[int] = []
    for column, count in sorted(counts.items(), key=lambda one: -one[1]):
        near = [edge for edge in edges if abs(edge - column) <= _SLIP]
        if count > 1 and not any(abs(edge - column) <= 1 or counts[edge] > _OFTEN * count for edge in near):
            edges.append(column)
    return sorted(edges)


def _columns(text: str, wide: int) -> int:
    """How many columns a text takes: Chinese characters two each, box characters `wide` each."""
    return len(text) + len(_WIDE.findall(text)) + (wide - 1) * len(_BOX.findall(text))


def _marks(line: str, wide: int) -> list[tuple[int, int]]:
    """The column and the offset of every bar and junction of a line."""
    marks: list[tuple[int, int]] = []
    column = last = 0
    for match in _MARK.finditer(line):
        offset = match.start()
        column += _columns(line[last:offset], wide)
        last = offset
        if line[offset] in _BARS or _is_junction(line, offset):
            marks.append((column, offset))
    return marks


def _is_junction(line: str, offset: int) -> bool:
    """A plus sign is a junction only beside a stroke; `+5` is a number."""
    if line[offset] not in _JUNCTIONS:
        return False
    return line[offset] != "+" or any(one in _STROKES for one in line[max(0, offset - 1) : offset + 2])


def _read_line(canvas: _Canvas, line: str, number: int, wide: int) -> bool:
    """Read one line onto the canvas; returns whether its bars stand where those of the others do."""
    marks = _marks(line, wide)
    places = [_nearest(canvas.edges, column) for column, _ in marks]
    if len(marks) < 2 or None in places or len(set(places)) != len(places):
        return False
    stretches = [
        (first, last, line[marks[n][1] + 1 : marks[n + 1][1]])
        for n, (first, last) in enumerate(pairwise(places))
        if first is not None and last is not None
    ]
    ruled = [stretch for stretch in stretches if _is_stroke(stretch[2])]
    if ruled and canvas.is_filled:
        canvas.row += 1
        canvas.is_filled = False
    for first, last, _ in ruled:
        canvas.open[first:last] = [None] * (last - first)
    for first, last, text in stretches:
        if not _is_stroke(text):
            _write(canvas, first, last, text, number)
    canvas.is_filled = canvas.is_filled or len(ruled) < len(stretches)
    return True


def _nearest(edges: Sequence[int], column: int) -> int | None:
    at = bisect_left(edges, column)
    near = [n for n in (at - 1, at) if 0 <= n < len(edges) and abs(edges[n] - column) <= _SLIP]
    return min(near, key=lambda n: abs(edges[n] - column), default=None)


def _is_stroke(text: str) -> bool:
    return bool(text) and not text.strip(_STROKES + ":")


def _write(canvas: _Canvas, first: int, last: int, text: str, number: int) -> None:
    """Add a line of text to the cell that is open over these columns, or begin one."""
    cell = canvas.open[first]
    if cell is None or (cell.column, cell.last_column) != (first, last):
        cell = _Drawn(canvas.row, first, last, canvas.row, number)
        canvas.cells.append(cell)
        canvas.open[first:last] = [cell] * (last - first)
    cell.last_row = canvas.row
    cell.text = _joined(cell.text, "" if _DIRECTIVE.match(text) else text.strip())


def _joined(text: str, more: str) -> str:
    """Two lines of a cell as one; a backslash at the end only says that the line was broken there."""
    text = text.rstrip("\\").rstrip()
    between = " " if text and more and text[-1].isascii() and more[0].isascii() and not more[0].isdigit() else ""
    return f"{text}{between}{more}".rstrip("\\").rstrip()


def without_attributes(text: str) -> str:
    """Text without the attributes that pandoc writes behind it, also where these are nested.

    >>> without_attributes('[规章]{lang="EN-US" style="color:red"}')
    '规章'
    """
    for _ in range(4):
        if "]{" not in text:
            break
        text = _SPAN.sub(r"\1", text)
    return text


def unframed(lines: Sequence[str]) -> Sequence[str]:
    """The lines without a frame of one cell that is drawn around drawn tables (a layout table of the page)."""
    inner = [line.strip()[1:-1].strip() if _is_drawn(line) else "" for line in lines]
    framed = [at for at, text in enumerate(inner) if _is_drawn(text) and _RULE.search(text)]
    if len(framed) < _FEWEST_RULES or any("|-" in lines[at][:3] for at in framed):
        return lines
    bare = list(lines)
    first = framed[0]
    while first and _is_drawn(lines[first - 1]):
        first -= 1
    for at in range(first, len(lines)):
        if not _is_drawn(lines[at]):
            break
        bare[at] = "" if _WHOLE_RULE.match(lines[at]) and not _is_drawn(inner[at]) else inner[at]
    return bare


def _as_grid(canvas: _Canvas) -> Grid:
    drawn = list(_complete(canvas.cells))
    rows: list[list[GridCell]] = [[] for _ in range(max((cell.row for cell in drawn), default=-1) + 1)]
    lines: dict[tuple[int, int], int] = {}
    for cell in sorted(drawn, key=lambda one: (one.row, one.column)):
        spans = cell.last_row - cell.row + 1, cell.last_column - cell.column
        rows[cell.row].append(GridCell(without_attributes(cell.text).replace("**", ""), cell.row, cell.column, *spans))
        lines[cell.row, cell.column] = cell.line
    return Grid(rows, aligned=True, locate=lambda cell: Place(line=lines.get((cell.row, cell.column))))


def _complete(cells: Sequence[_Drawn]) -> Iterator[_Drawn]:
    """The cells without those that only continue a merged cell whose span changed between two lines."""
    seen: set[tuple[int, int]] = set()
    for cell in cells:
        if (cell.row, cell.column) not in seen:
            seen.add((cell.row, cell.column))
            yield cell
