"""Ten thousand random ledgers against a counter that walks day by day over another calendar."""

from __future__ import annotations

from collections import Counter

from gongkai.applications import Application, derive
from gongkai.applications.ledger import Ledger
from gongkai.law import EventOrderError

from .slow_counter import Told, all_due
from .telling import random_ledger

LEDGERS = 10_000


def as_told(ledger: Ledger) -> list[Told]:
    events = [entry.event for entry in ledger.entries]
    return [(event.kind.value, event.on, event.days, event.until, event.party) for event in events]


def derivable(ledger: Ledger) -> Application:
    """Without the last events, where one of them extends a period that has run out."""
    while True:
        try:
            return derive(ledger)
        except EventOrderError:
            ledger = Ledger(ledger.case_id, ledger.records[:-1])


def test_ten_thousand_ledgers_have_the_due_dates_of_the_slow_counter() -> None:
    differing, kinds, clocks = [], Counter[str](), 0
    for seed in range(LEDGERS):
        found = derivable(random_ledger(seed))
        kinds.update(entry.kind.value for entry in found.entries)
        derived: dict[str, list[object]] = {}
        for clock in found.clocks:
            derived.setdefault(clock.key, []).append(clock.due)
            clocks += 1
        if derived != all_due(as_told(found.ledger)):
            differing.append(seed)
    assert differing == []
    assert clocks > 25_000
    assert len(kinds) == 26  # no kind of event was left out
