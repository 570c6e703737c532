"""The text that is searched: tidied for showing, folded for comparing, cut into characters and pairs of them.

Folding maps every character to exactly one other, so that a place found in the folded text is the same place in the
text as shown.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import nh3

from gongkai.text.radicals import plain_characters
from gongkai.text.simplified import to_simplified
from gongkai.text.width import drop_invisible, fold

_BLOCK = re.compile(
    r"<(?=/?(?:blockquote|br|caption|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|table|t[dhr]|ul)\b)", re.I
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d"
_GAPS = re.compile(rf"(?<=[{_WIDE}])[^\S\n]+|[^\S\n]+(?=[{_WIDE}])")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" *\n[ \n]*")
_NUMBER = re.compile(r"[^0-9a-z\u3400-\u9fff]")
_ORDINAL = re.compile(r"((?:19|20)\d\d)第(?=\d{1,5}号)")  # 〔2024〕第4号 is what many write for 〔2024〕4号

# Where the punctuation, the letters and the widths lie that `gongkai.text.width.fold` unifies.
_FOLDED_RANGES = ((0x20, 0x250), (0x1680, 0x1681), (0x2000, 0x2070), (0x2E80, 0x3040), (0xFE00, 0x10000))


def _one_to_one() -> dict[int, str]:
    """What folding does to one character; what it would drop becomes a blank, for places must not move."""
    table = {}
    for first, end in _FOLDED_RANGES:
        for code in range(first, end):
            folded = fold(chr(code)) or " "
            if folded != chr(code) and len(folded) == 1:
                table[code] = folded
    return table


_TABLE = _one_to_one()


def text_of_html(html: str) -> str:
    """The text of cleaned HTML; a block begins a new line, an inline element does not split a word.

    >>> text_of_html("<p>公共<b>卫</b>生</p><p>甲 &lt; 乙</p>").split()
    ['公共卫生', '甲', '<', '乙']
    """
    return unescape(nh3.clean(_BLOCK.sub("\n<", html), tags=set()))


def tidy(text: str) -> str:
    """`text` as it is indexed and shown: simplified, without invisible characters and without blanks beside 汉字.

    >>> tidy("公 共 卫生　2024 年\\n\\n COVID 19 ")
    '公共卫生2024年\\nCOVID 19'
    """
    text = to_simplified(plain_characters(drop_invisible(text.replace("\0", ""))))
    return _LINES.sub("\n", _SPACES.sub(" ", _GAPS.sub("", text))).strip()


def folded(text: str) -> str:
    """One width, one case, one form of brackets, quotes and dashes; as long as `text`.

    >>> folded("国办发〔２０１９〕54号 ABC")
    '国办发(2019)54号 abc'
    """
    return text.translate(_TABLE)


def pairs(term: str) -> list[str]:
    """The distinct neighbouring pairs of characters of a folded term, in order.

    >>> pairs("公共卫生")
    ['公共', '共卫', '卫生']
    """
    return list(dict.fromkeys(map("".join, pairwise(term))))


def number_key(number: str) -> str:
    """The key under which 文号 and 索引号 are compared: brackets, blanks and marks do not count.

    >>> number_key("国办发〔2019〕５４号") == number_key("国办发 [2019] 54 号")
    True
    >>> number_key("国办发[2019]第54号")
    '国办发201954号'
    """
    return _ORDINAL.sub(r"\1", _NUMBER.sub("", folded(tidy(number))))
