"""Numbers as they are printed: in one cell of a table, and in Chinese numerals in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from gongkai.text.width import fold


class PrintedKind(StrEnum):
    """What stands in a cell."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed cell: `value` is an int or, with a decimal point, a Decimal; `unit` is what is printed beside it."""

    kind: PrintedKind
    value: int | Decimal | None = None
    unit: str | None = None


_BLANK = Printed(PrintedKind.BLANK)
_DASH = Printed(PrintedKind.DASH)
_UNREADABLE = Printed(PrintedKind.UNREADABLE)

# After folding: every dash is "-", brackets are half-width, case is lower.
_MARKS = frozenset(
    ("/", "//", "///", "\\", "\\\\", "|", "-", "--", "---", "----", "_", "__", "___", "╱", "╲", "⁄", "∕", "一")
)
_NONE = frozenset(
    ("无", "暂无", "没有", "不涉及", "不适用", "空", "未发生", "无此项", "无此项目", "无相关事项", "n/a", "na")
)
_ZEROES = frozenset(("零", "〇", "无增减", "无变化", "无增无减", "持平", "不变", "没有增减", "没有变化"))
_SIGNS = {"+": 1, "增": 1, "增加": 1, "新增": 1, "↑": 1, "-": -1, "减": -1, "减少": -1, "↓": -1}
_CELL = re.compile(
    r"(?P<sign>\+|-|增加|新增|增|减少|减|↑|↓)?"
    r"(?P<money>[¥￥])?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(?P<part>\d{1,12}))?"
    r"(?P<unit>\(?[百千万亿]?(?:元|圆|人次|人民币|件|项|条|个|次|份|宗|起|人|篇|期|部|家|页|例|户|种|类|%|‰)?\)?)"
    r"[.;,。]?",
    re.ASCII,
)
_LONGEST = 40  # a number cell is short; anything longer is prose


def parse_cell(text: str) -> Printed:
    """What one cell of a statutory table states.

    Thousands separators, full-width digits, signs (`+5`, `减3`) and units are understood. `/`, `—`, `无` are a dash,
    never a zero. Two numbers in one cell are unreadable.

    >>> parse_cell("１，143件")
    Printed(kind=<PrintedKind.NUMBER: 'number'>, value=1143, unit='件')
    >>> parse_cell("—").kind
    <PrintedKind.DASH: 'dash'>
    """
    return _parse(text) if len(text) <= _LONGEST else _parse_long(text)


def _parse_long(text: str) -> Printed:
    stripped = " ".join(text.split())
    return _parse(stripped) if len(stripped) <= _LONGEST else _UNREADABLE


@lru_cache(maxsize=4096)
def _parse(text: str) -> Printed:
    """Cached: of the 250 cells of a report, most print the same few numbers."""
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return Printed(PrintedKind.NUMBER, int(text))
    key = fold(text)
    if not key:
        return _BLANK
    if key in _MARKS or key in _NONE:
        return _DASH
    if key in _ZEROES:
        return Printed(PrintedKind.NUMBER, 0)
    if _has_inner_space(text):
        return _UNREADABLE
    return _number(key)


_INNER_SPACE = re.compile(r"[\d０-９][,，.．]?\s+[,，.．]?[\d０-９]")


def _has_inner_space(text: str) -> bool:
    """Digits apart from digits are two numbers (`0 0`), not one of ten."""
    return _INNER_SPACE.search(text) is not None


def _number(key: str) -> Printed:
    match = _CELL.fullmatch(key)
    if match is None:
        return _UNREADABLE
    sign = _SIGNS[match["sign"]] if match["sign"] else 1
    unit = match["unit"].strip("()") or ("元" if match["money"] else None)
    whole = match["whole"].replace(",", "")
    if match["part"] is None:
        return Printed(PrintedKind.NUMBER, sign * int(whole), unit)
    return Printed(PrintedKind.NUMBER, sign * Decimal(f"{whole}.{match['part']}"), unit)


_TO_WAN = {"元": -4, "圆": -4, "人民币": -4, "百元": -2, "千元": -1, "万": 0, "万元": 0, "亿": 4, "亿元": 4}


def to_wan(amount: int | Decimal, *, unit: str | None) -> Decimal | None:
    """`amount` in 万元, exactly; `unit` None means 万元, as the form prints it. None for a unit that is no money.

    >>> to_wan(Decimal("75394432.52"), unit="元")
    Decimal('7539.443252')
    """
    if unit is None:
        return Decimal(amount)
    shift = _TO_WAN.get(unit)
    if shift is None:
        return None
    return Decimal(amount) if shift == 0 else _without_padding(Decimal(amount).scaleb(shift))


def _without_padding(amount: Decimal) -> Decimal:
    """`amount` without the zeros behind its point, which come from converting it and were not printed."""
    shortest = amount.normalize()
    exponent = shortest.as_tuple().exponent
    return shortest.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else shortest


_DIGIT_ROWS = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {character: value for value, row in enumerate(_DIGIT_ROWS) for character in row}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ABOUT = re.compile(r"^[约近逾超]|[余多几来]$|(?<=[十百千万亿])[余多几来](?=[万亿])")
_MIXED = re.compile(r"(\d+(?:\.\d+)?)([百千万亿]+)")
_LONGEST_NUMERAL = 24


def chinese_to_int(text: str) -> int | None:
    """The number that a Chinese numeral states; None for anything else. `十余` is read as 10.

    >>> chinese_to_int("一百二十"), chinese_to_int("二〇二四"), chinese_to_int("两"), chinese_to_int("1.2万")
    (120, 2024, 2, 12000)
    """
    text = _ABOUT.sub("", text.strip())
    if not text or len(text) > _LONGEST_NUMERAL:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    if match := _MIXED.fullmatch(text):
        return _mixed(match[1], match[2])
    return _composed(text)


def _mixed(number: str, powers: str) -> int | None:
    value = Decimal(number)
    for power in powers:
        value *= _TENS.get(power) or _MYRIADS[power]
    return int(value) if value == int(value) else None


def _composed(text: str) -> int | None:
    """Place values: digits are gathered into a section below 10,000, a section into the total."""
    total = section = 0
    digit: int | None = None
    last = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (1 if digit is None else digit) * _TENS[c]
            digit, last = None, _TENS[c]
        elif c in _MYRIADS:
            section += digit or 0
            total = (total + section) * _MYRIADS[c] if _MYRIADS[c] > 10**4 else total + section * _MYRIADS[c]
            section, digit, last = 0, None, _MYRIADS[c]
        else:
            return None
    return total + section + _trailing(digit, last=last, text=text)


def _trailing(digit: int | None, *, last: int, text: str) -> int:
    """The last digit: `一百二` is 120, `一百零二` is 102, `十二` is 12."""
    if digit is None:
        return 0
    if last >= 100 and text[-2] not in "零〇○":
        return digit * last // 10
    return digit
