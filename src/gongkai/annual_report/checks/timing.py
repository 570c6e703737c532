"""The days on which a report was signed and published, against the day on which it was due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.annual_report.checks.agency_kind import AgencyKind, agency_kind
from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.law import Calendar, CalendarRangeError, calendar_for

DEPARTMENT_DUE = (1, 31)
GOVERNMENT_DUE = (3, 31)
PUBLISHING_WORKDAYS = 20  # 条例 §26
# 20 workdays never fit into fewer days, so that the calendar need not be asked.
_SHORTEST_20_WORKDAYS = 22


@rule("DATE-LATE")
def rule_published_in_time(subject: Subject) -> Iterator[Finding]:
    """部门于每年 1 月 31 日前、县级以上地方人民政府于每年 3 月 31 日前公布上一年度报告 (条例 §49; LAW T1).

    The date of a web page may be that of a later republication, so that only the report's own date proves lateness.
    """
    due = due_day(subject)
    late = due and _late_day(subject, due)
    if due and late:
        place, day, severity = late
        if day <= _first_workday_from(due):
            severity = Severity.NOTE
        what = {"signed_on": "落款日期", "published_on": "发布日期"}.get(place, "尚未见到公布日期，检查日期")
        yield _dated("DATE-LATE", place, day, due, severity, what=what, duty=_duty(subject))


@rule("DATE-LAST-WORKDAY")
def rule_last_workday_is_told(subject: Subject) -> Iterator[Finding]:
    """Where the last day is no workday, the work has to be done on the last workday before it (LAW T2)."""
    report, due = subject.report, due_day(subject)
    if subject.on is None or due is None or subject.on > due or report.signed_on or report.published_on:
        return
    last = _calendar().on_or_before(due)
    if last != due:
        yield _dated("DATE-LAST-WORKDAY", "published_on", last, due, None, duty=_duty(subject))


@rule("DATE-EARLY")
def rule_signed_after_the_year(subject: Subject) -> Iterator[Finding]:
    """统计期为 1 月 1 日至 12 月 31 日: a report signed before its end does not cover the year."""
    signed_on, year = subject.report.signed_on, subject.report.year
    if signed_on and year and signed_on < date(year, 12, 31):
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
    limit = _workdays_later(signed_on)
    if limit and published_on > limit:
        yield _dated("DATE-GAP", "published_on", published_on, limit, None, signed=_spelled(signed_on))


def due_day(subject: Subject) -> date | None:
    """The last day for publishing; None where the year is unknown or Art 49 does not name the agency's rank.

    A name that leaves open whether it is a department or a government is judged by the later date.
    """
    year, agency = subject.report.year, subject.report.agency
    kind = agency_kind(agency) if agency else AgencyKind.UNKNOWN
    if year is None or kind is AgencyKind.TOWNSHIP:
        return None
    return date(year + 1, *(DEPARTMENT_DUE if kind is AgencyKind.DEPARTMENT else GOVERNMENT_DUE))


def _late_day(subject: Subject, due: date) -> tuple[str, date, Severity] | None:
    report = subject.report
    if report.signed_on and report.signed_on > due:
        return "signed_on", report.signed_on, Severity.ERROR
    if report.published_on:
        return ("published_on", report.published_on, Severity.WARNING) if report.published_on > due else None
    if report.signed_on is None and subject.on and subject.on > due:
        return "report", subject.on, Severity.WARNING
    return None


def _duty(subject: Subject) -> str:
    due = due_day(subject)
    department = due is not None and (due.month, due.day) == DEPARTMENT_DUE
    return "部门于次年 1 月 31 日前公布" if department else "县级以上地方人民政府于次年 3 月 31 日前公布"


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


def _first_workday_from(day: date) -> date:
    try:
        return _calendar().on_or_after(day)
    except CalendarRangeError:
        return day


def _workdays_later(day: date) -> date | None:
    try:
        return _calendar().add_workdays(day, PUBLISHING_WORKDAYS)
    except CalendarRangeError:
        return None


def _calendar() -> Calendar:
    return calendar_for()


def _spelled(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
