"""The periods of the law as functions that read like it. The day of the event is never counted.

Each takes the calendar to count by (default: the whole country, by every notice on record) and the value that was in
force on the day the period began.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.errors import LawError
from gongkai.law.provisions import Provision, in_force


def correction_notice_due(received_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day to ask, once, for a correction. Source: 条例 §30.

    >>> correction_notice_due(date(2025, 9, 25))
    datetime.date(2025, 10, 11)
    """
    return _workdays_after(received_on, "correction_notice", calendar)


def answer_due(
    received_on: date, *, extended_by: int = 0, paused_workdays: int = 0, calendar: Calendar | None = None
) -> date:
    """The last day to answer an application; `paused_workdays` were spent on consulting others.

    >>> answer_due(date(2025, 1, 20)), answer_due(date(2025, 1, 20), extended_by=20)
    (datetime.date(2025, 2, 21), datetime.date(2025, 3, 21))

    Raises: LawError for an extension longer than the law allows. Source: 条例 §33(2), (3).
    """
    check_extension(extended_by, on=received_on)
    days = in_force("deadline.answer", on=received_on).days + extended_by + paused_workdays
    return (calendar or calendar_for()).add_workdays(received_on, days)


def check_extension(extended_by: int, *, on: date) -> Provision:
    """The rule on extensions in force on that day. Raises: LawError where the extension is longer or negative."""
    rule = in_force("deadline.answer_extension", on=on)
    if not 0 <= extended_by <= rule.days:
        raise LawError(
            "extension-too-long",
            f"延长答复期限最长不得超过{rule.days}个工作日，不能为负数：{extended_by}（{rule.citation}）。",
            f"请填写 1 至 {rule.days}。",
        )
    return rule


def third_party_due(asked_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day for a third party's opinion; silence leaves the decision to the agency. Source: 条例 §32."""
    return _workdays_after(asked_on, "third_party", calendar)


def coauthor_due(asked_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day for a co-author agency's opinion; silence is consent to disclose. Source: 条例 §34."""
    return _workdays_after(asked_on, "coauthor", calendar)


def fee_payment_due(notified_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day to pay; not paying gives the application up. Source: 国办函〔2020〕109号 Art 6."""
    return _workdays_after(notified_on, "fee_payment", calendar)


def publication_due(made_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day to publish what has to be published unasked. Source: 条例 §26.

    >>> publication_due(date(2025, 12, 31))
    datetime.date(2026, 1, 29)
    """
    return _workdays_after(made_on, "proactive", calendar)


def report_due(year: int, *, government: bool = False) -> date:
    """The date before which the report on `year` is submitted and published: not moved where it is a day off.

    >>> report_due(2024), report_due(2024, government=True)
    (datetime.date(2025, 1, 31), datetime.date(2025, 3, 31))

    Source: 条例 §49.
    """
    name = "report_government" if government else "report_department"
    month, day = str(in_force(f"deadline.{name}", on=date(year, 12, 31)).value).split("-")
    return date(year + 1, int(month), int(day))


def report_last_workday(year: int, *, government: bool = False, calendar: Calendar | None = None) -> date:
    """The last workday on which the report on `year` can still be published in time.

    >>> report_last_workday(2024)
    datetime.date(2025, 1, 27)
    """
    return (calendar or calendar_for()).on_or_before(report_due(year, government=government))


def reconsideration_due(known_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day to apply for reconsideration: 60 calendar days, moved off a holiday.

    Source: 行政复议法 §20, §88; 民事诉讼法 §85.
    """
    days = in_force("deadline.reconsideration", on=known_on).days
    return (calendar or calendar_for()).on_or_after(known_on + timedelta(days=days))


def litigation_due(known_on: date, *, calendar: Calendar | None = None) -> date:
    """The last day to sue directly: six months, moved off a holiday. Source: 行政诉讼法 §46; 民事诉讼法 §85."""
    months = in_force("deadline.litigation", on=known_on).days
    return (calendar or calendar_for()).on_or_after(months_after(known_on, months))


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months later, or the month's last day.

    >>> months_after(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _workdays_after(day: date, key: str, calendar: Calendar | None) -> date:
    return (calendar or calendar_for()).add_workdays(day, in_force(f"deadline.{key}", on=day).days)
