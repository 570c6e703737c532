"""The days on which a report was signed and published, against the day on which it was due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypeGuard

from gongkai.annual_report.checks.agency_kind import AgencyKind, agency_kind
from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.law import LawError, calendar_for
from gongkai.law.deadlines import publication_due, report_due, report_last_workday

_FIRST_YEAR, _LAST_YEAR = 2019, 2099  # years of reports in the statutory forms that the calendar reaches
# 20 workdays never fit into fewer days, so that the calendar need not be asked.
_SHORTEST_20_WORKDAYS = 22


@rule("DATE-LATE")
def rule_published_in_time(subject: Subject) -> Iterator[Finding]:
    """部门于每年 1 月 31 日前、县级以上地方人民政府于每年 3 月 31 日前公布上一年度报告 (条例 §49; LAW T1).

    The date of a web page may be that of a later republication, so that only the report's own date proves lateness.
    """
    report = subject.report
    if not (report.signed_on or report.published_on or subject.on):
        return
    due = due_day(subject)
    late = due and _late_day(subject, due)
    if due and late:
        what, place, day, severity = late
        if day <= calendar_for().on_or_after(due):
            severity = Severity.NOTE
        finding = _dated("DATE-LATE", place, day, due, severity, what=what, duty=_duty(due, subject))
        # Without a date in the report nothing is left to sign but the omission: the same one on every day of a check.
        yield finding if report.signed_on or report.published_on else replace(finding, left=None)


@rule("DATE-LAST-WORKDAY")
def rule_last_workday_is_told(subject: Subject) -> Iterator[Finding]:
    """Where the last day is no workday, the work has to be done on the last workday before it (LAW T2)."""
    report = subject.report
    if subject.on is None or report.signed_on or report.published_on:
        return
    due = due_day(subject)
    if due is None or report.year is None or subject.on > due:
        return
    last = report_last_workday(report.year, government=not _is_department(subject))
    if last != due:
        yield _dated("DATE-LAST-WORKDAY", "published_on", last, due, None, duty=_duty(due, subject))


@rule("DATE-EARLY")
def rule_signed_after_the_year(subject: Subject) -> Iterator[Finding]:
    """统计期为 1 月 1 日至 12 月 31 日: a report signed before its end does not cover the year."""
    signed_on, year = subject.report.signed_on, subject.report.year
    if signed_on and _known_form(year) and signed_on < date(year, 12, 31):
        yield _dated("DATE-EARLY", "signed_on", signed_on, date(year, 12, 31), None, form=subject.form)


@rule("DATE-ORDER")
def rule_published_after_signing(subject: Subject) -> Iterator[Finding]:
    """发布日期不早于落款日期: one of the two is wrong, or the text was exchanged later (LAW T3)."""
    signed_on, published_on = subject.report.signed_on, subject.report.published_on
    if signed_on and published_on and published_on < signed_on:
        yield _dated("DATE-ORDER", "published_on", published_on, signed_on, None)


@rule("DATE-GAP")
def rule_published_soon_after_signing(subject: Subject) -> Iterator[Finding]:
    """自形成之日起 20 个工作日内公开 (条例 §26); a longer gap may be an antedated signature (LAW T3)."""
    signed_on, published_on = subject.report.signed_on, subject.report.published_on
    if not signed_on or not published_on or (published_on - signed_on).days < _SHORTEST_20_WORKDAYS:
        return
    limit = _publication_due(signed_on)
    if limit and published_on > limit:
        yield _dated("DATE-GAP", "published_on", published_on, limit, None, signed=_spelled(signed_on))


def due_day(subject: Subject) -> date | None:
    """The last day for publishing; None where the year is unknown or Art 49 does not name the agency's rank.

    A name that leaves open whether it is a department or a government is judged by the later date.
    """
    year, agency = subject.report.year, subject.report.agency
    kind = agency_kind(agency or "")
    if not _known_form(year) or kind is AgencyKind.TOWNSHIP:
        return None
    return report_due(year, government=kind is not AgencyKind.DEPARTMENT)


def _late_day(subject: Subject, due: date) -> tuple[str, str, date, Severity] | None:
    """What the late day is called, the place that states it, the day, and how much it proves."""
    signed_on, published_on = subject.report.signed_on, subject.report.published_on
    if signed_on and signed_on > due:
        return "落款日期", "signed_on", signed_on, Severity.ERROR
    if published_on:
        return ("发布日期", "published_on", published_on, Severity.WARNING) if published_on > due else None
    if signed_on is None and subject.on and subject.on > due:
        return "尚未见到公布日期，检查日期", "published_on", subject.on, Severity.WARNING
    return None


def _known_form(year: int | None) -> TypeGuard[int]:
    return year is not None and _FIRST_YEAR <= year <= _LAST_YEAR


def _is_department(subject: Subject) -> bool:
    return agency_kind(subject.report.agency or "") is AgencyKind.DEPARTMENT


def _duty(due: date, subject: Subject) -> str:
    who = "部门" if _is_department(subject) else "县级以上地方人民政府"
    return f"{who}于次年 {due.month} 月 {due.day} 日前公布"


def _dated(code: str, place: str, left: date, right: date, severity: Severity | None, **facts: str) -> Finding:
    return entry(code).finding(
        place,
        left=left.isoformat(),
        right=right.isoformat(),
        severity=severity,
        day=_spelled(left),
        limit=_spelled(right),
        **facts,
    )


def _publication_due(made_on: date) -> date | None:
    """The 20th workday after `made_on`; None where neither law nor calendar reaches that day."""
    try:
        return publication_due(made_on)
    except LawError:
        return None


def _spelled(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
