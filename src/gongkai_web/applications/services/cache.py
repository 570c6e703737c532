"""The one writer of what a case repeats from its ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.applications import Application, Ledger, derive, report_cells
from gongkai.applications.consultations import Position
from gongkai.applications.details import Received
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock
from gongkai.law.events import Phase
from gongkai_web.applications.models import FOR_EVER, Case, CountedCell, Waiting

Cells = list[tuple[str, int, int, int]]
"""Path, first year, last year, how many times."""


@transaction.atomic
def rewrite(case: Case, *, ledger: Ledger, calendar: Calendar | None = None) -> None:
    """Repeat in the case's columns and cells what its ledger says now."""
    for name, value in columns(ledger, calendar=calendar).items():
        setattr(case, name, value)
    case.save(update_fields=list(Case.CACHED))
    wanted = cells(ledger)
    if wanted != stored_cells_of([case.pk]).get(case.pk, []):
        CountedCell.objects.filter(case=case).delete()
        CountedCell.objects.bulk_create(_rows(case, wanted))


def columns(ledger: Ledger, *, calendar: Calendar | None = None) -> dict[str, Any]:
    """The values of `Case.CACHED`. None of them depends on the day on which one looks."""
    found = derive(ledger, calendar=calendar)
    received = found.entries[0].details
    waiting, until = _waiting(found)
    return {
        "applicant_type": found.course.applicant.value,
        "entrance": received.arrival.entrance.value if isinstance(received, Received) else "",
        "phase": found.phase.value,
        "is_open": found.timeline.standing.open,
        "received_on": found.entries[0].on,
        "entered_on": found.course.entered_on,
        "due_on": _due(found),
        "running": found.timeline.standing.open and not waiting,
        "waiting_on": waiting,
        "waits_until": until,
        "answered_on": found.course.closed_on,
        "outcome": found.course.outcome or "",
        "records": len(ledger.records),
    }


def cells(ledger: Ledger) -> Cells:
    """The cells with the years for which they hold, sorted. After the year of the last entry nothing changes any more.

    Columns of totals are left out: they are sums.
    """
    entries = ledger.entries
    first, last = entries[0].on.year, max(entry.on.year for entry in entries)
    entered = [one.details.split_on for one in entries if isinstance(one.details, Received) and one.details.split_on]
    by_year = {year: _counted(ledger, year) for year in range(first, max([last, *(d.year for d in entered)]) + 2)}
    return sorted(_stretches(by_year))


def stored_cells_of(cases: Iterable[int]) -> dict[int, Cells]:
    """The cells on record by the ids of their cases; a case without any is left out."""
    found: dict[int, Cells] = {}
    rows = CountedCell.objects.filter(case__in=list(cases)).values_list("case_id", "path", "year", "until", "times")
    for pk, path, year, until, times in rows:
        found.setdefault(pk, []).append((path, year, until, times))
    return {pk: sorted(listed) for pk, listed in found.items()}


def _rows(case: Case, wanted: Cells) -> list[CountedCell]:
    return [
        CountedCell(case=case, agency_id=case.agency_id, path=path, year=year, until=until, times=times)
        for path, year, until, times in wanted
    ]


def _counted(ledger: Ledger, year: int) -> Counter[str]:
    paths = report_cells(ledger, year)
    return Counter(path for path in paths if not path.endswith(".total") and not path.startswith("applications.total."))


def _stretches(by_year: dict[int, Counter[str]]) -> Iterator[tuple[str, int, int, int]]:
    """Consecutive years in which a cell counts as often are one row; what holds in the last year holds on."""
    last = max(by_year)
    for path in set().union(*by_year.values()):
        start: int | None = None
        for year in sorted(by_year):
            times = by_year[year][path]
            if start is not None and times != by_year[start][path]:
                yield path, start, year - 1, by_year[start][path]
                start = None
            if times and start is None:
                start = year
        if start is not None:
            yield path, start, FOR_EVER if by_year[last][path] else last, by_year[start][path]


def _due(found: Application) -> date | None:
    """The last day of what the agency owes the applicant: the answer, or the new one after a remedy."""
    owed = [clock.due for clock in found.to_do if clock.key in ("answer", "reanswer") and clock.due is not None]
    return min(owed, default=None)


def _waiting(found: Application) -> tuple[str, date | None]:
    """On whom the case waits and until when. Whether that day has passed is for the reader to compare."""
    if found.phase is Phase.AWAITING_CORRECTION:
        return Waiting.APPLICANT.value, _due_of(found.clocks, "correction")
    if found.phase is Phase.AWAITING_PAYMENT:
        return Waiting.PAYMENT.value, _due_of(found.clocks, "fee_payment")
    pending = [one for one in found.consultations if one.position is Position.PENDING]
    if not pending or not found.timeline.standing.open:
        return Waiting.NOBODY.value, None
    latest = max(pending, key=lambda one: one.due)
    return (Waiting.COAUTHOR if latest.coauthor else Waiting.THIRD_PARTY).value, latest.due


def _due_of(clocks: tuple[Clock, ...], key: str) -> date | None:
    return next((clock.due for clock in reversed(clocks) if clock.key == key), None)
