"""N4: a total and the list of what it is made of.

`共1143条，其中A144条、B369条…`: the items may sum up to less where the list is open, and it usually is. They may sum
up to more where they overlap (channels), where a second classification follows the first, or where something else
is counted. Only what remains after all of that is a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, islice

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.sentences import MONEY, PERCENT, Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Breakdown, Context

_LEAD = re.compile(r"其中|包括|包含|分别(?:为|是)|分为|具体(?:为|是|包括|有)|[（(：:]")
_CLOSED = re.compile(r"分别|分为|具体")
_KIN = frozenset("条件份篇则")  # published things that one list may count by different names

# A later item that begins like this is no item: the sentence has gone on to something else.
_RESTART = re.compile(
    r"^(?:并|同时|另|此外|还|共(?![同青产建享和])|累计|全年|总|合计|截|本年|今年|当年|20\d\d|较|比|同比|占|平均|我[局委县市区办厅镇]|通过|利用"
    r"|依托|回复|答复|办结|收到|受理|开展|组织|召开|举办|参加|接受|处理|完成|开设|转发|报送|上报|推送|发送|播放|点击|阅读|浏览"
    r"|访问|关注|发布|公开|刊[登发]|制作|更新|结转|均|已|未(?!审结|结案|办结)|及时|依法|按|全部|涉及|全[市县区省州]|向|为|对|在|由|从|使用|采用)"
)
_OPEN = re.compile(r"等|余下|其余|其他若干|主要|例如|如")
_CHANNEL = re.compile(
    r"网站|网页|网上|网络|在线|线上|线下|现场|当面|信函|邮寄|邮件|电话|传真|微信|微博|公众号|视频号|抖音|快手|头条|客户端|平台|媒体"
    r"|公示栏|公开栏|电子屏|报[刊纸]|电视|广播|公报|发布|公开的|推送|刊[登发]|转发|原创|通过"
)
_DIMENSIONS = (
    re.compile(r"自然人|法人|公民|企业|组织|机构"),
    re.compile(r"予以|部分公开|不予|无法提供|答复|办结|结转|不存在|不掌握|撤回|延期|补正|公开申请"),
    _CHANNEL,
)
_PERSONS = frozenset("人名户")  # counted by several traits at once: 女性、青年、高级职称
_REST = re.compile(r"^其[他它余]")
_PAPERS = frozenset("条件份篇则起宗期例")  # each is entered once
_MANY = 5  # items: so many do not come from two partial classifications by chance
_GAP = 10  # characters between a total and its list; further away the list may break down something else
_EXHAUSTIVE = re.compile(r"法人(?:或者?|和|及|、|与)其[他它]组织")
_NO_COUNT = PERCENT | MONEY | {"个百分点", "倍", "工作日", "个工作日", "小时", "个小时", "个月", "个自然月"}
_LEADS = 40  # places where a list may begin; a sentence of prose has fewer
_FEW = 4  # items; a list of fewer says nothing by nearly adding up
_NEARLY = 20  # a shortfall of less than 1/20 of the total looks like a slip


def audit(context: Context) -> Iterator[Finding]:
    """N4 of every list."""
    for breakdown in breakdowns(context):
        severity = _severity(breakdown)
        if severity is not None:
            yield _finding(breakdown, severity)


def breakdowns(context: Context) -> list[Breakdown]:
    """All lists of the narrative with their totals, in printing order; found once for all audits."""
    if context.breakdowns is None:
        context.breakdowns = list(_breakdowns(context.sentences))
    return context.breakdowns


def _breakdowns(sentences: list[Sentence]) -> Iterator[Breakdown]:
    for sentence in sentences:
        if sentence.quantities:
            end = 0
            for lead in islice(_LEAD.finditer(sentence.text), _LEADS):
                if lead.start() >= end:
                    found = _breakdown(sentence, lead)
                    if found:
                        end = found.items[-1].end if lead[0] not in "（(" else end
                        yield found


def _breakdown(sentence: Sentence, lead: re.Match[str]) -> Breakdown | None:
    if sentence.quantities[-1].start < lead.end() or (stop := _stop(sentence.text, lead)) is None:
        return None
    following = [q for q in sentence.quantities if lead.end() <= q.start and q.end <= stop]
    if not following:
        return None
    unit = following[0].unit
    if unit in _NO_COUNT or unit in _PERSONS or (lead[0] in "（(：:" and not _adjacent(sentence, lead, unit)):
        return None
    certain, totals = _totals(sentence, lead.start(), unit)
    if lead[0] in "（(：:":
        totals = totals[-1:]  # a bracket explains the number before it
    items = _items(sentence, following, lead.end(), unit)
    if lead[0] in "（(：:" and len(items) == 1:
        return None  # one number in a bracket may be last year's, or another count of the same
    if not totals or not items:
        return None
    return _assemble(sentence, lead, totals, items, certain=certain)


def _assemble(
    sentence: Sentence, lead: re.Match[str], totals: list[Quantity], items: list[tuple[Quantity, str]], *, certain: bool
) -> Breakdown:
    unit = totals[-1].unit
    same = tuple(quantity for quantity, _ in items if quantity.unit == unit)
    kin = tuple(int(quantity.value) for quantity, _ in items)
    labels = tuple(label for quantity, label in items if quantity.unit == unit)
    tail = sentence.text[items[-1][0].end : items[-1][0].end + 4]
    opened = bool(_OPEN.search(tail) or _OPEN.search(lead[0]) or any(_OPEN.search(label) for label in labels))
    closed = bool(_CLOSED.match(lead[0]) or _REST.match(labels[-1])) or (
        any("自然人" in label for label in labels) and any(_EXHAUSTIVE.search(label) for label in labels)
    )
    return Breakdown(
        sentence=sentence,
        total=totals[-1],
        wholes=_wholes(totals),
        items=same,
        labels=labels,
        kin=kin,
        gap=lead.start() - totals[-1].end if certain else 0,
        certain=certain,
        closed=closed,
        open=opened,
    )


def _stop(text: str, lead: re.Match[str]) -> int | None:
    """Where the list ends at the latest: the closing bracket, the next 其中, or the end of the sentence."""
    opened = max(text.rfind("（", 0, lead.end()), text.rfind("(", 0, lead.end()))
    closed = max(text.rfind("）", 0, lead.end()), text.rfind(")", 0, lead.end()))
    ends = [position for position in (text.find("其中", lead.end() + 2),) if position > lead.end() + 2]
    if opened > closed:
        ends += [position for position in (text.find("）", lead.end()), text.find(")", lead.end())) if position >= 0]
    if lead[0] in "（(：:" and text.startswith("其中", lead.end()):
        return None  # the word after the bracket or colon is the lead
    return min(ends, default=len(text))


def _adjacent(sentence: Sentence, lead: re.Match[str], unit: str) -> bool:
    """A bracket or colon leads a list only directly behind a number of the same unit."""
    before = [quantity for quantity in sentence.quantities if quantity.end <= lead.start()]
    if not before or before[-1].unit != unit:
        return False
    between = sentence.text[before[-1].end : lead.start()]
    return len(between) <= _NOUN and not re.search(r"[，,；;较比同]", between)


_NOUN = 6  # characters between a number and its bracket: “40条信息（…”


def _totals(sentence: Sentence, position: int, unit: str) -> tuple[bool, list[Quantity]]:
    """The quantities that the list may break down, and whether they stand in the same sentence."""
    own = [quantity for quantity in sentence.quantities if quantity.end <= position and quantity.unit == unit]
    if own or position or sentence.before is None:
        return True, own
    return False, [quantity for quantity in sentence.before.quantities if quantity.unit == unit]


def _wholes(totals: list[Quantity]) -> frozenset[int]:
    """Every total by itself, and the last few together: “建议10件、提案20件，其中主办12件、协办18件”."""
    single = {int(quantity.value) for quantity in totals}
    return frozenset(single | set(accumulate(int(quantity.value) for quantity in reversed(totals))))


def _items(sentence: Sentence, following: list[Quantity], start: int, unit: str) -> list[tuple[Quantity, str]]:
    """The items of the list with their labels; what stands in brackets explains an item and is none."""
    items: list[tuple[Quantity, str]] = []
    for quantity in following:
        if _depth(sentence.text, start, quantity.start) or quantity.unit in _NO_COUNT:
            continue
        label = sentence.left(quantity).rsplit("：", 1)[-1]
        if items and (_RESTART.match(label) or (_CHANNEL.search(label) and not _CHANNEL.search(items[0][1]))):
            break  # “…，公众号推送300条” after items that are no channels
        if quantity.unit == unit or (quantity.unit in _KIN and unit in _KIN):
            items.append((quantity, label))
    return items if any(quantity.unit == unit for quantity, _ in items) else []


def _depth(text: str, start: int, end: int) -> bool:
    opened = text.count("（", start, end) + text.count("(", start, end)
    return opened > text.count("）", start, end) + text.count(")", start, end)


def _severity(breakdown: Breakdown) -> Severity | None:
    quantities = (breakdown.total, *breakdown.items)
    if not all(q.exact and isinstance(q.value, int) for q in quantities):
        return None
    sums = list(accumulate(int(q.value) for q in breakdown.items))
    if sum(breakdown.kin) in breakdown.wholes or breakdown.wholes & set(sums):
        return None  # a prefix that adds up is the list; what follows it is another one
    if sums[-1] > max(breakdown.wholes):
        return _excess(breakdown)
    return _shortfall(breakdown, sums[-1])


def _excess(breakdown: Breakdown) -> Severity | None:
    known = {index for label in breakdown.labels for index, one in enumerate(_DIMENSIONS) if one.search(label)}
    plain = [label for label in breakdown.labels if not any(one.search(label) for one in _DIMENSIONS)]
    if len(known) > 1:
        return None  # applicants and outcomes, say: two classifications in one sentence
    overlapping = 2 in known or (known and plain) or not breakdown.certain
    # Few items may come from two partial classifications (主办30件、重点25件); many, or a closed list, do not.
    near = breakdown.gap <= _GAP
    one_kind = bool(known) or len(breakdown.items) >= _MANY or breakdown.closed
    certain = near and one_kind and breakdown.total.unit in _PAPERS
    return Severity.ERROR if certain and not overlapping else Severity.WARNING


def _shortfall(breakdown: Breakdown, summed: int) -> Severity | None:
    total = int(breakdown.total.value)
    if breakdown.open or sum(breakdown.kin) > summed or not breakdown.certain:
        return None
    if breakdown.closed and len(breakdown.items) > 1:
        exhaustive = any(_EXHAUSTIVE.search(label) for label in breakdown.labels)
        return Severity.ERROR if exhaustive and len(breakdown.items) == 2 else Severity.WARNING
    nearly = len(breakdown.items) >= _FEW and 0 < total - summed <= total // _NEARLY
    return Severity.NOTE if nearly else None


def _finding(breakdown: Breakdown, severity: Severity) -> Finding:
    listed = "＋".join(map(str, breakdown.kin))
    return entry("TEXT-LIST").finding(
        breakdown.sentence.place,
        left=breakdown.total.value,
        right=sum(breakdown.kin),
        severity=severity,
        quote=breakdown.sentence.printed,
        unit=breakdown.total.unit,
        listed=listed if len(listed) <= _LONGEST else f"{listed[:_LONGEST]}…",
    )


_LONGEST = 80  # characters of a sum that a message prints
