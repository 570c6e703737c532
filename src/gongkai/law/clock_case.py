"""What every derivation of one application's clocks needs: its events, the runs of its answer clock, and counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock, ClockState
from gongkai.law.counting import Pause, Step, walk
from gongkai.law.events import Event, EventKind, Standing
from gongkai.law.provisions import Provision

_STARTS = (EventKind.RECEIVED, EventKind.CORRECTED, EventKind.PAID)
_HOLDS = (EventKind.CORRECTION_ASKED, EventKind.FEE_NOTIFIED)
_CLOSES = (
    EventKind.ANSWERED,
    EventKind.ENDED,
    EventKind.WITHDRAWN,
    EventKind.TRANSFERRED,
    EventKind.MERGED,
)


@dataclass(frozen=True, slots=True)
class Case:
    """The events of one application in order, the calendar to count by, and the day from which one looks."""

    events: tuple[Event, ...]
    standing: Standing
    calendar: Calendar
    as_of: date | None

    def first(self, kind: EventKind, *, since: date = date.min) -> Event | None:
        return next((event for event in self.events if event.kind is kind and event.on >= since), None)

    def last(self, kind: EventKind) -> Event | None:
        return next((event for event in reversed(self.events) if event.kind is kind), None)

    @property
    def law_of(self) -> date:
        """A case keeps the law of the day it was received."""
        return self.events[0].on

    @property
    def seen_on(self) -> date | None:
        """The day up to which it is known what did not happen: where one looks from, or the end of the case."""
        if self.standing.open:
            return self.as_of
        return next(event.on for event in self.events if event.kind in _CLOSES)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of the answer clock: from a receipt, a correction or a payment to what holds it, if anything does."""

    start: Event
    held_by: Event | None = None
    extension: Event | None = None
    delay: Event | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A clock before it is counted: the rule of its length comes first among `rules`.

    `until` is the last day where somebody has set it; else `limit` workdays or the value of the first rule are counted.
    """

    key: str
    start: Event
    rules: tuple[Provision, ...]
    extended_by: int = 0
    pauses: tuple[Pause, ...] = ()
    notes: tuple[str, ...] = ()
    until: date | None = None
    label: str = ""


def stretches(events: tuple[Event, ...]) -> list[Stretch]:
    """Every run of the answer clock, the present one last."""
    found: list[Stretch] = []
    for event in events:
        if event.kind in _STARTS:
            found.append(Stretch(event))
        elif event.kind in _HOLDS:
            found[-1] = Stretch(found[-1].start, event, found[-1].extension, found[-1].delay)
        elif event.kind is EventKind.EXTENDED:
            found[-1] = Stretch(found[-1].start, None, event)
        elif event.kind is EventKind.DELAYED:
            found[-1] = Stretch(found[-1].start, None, found[-1].extension, event)
    return found


def run(case: Case, period: Period, done: Event | None) -> Clock:
    """The period counted day by day. Raises: CalendarRangeError."""
    steps = _steps(case, period)
    due = period.until or steps[-1].day.date
    return Clock(
        key=period.key,
        label=period.label or period.rules[0].label,
        start=period.start,
        limit=max((step.number or 0 for step in steps), default=0),
        extended_by=period.extended_by,
        due=due,
        state=_state(case, period.key, done, due),
        done_on=done.on if done else None,
        steps=steps,
        rules=period.rules,
        notes=period.notes,
    )


def _steps(case: Case, period: Period) -> tuple[Step, ...]:
    start = period.start.on
    if period.until is None:
        limit = period.rules[0].days + period.extended_by
        return walk(start, limit, calendar=case.calendar, pauses=period.pauses)
    # A day that was set stands even where it is a day off: the workdays before it are shown, not counted anew.
    return walk(start, case.calendar.count(start, until=period.until), calendar=case.calendar)


def _state(case: Case, key: str, done: Event | None, due: date) -> ClockState:
    if done is not None:
        return ClockState.MET if done.on <= due else ClockState.LATE
    if key == "reanswer":
        return ClockState.OVERDUE if case.as_of is not None and case.as_of > due else ClockState.RUNNING
    expired = case.seen_on is not None and case.seen_on > due
    if key == "correction_notice":
        # Whoever consults, extends or charges has understood the application; not asking is never overdue.
        return ClockState.ENDED if expired or len(case.events) > 1 else ClockState.RUNNING
    if expired and key != "answer":
        return ClockState.SILENT
    if not case.standing.open:
        return ClockState.ENDED
    return ClockState.OVERDUE if expired else ClockState.RUNNING
