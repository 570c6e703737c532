"""The records of a case in the order of their days, each with its article, its author, and what struck it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.applications.effects import effect_of
from gongkai.applications.entry import Entry
from gongkai.applications.ledger import Strike
from gongkai.law.events import EventKind
from gongkai_web.applications.models import LedgerRecord
from gongkai_web.applications.views.office_telling import Line, Names, told


@dataclass(frozen=True)
class Row:
    """One record. `struck` is the reason for which it counts no more."""

    number: int
    label: str
    on: date
    lines: list[Line]
    article: str
    by: str
    at: datetime
    struck: str
    struck_on: date | None


def rows(records: Iterable[LedgerRecord], *, names: Names | None = None) -> list[Row]:
    """The entries, by day; strikes stand with what they strike."""
    read = [(one, one.record) for one in records]
    strikes = {strike.number: strike for _, strike in read if isinstance(strike, Strike)}
    found = [
        _row(stored, entry, strikes.get(stored.number), names) for stored, entry in read if isinstance(entry, Entry)
    ]
    kinds = list(EventKind)
    places = {stored.number: kinds.index(entry.kind) for stored, entry in read if isinstance(entry, Entry)}
    return sorted(found, key=lambda row: (row.on, places[row.number], row.number))


def _row(stored: LedgerRecord, entry: Entry, strike: Strike | None, names: Names | None) -> Row:
    return Row(
        stored.number,
        entry.kind.label,
        entry.on,
        told(entry, names=names),
        effect_of(entry.kind, on=entry.on).citation,
        str(stored.by) if stored.by else "申请人或者系统",
        stored.at,
        strike.reason if strike else "",
        strike.on if strike else None,
    )
