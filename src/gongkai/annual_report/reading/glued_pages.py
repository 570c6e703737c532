"""Page numbers that a copy left inside glued tables: `…0000— 3 —（三）不予公开…`."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERED = re.compile(r"第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?")
_ENDED = r"(?=\s*(?:$|[\u4e00-\u9fff（(]|\d\s*[.．、]\s*[\u4e00-\u9fff]))"  # a label follows, or nothing
_BETWEEN_DASHES = re.compile(r"(?<![—–－\-])[—–－\-]{1,2}\s*(\d{1,3})\s*[—–－\-]{1,2}" + _ENDED)
_OF_PAGES = re.compile(r"(?<=\s)(\d{1,2})\s*/\s*\d{1,2}" + _ENDED)
_DASH_CELL = re.compile(r"\d\s*(?:[—–－/]|-(?!\d))\s*[\d—–－（(]")


def without_page_numbers(text: str) -> str:
    """The text with white space in place of its page numbers, character for character.

    A number between dashes may as well stand between cells that hold a dash: it is a page number only where the numbers
    rise from page to page and no other dash stands beside a number.

    >>> without_page_numbers("规章000— 2 —规范性文件121")
    '规章000     规范性文件121'
    """
    text = _NUMBERED.sub(_blank, text)
    for pattern in (_BETWEEN_DASHES, _OF_PAGES):
        numbers = [int(found[1]) for found in pattern.finditer(text)]
        if numbers and numbers[0] and all(one < other for one, other in pairwise(numbers)):
            without = pattern.sub(_blank, text)
            text = text if _DASH_CELL.search(without) else without
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
