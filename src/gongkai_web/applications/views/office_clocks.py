"""The clocks of a case as bars, and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.state import Application
from gongkai.law.clock import Clock, ClockState
from gongkai.law.counting import Step
from gongkai_web.applications.views.office_telling import chinese

_DONE = (ClockState.MET, ClockState.LATE, ClockState.ENDED, ClockState.SILENT)


@dataclass(frozen=True)
class Cell:
    """One workday of a bar: `kind` is `used`, `left` or `pause`."""

    kind: str
    title: str


@dataclass(frozen=True)
class Bar:
    """One clock. `cells` are its workdays in order, those of consultations between them."""

    clock: Clock
    place: int
    sentence: str
    cells: tuple[Cell, ...]
    paused: bool

    @property
    def state(self) -> str:
        """Where it stands; a clock that waits for an opinion stands still although it has a last day."""
        return ClockState.WAITING.label if self.paused else self.clock.state.label

    @property
    def is_over(self) -> bool:
        """Whether it has lost its meaning: nothing is due by it, and nothing was done by it."""
        return self.clock.state is ClockState.ENDED and self.clock.key != "answer"

    @property
    def light(self) -> str:
        """Its colour."""
        return {ClockState.OVERDUE: "overdue", ClockState.LATE: "overdue"}.get(self.clock.state, "normal")


def bars(application: Application, *, today: date) -> tuple[Bar, ...]:
    """Every clock: those that run, the answer, then what is done; `place` is its number in the derivation."""
    found = [_bar(clock, place, today) for place, clock in enumerate(application.clocks)]
    return tuple(sorted(found, key=_rank))


def answer_sentence(application: Application, *, today: date) -> str:
    """第 7/20 个工作日（条例第三十三条第二款）."""
    return _sentence(application.timeline.clock("answer"), today)


def _rank(bar: Bar) -> tuple[bool, bool, bool, date]:
    clock = bar.clock
    return (bar.is_over, clock.state in _DONE, clock.key != "answer", clock.due or date.max)


def _bar(clock: Clock, place: int, today: date) -> Bar:
    end = clock.done_on or today
    cells = tuple(_cell(step, end) for step in clock.steps if step.number is not None or step.day.is_workday)
    return Bar(clock, place, _sentence(clock, today), cells, _paused(clock, today))


def _paused(clock: Clock, today: date) -> bool:
    """Whether the next workday does not count."""
    coming = (step for step in clock.steps if step.day.is_workday and step.day.date > today)
    step = next(coming, None)
    return clock.state is ClockState.RUNNING and step is not None and step.number is None


def _cell(step: Step, end: date) -> Cell:
    title = f"{chinese(step.day.date)}　{step.reason}"
    if step.number is None:
        return Cell("pause", title)
    return Cell("used" if step.day.date <= end else "left", f"第{step.number}个工作日　{title}")


def _sentence(clock: Clock, today: date) -> str:
    if clock.state is ClockState.WAITING:
        return f"停止计时（{clock.citation}）"
    used = min(clock.used(clock.done_on or today), clock.limit)
    until = f"，{chinese(clock.due)}届满" if clock.due else ""
    return f"第 {used}/{clock.limit} 个工作日{until}（{clock.citation}）"
