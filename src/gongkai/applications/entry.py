"""One entry of a ledger: a legal event with what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from gongkai.applications.details import (
    Asked,
    CorrectionAsked,
    Delayed,
    Details,
    Extended,
    Opinion,
    ReanswerOrdered,
)
from gongkai.law.events import Event, EventKind

_Said = TypeVar("_Said", bound=Details)
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened on a day; `details` by the kind, see `details.DETAILS`."""

    kind: EventKind
    on: date
    details: Details | None = None

    @property
    def event(self) -> Event:
        """What the clocks of the law need to know of it."""
        said = self.details
        days = said.days if isinstance(said, Extended) else None
        until = said.until if isinstance(said, CorrectionAsked | Delayed | ReanswerOrdered) else None
        party = said.party if isinstance(said, Asked | Opinion) else ""
        return Event(self.kind, self.on, days, until, party)


def in_order_of_days(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By day, and within a day in the course that `EventKind` gives; what is alike stays as recorded."""
    return tuple(sorted(entries, key=lambda entry: (entry.on, _ORDER[entry.kind])))


def said_by(entries: Iterable[Entry], kind: type[_Said]) -> list[tuple[Entry, _Said]]:
    """The entries that say something of that class, with what they say."""
    return [(entry, entry.details) for entry in entries if isinstance(entry.details, kind)]
