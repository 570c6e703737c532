"""Where the terms stand: pieces of a title, and the part of a text worth showing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_web.search.text import folded

WIDTH = 120
"""Characters of a snippet: three lines on a phone."""
_LEAD = 24
_SENTENCE = re.compile(r"[。；！？\n]")


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` where it is a term that was asked for. Templates escape it."""

    text: str
    marked: bool = False


def pieces(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """`text` cut at the terms.

    >>> [(p.text, p.marked) for p in pieces("公共卫生（2024）", ["卫生", "(2024)"])]
    [('公共', False), ('卫生（2024）', True)]
    """
    result, end = [], 0
    for start, stop in _spans(folded(text), terms):
        if start > end:
            result.append(Piece(text[end:start]))
        result.append(Piece(text[start:stop], marked=True))
        end = stop
    if end < len(text):
        result.append(Piece(text[end:]))
    return tuple(result)


def snippet(text: str, terms: Sequence[str], *, width: int = WIDTH) -> tuple[Piece, ...]:
    """The `width` characters of `text` that show the most terms, beginning at a sentence where one is near."""
    start = _best_start(folded(text), terms, width)
    start = _sentence_start(text, start)
    part = text[start : start + width].replace("\n", " ").strip()
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if start + width < len(text) else ()
    return (*before, *pieces(part, terms), *after)


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the terms, in order, those that touch or overlap joined."""
    found = sorted((m.start(), m.end()) for term in terms for m in re.finditer(re.escape(term), text))
    joined: list[tuple[int, int]] = []
    for start, stop in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _best_start(text: str, terms: Sequence[str], width: int) -> int:
    """Of the windows that begin shortly before a first occurrence, the one that holds the most different terms."""
    firsts = [place for term in terms if (place := text.find(term)) >= 0]
    windows = [max(0, place - _LEAD) for place in sorted(firsts)]
    return max(windows, key=lambda start: _different(text, terms, start, start + width), default=0)


def _different(text: str, terms: Sequence[str], start: int, stop: int) -> int:
    return sum(text.find(term, start, stop) >= 0 for term in terms)


def _sentence_start(text: str, start: int) -> int:
    """The first beginning of a sentence in the lead, so that a snippet rarely begins amid one."""
    if start == 0:
        return 0
    end = _SENTENCE.search(text, start, start + _LEAD)
    return end.end() if end else start
