"""The stored cells of random ledgers, summed up, are what the ledgers count in every year; no database involved."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.applications import Ledger, LedgerError, derive, report_cells
from gongkai.law.errors import LawError
from gongkai_web.applications.selectors.figures import _counts_in
from gongkai_web.applications.services.cache import cells, columns

LEDGERS = 1500
YEARS = range(2019, 2034)


@pytest.fixture(scope="module")
def telling() -> ModuleType:
    """The random ledgers of the library's own tests."""
    path = Path(__file__).parents[2] / "applications" / "telling.py"
    spec = importlib.util.spec_from_file_location("ledgers_telling", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counted_by_cells(ledger: Ledger, year: int) -> Counter[str]:
    """What the query of the table would add up."""
    found: Counter[str] = Counter()
    for path, first, until, times in cells(ledger):
        if first <= year <= until:
            for cell in _counts_in(path):
                found[cell] += times
    return found


def lawful(ledger: Ledger) -> Ledger:
    """Without the last events, where one of them came too late."""
    while True:
        try:
            derive(ledger)
        except LawError:
            ledger = Ledger(ledger.case_id, ledger.records[:-1])
        else:
            return ledger


def test_cells_count_in_every_year_what_the_ledger_counts(telling: ModuleType) -> None:
    differing, rows = [], 0
    for seed in range(LEDGERS):
        ledger = lawful(telling.random_ledger(seed))
        rows += len(cells(ledger))
        differing += [(seed, y) for y in YEARS if counted_by_cells(ledger, y) != Counter(report_cells(ledger, y))]
    assert differing == []
    assert rows > 2 * LEDGERS


def test_what_a_case_repeats_is_closed_exactly_when_it_has_an_outcome(telling: ModuleType) -> None:
    for seed in range(LEDGERS):
        found = columns(lawful(telling.random_ledger(seed)))
        assert (found["answered_on"] is None) == (found["outcome"] == "") == found["is_open"]
        assert not (found["running"] and found["due_on"] is None)


def test_an_empty_ledger_repeats_nothing() -> None:
    with pytest.raises(LedgerError, match="没有收到申请的记录"):
        columns(Ledger("1"))
