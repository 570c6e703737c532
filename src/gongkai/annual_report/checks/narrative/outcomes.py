"""How the text names the outcomes of applications, and which rows of 表三 each name may fairly mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual_report.checks.finding import Severity
from gongkai.annual_report.checks.narrative.figures import Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome: how it is worded, the row it stands in, and the sums of rows that it may mean.

    The five groups of the form leave no room; a single reason does, because a decision with severance is counted
    only once, under （二）, while a text may name each reason: at most a warning, and none for a smaller number.
    """

    label: str
    row: str
    pattern: re.Pattern[str]
    readings: tuple[Reading, ...]
    severity: Severity = Severity.ERROR
    below: Severity | None = Severity.ERROR


_GRANTS = "granted", "partly_granted"
_OTHERS = ("total", "-granted", "-partly_granted")


def _reason(label: str, row: str, wording: str, *readings: Reading) -> Outcome:
    return Outcome(label, row, re.compile(wording), readings, severity=Severity.WARNING, below=None)


# The longer name first: “不予公开” contains “予公开”, “予以公开和部分公开” both of its parts.
OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "予以公开及部分公开",
        "（一）、（二）",
        re.compile(r"(?:予以公开|同意公开|公开)(?:或者?|和|及|、|与|以及)部分公开"),
        (_GRANTS,),
    ),
    Outcome("部分公开", "（二）部分公开", re.compile(r"部分公开"), (("partly_granted",),)),
    Outcome(
        "不予公开",
        "（三）不予公开",
        re.compile(r"不予公开|不同意公开"),
        (
            ("refused",),
            ("refused", "partly_granted"),
            ("refused", "not_processed"),
            ("refused", "unavailable"),
            ("refused", "unavailable", "not_processed"),
            _OTHERS,
            ("total", "-granted"),
        ),
    ),
    Outcome(
        "予以公开",
        "（一）予以公开",
        re.compile(r"(?<!不)予以公开|(?<!不)同意公开|准予公开"),
        (("granted",), _GRANTS),
    ),
    Outcome(
        "无法提供",
        "（四）无法提供",
        re.compile(r"(?:无法|不能|未能)提供"),
        (("unavailable",), ("unavailable", "refused"), _OTHERS, ("unavailable.not_held",)),
    ),
    Outcome(
        "不予处理",
        "（五）不予处理",
        re.compile(r"不予(?:重复)?处理"),
        (("not_processed",), ("not_processed", "other_outcome"), ("not_processed.repeated",)),
    ),
    Outcome(
        "其他处理",
        "（六）其他处理",
        re.compile(r"其[他它]处理|(?:作|做)其[他它]处理"),
        (("other_outcome",), ("other_outcome.other",), ("other_outcome", "not_processed")),
    ),
    _reason(
        "本机关不掌握",
        "（四）1",
        r"不掌握|信息不存在|不存在|(?:不属于|非)本(?:机关|单位|部门|级)[^，]{0,10}",
        ("unavailable.not_held",),
        ("unavailable",),
    ),
    _reason(
        "需要另行制作", "（四）2", r"没有现成信息[^，]{0,8}|另行制作", ("unavailable.needs_creation",), ("unavailable",)
    ),
    _reason("补正后仍不明确", "（四）3", r"补正后[^，]{0,8}不明确", ("unavailable.still_unclear",), ("unavailable",)),
    _reason("信访举报投诉类申请", "（五）1", r"信访、?举报、?投诉类(?:申请)?", ("not_processed.petition",)),
    _reason("重复申请", "（五）2", r"重复申请", ("not_processed.repeated",), ("not_processed",)),
    _reason("行政查询事项", "（三）8", r"行政查询(?:类)?(?:事项)?", ("refused.administrative_query",)),
    _reason("行政执法案卷", "（三）7", r"行政执法案卷(?:信息)?", ("refused.enforcement_file",)),
    _reason("过程性信息", "（三）6", r"(?:四类)?过程性信息", ("refused.deliberative",)),
    _reason("内部事务信息", "（三）5", r"(?:三类)?内部(?:事务|管理)信息", ("refused.internal_affairs",)),
    _reason("国家秘密", "（三）1", r"国家秘密", ("refused.state_secret",)),
    _reason("第三方合法权益", "（三）4", r"(?:保护)?第三方合法权益", ("refused.third_party_rights",)),
)
