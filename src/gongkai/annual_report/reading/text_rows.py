"""Rows of tables in plain text: cells parted by tabs, pipes or spaces, stacked one to a line, or broken over lines.

A row is a list of `(text, line)`; blank cells are kept, for they may be what shifted the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual_report.reading.sections import heading_of

Row = list[tuple[str, int]]

LONGEST_LABEL = 48  # “2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请” has 38
_PROSE = 90

_RULE_CHARACTERS = " \t|:+-—="
_MOST_CELLS = 200  # in one row; no form has as many, and a line of separators must not become a million cells
_NUMBER = re.compile(r"[+\-－增减]?[\d０-９]+(?:[,，.．][\d０-９]+)*(?:%|件|条|项|元|万元)?|[/／—–\-－]{1,2}|无")
_PROSE_MARK = re.compile(r"[。；！？]")
_TABLE_START = re.compile(
    r"第二十条|信息\s*内容|勾稽|申请人情况|自\s*然\s*人|本年新收|行政复议$|行政复议\s+行政诉讼|结果\s*维持|规\s*章\b"
)
_NEW_ROW = re.compile(
    r"[一二三四]\s*、|[（(][一二三四五六七][)）]|\d\s*[.．、]|规章|(?:行政)?规范性文件|行政(?:许可|处罚|强制|事业)"
    r"|其他对外|政府集中|第二十条|信息内容|本年(?:新|制|处|收)|上一年|采购项目"
)
_GROUP_LABEL = re.compile(
    r"三\s*、?\s*本年度|[（(]?[三四五六][)）]?(?:不\s*予|无\s*法|其\s*他)"
    r"|(?:本\s*)?年?\s*度?\s*办\s*理\s*结\s*果"
)


def is_rule(line: str) -> bool:
    """Whether this is the `|---|---|` line under a Markdown header, or a rule drawn with dashes."""
    return "--" in line and not line.strip(_RULE_CHARACTERS)


def is_tabbed(line: str) -> bool:
    return "\t" in line and not line.isspace()


def is_piped(line: str) -> bool:
    return "|" in line


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


def _is_closed(line: str) -> bool:
    return line == "|" or (line.endswith("|") and line.count("|") > 1)


def _goes_on(lines: Sequence[str], at: int, after: int, pieces: Row) -> bool:
    line = lines[after]
    stripped = line.strip()
    if not stripped or len(stripped) > LONGEST_LABEL or after - at > 40:
        return False
    if not stripped.startswith("|"):
        return "|" in stripped or line[:1].isspace() or _is_inside(lines, after)
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


def numbers_at_end(line: str) -> tuple[str, list[str]]:
    """What stands before the numbers at the end of a line whose cells are parted by spaces, and those numbers."""
    tokens = line.split()
    count = 0
    while count < len(tokens) and _NUMBER.fullmatch(tokens[-1 - count]):
        count += 1
    return " ".join(tokens[: len(tokens) - count]), tokens[len(tokens) - count :]


def is_numeric(line: str) -> bool:
    """Whether a line has the numbers of a table row: several at its end, or nothing but numbers."""
    last = line.rstrip()[-1:]
    if not (last.isdigit() or last in "/／—–-－无元"):
        return False
    label, numbers = numbers_at_end(line)
    return len(numbers) > 1 or (bool(numbers) and (not label or _is_row_label(label)))


def _is_row_label(label: str) -> bool:
    return len(label) <= 12 and label.startswith(("行政", "规章", "规范性文件", "政府集中", "其他对外"))


def region_start(lines: Sequence[str], begin: int, first_numeric: int) -> int:
    """Where a table begins whose first line of numbers is known: at the first line that speaks of the form."""
    for at in range(begin, first_numeric):
        if _TABLE_START.search(lines[at]):
            return at
    return max(begin, first_numeric - 1)


def region_rows(lines: Sequence[str], begin: int, end: int) -> list[Row]:
    """Rows of a stretch of lines with cells parted by spaces, or with one cell to a line."""
    rows: list[Row] = []
    for at in range(begin, end):
        line = lines[at].strip()
        if not line or is_rule(line):
            continue
        label, numbers = numbers_at_end(line)
        if not rows or (label and _opens_row(label, rows)):
            rows.append([])
        rows[-1] += [(text, at + 1) for text in _labels(label)] + [(text, at + 1) for text in numbers]
    return rows


def _opens_row(label: str, rows: list[Row]) -> bool:
    last = rows[-1][-1][0]
    if _NUMBER.fullmatch(last):
        return True
    return _NEW_ROW.match(label) is not None and _GROUP_LABEL.search(last) is None


def _labels(label: str) -> list[str]:
    """The labels on a line: a header line has several, parted by spaces; a row has one that may hold spaces."""
    if not label:
        return []
    tokens = label.split()
    if len(tokens) > 1 and all(len(token) > 1 and not token[0].isascii() and token[0] not in "（" for token in tokens):
        return tokens
    return [label]
