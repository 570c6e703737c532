"""Traditional text to simplified text, as reports are published by sites that serve both."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gongkai.text.pinyin import strip_pinyin

if TYPE_CHECKING:
    from opencc_pyo3 import OpenCC

_RARE = 50  # a text is traditional from one traditional-only character in so many Chinese ones
_HAN = re.compile("[\u3400-\u9fff]")


def to_simplified(text: str) -> str:
    """`text` in simplified characters, inserted pinyin removed; the number of lines stays.

    Simplified text is returned as it is: a rare character in a name (one in more than 50) does not make it traditional.

    >>> to_simplified("主動(dòng)公開(kāi)政府信息情況")
    '主动公开政府信息情况'
    """
    text = strip_pinyin(text)
    return convert(text) if is_traditional(text) else text


def is_traditional(text: str) -> bool:
    """Whether `text` is written in traditional characters."""
    pattern = _traditional_only()
    if not pattern.search(text):
        return False
    return len(pattern.findall(text)) * _RARE >= len(_HAN.findall(text))


def convert(text: str) -> str:
    """`text` through the dictionary, whatever script it is in: for parts of a document known to be traditional."""
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    from opencc_pyo3 import OpenCC  # noqa: PLC0415 — costs 16 ms that simplified reports need not pay

    return OpenCC("t2s")


@cache
def _traditional_only() -> re.Pattern[str]:
    from gongkai.text.traditional import TRADITIONAL_ONLY  # noqa: PLC0415 — loaded when first needed

    return re.compile(f"[{TRADITIONAL_ONLY}]")
