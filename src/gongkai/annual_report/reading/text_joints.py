"""Rows of tables whose cells a browser put on lines of their own, with the tab between two cells on a line too.

A browser's plain text of a table cell that holds paragraphs ends with a line break, so that `规章<tab>0` becomes three
lines, or two where the second begins with the tab. Other programs put white space between all cells, rows included:
there the tabs tell nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST_CELL = 60  # characters
_MOST_CELLS = 24  # in one row; the last line of 表四 has fifteen
_FEWEST_ROWS = 10  # a report has forty
_OFTEN = 4  # times as many rows as numbers that stand alone


def rejoined(lines: Sequence[str]) -> Sequence[str]:
    """The lines with the rows of such tables put together on their first lines, blank lines in place of the others.

    >>> rejoined(["规章", "\\t", "2", "\\t", "0"] * 10)[:5]
    ['规章\\t2\\t0', '', '', '', '']
    """
    joined = list(lines)
    rows = widest = alone = at = 0
    while at < len(lines):
        end, cells = _row(lines, at)
        alone += len(cells) == 1 and cells[0].isdecimal()
        if len(cells) > 1:
            rows, widest = rows + 1, max(widest, len(cells))
            joined[at:end] = ["\t".join(cells)] + [""] * (end - at - 1)
        at = end
    # Where numbers stand alone, the tabs are the indents of a page's markup and join nothing.
    return joined if rows >= max(_FEWEST_ROWS, _OFTEN * alone) and widest <= _MOST_CELLS else lines


def _row(lines: Sequence[str], at: int) -> tuple[int, list[str]]:
    """The index of the line behind the row that begins at `at`, and its cells; one cell where it is no such row."""
    if not _is_cell(lines[at]):
        return at + 1, []
    cells = [lines[at].strip()]
    at += 1
    while True:
        tabs, after = _joint(lines, at)
        if not tabs:
            return at, cells
        cells += [""] * (tabs - 1)
        if after >= len(lines) or not _is_cell(lines[after].lstrip("\t ")):
            return after, [*cells, ""]
        cells.append(lines[after].strip())
        at = after + 1


def _joint(lines: Sequence[str], at: int) -> tuple[int, int]:
    """How many tabs stand between the cell above line `at` and the next one, and the index of the line of that one."""
    tabs, after = 0, at
    while after < len(lines) and after - at < _MOST_CELLS and not lines[after].strip():
        tabs += lines[after].count("\t")
        after += 1
    if after < len(lines) and lines[after].startswith("\t") and _is_cell(lines[after].strip()):
        tabs += len(lines[after]) - len(lines[after].lstrip("\t"))
    return tabs, after


def _is_cell(line: str) -> bool:
    text = line.strip()
    return 0 < len(text) <= _LONGEST_CELL and "\t" not in text and "|" not in text and not line.startswith("\t")
