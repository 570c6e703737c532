"""Dates as reports and government pages write them, in Arabic or Chinese numerals."""

from __future__ import annotations

import re
from datetime import date

from gongkai.text.width import half_width

DIGITS = "〇零○ＯO0０一二三四五六七八九十"
_VALUES = {"〇": 0, "零": 0, "○": 0, "Ｏ": 0, "O": 0, "0": 0} | {c: i for i, c in enumerate("一二三四五六七八九", 1)}

ARABIC = re.compile(r"((?:19|20)\d\d)\s*(?:年|[-/.．－])\s*(\d{1,2})\s*(?:月|[-/.．－])\s*(\d{1,2})(?!\d)\s*日?")
CHINESE = re.compile(
    r"(二[〇零○ＯO0][〇零○ＯO0一二三四五六七八九]{2})\s*年\s*([一二三四五六七八九十元]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first date in `text` that exists in the calendar, with its start and end.

    >>> find_date("二〇二二年一月二十四日")[0]
    datetime.date(2022, 1, 24)
    """
    text = half_width(text)
    if "年" in text and "二" in text:
        for found in CHINESE.finditer(text):
            day = _date(chinese_year(found[1]), _small(found[2]), _small(found[3]))
            if day:
                return day, found.start(), found.end()
    for found in ARABIC.finditer(text):
        day = _date(int(found[1]), int(found[2]), int(found[3]))
        if day:
            return day, found.start(), found.end()
    return None


def iso_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD, or None."""
    found = find_date(text)
    return found[0].isoformat() if found else None


def chinese_year(text: str) -> int | None:
    """The year that four Chinese digits stand for, or None.

    >>> chinese_year("二○二二")
    2022
    """
    digits = [_VALUES.get(char) for char in text]
    if len(digits) != 4 or None in digits:
        return None
    return int("".join(map(str, digits)))


def _small(text: str) -> int:
    """The number 1–99 that Chinese numerals stand for (元月 = 1); 0 where they stand for none."""
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _VALUES.get(text, 0)
    return (_VALUES.get(tens, 0) if tens else 1) * 10 + (_VALUES.get(ones, 0) if ones else 0)


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None
