"""Percentages: `107件，占全部任务数8.7%`, shares that add up to more than a whole, and completion rates (N4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.sentences import PERCENT, Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Context

# Between 占 and the percentage: words that name no other whole than the one the sentence is about.
_PLAIN_SHARE = re.compile(
    r"占(?:比(?:例)?|全部|总|总数|总量|总件数|申请|信息|公开|受理|收到|任务|办结|答复|数量|数|量|件|的|达到?|为|到|约|[：:])*$"
)
_ANY_SHARE = re.compile(r"占[^占，；。]{0,16}$")
_RATE = re.compile(r"(?P<what>办结|答复|回复|办复|完成)率(?:均|都|达到?|为|是|[：:])*$")
_TIMELY = re.compile(r"按时|按期|及时|限期|按规定|首次|满意")
_DONE = re.compile(r"办结|答复|回复|办复|完成|办理")
_GIVEN = re.compile(r"收到|受理|接收|接到|下达|交办|转办|承办")


def audit(context: Context) -> Iterator[Finding]:
    """N4 of every percentage."""
    for sentence in context.sentences:
        shares = [quantity for quantity in sentence.quantities if quantity.unit in PERCENT]
        if shares:
            for share in shares:
                yield from _share(sentence, share)
            if len(shares) > 1:
                yield from _sum(sentence, shares)


def _share(sentence: Sentence, share: Quantity) -> Iterator[Finding]:
    words = sentence.text[max(0, share.start - 20) : share.start]
    if _ANY_SHARE.search(words):
        if share.value > 100 and not re.search("计划|目标|任务", words):
            yield _finding(sentence, share, "100%", Severity.ERROR, "一部分不会超过全部")
        elif share.exact and _PLAIN_SHARE.search(words):
            yield from _of_whole(sentence, share)
    elif (rate := _RATE.search(words)) and share.exact and not _TIMELY.search(words):
        yield from _completion(sentence, share, rate["what"])


def _of_whole(sentence: Sentence, share: Quantity) -> Iterator[Finding]:
    """The part is the quantity just before; a whole that fits is looked for, and only one candidate can accuse."""
    part = _part(sentence, share)
    if part is None:
        return
    wholes = _wholes(sentence, part)
    fits = any(whole.value and _rounds_to(part.value, whole.value, share) for whole in wholes)
    if len({whole.value for whole in wholes}) != 1 or fits or not wholes[0].exact:
        return
    whole = wholes[0]
    right = f"{Decimal(part.value) / Decimal(whole.value) * 100:.2f}%"
    reason = f"{part.value}{part.unit} 占 {whole.value}{whole.unit} 的 {right}"
    yield _finding(sentence, share, right, Severity.WARNING, reason)


def _part(sentence: Sentence, share: Quantity) -> Quantity | None:
    before = [quantity for quantity in sentence.quantities if quantity.end <= share.start]
    if not before or before[-1].unit in PERCENT or not before[-1].exact:
        return None
    between = sentence.text[before[-1].end : share.start]
    return before[-1] if len(between) <= 16 and "；" not in between else None


def _wholes(sentence: Sentence, part: Quantity) -> list[Quantity]:
    """Larger quantities of the same unit before the part, here and in the sentences of the paragraph before."""
    found: list[Quantity] = []
    one: Sentence | None = sentence
    for _ in range(_SENTENCES):
        if one is None or len(found) > _WHOLES:
            break
        limit = part.start if one is sentence else len(one.text)
        before = [quantity for quantity in one.quantities if quantity.end <= limit]
        found += [quantity for quantity in before[-_WHOLES:] if _may_be_whole(one, quantity, part)]
        one = one.before
    return found


def _may_be_whole(sentence: Sentence, quantity: Quantity, part: Quantity) -> bool:
    """Not a sibling with a share of its own, and not something else: 29例 may be the whole of 25件."""
    alike = quantity.unit == part.unit or (quantity.unit in _CASES and part.unit in _CASES)
    sibling = _ANY_SHARE.search(sentence.text[quantity.end : quantity.end + 6].split("%")[0].rstrip("0123456789.约"))
    return alike and quantity.value >= part.value and not sibling


_WHOLES = 12  # numbers before a part; among more than that none is the obvious whole
_SENTENCES = 8  # so far back a whole is still in mind
_CASES = frozenset("件例起宗条份个次")


def _rounds_to(part: int | Decimal, whole: int | Decimal, share: Quantity) -> bool:
    """Rounded or cut to the digits printed: both are fair."""
    exponent = share.value.as_tuple().exponent if isinstance(share.value, Decimal) else 0
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(Decimal(part) / Decimal(whole) * 100 - Decimal(share.value)) < step


def _sum(sentence: Sentence, shares: list[Quantity]) -> Iterator[Finding]:
    """Shares listed one after the other: more than a whole, beyond what rounding adds."""
    listed = [q for q in shares if q.exact and _PLAIN_SHARE.search(sentence.text[max(0, q.start - 20) : q.start])]
    total = sum((Decimal(quantity.value) for quantity in listed), Decimal(0))
    # 自然人 98% and 法人 2%, then 予以公开 60% and 不予 40%: two classifications make 200 %.
    prefixes = {sum((Decimal(q.value) for q in listed[:n]), Decimal(0)) for n in range(1, len(listed))}
    whole = any(abs(prefix - 100) <= len(listed) for prefix in prefixes)
    if len(listed) > 2 and total > 100 + len(listed) and not whole:
        yield _finding(sentence, listed[-1], "100%", Severity.WARNING, f"列出的占比合计 {total}%")


def _completion(sentence: Sentence, share: Quantity, what: str) -> Iterator[Finding]:
    """“收到12件，办结11件，办结率100%”: the two counts stand in the sentence, and nothing else is counted."""
    counts = [q for q in sentence.quantities if q.end <= share.start and q.unit not in PERCENT]
    if len(counts) != 2 or counts[0].unit != counts[1].unit or not (counts[0].exact and counts[1].exact):
        return
    given, done = counts
    words = sentence.left(done)
    if not _GIVEN.search(sentence.left(given)) or not _DONE.search(words) or _TIMELY.search(words):
        return
    if given.value and done.value <= given.value and not _rounds_to(done.value, given.value, share):
        right = f"{Decimal(done.value) / Decimal(given.value) * 100:.2f}%"
        reason = f"{given.value}{given.unit}中{what} {done.value}{done.unit}，为 {right}"
        yield _finding(sentence, share, right, Severity.WARNING, reason)


def _finding(sentence: Sentence, share: Quantity, right: str, severity: Severity, reason: str) -> Finding:
    return entry("TEXT-SHARE").finding(
        sentence.place,
        left=f"{share.value}{share.unit}",
        right=right,
        severity=severity,
        quote=sentence.printed,
        reason=reason,
    )
