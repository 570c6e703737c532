"""The traffic light of an application: how urgent it is, in a word and a colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.errors import CalendarRangeError

NEAR_WORKDAYS = 5


class Light(StrEnum):
    """From the most urgent to what needs nothing."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEAR = "near"
    NORMAL = "normal"
    PAUSED = "paused"
    DONE = "done"

    @property
    def label(self) -> str:
        """The word beside the colour."""
        return _LABELS[self]


_LABELS = {
    Light.OVERDUE: "已逾期",
    Light.TODAY: "今日到期",
    Light.NEAR: "临期",
    Light.NORMAL: "正常",
    Light.PAUSED: "中止计时",
    Light.DONE: "已办结",
}


@dataclass(frozen=True)
class Urgency:
    """`left` in workdays: 0 on the day itself, negative once it has passed, None where no clock runs."""

    light: Light
    due_on: date | None
    left: int | None

    @property
    def sentence(self) -> str:
        """What stands beside the light."""
        if self.left is None:
            return "不计时" if self.light is Light.PAUSED else ""
        if self.left < 0:
            return f"逾期{-self.left}个工作日"
        return "今天到期" if self.light is Light.TODAY else f"还有{self.left}个工作日"


def urgency(
    due_on: date | None, *, open_: bool, running: bool, today: date, calendar: Calendar | None = None
) -> Urgency:
    """How urgent an application is.

    >>> urgency(date(2025, 3, 7), open_=True, running=True, today=date(2025, 3, 3)).sentence
    '还有4个工作日'
    >>> urgency(date(2025, 3, 3), open_=True, running=True, today=date(2025, 3, 5)).sentence
    '逾期2个工作日'
    """
    if not open_:
        return Urgency(Light.DONE, due_on, None)
    if due_on is None:
        return Urgency(Light.PAUSED, None, None)
    left = workdays_left(due_on, today=today, calendar=calendar)
    return Urgency(_light(due_on, left=left, running=running, today=today), due_on, left)


def workdays_left(due_on: date, *, today: date, calendar: Calendar | None = None) -> int:
    """Workdays from tomorrow to the due day; negative where it has passed.

    Overdue since a day off only, it is still one: the period has run out.
    """
    counting = calendar or calendar_for()
    if due_on >= today:
        return counting.count(today, until=due_on)
    return -max(counting.count(due_on, until=today), 1)


def near_until(today: date) -> date:
    """The last day that counts as near; `today` itself where the calendar ends."""
    try:
        return calendar_for().add_workdays(today, NEAR_WORKDAYS)
    except CalendarRangeError:
        return today


def _light(due_on: date, *, left: int, running: bool, today: date) -> Light:
    if due_on < today:
        return Light.OVERDUE
    if not running:
        return Light.PAUSED
    if due_on == today:
        return Light.TODAY
    return Light.NEAR if left <= NEAR_WORKDAYS else Light.NORMAL
