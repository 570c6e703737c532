"""Radicals in place of characters: PDF fonts often map 行 to ⾏ (U+2F8F) and 页 to ⻚ (U+2EDA), which look the same."""

from __future__ import annotations

import re
import unicodedata

# CJK Radicals Supplement, whose simplified radicals Unicode gives no equivalent.
_SUPPLEMENT = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⻒",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母镸",
        strict=True,
    )
)
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_PLAIN = {**_KANGXI, **_SUPPLEMENT, "⼾": "户"}  # Unicode equates it with the traditional form
_TABLE = str.maketrans(_PLAIN)
_ANY = re.compile("[\u2e80-\u2fd5]")


def plain_characters(text: str) -> str:
    """`text` with characters in place of radicals.

    >>> plain_characters("⾏政许可")
    '行政许可'
    """
    return text.translate(_TABLE) if _ANY.search(text) else text


def plain_character(character: str) -> str:
    """The character that a radical stands for; any other character as it is."""
    return _PLAIN.get(character, character)
