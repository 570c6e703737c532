"""Counting a period of workdays day by day, so that every day can be shown with its number or its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import Calendar, Day


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a derivation: its number where it counts, and why it does or does not."""

    day: Day
    number: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: after `first`, up to and including `last`. `assumed`: its end has not happened yet."""

    first: date
    last: date
    label: str
    assumed: bool = False

    def covers(self, day: date) -> bool:
        return self.first < day <= self.last


def walk(start: date, limit: int, *, calendar: Calendar, pauses: Sequence[Pause] = ()) -> tuple[Step, ...]:
    """The days after `start`, until `limit` workdays outside the pauses have counted.

    >>> from gongkai.law.calendar import calendar_for
    >>> [(step.day.date.day, step.number) for step in walk(date(2025, 9, 29), 3, calendar=calendar_for())][-2:]
    [(9, 2), (10, 3)]

    Raises: CalendarRangeError where the calendar does not reach that far.
    """
    calendar.add_workdays(start, limit + sum(calendar.count(p.first, until=p.last) for p in pauses))
    steps: list[Step] = []
    day, number = start, 0
    while number < limit:
        day += timedelta(days=1)
        explained = calendar.explain(day)
        pause = next((pause for pause in pauses if pause.covers(day)), None)
        counts = explained.is_workday and pause is None
        number += counts
        reason = pause.label if pause and explained.is_workday else explained.reason
        steps.append(Step(explained, number if counts else None, reason))
    return tuple(steps)
