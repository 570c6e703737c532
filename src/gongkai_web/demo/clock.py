"""Telling the past in the order in which it happened.

A *story* is a generator: it does something, then yields the moment of what it does next. `tell` runs many stories as
one history, always the earliest step first, with the clock of Django standing at that step. So the audit log, the
index numbers and the signatures of the example platform carry the dates on which they would have been made.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongkai.law.calendar import calendar_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
Story = Iterator[datetime]


@contextmanager
def standing_at() -> Iterator[Callable[[datetime], None]]:
    """Within this block `django.utils.timezone.now()` is what the yielded function was last told.

    The services ask Django for the time, as they should; there is no parameter by which a request could lie about it.
    Replacing the clock of this one process, while it makes example data and nothing else, leaves it so.
    """
    real = timezone.now

    def stand(moment: datetime) -> None:
        timezone.now = lambda: moment

    try:
        yield stand
    finally:
        timezone.now = real


def tell(stories: list[Story], *, until: datetime) -> int:
    """Run the stories up to that moment; how many steps were taken. What would come later is left untold."""
    numbers = count()
    waiting: list[tuple[datetime, int, Story]] = []
    for story in stories:
        _queue(waiting, story, next(numbers))
    taken = 0
    with standing_at() as stand:
        while waiting and waiting[0][0] <= until:
            moment, _, story = heapq.heappop(waiting)
            stand(moment)
            taken += 1
            _queue(waiting, story, next(numbers), not_before=moment)
    return taken


def _queue(
    waiting: list[tuple[datetime, int, Story]], story: Story, number: int, *, not_before: datetime | None = None
) -> None:
    """Let the story take its step and wait for its next; one that asks for a moment gone by goes on at once."""
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (max(moment, not_before or moment), number, story))


def at(day: date, *, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of office time on the day, or on the next workday where it is none."""
    return datetime.combine(calendar_for().on_or_after(day), time(hour, minute), SHANGHAI)


def workdays_after(day: date, number: int) -> date:
    """The day that many workdays later; earlier where the number is negative."""
    return calendar_for().add_workdays(day, number)
