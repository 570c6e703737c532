"""N5: one metric with two values in the same report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.narrative.lists import breakdowns
from gongkai.annual_report.checks.narrative.sentences import Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Breakdown, Context
from gongkai.annual_report.checks.narrative.wording import Scope, names_agency, qualifier, scope

_CHANNELS = (
    ("政府网站", re.compile(r"政府(?:门户)?网站|政府门户|政府官网")),
    ("网站", re.compile(r"(?<!政府)(?<!政府门户)网站|网页|(?<!政府)官网")),
    ("微信", re.compile(r"微信|公众号")),
    ("微博", re.compile(r"微博")),
    ("短视频", re.compile(r"视频号|抖音|快手|短视频")),
    ("新媒体", re.compile(r"新媒体|客户端|APP|头条")),
    ("其他渠道", re.compile(r"公报|公示栏|公开栏|电子屏|电视|广播|报纸|报刊|信用")),
)
_PUBLISHED = re.compile(r"(?:公开|发布|刊登|刊发|公布)[^，]{0,12}信息|信息[^，]{0,8}(?:公开|发布|刊登|刊发|公布)")
_PLAIN = re.compile(
    r"主动|公开|发布|刊登|刊发|公布|通过|在|各类|各种|门户|政府|网站|官方|官网|网页|微信|公众号|微博|平台|政务|新媒体|栏目|所有|全部|利用|依托|上|下|网"
)
_SMALL = 10  # items; smaller parts are equal by chance
_FILLERS = re.compile(r"信息|防控|工作|情况|类|相关|方面|其中|[、，：:的]")


def audit(context: Context) -> Iterator[Finding]:
    """N5: equal words with different totals, and different totals that share a part."""
    yield from _same_words(context)
    yield from _same_part(context)


def _same_words(context: Context) -> Iterator[Finding]:
    """“网站公开信息500条” here and “网站公开信息480条” there."""
    seen: dict[str, tuple[Sentence, Quantity]] = {}
    for sentence in context.sentences:
        if "信息" not in sentence.text:
            continue
        for quantity in sentence.quantities:
            if quantity.unit not in ("条", "篇") or not quantity.exact:
                continue
            key = _metric(context, sentence, quantity)
            if key is None:
                continue
            first = seen.setdefault(key + quantity.unit, (sentence, quantity))
            if first[1].value != quantity.value and first[0] is not sentence:
                yield _finding(*first, sentence, quantity, "说法相同的信息公开数量")


def _metric(context: Context, sentence: Sentence, quantity: Quantity) -> str | None:
    """The channel of a plain statement about published items; None where the words narrow it down."""
    left = sentence.left(quantity)
    if not _PUBLISHED.search(left):
        return None
    rest = qualifier(left, also=_PLAIN)
    clause = sentence.segment(quantity.start)
    if (rest and not names_agency(rest, context.report)) or "其中" in clause:
        return None
    channels = [name for name, pattern in _CHANNELS if pattern.search(clause)]
    if len(channels) > 1 or scope(sentence, quantity, context.report) is not Scope.OWN:
        return None
    if channels:
        return channels[0]
    return "主动公开" if "主动公开" in left else None


def _same_part(context: Context) -> Iterator[Finding]:
    """Two totals of the year that contain the same part: 1143条，其中疫情369条; 818条，其中疫情369条."""
    parts: dict[tuple[str, int, str], tuple[Breakdown, Quantity]] = {}
    for breakdown in breakdowns(context):
        whole = breakdown.total
        if not whole.exact:
            continue
        for item, label in zip(breakdown.items, breakdown.labels, strict=True):
            key = (_FILLERS.sub("", label), int(item.value), item.unit)
            if not key[0] or item.value < _SMALL or not item.exact:
                continue
            first, other = parts.setdefault(key, (breakdown, whole))
            if other.value != whole.value and _comparable(context, first, breakdown):
                subject = f"都列有“{key[0]}”{item.value}{item.unit}的总数"
                yield _finding(first.sentence, other, breakdown.sentence, whole, subject)
                break


def _comparable(context: Context, first: Breakdown, second: Breakdown) -> bool:
    """Both of the same year, not of two channels, and neither a part of the other."""
    if Scope.OTHER in (scope(one.sentence, one.total, context.report) for one in (first, second)):
        return False
    channels = [
        {name for name, pattern in _CHANNELS if pattern.search(one.sentence.segment(one.total.start))}
        for one in (first, second)
    ]
    nested = second.total in first.items or first.total in second.items or first.sentence is second.sentence
    nested = (
        nested
        or second.total.value in [q.value for q in first.items]
        or first.total.value in [q.value for q in second.items]
    )
    return not nested and not (channels[0] and channels[1] and channels[0] != channels[1])


def _finding(first: Sentence, left: Quantity, second: Sentence, right: Quantity, subject: str) -> Finding:
    return entry("TEXT-TWICE").finding(
        second.place,
        left=left.value,
        right=right.value,
        quote=f"{first.printed}……{second.printed}",
        unit=right.unit,
        subject=subject,
    )
