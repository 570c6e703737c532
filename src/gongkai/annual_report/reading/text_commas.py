"""Tables in plain text whose cells are parted by commas or semicolons, as spreadsheets save them, or as lists are told.

`规章,0,0,3` is a row of a spreadsheet, `规章：0、0、3。` the same row told as a list.
"""

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
_LISTED = ("、", "，", "；", ";", "/", "·")
_COUNT = r"[+\-]?\d+(?:\.\d+)?"
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


def untold(lines: Sequence[str]) -> Sequence[str]:
    """The lines with spaces between the numbers of rows that are told as lists; other texts as they are.

    >>> untold(["（七）总计：3、0、0、0、0、0、3。"] * 10)[0]
    '（七）总计 3 0 0 0 0 0 3'
    """
    for separator in _LISTED:
        likely = [line for line in lines if len(line) <= _LONGEST_LINE and line.count(separator) >= _FEWEST_NUMBERS - 1]
        if len(likely) < _FEWEST_ROWS:
            continue
        row = _told(separator, f"{{{_FEWEST_NUMBERS - 1}}}")
        if sum(1 for line in likely[:_SAMPLE] if row.fullmatch(line)) >= _FEWEST_ROWS:
            shorter, numbers = (
                _told(separator, "*"),
                re.compile(rf"{_COUNT}(?:\s*{separator}\s*{_COUNT}){{4,}}[。；;]?"),
            )
            return [_untold(line, separator, shorter, numbers) for line in lines]
    return lines


def _told(separator: str, times: str) -> re.Pattern[str]:
    """A label, then numbers between separators, so many times; a full stop may end them."""
    return re.compile(
        rf"(.{{0,60}}[\u4e00-\u9fff）)”\"])\s*[：:\s]\s*({_COUNT}(?:\s*{separator}\s*{_COUNT}){times})\s*[。；;]?\s*"
    )


def _untold(line: str, separator: str, row: re.Pattern[str], numbers: re.Pattern[str]) -> str:
    if len(line) > _LONGEST_LINE:
        return line
    if numbers.fullmatch(line.strip()):
        return line.strip("。；; ").replace(separator, " ")
    found = row.fullmatch(line)
    return f"{found[1]} {found[2].replace(separator, ' ')}" if found else line


def _parted(line: str, separator: str) -> str:
    if separator not in line or len(line) > _LONGEST_LINE or "\t" in line or _SENTENCE.search(line):
        return line
    if separator.isascii():
        return "\t".join(field.strip() for field in next(csv.reader([line], delimiter=separator)))
    # Labels have such commas too: only those before numbers and blanks part cells.
    cells = re.search(rf"(?:{separator}{_FIELD})+$", line)
    return line[: cells.start()] + cells[0].replace(separator, "\t") if cells else line.replace(separator, "\t")
