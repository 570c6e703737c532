"""Lines of print: what may stand in one, how wide it is, where a title breaks, how far in a signature stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

TITLE_POINTS = 22  # 2号
BODY_POINTS = 16  # 3号
_LINE_CONTROLS = re.compile(r"[\t\n\v\f\r\x85]+")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` on one line, without the control characters that no file format may hold."""
    return _FORBIDDEN.sub("", _LINE_CONTROLS.sub(" ", text))


def chinese_date(day: date | None) -> str:
    """2025年1月20日, or nothing.

    >>> chinese_date(date(2025, 1, 20))
    '2025年1月20日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def printed_width(text: str) -> float:
    """Width of `text` in full-width characters: what is not Chinese counts half.

    >>> printed_width("2025年1月20日")
    6.5
    """
    return sum(1 if ord(character) > 0x2E7F else 0.5 for character in text)


def break_title(title: str, *, places: Iterable[int], room: float) -> tuple[str, ...]:
    """The title in one line, or parted at the place that makes two lines of `room` full-width characters most alike.

    A title breaks where the sense breaks (GB/T 9704 §7.3.1). One with no such place is left to the line breaker.
    """
    if printed_width(title) <= room:
        return (title,)
    halves = [(title[:place], title[place:]) for place in places]
    fitting = [pair for pair in halves if all(0 < printed_width(half) <= room for half in pair)]
    return min(fitting, key=_imbalance, default=(title,))


def right_indents(name: str, day: str) -> tuple[float, float]:
    """Right indents of name and date in characters: date 右空四字, the name centred over it (GB/T 9704 §7.3.5)."""
    wide, long = printed_width(day), printed_width(name)
    if not wide:
        return 4, 4
    indent = max(0, 4 + (wide - long) / 2)
    return indent, max(4, indent + (long - wide) / 2)


def _imbalance(pair: tuple[str, ...]) -> float:
    return abs(printed_width(pair[0]) - printed_width(pair[-1]))
