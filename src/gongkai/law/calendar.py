"""The workday calendar: which days are 工作日, why the others are not, and counting them.

A year without a notice is *provisional*: the statutory days off are assumed, 调休 is unknown, and whoever shows such a
date has to say so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from gongkai.law.errors import CalendarRangeError
from gongkai.law.notices import FIRST_YEAR, Notice, Region, assumed, in_effect, national, region_named

# The five-day week began on 1995-05-01, so workdays cannot be told by this rule before 1996.
START = date(1996, 1, 1)
END = date(2100, 12, 31)
# The earliest day of December that a notice for the next year has ever moved (2007, 2018).
_NEXT_NOTICE_REACHES = (12, 29)
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"


class DayKind(StrEnum):
    WORKDAY = "workday"
    SWAPPED = "swapped"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LOCAL_HOLIDAY = "local_holiday"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_workday(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.SWAPPED)


_LABELS = {
    DayKind.WORKDAY: "工作日",
    DayKind.SWAPPED: "调休上班",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "节假日",
    DayKind.LOCAL_HOLIDAY: "地方节日",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its reason. `name` is the holiday it belongs to, `notice` says so; None where assumed."""

    date: date
    kind: DayKind
    name: str
    notice: Notice | None
    provisional: bool

    @property
    def is_workday(self) -> bool:
        return self.kind.is_workday

    @property
    def weekday(self) -> str:
        """星期一 … 星期日."""
        return f"星期{_WEEKDAYS[self.date.weekday()]}"

    @property
    def reason(self) -> str:
        """Why the day counts or does not, for people, e.g. 春节放假（国办发明电〔2024〕12号）."""
        if self.kind in (DayKind.WORKDAY, DayKind.WEEKEND):
            return self.kind.label
        said = "调休上班" if self.kind is DayKind.SWAPPED else "放假"
        return f"{self.name}{said}（{self.notice.short if self.notice else '推定，尚无放假通知'}）"


_Mark = tuple[DayKind, str, Notice | None]


@dataclass(frozen=True)
class Calendar:
    """Workdays as known on a day (`None`: by all notices on record), with a region's own holidays or without."""

    region: Region | None = None
    known_on: date | None = None

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day.

        >>> calendar_for().is_workday(date(2026, 2, 14)), calendar_for().is_workday(date(2026, 2, 16))
        (True, False)
        """
        mark = self._marks.get(day.toordinal())
        return mark[0].is_workday if mark else day.weekday() < _SATURDAY

    def explain(self, day: date) -> Day:
        """The day with the reason for what it is.

        >>> calendar_for().explain(date(2025, 2, 8)).reason
        '春节调休上班（国办发明电〔2024〕12号）'
        """
        plain = DayKind.WORKDAY if day.weekday() < _SATURDAY else DayKind.WEEKEND
        kind, name, notice = self._marks.get(day.toordinal(), (plain, "", None))
        return Day(day, kind, name, notice, self.is_provisional(day))

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th workday after `day`, which is not counted itself; before it where n is negative, `day` where 0.

        Source: 《民事诉讼法》(2023) Art 85: the day on which a period begins is not part of it.

        >>> calendar_for().add_workdays(date(2025, 1, 20), 20)
        datetime.date(2025, 2, 21)

        Raises: CalendarRangeError.
        """
        workdays = self._workdays
        if n > 0:
            place = bisect_right(workdays, day.toordinal()) + n - 1
        elif n < 0:
            place = bisect_left(workdays, day.toordinal()) + n
        else:
            return day
        if not 0 <= place < len(workdays) or not START <= day <= END:
            raise _out_of_range(day)
        return date.fromordinal(workdays[place])

    def count(self, start: date, *, until: date) -> int:
        """Workdays after `start` up to and including `until`; negative where `until` is earlier.

        It undoes `add_workdays`: `count(day, until=add_workdays(day, n)) == n`.

        >>> calendar_for().count(date(2025, 1, 20), until=date(2025, 2, 21))
        20
        """
        for day in (start, until):
            if not START <= day <= END:
                raise _out_of_range(day)
        workdays, first, last = self._workdays, start.toordinal(), until.toordinal()
        if last >= first:
            return bisect_right(workdays, last) - bisect_right(workdays, first)
        return bisect_left(workdays, last) - bisect_left(workdays, first)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a workday, else the next one: where a period of calendar days ends."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a workday, else the last one before: when to act for a date that is fixed.

        >>> calendar_for().on_or_before(date(2025, 1, 31))
        datetime.date(2025, 1, 27)
        """
        return day if self.is_workday(day) else self.add_workdays(day, -1)

    def days(self, first: date, *, until: date) -> Iterator[Day]:
        """Every day from `first` to `until`, both included, explained."""
        for ordinal in range(first.toordinal(), until.toordinal() + 1):
            yield self.explain(date.fromordinal(ordinal))

    def is_provisional(self, day: date) -> bool:
        """Whether a notice that is not on record may still change what the day is."""
        if day.year not in self._known_years or not self._region_knows(day.year):
            return True
        return (day.month, day.day) >= _NEXT_NOTICE_REACHES and day.year + 1 not in self._known_years

    def provisional_between(self, first: date, *, until: date) -> bool:
        """Whether any day of the stretch, ends included, is provisional."""
        if first.year == until.year and (until.month, until.day) < _NEXT_NOTICE_REACHES:
            return self.is_provisional(first)
        return any(self.is_provisional(date.fromordinal(n)) for n in range(first.toordinal(), until.toordinal() + 1))

    @cached_property
    def _known_years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in national() if notice.known(self.known_on))

    def _region_knows(self, year: int) -> bool:
        if self.region is None:
            return True
        return any(notice.year == year and notice.known(self.known_on) for notice in self.region.notices)

    @cached_property
    def _marks(self) -> dict[int, _Mark]:
        marks: dict[int, _Mark] = {}
        for year in range(FIRST_YEAR, END.year + 1):
            if year not in self._known_years:
                marks |= {d.toordinal(): (DayKind.HOLIDAY, a.name, None) for a in assumed(year) for d in a.off}
        marks |= _marked(national(), self.known_on, DayKind.HOLIDAY)
        if self.region is not None:
            marks |= _marked(self.region.notices, self.known_on, DayKind.LOCAL_HOLIDAY)
        return marks

    @cached_property
    def _workdays(self) -> list[int]:
        """Ordinals of every workday, so that n workdays are one bisection away."""
        marks, monday = self._marks, (START - timedelta(days=START.weekday())).toordinal()
        span = range(START.toordinal(), END.toordinal() + 1)
        plain = [n for n in span if (n - monday) % 7 < _SATURDAY and n not in marks]
        return sorted(plain + [n for n in marks if marks[n][0].is_workday and n in span])


@lru_cache(maxsize=64)
def calendar_for(*, region: str | None = None, known_on: date | None = None) -> Calendar:
    """The calendar of a region (None: the whole country) as known on a day (None: by every notice on record).

    >>> extended = date(2020, 1, 31)
    >>> calendar_for(known_on=date(2020, 1, 20)).is_workday(extended), calendar_for().is_workday(extended)
    (True, False)

    Raises: UnknownRegionError.
    """
    return Calendar(region_named(region) if region else None, known_on)


def _marked(notices: tuple[Notice, ...], known_on: date | None, off: DayKind) -> dict[int, _Mark]:
    marks: dict[int, _Mark] = {}
    for notice, arrangement in in_effect(notices, known_on=known_on):
        marks |= {day.toordinal(): (off, arrangement.name, notice) for day in arrangement.off}
        marks |= {day.toordinal(): (DayKind.SWAPPED, arrangement.name, notice) for day in arrangement.work}
    return marks


def _out_of_range(day: date) -> CalendarRangeError:
    return CalendarRangeError(
        "calendar-range",
        f"{day.isoformat()} 起算的工作日超出日历范围（{START.year}年至{END.year}年）。",
        "请检查日期和天数。",
    )
