"""行政规范性文件: its life from 制发 to 废止 or 失效, and whether it is in force on a day.

Source: 国办发〔2018〕37号; validity periods are local rules (configuration), expiry at the period's end is automatic.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Validity(Enum):
    """有效性 on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The stamp on the page."""
        return _LABELS[self]

    @property
    def binds(self) -> bool:
        """Is the document binding?"""
        return self in {Validity.IN_FORCE, Validity.AMENDED}


_LABELS = {
    Validity.NOT_YET: "尚未施行",
    Validity.IN_FORCE: "现行有效",
    Validity.AMENDED: "已修改",
    Validity.REPEALED: "废止",
    Validity.EXPIRED: "失效",
}


class NormativeEventKind(Enum):
    """What happens to a normative document after it has been issued."""

    AMENDED = "amended"
    REPEALED = "repealed"
    EXTENDED = "extended"
    DECLARED_EXPIRED = "declared_expired"

    @property
    def label(self) -> str:
        """The register's word."""
        return _EVENTS[self]


_EVENTS = {
    NormativeEventKind.AMENDED: "修改",
    NormativeEventKind.REPEALED: "废止",
    NormativeEventKind.EXTENDED: "延长有效期",
    NormativeEventKind.DECLARED_EXPIRED: "宣布失效",
}


@dataclass(frozen=True)
class NormativeEvent:
    """`effective_on`: the first day on which it applies; `until`: the new last day, for an extension."""

    kind: NormativeEventKind
    effective_on: date
    until: date | None = None


@dataclass(frozen=True)
class NormativeDocument:
    """`in_force_until` is the last day of validity; `None` = no period stated."""

    issued_on: date
    effective_on: date
    in_force_until: date | None = None
    events: tuple[NormativeEvent, ...] = ()

    def last_day(self) -> date | None:
        """The last day of validity after extensions; `None` = open."""
        extended = [event.until for event in _by_day(self.events) if event.kind is NormativeEventKind.EXTENDED]
        return extended[-1] if extended else self.in_force_until

    def ended_on(self) -> tuple[date, Validity] | None:
        """The first day without force and why; `None` while nothing has ended it."""
        ends = [(event.effective_on, _ENDINGS[event.kind]) for event in self.events if event.kind in _ENDINGS]
        if last := self.last_day():
            ends.append((last + timedelta(days=1), Validity.EXPIRED))
        return min(ends, key=lambda end: end[0], default=None)

    def validity(self, on: date) -> Validity:
        """有效性 on the day.

        >>> document = NormativeDocument(date(2020, 1, 2), date(2020, 2, 1), in_force_until=date(2025, 1, 31))
        >>> document.validity(date(2025, 1, 31)).label, document.validity(date(2025, 2, 1)).label
        ('现行有效', '失效')
        """
        ended = self.ended_on()
        if ended and ended[0] <= on:
            return ended[1]
        if on < self.effective_on:
            return Validity.NOT_YET
        amended = any(e.kind is NormativeEventKind.AMENDED and e.effective_on <= on for e in self.events)
        return Validity.AMENDED if amended else Validity.IN_FORCE


_ENDINGS = {
    NormativeEventKind.REPEALED: Validity.REPEALED,
    NormativeEventKind.DECLARED_EXPIRED: Validity.EXPIRED,
}


@dataclass(frozen=True)
class YearCounts:
    """表二: 本年制发件数, 本年废止件数, 现行有效件数."""

    issued: int
    repealed: int
    in_force: int


def count_year(documents: Iterable[NormativeDocument], *, year: int) -> YearCounts:
    """The three figures of table 2 for the report year; 失效 counts as 废止 there.

    Source: 国办公开办函〔2021〕30号, table 二.
    """
    last_day = date(year, 12, 31)
    issued = repealed = in_force = 0
    for document in documents:
        ended = document.ended_on()
        gone = ended is not None and ended[0] <= last_day
        issued += document.issued_on.year == year
        repealed += gone and ended is not None and ended[0].year == year
        in_force += document.issued_on <= last_day and not gone
    return YearCounts(issued, repealed, in_force)


def _by_day(events: Iterable[NormativeEvent]) -> list[NormativeEvent]:
    return sorted(events, key=lambda event: event.effective_on)
