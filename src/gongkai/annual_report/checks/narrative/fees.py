"""N6: what section 六 says about the processing fee.

Since the report for 2021 the fee is reported even where nothing was charged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.figures import money
from gongkai.annual_report.checks.narrative.sentences import MONEY, Sentence
from gongkai.annual_report.checks.narrative.statements import Context

FIRST_YEAR = 2021  # the fee rules came into force on 1 January 2021, and with them the form of 2021

_FEE = re.compile(r"信息处理费|处理费|检索、?复制|邮寄(?:等)?(?:成本)?费")
_CHARGE = re.compile(r"收费|费用|收取|征收")
_TITLES = re.compile(r"《[^《》]*》")
_NO_NOTICE = re.compile(
    r"(?:未|没有|无|不存在)(?:曾)?(?:发出|发放|出具|下达|送达|产生|作出|制发)?(?:过|任何)?(?:信息处理费)?(?:的)?收费通知"
)


def audit(context: Context) -> Iterator[Finding]:
    """N6 of the whole narrative."""
    statements = [sentence for sentence in context.sentences if _speaks_of_fee(sentence)]
    year = context.report.year
    cut = "……" in context.report.sections.get("other_matters", "")
    if not statements and not cut and context.sentences and year is not None and year >= FIRST_YEAR:
        yield entry("FEE-MISSING").finding("sections.other_matters", right="信息处理费收取情况")
    for sentence in statements:
        yield from _amount(context, sentence)
        yield from _notice(context, sentence)


def _speaks_of_fee(sentence: Sentence) -> bool:
    """A sentence about the fee itself; the fee rules' title alone says nothing about what was charged."""
    text = sentence.text
    if "费" not in text and "收取" not in text:
        return False
    if _FEE.search(text):
        return True
    own = sentence.section == "other_matters" or "信息公开" in text or "依申请" in text or "申请" in text
    return own and "事业性" not in text and _CHARGE.search(_TITLES.sub("", text)) is not None


def _amount(context: Context, sentence: Sentence) -> Iterator[Finding]:
    """The fee is an administrative charge: what was charged is part of 表二 收费金额."""
    stated = context.figures.value("proactive.fees.amount_wan")
    fee = next((q for q in sentence.quantities if q.unit in MONEY and "处理费" in sentence.segment(q.start)), None)
    if stated is None or fee is None or context.report.format.id != "2021":
        return
    if money(fee.value, fee.unit) > Decimal(stated):
        yield entry("FEE-AMOUNT").finding(
            sentence.place, left=f"{fee.value}{fee.unit}", right=f"{stated}万元", quote=sentence.printed
        )


def _notice(context: Context, sentence: Sentence) -> Iterator[Finding]:
    """三（六）2 counts applicants who did not pay after a notice: without a notice there is no such case."""
    unpaid = context.figures.value("applications.other_outcome.fee_unpaid.total")
    if unpaid and _NO_NOTICE.search(sentence.text):
        severity = Severity.WARNING if context.figures.uncertain("applications") else Severity.ERROR
        yield entry("FEE-NOTICE").finding(
            sentence.place, left=0, right=int(unpaid), severity=severity, quote=sentence.printed
        )
