"""Tables in plain text whose rows no separator shows: cells parted by spaces, or one cell to a line.

A line may close its cell with a pipe (`规章 |`), or the pipe may stand on the line below. Where rows begin then follows
from the labels of the form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual_report.reading.text_rows import LONGEST_LABEL, Row, is_fragment, is_rule

_LONGEST_LINE = 400
_LONGEST_TEXT = 84  # the last header line of 表四 has 68 characters and spaces
_FEWEST_LINES = 3  # with numbers, in a table
_FEWEST_NUMBERS = 10  # in a table with fewer such lines (表四 has one)
_FEWEST_CLOSED = 6  # cells closed by a pipe in a table

_NUMBER = re.compile(r"[+\-－增减]?[\d０-９]+(?:[,，.．][\d０-９]+)*(?:%|件|条|项|元|万元)?|[/／—–\-－]{1,2}|无")
_NUMBER_AT_LABEL = re.compile(r"(.*[\u4e00-\u9fff)）])(\d{1,7})$")
_ONE_TOO_FEW = 6  # numbers of a row of 表三
_TABLE_START = re.compile(
    r"第二十条|信息\s*内容|勾稽|申请人情况|自\s*然\s*人|本年新收|行政复议$|行政复议\s+行政诉讼|结果\s*维持|规\s*章\b"
)
_ROW_LABEL = re.compile(
    r"[一二三四]\s*、|[（(][一二三四五六七](?:[)）]|$)|\d\s*[.．、]|规章|(?:行政)?规范性文件|行政(?:许可|处罚|强制|事业)"
    r"|其他对外|政府集中|第二十条|信息内容|本年新收|上年结转"
)
_GROUP_LABEL = re.compile(
    r"三\s*、?\s*本年度|[（(]?[三四五六][)）]?(?:不\s*予|无\s*法|其\s*他)"
    r"|(?:本\s*)?年?\s*度?\s*办\s*理\s*结\s*果"
)
_HEADER_START = re.compile(r"(?:自\s*然\s*人|商\s*业(?:\s*企\s*业)?)$")
_REMEDY_START = re.compile(r"结\s*果\s*维\s*持$")
_REMEDY_GROUP = re.compile(r"行\s*政\s*(?:复\s*议|诉\s*讼)$|起\s*诉$")
_COLUMN_LABEL = re.compile(r"(?:总\s*计|合\s*计|其\s*他|件\s*数|数\s*量|金\s*额|尚\s*未\s*审\s*结|[（(].*万元.*)$")


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `start` to `end` (indexes) that are one table; `closed` where pipes close its cells."""

    start: int
    end: int
    closed: bool

    def rows(self, lines: Sequence[str]) -> list[Row]:
        cells = (
            _closed_cells(lines, self.start, self.end) if self.closed else _spaced_cells(lines, self.start, self.end)
        )
        return _grouped(cells)


def find_regions(lines: Sequence[str], start: int) -> dict[int, Region]:
    """The tables without rows of their own among the lines from index `start` on, by their first line.

    Such a table is a stretch of short lines without punctuation, with some lines of numbers or of closed cells.
    """
    regions: dict[int, Region] = {}
    begin = start
    numeric: list[tuple[int, int]] = []  # line, how many numbers
    closing: list[int] = []
    for at in range(start, len(lines) + 1):
        line = lines[at] if at < len(lines) else "。"
        if _is_closing(line):
            closing.append(at)
        elif not _is_cell_like(line):
            region = _region(lines, begin, numeric, closing)
            if region:
                regions[region.start] = region
            begin, numeric, closing = at + 1, [], []
        elif count := _numbers_on(line):
            numeric.append((at, count))
    return regions


def _region(lines: Sequence[str], begin: int, numeric: list[tuple[int, int]], closing: list[int]) -> Region | None:
    closed = len(closing) >= _FEWEST_CLOSED
    if not closed and len(numeric) < _FEWEST_LINES and sum(count for _, count in numeric) < _FEWEST_NUMBERS:
        return None
    known = closing if closed else [at for at, _ in numeric]
    return Region(_first_line(lines, begin, known[0]), known[-1] + 1, closed)


def _first_line(lines: Sequence[str], begin: int, first_known: int) -> int:
    """Where a table begins: at the first line that speaks of the form, else just above its first cell."""
    for at in range(begin, first_known):
        if _TABLE_START.search(lines[at]):
            return at
    return max(begin, first_known - 1)


def _is_cell_like(line: str) -> bool:
    text = line.strip()
    if len(line) > _LONGEST_LINE or "\t" in text or "|" in line:
        return False
    text = " ".join(text.split())
    if not text or is_fragment(text):
        return not text.endswith("报告")
    label, numbers = _numbers_at_end(line)
    if not label:
        return True
    return len(label) <= _LONGEST_TEXT and is_fragment(label[:LONGEST_LABEL]) and (bool(numbers) or _is_header(label))


def _is_header(label: str) -> bool:
    return len(label.split()) > 3 and "总" in label and not label.endswith("报告")


def _is_closing(line: str) -> bool:
    """Whether a line closes one cell: its text and then pipes, or nothing but pipes (`规章 |`, `|`, `|||`)."""
    if "|" not in line or len(line) > _LONGEST_LINE or is_rule(line):
        return False
    text, _, rest = line.partition("|")
    return not rest.strip("| \t") and (not text.strip() or is_fragment(text))


def _numbers_on(line: str) -> int:
    """How many numbers of a table row a line has: several at its end, or nothing but numbers; else 0."""
    last = line.rstrip()[-1:]
    if not (last.isdigit() or (last and last in "/／—–-－无元")):
        return 0
    label, numbers = _numbers_at_end(line)
    return len(numbers) if len(numbers) > 1 or not label or _is_row_label(label) else 0


def _is_row_label(label: str) -> bool:
    return len(label) <= 12 and label.startswith(("行政", "规章", "规范性文件", "政府集中", "其他对外"))


def _numbers_at_end(line: str) -> tuple[str, list[str]]:
    """What stands before the numbers at the end of a line whose cells are parted by spaces, and those numbers."""
    tokens = line.split()
    count = 0
    while count < len(tokens) and _NUMBER.fullmatch(tokens[-1 - count]):
        count += 1
    # Wide gaps in the label stay: they part cells.
    label = line if not count else line.rstrip().rsplit(maxsplit=count)[0] if count < len(tokens) else ""
    numbers = tokens[len(tokens) - count :]
    touching = _NUMBER_AT_LABEL.match(label.strip()) if count == _ONE_TOO_FEW else None
    if touching:  # a label as long as its column
        return touching[1], [touching[2], *numbers]
    return label.strip(), numbers


def _spaced_cells(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[str, int]]:
    for at in range(start, end):
        line = lines[at].strip()
        if line and not is_rule(line):
            label, numbers = _numbers_at_end(line)
            yield from ((text, at + 1) for text in (*_labels(label), *numbers))


def _closed_cells(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[str, int]]:
    """Cells that end with a pipe; text on several lines before it is one cell, a pipe without text a blank one."""
    pending: list[str] = []
    for at in range(start, end):
        text, *rest = lines[at].split("|")
        if text.strip():
            pending.append(" ".join(text.split()))
        for _ in rest:
            yield " ".join(pending), at + 1
            pending = []


def _labels(label: str) -> list[str]:
    """The labels on a line: a header line has several, parted by spaces; a row has one that may hold spaces."""
    if not label:
        return []
    stretches = re.split(r"\s{2,}", label.strip())
    if len(stretches) > 1:
        return [text for stretch in stretches for text in _labels(stretch)]
    tokens = label.split()
    if len(tokens) > 1 and all(len(token) > 1 and not token[0].isascii() and token[0] not in "（" for token in tokens):
        return tokens
    return [label]


def _grouped(cells: Iterator[tuple[str, int]]) -> list[Row]:
    """The cells in rows: a label opens one after a number or a blank, and so does a row label after another label."""
    rows: list[Row] = []
    for text, line in cells:
        if not rows or _opens_row(text, rows[-1]):
            rows.append([])
        rows[-1].append((text, line))
    return rows


def _opens_row(text: str, row: Row) -> bool:
    last = row[-1][0]
    if not text or _NUMBER.fullmatch(text):
        # The numbers below a header that ends with 总计 are a row of their own.
        return len(row) > 2 and _COLUMN_LABEL.search(last) is not None and _ROW_LABEL.match(last) is None and bool(text)
    if not last or _NUMBER.fullmatch(last):
        return True
    if _HEADER_START.match(text) or (_REMEDY_START.match(text) and _REMEDY_GROUP.search(last)):
        return True
    return _ROW_LABEL.match(text) is not None and _GROUP_LABEL.search(last) is None
