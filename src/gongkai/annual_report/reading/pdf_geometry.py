"""Characters and ruled lines of a page, in points from its top left corner: what PDF and scans have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Char(NamedTuple):
    """One printed character (of a scan: one recognised character) and its box."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


class Rule(NamedTuple):
    """A horizontal (`at` is its y) or vertical (`at` is its x) line from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageContent:
    """What is printed on one page; `number` counts from 1."""

    number: int
    width: float
    height: float
    chars: list[Char]
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """The characters of one line, left to right."""

    chars: list[Char]
    top: float
    bottom: float
    _type_size: float = 0.0
    _text: str = ""

    @property
    def x0(self) -> float:
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        return max(c.x1 for c in self.chars[-3:])

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def text(self) -> str:
        if not self._text:
            self._text = joined(self.chars)
        return self._text

    @property
    def type_size(self) -> float:
        """The height of most characters: one with a tall box (a dash two characters wide) makes no other type size."""
        if not self._type_size:
            self._type_size = sorted([char[3] - char[1] for char in self.chars])[(len(self.chars) - 1) // 2]
        return self._type_size


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines that `chars` stand in, top to bottom: a character belongs to a line whose middle it crosses."""
    lines: list[Line] = []
    last: Line | None = None
    for char in sorted(chars, key=_middle):
        top, bottom = char[1], char[3]
        if last is not None and ((bottom == last.bottom and top == last.top) or _belongs(last, top, bottom)):
            last.chars.append(char)
            if bottom > last.bottom and bottom - last.top < 1.5 * (last.bottom - last.top):
                last.bottom = bottom
        else:
            last = Line([char], top, bottom)
            lines.append(last)
    for line in lines:
        line.chars.sort()
    return lines


def _middle(char: Char) -> tuple[float, float]:
    return (char[1] + char[3], char[0])


def _belongs(line: Line, top: float, bottom: float) -> bool:
    first, last = line.top, line.bottom
    height, own = last - first, bottom - top
    if (top + bottom) / 2 >= first + height * 0.95:
        return False
    shared = (last if last < bottom else bottom) - (first if first > top else top)
    return shared > 0.4 * (height if height < own else own)


_WORD = re.compile(r"[A-Za-z0-9.,%+-]")
_GAP = 0.9  # of the character height: wider than the spread of justified text
_TOUCHING = 1.0  # points
_WORD_GAP = 0.22  # between Latin letters or digits


def joined(chars: list[Char]) -> str:
    """The text of characters on one line; a space where a gap parts words or columns."""
    before = chars[0]
    pieces = [before[4]]
    end = before[2]
    for char in chars[1:]:
        gap = char[0] - end
        if gap > _TOUCHING and _is_space(gap, before, char):
            pieces.append(" ")
        pieces.append(char[4])
        before, end = char, char[2]
    return "".join(pieces)


def _is_space(gap: float, before: Char, char: Char) -> bool:
    size = max(char.bottom - char.top, before.bottom - before.top)
    if gap > _GAP * size:
        return True
    return gap > _WORD_GAP * size and bool(_WORD.match(before.text) and _WORD.match(char.text))


_NUMBER = re.compile(r"[+-]?[\d,，.]+")


def cell_text(chars: list[Char]) -> str:
    """The text of a cell: wrapped lines are joined, numbers on several lines stay apart."""
    if len(chars) == 1:
        return chars[0].text
    _, top, _, bottom, _ = chars[0]
    if all(char[1] == top and char[3] == bottom for char in chars):
        return joined(sorted(chars)).strip()
    lines = [line.text.strip() for line in lines_of(chars)]
    pieces = lines[:1]
    for before, line in pairwise(lines):
        both = _NUMBER.fullmatch(before) and _NUMBER.fullmatch(line)
        pieces += ["\n", line] if both else [line]
    return "".join(pieces)


def bounds(chars: Iterable[Char]) -> Box:
    """The box around `chars`."""
    left, top, right, bottom, _ = zip(*chars, strict=True)
    return min(left), min(top), max(right), max(bottom)
