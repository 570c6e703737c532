"""What an amended holiday notice moves: the due dates of open cases by the old and by the new calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.applications.ledger import Ledger
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock, ClockState
from gongkai.law.clocks import timeline

_DONE = (ClockState.MET, ClockState.LATE, ClockState.ENDED)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock that ends on another day now. `notices`: the holiday notices that the new date rests on."""

    case_id: str
    key: str
    label: str
    started_on: date
    was: date | None
    now: date | None
    notices: tuple[str, ...]

    @property
    def earlier(self) -> bool:
        """Whether the agency or the applicant has less time than was told."""
        return self.was is not None and self.now is not None and self.now < self.was


def rederive(ledgers: Iterable[Ledger], calendar: Calendar, *, before: Calendar) -> tuple[Moved, ...]:
    """The clocks still running that end on another day by `calendar` than by `before`, case by case.

    Both are kept by whoever stores what was told to applicants: nothing is changed here. Raises: CalendarRangeError.
    """
    return tuple(moved for ledger in ledgers for moved in _moved(ledger, calendar, before))


def _moved(ledger: Ledger, calendar: Calendar, before: Calendar) -> Iterator[Moved]:
    events = [entry.event for entry in ledger.entries]
    if not events:
        return
    old = timeline(events, calendar=before).clocks
    new = timeline(events, calendar=calendar).clocks
    for was, now in zip(old, new, strict=True):
        if was.due != now.due and now.state not in _DONE:
            yield Moved(ledger.case_id, now.key, now.label, now.start.on, was.due, now.due, _notices(now))


def _notices(clock: Clock) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.day.notice.short for step in clock.steps if step.day.notice is not None))
