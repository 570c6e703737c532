"""The rules of the figures of table 2: periods that never overlap, and what a decision that is published owes.

Source: 国办公开办函〔2021〕30号, table 二; 武政办发〔2025〕54号 (all decisions count, published or not).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.errors import GongkaiError
from gongkai.proactive.duty import DOUBLE_PUBLICITY_WORKDAYS, PublicationClock, WorkdayCalendar, publication_clock

FIRST_YEAR, LAST_YEAR = 2019, 2100
_YEAR = re.compile(r"^(\d{4})年?(?:全年|年度)?$")
_QUARTER = re.compile(r"^(\d{4})年?(?:第?([一二三四1-4])季度|[qQ]([1-4]))$")
_MONTH = re.compile(r"^(\d{4})(?:年|[-/.])(\d{1,2})月?$")
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4}


class PeriodError(GongkaiError):
    """The text names no year, quarter or month."""


@dataclass(frozen=True, order=True)
class Period:
    """Months `first` to `last` of a year: a month, a quarter or the whole year."""

    year: int
    first: int = 1
    last: int = 12

    @property
    def label(self) -> str:
        """As people write it.

        >>> Period(2024).label, Period(2024, 4, 6).label, Period(2024, 3, 3).label
        ('2024年', '2024年第2季度', '2024年3月')
        """
        if self.last - self.first == 11:
            return f"{self.year}年"
        if self.last - self.first == 2:
            return f"{self.year}年第{self.last // 3}季度"
        return f"{self.year}年{self.first}月"

    @property
    def starts_on(self) -> date:
        """The first day."""
        return date(self.year, self.first, 1)

    @property
    def ends_on(self) -> date:
        """The last day."""
        return date(self.year + self.last // 12, self.last % 12 + 1, 1) - timedelta(days=1)

    def overlaps(self, other: Period) -> bool:
        """Does a day lie in both?"""
        return self.year == other.year and self.first <= other.last and other.first <= self.last


def parse_period(text: str) -> Period:
    """A year, a quarter or a month as people write it. Raises: `PeriodError`.

    >>> parse_period("2024年第一季度"), parse_period("2024-3"), parse_period("2024")
    (Period(year=2024, first=1, last=3), Period(year=2024, first=3, last=3), Period(year=2024, first=1, last=12))
    """
    plain = "".join(text.split())
    period = None
    if found := _YEAR.match(plain):
        period = Period(int(found[1]))
    elif found := _QUARTER.match(plain):
        named = found[2] or found[3]
        quarter = _ORDINALS.get(named) or int(named)
        period = Period(int(found[1]), 3 * quarter - 2, 3 * quarter)
    elif (found := _MONTH.match(plain)) and 1 <= int(found[2]) <= 12:
        period = Period(int(found[1]), int(found[2]), int(found[2]))
    if period is None or not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise PeriodError("PERIOD", f"“{text}”不是期间。", "请写作 2024年、2024年第1季度 或 2024年3月。")
    return period


def uncovered(periods: Iterable[Period], *, year: int) -> list[tuple[date, date]]:
    """The stretches of the year (first day, last day) that no period covers.

    >>> uncovered([Period(2024, 1, 3), Period(2024, 7, 12)], year=2024)
    [(datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))]
    """
    covered = {month for period in periods if period.year == year for month in range(period.first, period.last + 1)}
    stretches: list[tuple[date, date]] = []
    for month in range(1, 13):
        if month in covered:
            continue
        of_month = Period(year, month, month)
        if stretches and stretches[-1][1] + timedelta(days=1) == of_month.starts_on:
            stretches[-1] = (stretches[-1][0], of_month.ends_on)
        else:
            stretches.append((of_month.starts_on, of_month.ends_on))
    return stretches


def double_publicity_clock(
    decided_on: date, *, calendar: WorkdayCalendar, today: date, published_on: date | None
) -> PublicationClock:
    """The clock of 双公示: 7 workdays from the decision. Source: 国办发〔2015〕51号; 发改办财金〔2018〕424号."""
    clock = publication_clock(
        decided_on, calendar=calendar, today=today, published_on=published_on, limit=DOUBLE_PUBLICITY_WORKDAYS
    )
    return PublicationClock(
        clock.made_on, clock.due_on, clock.used, clock.limit, clock.light, clock.late_workdays, article="双公示"
    )
