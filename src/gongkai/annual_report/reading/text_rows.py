"""Rows of tables in plain text: cells parted by tabs or pipes, stacked one to a line, or broken over lines.

A row is a list of `(text, line)`; blank cells are kept, for they may be what shifted the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual_report.reading.sections import heading_of

Row = list[tuple[str, int]]

LONGEST_LABEL = 48  # “2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请” has 38
_PROSE = 90
_FEWEST_PASTED = 7
_WIDEST_ROW = 40  # filled cells; the rows of 表四 have fifteen, a row whose spans were spread out has thirty

_RULE_CHARACTERS = " \t|:+-—="
_MOST_CELLS = 200  # in one row; no form has as many, and a line of separators must not become a million cells
_PROSE_MARK = re.compile(r"[。；！？]")


def is_rule(line: str) -> bool:
    """Whether this is the `|---|---|` line under a Markdown header, or a rule drawn with dashes."""
    return "--" in line and not line.strip(_RULE_CHARACTERS)


def is_tabbed(line: str) -> bool:
    return "\t" in line and not line.isspace()


def is_piped(line: str) -> bool:
    return "|" in line


def is_whole_table(line: str) -> bool:
    """Whether a line holds far more cells than any row of the form has: a table, or a page, without its line ends."""
    return max(line.count("|"), line.count("\t")) > _WIDEST_ROW and _filled(line) > _WIDEST_ROW


def _filled(line: str) -> int:
    return sum(1 for cell in line.replace("\t", "|").split("|") if cell.strip())


def tab_row(line: str, number: int) -> Row:
    return [(cell.strip(), number) for cell in line.split("\t", _MOST_CELLS)]


def pipe_row(lines: Sequence[str], at: int) -> tuple[Row, int]:
    """The row that begins on line index `at`, and the index of the line after it.

    A row that opens with a pipe and is not closed by one goes on: with one cell to a line, or with a cell broken.
    """
    line = lines[at].strip()
    pieces = [(piece, at + 1) for piece in line.split("|", _MOST_CELLS)]
    opened = line.startswith("|")
    after = at + 1
    while opened and not _is_closed(line) and after < len(lines) and _goes_on(lines, at, after, pieces):
        line = lines[after].strip()
        first, *rest = line.split("|", _MOST_CELLS)
        pieces[-1] = (f"{pieces[-1][0].rstrip()} {first}", pieces[-1][1])
        pieces += [(piece, after + 1) for piece in rest]
        after += 1
    return _trimmed(pieces, opened=opened), after


def is_rest_of_row(lines: Sequence[str], at: int) -> bool:
    """Whether line index `at` holds the last cells of the row above, where rows have no pipes at their ends."""
    line, above = lines[at].strip(), lines[at - 1].strip() if at else ""
    return line.startswith("|") and not line.endswith("|") and bool(above) and above[0] != "|" and above[-1] != "|"


def rest_of_row(line: str, number: int) -> Row:
    return [(" ".join(cell.split()), number) for cell in line.strip().split("|", _MOST_CELLS)[1:]]


def _is_closed(line: str) -> bool:
    return line == "|" or (line.endswith("|") and line.count("|") > 1)


def _goes_on(lines: Sequence[str], at: int, after: int, pieces: Row) -> bool:
    line = lines[after]
    stripped = line.strip()
    if not stripped or len(stripped) > LONGEST_LABEL or after - at > 40:
        return False
    if not stripped.startswith("|"):
        # The rest of a broken cell, with the cells behind it; a line that no pipe closes is a row of its own.
        return stripped.endswith("|") or ("|" not in stripped and (line[:1].isspace() or _is_inside(lines, after)))
    # Stacked cells: every line so far brought one cell; a line at the margin opens the next row.
    stacked = len(pieces) - 1 <= after - at
    return stacked and (line[:1].isspace() or not lines[at + 1][:1].isspace())


def _is_inside(lines: Sequence[str], after: int) -> bool:
    """Whether a line without pipes is a piece of a broken cell: short, and the next cell begins soon below it."""
    return is_fragment(lines[after]) and any(line.lstrip().startswith("|") for line in lines[after + 1 : after + 4])


def _trimmed(pieces: Row, *, opened: bool) -> Row:
    cells = [(" ".join(text.split()), line) for text, line in pieces]
    if opened:
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1][0]:
        cells = cells[:-1]
    return cells


def split_header(row: Row) -> list[Row]:
    """A row of 表三 in which the header lines were run together, 总计 before 商业企业, as the two lines they are.

    法人或其他组织, which stands above these, tells it from a table that prints its 总计 there.
    """
    above = total = False
    for at, (text, _) in enumerate(row):
        if total and text.startswith("商业"):
            return [row[:at], row[at:]]
        total = total or (above and text in ("总计", "合计"))
        above = above or text.startswith("法人")
    return [row]


def with_number_apart(row: Row) -> Row:
    """The row with its first number in a cell of its own where only a space parts it from the label: `规章 0⇥0⇥0`."""
    at = next((n for n, (text, _) in enumerate(row) if text.isdecimal()), 0)
    if not at or " " not in row[at - 1][0] or sum(1 for text, _ in row[at:] if text) >= _FEWEST_PASTED:
        return row
    text, line = row[at - 1]
    label, _, number = text.rpartition(" ")
    return [*row[: at - 1], (label, line), (number, line), *row[at:]] if number.isdecimal() and label else row


def is_pasted_row(line: str) -> bool:
    """Whether a line below a table is a row whose numbers were put together: 表三 has seven, 表四 fifteen."""
    text = line.strip()
    return text.isdecimal() and _FEWEST_PASTED <= len(text) <= LONGEST_LABEL


def is_prose(row: Row) -> bool:
    """Whether this “row” is narrative that merely contains a separator, or a heading padded with blank cells."""
    filled = [text for text, _ in row if text]
    if any(len(text) > _PROSE and _PROSE_MARK.search(text) for text in filled):
        return True
    return len(filled) == 1 and heading_of(filled[0]) is not None


def is_fragment(line: str) -> bool:
    """Whether a line between two rows can be a piece of a cell: short, no sentence, no heading of a part."""
    text = line.strip()
    return (
        0 < len(text) <= LONGEST_LABEL and text[0] != "#" and not _PROSE_MARK.search(text) and heading_of(text) is None
    )
