"""The append-only ledger of one application. State, clocks and report cells are functions of it; see `state`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.applications.checks import check
from gongkai.applications.entry import Entry, in_order_of_days
from gongkai.applications.errors import LedgerError
from gongkai.law.calendar import Calendar
from gongkai.law.clocks import timeline


@dataclass(frozen=True, slots=True)
class Strike:
    """An entry that was wrong, struck out: it stays on record with the reason and counts no more.

    `number` is its place among the records, from 0.
    """

    number: int
    on: date
    reason: str


Record = Entry | Strike


@dataclass(frozen=True)
class Ledger:
    """What is on record about one application, in the order in which it was recorded."""

    case_id: str
    records: tuple[Record, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that count, by day and within a day by course."""
        struck = {record.number for record in self.records if isinstance(record, Strike)}
        kept = (one for n, one in enumerate(self.records) if isinstance(one, Entry) and n not in struck)
        return in_order_of_days(kept)


def append(ledger: Ledger, record: Record, *, calendar: Calendar | None = None) -> Ledger:
    """The ledger with one more record; the former one is unchanged.

    Raises: EventOrderError for an unlawful order, LedgerError for what the law requires and the record lacks,
    LawError, NotInForceError, CalendarRangeError.
    """
    if isinstance(record, Strike):
        _check_strike(ledger, record)
    grown = replace(ledger, records=(*ledger.records, record))
    validate(grown, calendar=calendar)
    return grown


def replay(case_id: str, records: Iterable[Record], *, calendar: Calendar | None = None) -> Ledger:
    """The ledger that the records make, each checked as when it was recorded. Raises: as `append`."""
    ledger = Ledger(case_id)
    for record in records:
        ledger = append(ledger, record, calendar=calendar)
    return ledger


def validate(ledger: Ledger, *, calendar: Calendar | None = None) -> None:
    """Check every entry against what went before it. Raises: as `append`."""
    entries = ledger.entries
    timeline((entry.event for entry in entries), calendar=calendar)
    for place, entry in enumerate(entries):
        check(entries[:place], entry, case_id=ledger.case_id, calendar=calendar)


def _check_strike(ledger: Ledger, strike: Strike) -> None:
    records = ledger.records
    if not 0 <= strike.number < len(records) or not isinstance(records[strike.number], Entry):
        raise LedgerError("strike-nothing", f"台账没有可以更正的第 {strike.number + 1} 条记录。", "请核对记录的序号。")
    if any(isinstance(one, Strike) and one.number == strike.number for one in records):
        raise LedgerError("struck-twice", f"第 {strike.number + 1} 条记录已经作废。", "请核对记录的序号。")
    if not strike.reason.strip():
        raise LedgerError("strike-reason", "作废一条记录须写明理由。", "请填写作废的理由，原记录会保留备查。")
