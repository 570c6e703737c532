"""Full-width and half-width characters, and the key under which printed labels are compared."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE = "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufe0f"
_SAME = {
    "(": "（﹙〔[［【〖{｛❨⟮︵",
    ")": "）﹚〕]］】〗}｝❩⟯︶",
    '"': "“”„‟〝〞＂「」『』'‘’‛＇`´",
    "-": "－﹣‐‑‒–—―─━−ー﹘",
    ",": "，、､﹐﹑",
    ":": "：﹕∶︰",
    ";": "；﹔",
    ".": "．﹒",
    "·": "•・･‧∙",
    "~": "～∼〜",
}

_ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD: dict[int, str | None] = {
    **_ASCII,
    **{code: chr(code - 0xFEE0).lower() for code in range(0xFF21, 0xFF3B)},
    **{ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{ord(variant): one for one, variants in _SAME.items() for variant in variants},
    **dict.fromkeys(map(ord, _SPACES + _INVISIBLE), None),
}
_LABEL = 80  # the longest label of the forms has 50 characters
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9a-z]*")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_HALF = {code: half for code, half in _ASCII.items() if half.isalnum()}


def fold(text: str) -> str:
    """The key under which labels are compared: no white space, one form of brackets, quotes, dashes, commas, case.

    >>> fold("（一） 规章　“三安全”")
    '(一)规章"三安全"'
    """
    if _PLAIN.fullmatch(text):
        return text
    return _folded(text) if len(text) <= _LABEL else text.translate(_FOLD)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Cached: every report prints the same labels."""
    return text.translate(_FOLD)


def half_width(text: str) -> str:
    """`text` with its full-width digits and letters in half width; punctuation stays as printed.

    >>> half_width("２０２４年（ＡＰＰ）")
    '2024年（APP）'
    """
    return text.translate(_HALF) if _WIDE.search(text) else text


_SELECTOR = "\ufe0f"  # the only invisible character that counts as printable
_GONE = str.maketrans("", "", _INVISIBLE)
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
INVISIBLE_OR_SPACE = re.compile(f"[{_SPACES}{_INVISIBLE}]")


def drop_invisible(text: str) -> str:
    """`text` without soft hyphens, zero-width and direction marks, which pages carry from word processors."""
    return text.translate(_GONE) if _INVISIBLES.search(text) else text


def squeeze(text: str) -> str:
    """`text` on one line: runs of white space become one space, invisible characters go, the ends are trimmed."""
    if text.isprintable() and " " not in text and _SELECTOR not in text:  # no other space is printable
        return text
    return " ".join(drop_invisible(text).split())
