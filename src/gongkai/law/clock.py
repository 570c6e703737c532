"""One clock of an application: a period, the day it ends, and every day that it counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.counting import Step
from gongkai.law.events import Event
from gongkai.law.provisions import Provision


class ClockState(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"
    MET = "met"
    LATE = "late"
    SILENT = "silent"
    OVERDUE = "overdue"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES = {
    ClockState.RUNNING: "计时中",
    ClockState.WAITING: "中止计时",
    ClockState.MET: "按期完成",
    ClockState.LATE: "逾期完成",
    ClockState.SILENT: "逾期未回应",
    ClockState.OVERDUE: "已逾期",
    ClockState.ENDED: "不再计时",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of one application. `due` is None while the clock waits for the applicant.

    `limit` is in workdays, the extension `extended_by` included. `rules` are the values it rests on, the period first.
    """

    key: str
    label: str
    start: Event
    limit: int
    extended_by: int
    due: date | None
    state: ClockState
    done_on: date | None
    steps: tuple[Step, ...]
    rules: tuple[Provision, ...]
    notes: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        """Whether a holiday notice that is not on record may still move the due date."""
        return any(step.day.provisional for step in self.steps)

    @property
    def citation(self) -> str:
        return "；".join(dict.fromkeys(rule.citation for rule in self.rules))

    @property
    def unverified(self) -> tuple[str, ...]:
        """The rules and holiday notices this clock rests on that nobody has compared with their text."""
        rules = [
            f"{rule.label}（{rule.citation}）{'：' if rule.unverified else ''}{rule.unverified}"
            for rule in self.rules
            if not rule.confirmed
        ]
        notices = (step.day.notice for step in self.steps)
        unchecked = [notice.citation for notice in notices if notice is not None and notice.checked_on is None]
        return tuple(dict.fromkeys(rules + unchecked))

    def used(self, on: date) -> int:
        """Workdays counted up to and including that day."""
        return sum(step.number is not None and step.day.date <= on for step in self.steps)
