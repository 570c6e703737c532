"""The periods of the law, by their literal dates."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import LawError, calendar_for
from gongkai.law.deadlines import (
    answer_due,
    coauthor_due,
    correction_notice_due,
    fee_payment_due,
    litigation_due,
    months_after,
    publication_due,
    reconsideration_due,
    report_due,
    report_last_workday,
    third_party_due,
)


def test_a_correction_is_asked_within_seven_workdays() -> None:
    assert correction_notice_due(date(2024, 9, 13)) == date(2024, 9, 25)
    assert correction_notice_due(date(2025, 9, 25)) == date(2025, 10, 11)


def test_an_application_is_answered_within_twenty_workdays_or_forty() -> None:
    assert answer_due(date(2024, 9, 13)) == date(2024, 10, 17)
    assert answer_due(date(2025, 1, 20), extended_by=20) == date(2025, 3, 21)


def test_days_spent_on_consulting_are_added() -> None:
    assert answer_due(date(2024, 9, 13), paused_workdays=3) == date(2024, 10, 22)


def test_an_application_of_2018_is_answered_by_the_old_regulation() -> None:
    assert answer_due(date(2018, 6, 1)) == date(2018, 6, 25)


@pytest.mark.parametrize("days", [21, -1])
def test_an_extension_has_its_limits(days: int) -> None:
    with pytest.raises(LawError, match="延长答复期限最长不得超过20个工作日"):
        answer_due(date(2025, 1, 20), extended_by=days)


def test_consultations_take_fifteen_workdays() -> None:
    assert third_party_due(date(2026, 2, 6)) == date(2026, 3, 5)
    assert coauthor_due(date(2026, 2, 6)) == date(2026, 3, 5)


def test_a_fee_is_paid_within_twenty_workdays_of_its_notice() -> None:
    assert fee_payment_due(date(2026, 2, 6)) == date(2026, 3, 12)


def test_publication_is_due_twenty_workdays_after_the_document_was_made() -> None:
    assert publication_due(date(2025, 12, 31)) == date(2026, 1, 29)


@pytest.mark.parametrize(
    ("year", "department", "government"),
    [
        (2018, date(2019, 3, 31), date(2019, 3, 31)),
        (2019, date(2020, 1, 31), date(2020, 3, 31)),
        (2025, date(2026, 1, 31), date(2026, 3, 31)),
    ],
)
def test_reports_are_due_on_fixed_dates(year: int, department: date, government: date) -> None:
    assert (report_due(year), report_due(year, government=True)) == (department, government)


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2019, date(2020, 1, 23)),
        (2020, date(2021, 1, 29)),
        (2021, date(2022, 1, 30)),
        (2024, date(2025, 1, 27)),
        (2025, date(2026, 1, 30)),
    ],
)
def test_the_last_workday_for_a_report_whose_date_is_a_day_off(year: int, last: date) -> None:
    assert report_last_workday(year) == last


def test_reconsideration_ends_after_a_holiday_and_not_on_it() -> None:
    # 2024-08-03 plus 60 days is 2024-10-02, in the National Day holiday.
    assert reconsideration_due(date(2024, 8, 3)) == date(2024, 10, 8)
    assert reconsideration_due(date(2025, 3, 3)) == date(2025, 5, 6)


def test_litigation_ends_six_months_later() -> None:
    assert litigation_due(date(2025, 3, 3)) == date(2025, 9, 3)
    assert litigation_due(date(2025, 4, 3)) == date(2025, 10, 9)


def test_months_end_on_their_last_day() -> None:
    assert months_after(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert months_after(date(2025, 12, 15), 12) == date(2026, 12, 15)


def test_a_region_has_its_own_due_dates() -> None:
    assert answer_due(date(2021, 5, 6), calendar=calendar_for(region="宁夏")) == date(2021, 6, 4)
    assert answer_due(date(2021, 5, 6)) == date(2021, 6, 2)
