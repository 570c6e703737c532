"""The ordinals that Word makes itself: `一、`, `（一）`, `1.` stand in numbering.xml, not in the text.

Source: ECMA-376 Part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual_report.reading.docx_package import W

_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographTraditional",
    )
)
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its number format, its pattern such as `（%1）`, and the number it starts with."""

    number_format: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # numId → ilvl → level
    counters: dict[str, str] = field(default_factory=dict)  # numId → the list it counts with
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def ordinal(self, number_id: str, level: int) -> str:
        """Counts one paragraph of the list and gives the ordinal that Word prints before it; "" for bullets."""
        levels = self.levels.get(number_id)
        if levels is None or level not in levels:
            return ""
        counter = self.counters[number_id]
        start = levels[level].start
        self.counts[counter, level] = self.counts.get((counter, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((counter, deeper), None)
        if levels[level].number_format in {"bullet", "none"}:
            return ""
        return _PLACEHOLDER.sub(lambda m: self._number(levels, counter, int(m[1]) - 1), levels[level].pattern)

    def _number(self, levels: dict[int, Level], counter: str, level: int) -> str:
        stated = levels.get(level)
        if stated is None:
            return ""
        return formatted(self.counts.get((counter, level), stated.start), stated.number_format)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {node.get(f"{W}abstractNumId", ""): _levels(node) for node in root.iterchildren(f"{W}abstractNum")}
    for num in root.iterchildren(f"{W}num"):
        reference = num.find(f"{W}abstractNumId")
        if reference is None:
            continue
        number_id, target = num.get(f"{W}numId", ""), reference.get(f"{W}val", "")
        overrides = _overrides(num, abstract.get(target, {}))
        numbering.levels[number_id] = {**abstract.get(target, {}), **overrides}
        numbering.counters[number_id] = f"num-{number_id}" if overrides else target
    return numbering


def _levels(node: etree._Element) -> dict[int, Level]:
    return {_integer(level.get(f"{W}ilvl"), 0): _level(level) for level in node.iterchildren(f"{W}lvl")}


def _level(node: etree._Element) -> Level:
    def stated(name: str, default: str) -> str:
        child = node.find(f"{W}{name}")
        return default if child is None else child.get(f"{W}val", default)

    return Level(stated("numFmt", "decimal"), stated("lvlText", ""), _integer(stated("start", "1"), 1))


def _overrides(num: etree._Element, base: dict[int, Level]) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for override in num.iterchildren(f"{W}lvlOverride"):
        index = _integer(override.get(f"{W}ilvl"), 0)
        own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
        if own is not None:
            levels[index] = _level(own)
        elif start is not None and index in base:
            known = base[index]
            levels[index] = Level(known.number_format, known.pattern, _integer(start.get(f"{W}val"), 1))
    return levels


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 8 else default


def formatted(number: int, number_format: str) -> str:
    """`number` as Word prints it in `number_format`.

    >>> formatted(12, "chineseCountingThousand"), formatted(3, "decimalFullWidth"), formatted(2, "upperLetter")
    ('十二', '３', 'B')
    """
    if number_format in _CHINESE:
        return chinese(number)
    if number_format == "decimalFullWidth":
        return "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if number_format in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr((65 if number_format == "upperLetter" else 97) + number - 1)
    return str(number)


def chinese(number: int) -> str:
    """`number` below 100 in Chinese numerals; larger numbers, which no report's headings reach, in digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
