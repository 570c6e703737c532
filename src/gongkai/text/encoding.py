"""Bytes to text: government pages come as UTF-8 or GB18030, rarely as UTF-16, and often say otherwise."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}

_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text`, the `encoding` that was used, and whether characters were `lost` (replaced by U+FFFD)."""

    text: str
    encoding: str
    lost: bool = False


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`: a byte order mark decides, then UTF-8, the `declared` charset, GB18030.

    UTF-8 goes before the declared charset because GB bytes are hardly ever valid UTF-8, while pages that were converted
    often keep their old declaration. Never raises: what fits nothing comes with U+FFFD and `lost`.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _attempt(data, encoding) or _forced(data, encoding)
    if (decoded := _attempt(data, "utf-8")) is not None:
        return decoded
    if _is_damaged_utf8(data):
        return _forced(data, "utf-8")
    for encoding in (*_candidates(declared), "gb18030"):
        if (decoded := _attempt(data, encoding)) is not None:
            return decoded
    return _forced(data, "gb18030")


def is_marked(data: bytes) -> bool:
    """Whether a byte order mark says how `data` is encoded."""
    return data.startswith(tuple(mark for mark, _ in _BOMS))


def _candidates(declared: str | None) -> tuple[str, ...]:
    if not declared:
        return ()
    name = declared.strip().strip("\"'").lower()
    return (_WIDER.get(name, name),)


def _attempt(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _forced(data: bytes, encoding: str) -> Decoded:
    return Decoded(data.decode(encoding, "replace"), encoding, lost=True)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether nearly all of `data` is UTF-8: a file cut inside a character would otherwise pass as GB18030 nonsense."""
    start = data[:_SAMPLE].decode("utf-8", "replace")
    lost = start.count("\ufffd")
    return lost * 4 <= sum(1 for c in start if c >= "\u3000") - lost
