"""Zero statements: 未收到申请, 没有发生行政复议、行政诉讼, against 表三 and 表四 (N1, N2).

“未收到重复申请”, “未发生复议被纠错” or “无逾期答复” deny something narrower and say nothing about the totals: a denial
counts only where nothing but neutral words stands between it and the thing denied. “全年未发生行政复议” denies those
about disclosure too, though it may have meant others: a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.remedies import concerns_disclosure
from gongkai.annual_report.checks.narrative.sentences import Sentence
from gongkai.annual_report.checks.narrative.statements import Context
from gongkai.annual_report.checks.narrative.wording import Scope, is_body, names_agency, qualifier, scope_of

_CLAUSE = re.compile(r"[^，,；;（）()：:]+")
_NO = re.compile(r"(?:尚未|从未|没有|暂无|未|没|无|零)(?:有|曾)?")
# What is denied is the application itself, not what “因政府信息公开申请引起” or “申请行政复议” lead to.
_APPLICATION = re.compile(
    r"^(?!.*(?:因|由|针对|引[起发]|导致)).*(?:申请(?=[、和及与或]|(?:的|等|情况|事项|事宜|案?件|发生|现象)*$)|依申请公开)"
)
_WORDS = re.compile(
    r"发生|产生|出现|引发|引起|导致|存在|被|因|而|提起|提出|收取|接受|起诉|应诉|行政|复议|诉讼|投诉|申诉|举报|纠纷|案件|案|类|事件|现象|行为"
    r"|任何|办理|单位|本年|过|起|结果|直接|不服|针对|机关|公民|个人|需|的|内容"
)
_OTHER_APPLICATIONS = re.compile(r"许可|补助|救助|登记|认定|执行")


_RECEIVED = (("received",),)
_CARRIED_ROW = "表三 · 四、"
_CARRIED_OUT = (("carried_out",),)
# 没有申请结转下年度办理
_CARRIED = re.compile(
    r"(?:政府信息公开)?(?:申请|办件|件)?(?:需要?|须)?结转(?:至|到|入)?(?:(?:下|次|明)一?年度?|20\d\d年度?)(?:继续)?(?:办理|处理|答复)?的?(?:申请|情况|件|事项)*"
)
_APPLICANT = re.compile(r"申请人|当事人|对方")
_ALL_OF_THESE = re.compile(r"均|都|全部")  # of the answers just named; a case may be about an older one


@dataclass(frozen=True, slots=True)
class _Denied:
    """What is denied: its name, the table that counts it, and what the table states."""

    subject: str
    where: str
    code: str
    stated: int | None
    pending: int = 0


def audit(context: Context) -> Iterator[Finding]:
    """Every denial of applications, reconsideration or litigation that the tables contradict."""
    for sentence in context.sentences:
        text = sentence.text
        if ("申请" in text or "复议" in text or "诉讼" in text) and _NO.search(text):
            for match in _CLAUSE.finditer(text):
                yield from _clause(context, sentence, match)


def _clause(context: Context, sentence: Sentence, clause: re.Match[str]) -> Iterator[Finding]:
    denial = _NO.search(clause[0])
    if denial is None:
        return
    rest = clause[0][denial.end() :]
    carried = _CARRIED.fullmatch(rest) is not None and ("申请" in sentence.text or "依申请" in sentence.topic)
    if not carried and (any(character.isdigit() for character in rest) or qualifier(rest, also=_WORDS)):
        return
    for denied in _denied(context, sentence, rest):
        severity = _severity(context, sentence, clause, clause[0][: denial.start()], denied)
        if severity is not None and denied.stated:
            yield _finding(context, sentence, denied, severity)


def _denied(context: Context, sentence: Sentence, rest: str) -> Iterator[_Denied]:
    if _CARRIED.fullmatch(rest):
        stated = min(context.figures.readings(_CARRIED_OUT), default=None)
        if stated:
            stated = min(stated, *context.figures.recounted(_CARRIED_OUT), stated)
        yield _Denied("结转下年度继续办理的申请", f"{_CARRIED_ROW}结转下年度继续办理", "TEXT-APPLICATIONS", stated)
        return
    if _APPLICATION.search(rest) and ("公开" in rest or "依申请" in sentence.topic):
        stated = min(context.figures.readings(_RECEIVED), default=None)
        if stated:
            stated = min(stated, *context.figures.recounted(_RECEIVED), stated)
        yield _Denied("政府信息公开申请", "表三 · 一、本年新收", "TEXT-APPLICATIONS", stated)
    if "复议" in rest:
        yield _remedy(context, ("reconsideration",), "行政复议")
    if "诉讼" in rest or "应诉" in rest:
        yield _remedy(context, ("litigation_direct", "litigation_after_reconsideration"), "行政诉讼")


def _remedy(context: Context, groups: tuple[str, ...], subject: str) -> _Denied:
    values = [context.figures.remedy(group) for group in groups]
    stated = sum(min(options) for options in values) if all(values) else None
    pending = sum(_pending(context, group) for group in groups)
    return _Denied(subject, f"表四 · {subject} · 总计", "TEXT-REMEDIES", stated, pending)


def _pending(context: Context, group: str) -> int:
    """Cases that were open at the end of last year end this year without being new."""
    value = context.previous.value(f"remedies.{group}.pending") if context.previous else None
    return int(value or 0)


def _severity(
    context: Context, sentence: Sentence, clause: re.Match[str], subject: str, denied: _Denied
) -> Severity | None:
    universal = denied.code == "TEXT-REMEDIES" and not concerns_disclosure(sentence)
    # 结转至2024年 names the year after the report's, which is no other year's number.
    told = subject if denied.where.startswith(_CARRIED_ROW) else clause[0]
    whose = scope_of(sentence.segment(clause.start()) + told, context.report)
    name = qualifier(subject, also=_WORDS)
    foreign = bool(name) and not names_agency(name, context.report)
    if _APPLICANT.search(subject):
        return None  # this one applicant did not go on
    if whose in (Scope.OTHER, Scope.NARROWER) or (foreign and (universal or is_body(name))):
        return None
    if (
        foreign
        or universal
        or _ALL_OF_THESE.search(subject)
        or (denied.stated or 0) <= denied.pending
        or context.figures.uncertain(_TABLES[denied.code])
    ):
        return Severity.WARNING
    return Severity.ERROR


_TABLES = {"TEXT-APPLICATIONS": "applications", "TEXT-REMEDIES": "remedies"}


def _finding(context: Context, sentence: Sentence, denied: _Denied, severity: Severity) -> Finding:
    return entry(denied.code).finding(
        sentence.place,
        left=0,
        right=denied.stated,
        severity=severity,
        quote=sentence.printed,
        subject=denied.subject,
        where=denied.where,
        unit="件",
        readings=str(denied.stated),
    )
