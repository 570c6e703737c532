"""Ready paragraphs: sentences offered for each sub-block of 总体情况 and for sections 五 and 六.

A sentence is offered only when its figures are recorded; it states what the records say and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual_report.binding import BoundFigure

FEE_KEY = "fees.charged"
MENDED = "上年问题的改进情况"
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]")
_LEAD = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．是]|[^：:]{0,20}问题[：:]|[^：:]{0,12}[：:])+")
_REMEDY = re.compile(r"下一步|改进|今后|将|加强|进一步|措施|提升")
_FAULT = re.compile(r"不|缺|少|弱|单一|滞后|欠|差|低|有待|薄")
SHOWN_COLUMNS = 8
"""Columns named one by one; what is left is summed up as 其他."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with references. `zero` is said instead when its first figure is 0; empty says nothing then."""

    text: str
    keys: tuple[str, ...]
    zero: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A paragraph that can be taken over as it stands. `part` is the sub-block it belongs to."""

    section: str
    part: str
    text: str


_NEW = "applications.received.total"
_SENTENCES: Mapping[str, Sequence[Sentence]] = {
    "主动公开": (
        Sentence("全年主动公开政府信息{{ items.published }}条。", ("items.published",), "全年未公开政府信息。"),
        Sentence(
            "制发行政规范性文件{{ proactive.normative_documents.issued }}件，"
            "废止{{ proactive.normative_documents.repealed }}件，"
            "现行有效{{ proactive.normative_documents.in_force }}件。",
            (
                "proactive.normative_documents.in_force",
                "proactive.normative_documents.issued",
                "proactive.normative_documents.repealed",
            ),
            "没有现行有效的行政规范性文件。",
        ),
        Sentence("发布政策解读{{ items.interpretations }}篇。", ("items.interpretations",)),
        Sentence(
            "作出行政许可决定{{ proactive.permits.decisions }}件、行政处罚决定{{ proactive.penalties.decisions }}件、"
            "行政强制决定{{ proactive.coercive_measures.decisions }}件。",
            ("proactive.permits.decisions", "proactive.penalties.decisions", "proactive.coercive_measures.decisions"),
            "作出行政处罚决定{{ proactive.penalties.decisions }}件、"
            "行政强制决定{{ proactive.coercive_measures.decisions }}件，未作出行政许可决定。",
        ),
        Sentence("召开新闻发布会{{ events.press }}场。", ("events.press",)),
        Sentence("开展政府开放日活动{{ events.open_days }}次。", ("events.open_days",)),
        Sentence("办理人大代表建议{{ proposals.npc }}件。", ("proposals.npc",)),
        Sentence("办理政协提案{{ proposals.cppcc }}件。", ("proposals.cppcc",)),
    ),
    "依申请公开": (
        Sentence(
            "本年新收政府信息公开申请{{ applications.received.total }}件。", (_NEW,), "本年度未收到政府信息公开申请。"
        ),
        Sentence("上年结转{{ applications.carried_in.total }}件。", ("applications.carried_in.total",)),
        Sentence("办结{{ applications.total.total }}件。", ("applications.total.total",)),
        Sentence("予以公开{{ applications.granted.total }}件。", ("applications.granted.total",)),
        Sentence("部分公开{{ applications.partly_granted.total }}件。", ("applications.partly_granted.total",)),
        Sentence("结转下年度继续办理{{ applications.carried_out.total }}件。", ("applications.carried_out.total",)),
    ),
    "政府信息管理": (Sentence("撤回已公开的信息{{ items.withdrawn }}条，均注明理由。", ("items.withdrawn",)),),
    "政府信息公开平台建设": (
        Sentence("门户设有政府信息公开栏目{{ site.shown_columns }}个。", ("site.shown_columns",)),
        Sentence("网站总访问量{{ site.visits }}次。", ("site.visits",)),
        Sentence("收到网民留言{{ messages.received }}件。", ("messages.received",), "未收到网民留言。"),
        Sentence("答复网民留言{{ messages.answered }}件。", ("messages.answered",)),
        Sentence("微信公众号发布信息{{ media.wechat }}条。", ("media.wechat",)),
        Sentence("微博发布信息{{ media.weibo }}条。", ("media.weibo",)),
        Sentence("短视频平台发布信息{{ media.video }}条。", ("media.video",)),
    ),
    "监督保障": (
        Sentence("组织政府信息公开培训{{ training.sessions }}次。", ("training.sessions",), "未组织政府信息公开培训。"),
        Sentence("参加培训{{ training.people }}人次。", ("training.people",)),
        Sentence("开展政务公开检查{{ oversight.inspections }}次。", ("oversight.inspections",)),
        Sentence("责任追究{{ accountability.cases }}件。", ("accountability.cases",), "未发生责任追究。"),
    ),
}
_FEE = Sentence("本年度收取信息处理费{{ fees.charged }}元。", (FEE_KEY,), "本年度未收取信息处理费。")
_ORDINALS = "一二三四五六七八九十"


def offers(figures: Iterable[BoundFigure], *, last_problems: str = "") -> list[Offer]:
    """The paragraphs for which there are records, in the order of the form.

    `last_problems` is section 五 of the report before: each problem named there asks what was done about it.
    """
    known = {figure.key: figure for figure in figures}
    found = [Offer("overview", part, _paragraph(part, sentences, known)) for part, sentences in _SENTENCES.items()]
    found.append(Offer("problems", MENDED, mended(last_problems)))
    found.append(Offer("other_matters", "信息处理费", _said(_FEE, known)))
    return [offer for offer in found if offer.text]


def mended(last_problems: str) -> str:
    """Last year's problems in last year's words, each with room for what was done; empty where none was named.

    >>> mended("一是解读形式单一。下一步，增加图解。")
    '上一年度报告指出：解读形式单一。改进情况：〔待填写〕'
    """
    named = [_LEAD.sub("", sentence).strip() for sentence in _SENTENCE.findall(last_problems)]
    problems = [sentence for sentence in named if sentence and not _REMEDY.search(sentence) and _FAULT.search(sentence)]
    return "\n".join(f"上一年度报告指出：{problem}改进情况：〔待填写〕" for problem in problems)


def numbered(part: str, parts: Sequence[str], text: str) -> str:
    """The paragraph under the heading of its sub-block: （一）主动公开。……"""
    return f"（{_ORDINALS[parts.index(part)]}）{part}。{text}" if part in parts else text


def fee_statement(figures: Iterable[BoundFigure]) -> str:
    """What section 六 has to say about the processing fee; empty while nobody has entered whether one was charged."""
    return _said(_FEE, {figure.key: figure for figure in figures})


def _paragraph(part: str, sentences: Sequence[Sentence], known: Mapping[str, BoundFigure]) -> str:
    said = [text for sentence in sentences if (text := _said(sentence, known))]
    if part == "主动公开" and (listed := _columns(known)):
        said.insert(1, listed)
    return "".join(said)


def _said(sentence: Sentence, known: Mapping[str, BoundFigure]) -> str:
    if any(key not in known or known[key].value is None for key in sentence.keys):
        return ""
    return sentence.zero if known[sentence.keys[0]].value == 0 else sentence.text


def _columns(known: Mapping[str, BoundFigure]) -> str:
    """The fullest columns, one by one, as a bound list."""
    keys = [key for key in known if key.startswith("items.column.") and known[key].value]
    if len(keys) < 2:
        return ""
    return f"其中{{{{ list: {'；'.join(_fullest(keys, known))} }}}}。"


def _fullest(keys: Collection[str], known: Mapping[str, BoundFigure]) -> list[str]:
    return sorted(keys, key=lambda key: (-(known[key].value or 0), key))[:SHOWN_COLUMNS]
