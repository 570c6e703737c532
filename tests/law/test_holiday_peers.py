"""Every day from 2008 to 2026 against two independent calendars: not one disagreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types
import holidays
import pytest

from gongkai.law import calendar_for

CALENDAR = calendar_for()


def every_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_chinesecalendar_agrees_on_every_day(year: int) -> None:
    days = list(every_day(date(year, 1, 1), date(year, 12, 31)))
    assert [d for d in days if chinese_calendar.is_workday(d) != CALENDAR.is_workday(d)] == []


@pytest.mark.parametrize("year", range(2008, 2027))
def test_holidays_agrees_on_every_day(year: int) -> None:
    # The neighbours are loaded too, because a notice reaches into the December before its year.
    china = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    days = list(every_day(date(year, 1, 1), date(year, 12, 31)))
    assert [d for d in days if china.is_working_day(d) != CALENDAR.is_workday(d)] == []


def test_holidays_assumes_the_same_statutory_days_for_a_year_without_notice() -> None:
    names = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    china = holidays.country_holidays("CN", years=[2027], language="zh_CN")
    statutory = {day for day, name in china.items() if name.split("（")[0] in names}
    assumed = {day for day in every_day(date(2027, 1, 1), date(2027, 12, 31)) if CALENDAR.explain(day).name}
    assert statutory == assumed
