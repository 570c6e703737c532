"""Year-on-year words: “无增减” against the form of 2019, “增加N件”, “增长N%” against two years that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.sentences import PERCENT, Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Context

_UNCHANGED = re.compile(r"无增减|无增无减|没有增减|未增减|不增不减|无变化|没有变化|持平")
_ITEMS = (
    ("permits", "行政许可"),
    ("other_services", "对外管理服务事项"),
    ("penalties", "行政处罚"),
    ("coercive_measures", "行政强制"),
    ("fees", "行政事业性收费"),
)
_MOVED = re.compile(r"(?:项目(?:数量|数)?|本年)[^，。；0-9]{0,8}?(增加|新增|增|减少|取消|减)了?$")

_UP = "增长|增加|上升|提高|提升|多"
_DOWN = "下降|减少|降低|回落|减|少"
_COMPARED = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_COMPARING = re.compile(r"较|比|同比|相比")
_LAST_YEAR = re.compile(r"(?:上年度?|去年|上一年度?|20\d\d年度?)(?:的|为|共|是|同期|全年|收到|受理)*$")


def audit(context: Context) -> Iterator[Finding]:
    """Words about the change from last year."""
    for sentence in context.sentences:
        text = sentence.text
        if context.report.format.id == "2019" and ("行政" in text or "对外管理" in text):
            yield from _items(context, sentence)
        if len(sentence.quantities) > 1 and _COMPARING.search(text):
            yield from _growth(context, sentence)


def _items(context: Context, sentence: Sentence) -> Iterator[Finding]:
    """表二 of the form of 2019 states the change of the number of items itself."""
    for match in _UNCHANGED.finditer(sentence.text):
        yield from _item(context, sentence, match.start(), match[0], 0)
    for quantity in sentence.quantities:
        moved = _MOVED.search(sentence.text[: quantity.start]) if quantity.unit in ("项", "个") else None
        if moved and quantity.exact:
            change = int(quantity.value) * (1 if "增" in moved[1] else -1)
            yield from _item(context, sentence, quantity.start, f"{moved[1]}{quantity.value}{quantity.unit}", change)


def _item(context: Context, sentence: Sentence, position: int, words: str, change: int) -> Iterator[Finding]:
    part = sentence.text[:position]
    last, row, label = max(((part.rfind(name), row, name) for row, name in _ITEMS), key=lambda found: found[0])
    stated = context.figures.value(f"proactive.{row}.change") if last >= 0 else None
    if stated is None or stated == change:
        return
    clause = re.split("[，；。]", part)[-1]
    named = "项目" in clause or "本年" in clause
    yield entry("TEXT-ITEMS").finding(
        sentence.place,
        left=words,
        right=f"{stated:+}",
        severity=Severity.ERROR if named and not context.figures.uncertain("proactive") else Severity.WARNING,
        quote=sentence.printed,
        subject=label,
    )


def _growth(context: Context, sentence: Sentence) -> Iterator[Finding]:
    """This year's number, last year's and the change: all three stand in the sentence, or the change exceeds all."""
    for index, change in enumerate(sentence.quantities[1:], 1):
        words = sentence.left(change)
        direction = _COMPARED.search(words)
        clause = sentence.segment(change.start)
        if direction is None or not change.exact or not _COMPARING.search(clause):
            continue
        up = direction["up"] is not None
        pair = _pair(context, sentence, index, same_time="同比" in words)
        if pair is not None:
            yield from _compared(sentence, *pair, change=change, up=up)


def _pair(context: Context, sentence: Sentence, index: int, *, same_time: bool) -> tuple[Quantity, Quantity] | None:
    """(this year, last year): the two quantities before the change, where the text says which is which.

    With 同比 (`same_time`) it need not say that they are compared: “收到312件，2022年收到330件，同比增长5.5%”.
    """
    others = sentence.quantities[:index]
    if len(others) != 2 or others[0].unit != others[1].unit or not (others[0].exact and others[1].exact):
        return None
    first, second = others
    between = sentence.text[first.end : second.start]
    if not (same_time or _COMPARING.search(between)) or not _LAST_YEAR.search(sentence.text[: second.start]):
        return None
    year = context.report.year
    named = re.findall(r"20\d\d(?=年)", between)
    return None if year is None or (named and int(named[-1]) != year - 1) else (first, second)


def _compared(sentence: Sentence, now: Quantity, then: Quantity, *, change: Quantity, up: bool) -> Iterator[Finding]:
    difference = Decimal(now.value) - Decimal(then.value)
    signed = difference if up else -difference
    if change.unit in PERCENT and then.value:
        fits = _rounds_to(signed / Decimal(then.value) * 100, Decimal(change.value))
        right = f"{signed / Decimal(then.value) * 100:.2f}%"
    elif change.unit == now.unit:
        fits, right = signed == change.value, f"{signed}{change.unit}"
    else:
        return
    if not fits:
        # 增加 where the two numbers fall, or the other way round, leaves no fair reading; an odd percentage does.
        severity = Severity.ERROR if signed < 0 else Severity.WARNING
        yield entry("TEXT-GROWTH").finding(
            sentence.place,
            left=f"{change.value}{change.unit}",
            right=right,
            severity=severity,
            quote=sentence.printed,
            now=f"{now.value}{now.unit}",
            then=f"{then.value}{then.unit}",
            direction="增加" if up else "减少",
        )


def _rounds_to(value: Decimal, printed: Decimal) -> bool:
    """Rounded or cut, both are fair."""
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(value - printed) < step
