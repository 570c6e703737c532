"""When the report is due, and how long that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.law import LawError, calendar_for
from gongkai.law.deadlines import report_due, report_last_workday
from gongkai.proactive.duty import Light
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.models.agency import AgencyKind

NEAR_WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The statutory day, the last workday up to it, and the workdays left until then (negative when it has passed)."""

    due: date
    last_workday: date
    days_left: int
    government: bool

    @property
    def light(self) -> Light:
        """The traffic light."""
        if self.days_left < 0:
            return Light.OVERDUE
        if self.days_left == 0:
            return Light.TODAY
        return Light.NEAR if self.days_left <= NEAR_WORKDAYS else Light.NORMAL

    @property
    def sentence(self) -> str:
        """What an officer reads."""
        who = "县级以上地方人民政府" if self.government else "政府部门"
        day = f"{self.due.year}年{self.due.month}月{self.due.day}日"
        text = f"{who}应于{day}前报送并公布（条例第四十九条）。"
        if self.last_workday != self.due:
            last = f"{self.last_workday.month}月{self.last_workday.day}日"
            text += f"{self.due.month}月{self.due.day}日不是工作日，最后一个工作日是{last}。"
        return text + self._left()

    def _left(self) -> str:
        if self.days_left < 0:
            return "已经逾期。"
        return "今天是最后一个工作日。" if self.days_left == 0 else f"还有{self.days_left}个工作日。"


def deadline_of(agency: Agency, year: int, *, today: date | None = None) -> Deadline | None:
    """The agency's deadline for the report on `year`; `None` where law or calendar do not reach that year.

    Source: 条例 §49.
    """
    day = today or timezone.localdate()
    government = agency.kind == AgencyKind.GOVERNMENT
    try:
        due = report_due(year, government=government)
        last = report_last_workday(year, government=government)
        calendar = calendar_for()
        left = calendar.count(day, until=last) if day <= last else -1
    except LawError:
        return None
    return Deadline(due, last, left, government)
