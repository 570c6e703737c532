"""The six headed parts of a report: how their headings are recognised, however they are worded, numbered or glued.

Two questions are answered here: is this whole paragraph the heading of a part (`heading_of`), and where inside a long
paragraph do headings stand (`headings_within`). Row labels of 表三 that begin like headings (一、本年新收…) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

KEYS = ("overview", "proactive", "applications", "remedies", "problems", "other_matters")
ORDINALS = "一二三四五六"

# The longest heading seen, “四、因政府信息公开工作被申请行政复议、提起行政诉讼情况”, has 26 characters.
LONGEST_HEADING = 42

_CACHED = 60  # characters of what is remembered
_NUMBERED = re.compile(r"(?:第([一二三四五六七八])(?:部分|章)[、.．，,：:]?|([一二三四五六七八])[、.．，,：:·]+)(?=\S)")
_RENUMBERED = re.compile(r"[（(]([一二三四五六1-6])[）)][、.．]?|([1-6])[、.．]")
_ROW_LABEL = re.compile(r"本年新收|上年结转|办理结果|结转下|勾稽|申请数量|第二十条")
_SENTENCE = re.compile(r"[。；！？]|[，,：:].{12,}")

# Words that tell the parts from each other, tried in this order: 复议 before 申请 (“被申请行政复议”), 其他 before 问题.
_WORDS = (
    ("remedies", re.compile(r"复议|诉讼")),
    ("applications", re.compile(r"收到.*申请|依申请公开|处理.*申请.*情况|申请.*处理情况")),
    ("proactive", re.compile(r"主动公开")),
    ("other_matters", re.compile(r"其[他它].*(?:事项|情况|需要|内容)|需要.*(?:报告|说明)的.*(?:事项|情况)")),
    ("problems", re.compile(r"问题|不足|改进|整改")),
    ("overview", re.compile(r"总体|基本情况|概述|概况|工作情况|公开情况")),
)

# What a heading without its number has to say before it is taken for one.
_UNNUMBERED = {
    "总体情况": "overview",
    "主动公开政府信息情况": "proactive",
    "收到和处理政府信息公开申请情况": "applications",
    "政府信息公开行政复议、行政诉讼情况": "remedies",
    "政府信息公开行政复议、行政诉讼的情况": "remedies",
    "存在的主要问题及改进情况": "problems",
    "存在问题及改进情况": "problems",
    "其他需要报告的事项": "other_matters",
    "其他需要报告事项": "other_matters",
}

# Headings that may have text glued to them; their wording must fix where they end.
_GLUED = re.compile(
    r"""(?<![“"《「‘（(、一二三四五六七八九十百])
    (?:
      一\s*[、.．]\s*(?P<overview>(?:政府信息公开)?(?:工作)?的?(?:总体|基本)情况)
    | 二\s*[、.．]\s*(?P<proactive>主动公开政府信息(?:的?情况)?|主动公开情况)
    | 三\s*[、.．]\s*(?P<applications>收到和?处理政府信息公开(?:的?申请)?(?:的?情况)?
        |依申请公开(?:政府信息)?(?:工作)?(?:办理)?情况)
    | 四\s*[、.．]\s*(?P<remedies>(?:因)?(?:政府)?信息公开(?:工作)?(?:被)?(?:申请|引起的?|提起)?(?:行政)?复议
        (?:[、，,和及与或]|情况)*(?:被)?(?:提起|引起的?)?(?:行政)?诉讼(?:的?情况)?)
    | 五\s*[、.．]\s*(?P<problems>(?:政府信息公开)?(?:工作)?(?:中)?(?:存在的?|主要)*(?:困难[和与及])?(?:问题|不足)
        (?:[及和与、]|以及)(?:其)?(?:下一步)?(?:工作)?(?:的)?(?:改进|整改|解决)(?:的)?(?:情况|措施|办法|思路|打算|计划|方向|建议)?)
    | 六\s*[、.．]\s*(?P<other_matters>其[他它](?:需要|应当|需)(?:报告|说明)的?(?:其他)?(?:事项|情况|内容))
    )""",
    re.VERBOSE,
)
# One of these stands in every heading that `_GLUED` can find: a quick way to pass over paragraphs without any.
_ANCHORS = ("体情况", "本情况", "主动公开", "处理政府", "依申请公开", "复议", "问题", "不足", "其他", "其它")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading found in the flow: `start` and `end` delimit it inside the text of block `index`."""

    key: str
    index: int
    start: int
    end: int
    text: str


def heading_of(text: str) -> str | None:
    """The key of the part whose heading this whole paragraph is, or None.

    >>> heading_of("五、存在的主要问题及整改措施"), heading_of("二、上年结转政府信息公开申请数量")
    ('problems', None)
    """
    return _heading_of(text) if len(text) <= _CACHED else _heading_of.__wrapped__(text)


@lru_cache(maxsize=1024)
def _heading_of(text: str) -> str | None:
    """Cached: every report prints the same headings."""
    squeezed = "".join(text.split()).rstrip("。：:")
    if not 4 <= len(squeezed) <= LONGEST_HEADING:
        return None
    numbered = _NUMBERED.match(squeezed)
    if numbered is None:
        return _UNNUMBERED.get(squeezed) or _UNNUMBERED.get(squeezed[1:] if squeezed[0] in ORDINALS else "")
    title = squeezed[numbered.end() :]
    return None if _ROW_LABEL.search(title) or _SENTENCE.search(title) else _key_of(title)


def renumbered_heading_of(text: str) -> str | None:
    """The key of a heading in the form's words whose number is written like that of a smaller part.

    The number has to be the part's own, because smaller parts may have such names too.

    >>> renumbered_heading_of("（一）总体情况"), renumbered_heading_of("2.主动公开政府信息情况")
    ('overview', 'proactive')
    """
    squeezed = "".join(text.split()).rstrip("。：:")
    numbered = _RENUMBERED.match(squeezed) if len(squeezed) <= LONGEST_HEADING else None
    key = _UNNUMBERED.get(squeezed[numbered.end() :]) if numbered else None
    if numbered is None or key is None:
        return None
    number = numbered[1] or numbered[2]
    return key if number in (ORDINALS[KEYS.index(key)], str(KEYS.index(key) + 1)) else None


def ordinal_of(text: str) -> str | None:
    """The key that a numbered, short paragraph of unknown wording would have by its number alone.

    >>> ordinal_of("五、下一步工作打算")
    'problems'
    """
    squeezed = "".join(text.split())
    numbered = _NUMBERED.match(squeezed)
    if numbered is None or len(squeezed) > 30 or _ROW_LABEL.search(squeezed) or _SENTENCE.search(squeezed):
        return None
    position = "一二三四五六七八".index(numbered[1] or numbered[2])
    return KEYS[position] if position < len(KEYS) else None


def headings_within(text: str, *, index: int = 0) -> Iterator[Mark]:
    """Every heading that stands inside `text`, in order of place, also where text is glued to it on both sides."""
    if not any(anchor in text for anchor in _ANCHORS):
        return
    for found in _GLUED.finditer(text):
        yield Mark(found.lastgroup or "", index, found.start(), found.end(), found[0])


def _key_of(title: str) -> str | None:
    return next((key for key, words in _WORDS if words.search(title)), None)
