"""The report as Markdown (CommonMark with pipe tables).

Pipe tables know no merged cells: a merged cell stands at its upper left position, the label of a row right beside its
numbers, and the other positions they cover stay empty, so that every number keeps its column. Each block of 表二, which
has columns of its own, is a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutTable, Role
from gongkai.annual_report.writing.outline import Passage, outline

# What CommonMark, a pipe table or a common dialect (`~`, `$`) would take for markup anywhere in a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$&]")
# What would open a heading, list, quotation, rule, fence or definition at the start of a line.
_LINE_START = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)]))")
# Text without a full stop may have been cut by a page: that it ends here is said where nobody sees it.
_FINAL = ("。", "！", "？", "；", "：")
_END = "<!-- -->"


def write(report: Report) -> bytes:
    """UTF-8, one paragraph a line, with a blank line between blocks."""
    return "\n\n".join(_blocks(report)).encode() + b"\n"


def escaped(text: str) -> str:
    r"""`text` so that Markdown shows it as it is.

    >>> print(escaped("1. 发布*信息*|5 条"))
    1\. 发布\*信息\*\|5 条
    """
    return _LINE_START.sub(_escape_start, _ANYWHERE.sub(r"\\\g<0>", text))


def _escape_start(match: re.Match[str]) -> str:
    start = match.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _blocks(report: Report) -> Iterator[str]:
    text = outline(report)
    yield f"# {escaped(text.title)}"
    yield from _paragraphs(text.preamble)
    for part in text.parts:
        yield f"## {part.heading}"
        yield from _paragraphs(part.passages)
        if part.table:
            yield from _tables(part.table)
    yield from (escaped(line) for line in (text.signed_by, text.day) if line)


def _paragraphs(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        mark = "### " if passage.heading else ""
        yield mark + escaped(passage.text)
        if not passage.heading and not passage.text.endswith(_FINAL):
            yield _END


def _tables(table: LayoutTable) -> Iterator[str]:
    """A pipe table for each body that has a header of its own: one, or the blocks of 表二."""
    grid = [[""] * table.columns for _ in table.rows]
    for row, column, cell in table.positions():
        beside_numbers = (
            cell.role is not Role.NUMBER and cell.rowspan == 1 and table.rows[row].cells[-1].role is Role.NUMBER
        )
        grid[row][column + (cell.colspan - 1 if beside_numbers else 0)] = _ANYWHERE.sub(r"\\\g<0>", cell.text)
    end = 0
    for length in table.bodies:
        start, end = end, end + length + (table.header_rows if end == 0 else 0)
        own = max(len(row.cells) for row in table.rows[start:end])
        yield _pipe_table(grid[start:end], table.columns if table.header_rows else own)


def _pipe_table(rows: list[list[str]], columns: int) -> str:
    lines = [f"| {' | '.join(cells[:columns])} |" for cells in rows]
    rule = f"|{'---|' * columns}"
    return "\n".join((lines[0], rule, *lines[1:]))
