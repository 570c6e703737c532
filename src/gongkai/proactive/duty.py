"""The duty to publish within 20 workdays of making or changing (条例 §26), and when a column is stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Protocol

PUBLISH_WITHIN_WORKDAYS = 20
"""Source: 条例 §26. Another law may set another limit; callers pass it."""
DOUBLE_PUBLICITY_WORKDAYS = 7
"""双公示 of permits and penalties. Source: 国办发〔2015〕51号; 发改办财金〔2018〕424号."""
NEAR_WORKDAYS = 5


class WorkdayCalendar(Protocol):
    """What the clock needs of `gongkai.law.calendar.Calendar`."""

    def add_workdays(self, day: date, n: int) -> date: ...

    def count(self, start: date, *, until: date) -> int: ...


class Light(Enum):
    """The traffic light of a clock."""

    DONE = "done"
    NORMAL = "normal"
    NEAR = "near"
    TODAY = "today"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """The word beside the colour."""
        return _LIGHTS[self]


_LIGHTS = {
    Light.DONE: "已公开",
    Light.NORMAL: "正常",
    Light.NEAR: "临期",
    Light.TODAY: "今日到期",
    Light.OVERDUE: "已逾期",
}


@dataclass(frozen=True)
class PublicationClock:
    """Workdays run from the day after the item was made; `used` of `limit` have passed on the day asked about."""

    made_on: date
    due_on: date
    used: int
    limit: int
    light: Light
    late_workdays: int = 0
    article: str = "条例第二十六条"

    @property
    def left(self) -> int:
        """Workdays that remain; 0 when none do."""
        return max(self.limit - self.used, 0)

    @property
    def sentence(self) -> str:
        """What an officer reads."""
        if self.light is Light.DONE:
            late = f"，超期{self.late_workdays}个工作日" if self.late_workdays else ""
            return f"第{self.used}个工作日公开{late}（{self.article}）"
        if self.light is Light.OVERDUE:
            return f"已超过{self.late_workdays}个工作日（{self.article}，应于{_chinese(self.due_on)}前公开）"
        return f"第 {self.used}/{self.limit} 个工作日，{_chinese(self.due_on)}到期（{self.article}）"


def publication_clock(
    made_on: date,
    *,
    calendar: WorkdayCalendar,
    today: date,
    published_on: date | None = None,
    limit: int = PUBLISH_WITHIN_WORKDAYS,
) -> PublicationClock:
    """The clock of one item. `limit` in workdays. Source: 条例 §26."""
    due = calendar.add_workdays(made_on, limit)
    end = published_on or today
    used = calendar.count(made_on, until=end) if end > made_on else 0
    late = calendar.count(due, until=end) if end > due else 0
    light = Light.DONE if published_on else _light(due, today=today, left=limit - used)
    return PublicationClock(made_on, due, used, limit, light, late)


def _light(due: date, *, today: date, left: int) -> Light:
    if today > due:
        return Light.OVERDUE
    if today == due:
        return Light.TODAY
    return Light.NEAR if left <= NEAR_WORKDAYS else Light.NORMAL


@dataclass(frozen=True)
class MadeDays:
    """Days of making that tell clocks apart on a day: up to `overdue` the duty is past, after `near` it is not near."""

    overdue: date
    near: date


def made_days(today: date, *, calendar: WorkdayCalendar, limit: int = PUBLISH_WITHIN_WORKDAYS) -> MadeDays:
    """The last day of making whose clock is overdue, and the last whose clock is near its end or past it.

    What `publication_clock` says of one item, turned round, so that a database can choose the items.
    """
    near = today
    while calendar.count(near, until=today) < limit - NEAR_WORKDAYS:
        near -= timedelta(days=1)
    overdue = near
    while calendar.add_workdays(overdue, limit) >= today:
        overdue -= timedelta(days=1)
    return MadeDays(overdue, near)


def is_stale(last_published_on: date | None, *, interval_days: int | None, today: date) -> bool:
    """Has a column gone without anything new for longer than its interval (calendar days)? An empty one is stale.

    >>> is_stale(date(2025, 1, 1), interval_days=30, today=date(2025, 1, 31))
    False
    """
    if interval_days is None:
        return False
    return last_published_on is None or last_published_on + timedelta(days=interval_days) < today


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
