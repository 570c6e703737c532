"""The report as Markdown (CommonMark with pipe tables).

Pipe tables know no merged cells: a merged cell stands at its upper left position and the positions it covers stay
empty, so that every number keeps its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutTable
from gongkai.annual_report.writing.outline import Passage, outline

# What CommonMark, a pipe table or a common dialect (`~`, `$`) would take for markup anywhere in a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$&]")
# What would open a heading, list, quotation, rule, fence or definition at the start of a line.
_LINE_START = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)]))")


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
            yield _table(part.table)
    yield from (escaped(line) for line in (text.signed_by, text.day) if line)


def _paragraphs(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        mark = "### " if passage.heading else ""
        yield mark + escaped(passage.text)


def _table(table: LayoutTable) -> str:
    grid = [[""] * table.columns for _ in table.rows]
    for row, column, cell in table.positions():
        grid[row][column] = _ANYWHERE.sub(r"\\\g<0>", cell.text)
    lines = [f"| {' | '.join(cells)} |" for cells in grid]
    rule = f"|{'---|' * table.columns}"
    return "\n".join((lines[0], rule, *lines[1:]))
