"""The bar “第 7/20 个工作日”: one cell per workday, with the days that do not count drawn as a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.clock import Clock, ClockState
from gongkai.law.counting import Step

WIDTH, HEIGHT, GAP = 800, 36, 2


@dataclass(frozen=True)
class Cell:
    """A rectangle; `kind` is `past`, `today`, `ahead` or `paused`; `tall` marks the day on which one looks."""

    x: float
    width: float
    kind: str
    tall: bool


@dataclass(frozen=True)
class Bar:
    """`number` of `limit` workdays have counted; `sentence` says it. Lengths in the units of the drawing."""

    number: int
    limit: int
    sentence: str
    description: str
    cells: tuple[Cell, ...]
    paused: int
    width: int = WIDTH
    height: int = HEIGHT


def bar(clock: Clock, *, today: date) -> Bar | None:
    """The bar of an answer clock; None while it waits for the applicant, or where a day was set instead of a number."""
    if not clock.steps or clock.due is None:
        return None
    until = min(today, clock.done_on or today)
    number = clock.used(until)
    days = [(_kind(step.number is not None, step.day.date, until), step.day.date) for step in _workdays(clock)]
    paused = sum(kind == "paused" for kind, _ in days)
    cells = _cells([(kind, day == until) for kind, day in days])
    return Bar(number, clock.limit, _sentence(clock, number, today), _description(clock, number, paused), cells, paused)


def _workdays(clock: Clock) -> list[Step]:
    return [step for step in clock.steps if step.day.is_workday]


def _kind(counts: bool, day: date, until: date) -> str:  # noqa: FBT001  # one of two sorts of day
    if not counts:
        return "paused"
    return "today" if day == until else "past" if day < until else "ahead"


def _cells(days: list[tuple[str, bool]]) -> tuple[Cell, ...]:
    step = (WIDTH + GAP) / len(days)
    return tuple(
        Cell(round(place * step, 1), round(step - GAP, 1), kind, tall) for place, (kind, tall) in enumerate(days)
    )


def _sentence(clock: Clock, number: int, today: date) -> str:
    if clock.state in (ClockState.MET, ClockState.LATE):
        late = "，逾期" if clock.state is ClockState.LATE else ""
        return f"在第 {number}/{clock.limit} 个工作日答复{late}" if number else "收到当日答复"
    if clock.state is ClockState.OVERDUE:
        return f"第 {number}/{clock.limit} 个工作日，已逾期"
    if clock.state is ClockState.ENDED:
        return f"办结时为第 {number}/{clock.limit} 个工作日"
    if number == 0:
        return f"自次日起计算，共 {clock.limit} 个工作日"
    return f"第 {number}/{clock.limit} 个工作日" + (
        "，今天到期" if clock.due == today else f"，还有 {clock.limit - number} 个工作日"
    )


def _description(clock: Clock, number: int, paused: int) -> str:
    """For those who do not see it."""
    off = f"，另有 {paused} 个工作日因征求意见不计入" if paused else ""
    return f"答复期限共 {clock.limit} 个工作日，已计算 {number} 个{off}，到 {clock.due:%Y-%m-%d} 为止。"
