"""Tables in plain text whose cells are parted by commas or semicolons, as spreadsheets save them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

_SEPARATORS = (",", ";", "，", "；")
_FEWEST_ROWS = 10  # of 表三, which has 25
_FEWEST_NUMBERS = 7
_SAMPLE = 400  # lines that are looked at closely
_LONGEST_LINE = 300
_FIELD = r"\s*\"?(?:[+\-]?\d+(?:\.\d+)?)?\"?\s*"
_SENTENCE = re.compile("[。！？]")


def parted(lines: Sequence[str]) -> Sequence[str]:
    """The lines with tabs in place of the separators of such tables; other lines, and other texts, as they are.

    >>> parted(["（七）总计,3,0,0,0,0,0,3"] * 10)[0]
    '（七）总计\\t3\\t0\\t0\\t0\\t0\\t0\\t3'
    """
    for separator in _SEPARATORS:
        row = re.compile(rf"[^\t|]*?(?:{re.escape(separator)}{_FIELD}){{{_FEWEST_NUMBERS},}}$")
        likely = [line for line in lines if len(line) <= _LONGEST_LINE and line.count(separator) >= _FEWEST_NUMBERS]
        if len(likely) >= _FEWEST_ROWS and sum(1 for line in likely[:_SAMPLE] if row.match(line)) >= _FEWEST_ROWS:
            return [_parted(line, separator) for line in lines]
    return lines


def _parted(line: str, separator: str) -> str:
    if separator not in line or len(line) > _LONGEST_LINE or "\t" in line or _SENTENCE.search(line):
        return line
    if separator.isascii():
        return "\t".join(field.strip() for field in next(csv.reader([line], delimiter=separator)))
    # Labels have such commas too: only those before numbers and blanks part cells.
    cells = re.search(rf"(?:{separator}{_FIELD})+$", line)
    return line[: cells.start()] + cells[0].replace(separator, "\t") if cells else line.replace(separator, "\t")
