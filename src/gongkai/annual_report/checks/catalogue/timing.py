"""Codes about the days on which a report was signed and published."""

from __future__ import annotations

from gongkai.annual_report.checks.catalogue.entry import Entry
from gongkai.annual_report.checks.finding import Severity

ARTICLE_49 = "《政府信息公开条例》第四十九条"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="DATE-LATE",
        severity=Severity.ERROR,
        title="逾期公布",
        rule="{duty}",
        message="{what} {day}，晚于 {limit}。",
        hint="尽快公布；更正后重新发布的，注明首次公布日期。",
        citation=ARTICLE_49,
        explanation="部门为次年 1 月 31 日，县级以上地方人民政府为次年 3 月 31 日。落款日期逾期为错误；"
        "只有网页日期逾期的可能是迁移或更正后重发，为警告；期限末日不是工作日而在其后首个工作日公布的，为提示。"
        "从名称看不出是部门还是政府的，按 3 月 31 日判断；条例没有点名的乡镇、街道不作判断。",
    ),
    Entry(
        code="DATE-LAST-WORKDAY",
        severity=Severity.NOTE,
        title="期限末日不是工作日",
        rule="{duty}",
        message="{limit}不是工作日，此前最后一个工作日是{day}。",
        hint="请在{day}前完成审签和发布。",
        citation=ARTICLE_49,
        explanation="只对尚未公布、还没有过期的报告提示，并且须给出检查日期。",
    ),
    Entry(
        code="DATE-EARLY",
        severity=Severity.WARNING,
        title="统计期未满即已落款",
        rule="统计期为 1 月 1 日至 12 月 31 日",
        message="落款日期 {day}，早于统计期满 {limit}。",
        hint="核对落款日期；数字只统计到落款日的，补足全年。",
        citation="{form}",
        explanation="报告的统计期是整个年度，期满之前写成的报告数字不全。",
    ),
    Entry(
        code="DATE-ORDER",
        severity=Severity.WARNING,
        title="先发布后落款",
        rule="发布日期不早于落款日期",
        message="发布日期 {day}，早于落款日期 {limit}。",
        hint="核对两个日期，改正有误的一个。",
        citation=ARTICLE_49,
        explanation="落款日期晚于网页发布日期，二者必有一误，或者发布后换过正文。",
    ),
    Entry(
        code="DATE-GAP",
        severity=Severity.WARNING,
        title="落款与发布相隔过久",
        rule="自形成之日起 20 个工作日内公开",
        message="{signed}落款，{day}才发布，超过了{limit}（第 20 个工作日）。",
        hint="核对落款日期是否倒签；更正后重新发布的，注明首次公布日期。",
        citation="《政府信息公开条例》第二十六条",
        explanation="年度报告也是应主动公开的政府信息，自形成之日起 20 个工作日内公开；相隔过久还可能是倒签日期。",
    ),
)
