"""Numbers of items in Chinese, as headings of the first level have them (GB/T 9704 §7.3.3)."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """From 1 to 99; beyond that nobody numbers in Chinese, and the figures stay.

    >>> in_chinese(3), in_chinese(10), in_chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
