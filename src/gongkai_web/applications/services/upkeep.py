"""Proving what cases repeat of their ledgers, and deriving it again when the calendar changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from gongkai.applications import Ledger, rederive
from gongkai.applications.rederive import Moved
from gongkai.errors import GongkaiError
from gongkai.law.calendar import Calendar, calendar_for
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors.cases import ledger_of, ledgers_of
from gongkai_web.applications.services.cache import Cells, cells, columns, rewrite, stored_cells_of
from gongkai_web.audit.services import record as log

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """What a case repeats wrongly: `stored` against `derived`, as text."""

    number: str
    column: str
    stored: str
    derived: str


def differences(cases: QuerySet[Case]) -> Iterator[Difference]:
    """Every column and cell that is not what the ledger says; empty when all is well."""
    for batch in _batches(cases):
        stored, ledgers = stored_cells_of(batch), dict(ledgers_of(batch))
        for pk, case in batch.items():
            try:
                yield from _compared(case, ledgers.get(pk, Ledger(case.number)), stored.get(pk, []))
            except GongkaiError as error:
                yield Difference(case.number, "台账", "", error.message)


def rewrite_all(cases: QuerySet[Case]) -> int:
    """Write the columns and cells of these cases anew; how many were wrong."""
    wrong = {one.number for one in differences(cases)}
    for number in sorted(wrong):
        with transaction.atomic():
            case = Case.objects.select_for_update(of=("self",)).get(number=number)
            rewrite(case, ledger=ledger_of(case))
    return len(wrong)


def moved(cases: QuerySet[Case], *, before: Calendar) -> Iterator[tuple[Case, tuple[Moved, ...]]]:
    """Open cases with clocks that end on another day by the notices on record now than by the calendar before."""
    now = calendar_for()
    for batch in _batches(cases):
        for pk, ledger in ledgers_of(batch):
            if found := rederive([ledger], now, before=before):
                yield batch[pk], found


def apply_moved(case: Case, found: tuple[Moved, ...]) -> None:
    """Repeat the new due days in the case and leave an event that says which moved."""
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case.pk)
        rewrite(locked, ledger=ledger_of(locked))
        days = [{"clock": one.key, "was": str(one.was), "now": str(one.now)} for one in found]
        log("applications.rederived", obj=locked, details={"moved": days})


def _batches(cases: QuerySet[Case]) -> Iterator[dict[int, Case]]:
    """The cases by their ids, a batch at a time. The ids are read first, so that no cursor stays open meanwhile."""
    ids = iter(list(cases.order_by("pk").values_list("pk", flat=True)))
    while some := list(islice(ids, _BATCH)):
        yield Case.objects.defer("description").in_bulk(some)


def _compared(case: Case, ledger: Ledger, stored: Cells) -> Iterator[Difference]:
    for name, value in columns(ledger).items():
        if getattr(case, name) != value:
            yield Difference(case.number, name, str(getattr(case, name)), str(value))
    wanted = cells(ledger)
    if stored != wanted:
        yield Difference(case.number, "cells", str(stored), str(wanted))
