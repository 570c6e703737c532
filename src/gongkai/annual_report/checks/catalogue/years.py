"""Codes about a report and the one of the year before."""

from __future__ import annotations

from gongkai.annual_report.checks.catalogue.entry import Entry
from gongkai.annual_report.checks.finding import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="YEAR-PAIR",
        severity=Severity.NOTE,
        title="上一年度报告对不上",
        rule="与同一机关上一年度的报告比对",
        message="给出的上年报告是“{previous}”，不是“{wanted}”，未作跨年比对。",
        hint="换成同一机关上一年度的报告再查。",
        citation="",
        explanation="跨年勾稽只在同一机关、相邻两年之间成立，否则只提示，不比对。",
    ),
    Entry(
        code="YEAR-CARRY",
        severity=Severity.ERROR,
        title="上年结转与上年报告不符",
        rule="本年“上年结转”= 上年“结转下年度继续办理”",
        message="{where}：本年填 {left} 件，上年报告结转下年度的是 {right} 件。",
        hint="以上年报告为准改正；上年报告有误的，更正上年报告并注明。",
        citation="{form} 表三",
        explanation="总计不符是错误。总计相符而分列不符，可能是申请人类别重新归类，为警告。",
    ),
    Entry(
        code="YEAR-REGISTER",
        severity=Severity.ERROR,
        title="现行有效件数滚存不符",
        rule="本年现行有效 = 上年现行有效 + 本年制发 − 本年废止",
        message="{where}：本年填 {left} 件，按上年数滚存应为 {right} 件。",
        hint="核对登记簿；因清理、划转、到期失效造成的，在总体情况中写明件数。",
        citation="{form} 表二",
        explanation="只在两年都用 2021 年格式时比对。正文说明了清理、划转、失效或更正的，降为警告。",
    ),
    Entry(
        code="YEAR-ITEMS",
        severity=Severity.WARNING,
        title="上一年项目数量滚存不符",
        rule="本年“上一年项目数量”= 上年“上一年项目数量”+ 上年“本年增/减”",
        message="{where}：本年填 {left} 项，按上年报告滚存应为 {right} 项。",
        hint="核对权责清单；清单整体调整的，在总体情况中写明。",
        citation="{form} 表二",
        explanation="只在两年都用 2019 年格式时比对。",
    ),
    Entry(
        code="YEAR-PENDING",
        severity=Severity.WARNING,
        title="上年未审结案件去向不明",
        rule="本年总计 ≥ 上年“尚未审结”",
        message="{where}：本年总计 {left} 件，少于上年尚未审结的 {right} 件。",
        hint="上年未审结的案件应在本年有结果或仍未审结，核对后补计。",
        citation="{form} 表四",
        explanation="上年末尚未审结的案件，本年应当列入某一种结果。",
    ),
    Entry(
        code="YEAR-UNIT",
        severity=Severity.WARNING,
        title="金额疑似万元与元混用",
        rule="金额以万元填报",
        message="{where}：本年 {left} 万元，上年 {right} 万元，相差约一万倍。",
        hint="检查是否把“元”当作“万元”填报。",
        citation="{form} 表二（单位：万元）",
        explanation="两年金额之比在 3000 到 30000 之间（或其倒数）时提出。",
    ),
    Entry(
        code="YEAR-JUMP",
        severity=Severity.NOTE,
        title="与上年相差悬殊",
        rule="与上年数量级一致，或在正文说明",
        message="{where}：本年 {left}，上年 {right}。",
        hint="确属实际情况的，在总体情况中说明原因。",
        citation="",
        explanation="主要指标与上年相差十倍以上且差额不小于 100 时提示，不作判断。",
    ),
)
