"""N3: normative documents, permits, penalties, coercive measures and fees in the text against 表二.

A published item (条) is not a decision (件), an inspection that was carried out is not a penalty, a draft is not a
document issued: only the words of the form itself, or words that leave nothing else to count, are held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.figures import money
from gongkai.annual_report.checks.narrative.sentences import MONEY, Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Claim, Context, judge
from gongkai.annual_report.checks.narrative.wording import Scope, qualifier, scope

_TABLE = "proactive"
_DECISION_UNITS = frozenset("件起宗例个项份次")
_DOCUMENT_UNITS = frozenset("件份部个")

_DECISIONS = (
    ("permits", "行政许可", re.compile(r"行政许可")),
    ("penalties", "行政处罚", re.compile(r"行政处罚")),
    ("coercive_measures", "行政强制", re.compile(r"行政强制(?:措施)?")),
    ("other_services", "其他对外管理服务事项", re.compile(r"其[他它]对外管理服务事项")),
)
_STATUTORY = re.compile(r"处理决定|决定数量")
_DECIDED = re.compile(r"(?:作出|做出|下达)[^，]{0,12}$|决定书?$")
_PUBLISHED = re.compile(r"公示|公开|发布|归集|录入|上传|推送|报送|信息|公告|上网|网站|平台|双公示|目录|清单|事项库")
_DECISION_WORDS = re.compile(r"处理决定|决定书?|作出|做出|下达|本机关|实施|办结|案件|案|类|其中|处理|人员|执法")
_PROJECTS = re.compile(r"项目|上一年|上年|清单|目录")

_DOCUMENTS = re.compile(r"(?:行政)?规范性文件")
_RULES = re.compile(r"规章(?!制度)|法规")
_ACTS: tuple[tuple[str, str, re.Pattern[str], tuple[str, ...], Severity], ...] = (
    ("in_force", "现行有效件数", re.compile(r"现行有效|继续有效"), ("in_force",), Severity.ERROR),
    ("repealed", "本年废止件数", re.compile(r"废止|宣布失效"), ("repealed",), Severity.ERROR),
    ("issued", "本年制发件数", re.compile(r"制发"), ("issued",), Severity.ERROR),
    ("issued", "本年制发件数", re.compile(r"制定|印发|出台|新发布"), ("issued",), Severity.WARNING),
)
_REVIEWED = re.compile(r"清理|评估|复核|起草|代拟")  # what a review kept or dropped is some of what it reviewed
# What lapsed is no repeal, and a list of what was ever repealed is not this year's.
_LAPSED = re.compile(r"废止(?:[或和与、及]|或者|以及)?失效|失效(?:[或和与、及]|或者|以及)?废止|累计|历年|历次")
_DOCUMENT_WORDS = re.compile(
    r"(?:行政)?规范性文件|规范性|现行有效|继续有效|确定|废止|失效|宣布|制发|制定|印发|出台|新发布|新增|修订|其中|保留|梳理|截至|的|部门|正式|并"
)


def audit(context: Context) -> Iterator[Finding]:
    """N3 of every sentence that names one of the things 表二 counts."""
    for sentence in context.sentences:
        if not sentence.quantities:
            continue
        if "规范性文件" in sentence.text:
            yield from _documents(context, sentence)
        if "行政" in sentence.text or "对外管理" in sentence.text:
            yield from _decisions(context, sentence)
        if "事业性收费" in sentence.text:
            yield from _fees(context, sentence)


def _documents(context: Context, sentence: Sentence) -> Iterator[Finding]:
    for quantity in sentence.quantities:
        claim = _document_claim(context, sentence, quantity) if quantity.unit in _DOCUMENT_UNITS else None
        finding = judge(context, sentence, quantity, claim) if claim else None
        if finding:
            yield finding


def _document_claim(context: Context, sentence: Sentence, quantity: Quantity) -> Claim | None:
    left, right = sentence.left(quantity), sentence.right(quantity)
    before = sentence.text[: quantity.start] + right
    reviewed = _REVIEWED.search(sentence.segment(quantity.start))
    if not _DOCUMENTS.search(before) or _RULES.search(left + right) or reviewed:
        return None
    for column, label, pattern, extra, severity in _ACTS:
        if column == "repealed" and _LAPSED.search(sentence.segment(quantity.start) + right):
            continue
        if pattern.search(left) or (pattern.search(right) and column == "in_force"):
            rest = qualifier(left, also=_DOCUMENT_WORDS) + qualifier(right, also=_DOCUMENT_WORDS)
            values = [context.figures.value(f"proactive.normative_documents.{name}") for name in extra]
            if context.report.format.id != "2021" or None in values:
                return None  # the form of 2019 has other columns; it has none for 废止 and 现行有效
            readings = [int(value) for value in values if value is not None]
            where = f"表二 · 行政规范性文件 · {label}"
            below = severity if column != "issued" or severity is Severity.ERROR else None
            return Claim(
                "行政规范性文件", where, _TABLE, readings, 0, rest, part_warns=False, severity=severity, below=below
            )
    return None


def _decisions(context: Context, sentence: Sentence) -> Iterator[Finding]:
    for quantity in sentence.quantities:
        claim = _decision_claim(context, sentence, quantity) if quantity.unit in _DECISION_UNITS else None
        finding = judge(context, sentence, quantity, claim) if claim else None
        if finding:
            yield finding


def _decision_claim(context: Context, sentence: Sentence, quantity: Quantity) -> Claim | None:
    left = sentence.left(quantity)
    kinds = [(row, label, pattern) for row, label, pattern in _DECISIONS if pattern.search(left)]
    if len(kinds) != 1:
        return None  # several named together: which of them is counted cannot be told
    row, label, pattern = kinds[0]
    statutory = _STATUTORY.search(left) is not None
    if not statutory and (_PUBLISHED.search(left) or _PROJECTS.search(left) or not _DECIDED.search(left)):
        return None
    value = context.figures.value(f"proactive.{row}.decisions")
    if value is None:
        return None
    rest = qualifier(pattern.sub("", left), also=_DECISION_WORDS)
    where = f"表二 · {label} · 处理决定数量"
    # A campaign's decisions are some of the year's; only the words of the form mean all of them.
    below = Severity.ERROR if statutory else None
    severity = Severity.ERROR if statutory else Severity.WARNING
    return Claim(
        f"{label}处理决定", where, _TABLE, [int(value)], 0, rest, part_warns=False, severity=severity, below=below
    )


def _fees(context: Context, sentence: Sentence) -> Iterator[Finding]:
    stated = context.figures.value("proactive.fees.amount_wan")
    if stated is None:
        return
    for quantity in sentence.quantities:
        left = sentence.left(quantity)
        if quantity.unit not in MONEY or not quantity.exact or "事业性收费" not in left:
            continue
        unnamed = qualifier(left, also=_FEE_WORDS)
        if unnamed or scope(sentence, quantity, context.report) is not Scope.OWN:
            continue
        if not same_amount(money(quantity.value, quantity.unit), Decimal(stated), quantity):
            yield entry("TEXT-PROACTIVE").finding(
                sentence.place,
                left=f"{quantity.value}{quantity.unit}",
                right=f"{stated}万元",
                severity=Severity.WARNING if context.figures.uncertain("proactive") else Severity.ERROR,
                quote=sentence.printed,
                subject="行政事业性收费",
                where="表二 · 行政事业性收费 · 本年收费金额",
                unit="",
                readings=f"{stated}万元",
            )


_FEE_WORDS = re.compile(r"行政事业性收费|行政|事业性|收费|金额|收取|征收|入库|收入|项目|其中")


def same_amount(text: Decimal, table: Decimal, quantity: Quantity) -> bool:
    """Equal, or one of them rounded or cut to the digits of the other."""
    digits = Decimal(1).scaleb(_exponent(money(quantity.value, quantity.unit)))
    coarser = max(digits, Decimal(1).scaleb(_exponent(table)))
    modes = (ROUND_HALF_UP, ROUND_DOWN)
    return any(text.quantize(coarser, mode) == table.quantize(coarser, mode) for mode in modes) or any(
        text.quantize(coarser, ROUND_HALF_UP) == table.quantize(coarser, mode) for mode in modes
    )


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
