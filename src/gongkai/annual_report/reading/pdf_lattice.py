"""Tables that are ruled: the lines of a page divide it into cells, and lines that are missing merge cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual_report.reading.pdf_geometry import Box, Char, PageContent, Rule, cell_text

_TOUCH = 4.0  # points: lines so near meet; cells drawn each with its own border stand 2 to 3 points apart
_SAME = 1.5  # points: pieces of one line


@dataclass(slots=True)
class LatticeCell:
    """A cell of a ruled table: grid positions, page and box, and what is printed in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    box: Box
    text: str = ""


@dataclass(slots=True)
class Lattice:
    """A ruled table on one page. `xs` and `ys` are the lines between its columns and rows."""

    page: int
    xs: list[float]
    ys: list[float]
    cells: list[LatticeCell]
    chars: dict[int, list[Char]] = field(default_factory=dict)  # cell index → characters

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def lattices(content: PageContent) -> tuple[list[Lattice], list[Char]]:
    """The ruled tables of a page, top to bottom, and the characters that stand outside them."""
    tables = [
        Lattice(content.number, xs, ys, _cells(content.number, xs, ys, horizontal, vertical))
        for horizontal, vertical in _connected(_merged(content.horizontal), _merged(content.vertical))
        if len(xs := _positions(vertical, horizontal)) > 2 and len(ys := _positions(horizontal, vertical)) > 1
    ]
    tables = [table for table in _outermost(tables) if len(table.cells) > 1]
    tables.sort(key=lambda table: table.ys[0])
    rest = _distribute(tables, content.chars)
    for table in tables:
        for index, chars in table.chars.items():
            table.cells[index].text = cell_text(chars)
        table.chars.clear()
    return tables, rest


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line as one line: producers draw a border per cell."""
    merged: list[Rule] = []
    for group in _by_position(rules):
        at = sum(rule.at for rule in group) / len(group)
        group.sort(key=lambda rule: rule.start)
        start, end = group[0].start, group[0].end
        for rule in group[1:]:
            if rule.start <= end + _TOUCH:
                end = max(end, rule.end)
            else:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        merged.append(Rule(at, start, end))
    return merged


def _by_position(rules: list[Rule]) -> Iterable[list[Rule]]:
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule.at - group[-1].at > _SAME:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch one another: each is a table."""
    left = set(range(len(vertical)))
    groups: list[tuple[list[Rule], list[Rule]]] = []
    todo = set(range(len(horizontal)))
    while todo:
        rows, columns, queue = {todo.pop()}, set[int](), [True]
        while queue.pop():
            new_columns = {j for j in left - columns if any(_cross(horizontal[i], vertical[j]) for i in rows)}
            columns |= new_columns
            new_rows = {i for i in todo if any(_cross(horizontal[i], vertical[j]) for j in new_columns)}
            rows |= new_rows
            todo -= new_rows
            queue.append(bool(new_rows))
        left -= columns
        groups.append(([horizontal[i] for i in sorted(rows)], [vertical[j] for j in sorted(columns)]))
    return groups


def _cross(h: Rule, v: Rule) -> bool:
    return h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH


def _positions(rules: list[Rule], across: list[Rule]) -> list[float]:
    """Where the lines stand, and where the lines across them end: a page break leaves a table open."""
    if not rules or not across:
        return []
    ends = (min(rule.start for rule in across), max(rule.end for rule in across))
    positions: list[float] = []
    for at in sorted([*(rule.at for rule in rules), *ends]):
        if not positions or at - positions[-1] > _TOUCH:
            positions.append(at)
    return positions


def _cells(
    page: int, xs: list[float], ys: list[float], horizontal: list[Rule], vertical: list[Rule]
) -> list[LatticeCell]:
    """Grid positions without a line between them are one cell."""
    below = _walls(horizontal, ys, xs)
    beside = _walls(vertical, xs, ys)
    cells: list[LatticeCell] = []
    seen: set[tuple[int, int]] = set()
    for i in range(len(ys) - 1):
        for j in range(len(xs) - 1):
            if (i, j) in seen:
                continue
            wide = j + 1
            while wide < len(xs) - 1 and (wide, i) not in beside and (i, wide) not in seen:
                wide += 1
            deep = i + 1
            while deep < len(ys) - 1 and all((deep, k) not in below for k in range(j, wide)):
                deep += 1
            seen.update((a, b) for a in range(i, deep) for b in range(j, wide))
            cells.append(LatticeCell(i, j, deep - i, wide - j, page, (xs[j], ys[i], xs[wide], ys[deep])))
    return cells


def _walls(rules: list[Rule], positions: list[float], across: list[float]) -> set[tuple[int, int]]:
    """(line, gap between two lines across) where a line is drawn over the middle of the gap."""
    walls: set[tuple[int, int]] = set()
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    for rule in rules:
        line = min(bisect_right(positions, rule.at + 0.01) - 1, len(positions) - 1)
        if line + 1 < len(positions) and positions[line + 1] - rule.at < rule.at - positions[line]:
            line += 1
        walls.update((line, k) for k, middle in enumerate(middles) if rule.start <= middle <= rule.end)
    return walls


def _outermost(tables: list[Lattice]) -> list[Lattice]:
    """Without the tables that lie inside another: a frame inside a cell."""
    return [t for t in tables if not any(o is not t and _holds(o.box, t.box) for o in tables)]


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _distribute(tables: Sequence[Lattice], chars: Iterable[Char]) -> list[Char]:
    """Gives every character to the cell that its middle stands in; returns those outside all tables."""
    if not tables:
        return list(chars)
    rest: list[Char] = []
    index = [_position_index(table) for table in tables]
    edges = [(table.ys[0], table.ys[-1], table.xs[0] - _TOUCH, table.xs[-1] + _TOUCH) for table in tables]
    last: tuple[Box, list[Char]] = ((0, 0, 0, 0), [])  # successive characters mostly stand in one cell
    for char in chars:
        x0, y0, x1, y1, _ = char
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        left, top, right, bottom = last[0]
        if left <= x < right and top <= y < bottom:
            last[1].append(char)
            continue
        for k, (first, end, start, stop) in enumerate(edges):
            if first <= y < end and start <= x < stop:
                table = tables[k]
                i = bisect_right(table.ys, y) - 1
                j = min(max(bisect_right(table.xs, x) - 1, 0), len(table.xs) - 2)
                cell = index[k][i, j]
                last = (table.cells[cell].box, table.chars.setdefault(cell, []))
                last[1].append(char)
                break
        else:
            rest.append(char)
    return rest


def _position_index(table: Lattice) -> dict[tuple[int, int], int]:
    return {
        (i, j): index
        for index, cell in enumerate(table.cells)
        for i in range(cell.row, cell.row + cell.rowspan)
        for j in range(cell.column, cell.column + cell.colspan)
    }
