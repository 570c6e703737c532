"""Cells as values. Each parser returns the value or raises `Unreadable` with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gongkai.errors import GongkaiError

_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_COUNT = re.compile(rf"^{_WHOLE}$")
_MONEY = re.compile(rf"^{_WHOLE}(?:\.(\d+))?$")
_MOST_DIGITS = 9
_OLDEST = 1949
_DIGITS = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


class Unreadable(GongkaiError):  # noqa: N818  # names the event
    """The cell does not hold what its column is for."""


def as_day(text: str) -> date:
    """A day as people write it.

    >>> as_day("2024年3月5日"), as_day("2024/3/5"), as_day("20240305")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5))
    """
    plain = text.translate(_DIGITS)
    found = _DAY.match(plain) or _COMPACT.match(plain)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year < _OLDEST:
        raise Unreadable("VALUE-DAY", f"“{text}”不是日期。", "请写作 2024-03-05 或 2024年3月5日。")
    return day


def as_count(text: str) -> int:
    """A number of pieces.

    Commas divide thousands and nothing else: `1,5` is refused, not read as 15.

    >>> as_count("1,203"), as_count("１２件")
    (1203, 12)
    """
    plain = text.translate(_DIGITS).removesuffix("件").strip()
    if not _COUNT.match(plain) or len(plain.replace(",", "")) > _MOST_DIGITS:
        raise Unreadable("VALUE-COUNT", f"“{text}”不是件数。", "请填非负整数，没有的填 0。")
    return int(plain.replace(",", ""))


def as_money(text: str) -> Decimal:
    """An amount in 万元, at most 6 decimals (one fen is 0.000001 万元).

    >>> as_money("1,276.024万元")
    Decimal('1276.024')
    """
    plain = text.translate(_DIGITS).removesuffix("万元").strip()
    found = _MONEY.match(plain)
    if not found or len(plain.partition(".")[0].replace(",", "")) > _MOST_DIGITS:
        raise Unreadable("VALUE-MONEY", f"“{text}”不是金额。", "请填以万元为单位的数字，没有的填 0。")
    if len(found.group(1) or "") > 6:
        raise Unreadable("VALUE-MONEY", f"“{text}”的小数超过6位。", "单位是万元，小数最多6位（精确到分）。")
    return Decimal(plain.replace(",", ""))


def as_choice(text: str, choices: Mapping[str, str]) -> str:
    """The code of a Chinese label. `choices`: label → code; the code itself is taken too."""
    if text in choices:
        return choices[text]
    if text in choices.values():
        return text
    raise Unreadable("VALUE-CHOICE", f"“{text}”不在可选范围内。", f"请填：{'、'.join(choices)}。")
