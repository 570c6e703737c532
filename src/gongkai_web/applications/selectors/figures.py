"""Tables 三 and 四 as a query, the cases behind each cell, and the proof of the carry."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet, Sum

from gongkai.applications import ApplicantType
from gongkai.applications.figures import Carry, cell_paths
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models import Case, CountedCell, ReportedCarry

_NOT_CLOSED = ("received", "carried_in", "carried_out")


def table3(agency: Agency, year: int) -> dict[str, int]:
    """Every cell of tables 三 and 四 of the year's form, totals included; a cell without cases is a stated zero.

    Raises: LedgerError for a year before 2019.
    """
    counts = dict.fromkeys(cell_paths(year), 0)
    counted = _counted(agency, year).values("path").annotate(sum=Sum("times")).values_list("path", "sum")
    for path, times in counted.order_by():
        for cell in _counts_in(path):
            counts[cell] += times
    return counts


def cases_in(agency: Agency, year: int, path: str) -> QuerySet[Case]:
    """The cases that count in a cell, totals included, by number. Raises: LedgerError for a year before 2019."""
    behind = [one for one in cell_paths(year) if not _is_sum(one) and path in _counts_in(one)]
    counted = _counted(agency, year).filter(path__in=behind).values("case_id")
    # The agency says nothing new, but PostgreSQL then walks the numbers of one agency and not of all of them.
    return Case.objects.filter(agency=agency, pk__in=counted).order_by("number")


def carry(agency: Agency, year: int) -> tuple[Carry, ...]:
    """上年结转 of the year against 结转下年度 of the year before, case by case, by kind of applicant and in total.

    The year before is taken as it was reported where a report froze it, else as the ledgers have it now.
    """
    kinds = [kind.value for kind in ApplicantType]
    came, went = (_numbers(agency, year, "carried_in"), reported_carry(agency, year - 1))
    went = went if went is not None else _numbers(agency, year - 1, "carried_out")
    rows = [Carry(kind, tuple(went.get(kind, ())), tuple(came.get(kind, ()))) for kind in kinds]
    total = Carry(
        "total",
        tuple(number for row in rows for number in row.carried_out),
        tuple(number for row in rows for number in row.carried_in),
    )
    return (*rows, total)


def reported_carry(agency: Agency, year: int) -> dict[str, list[str]] | None:
    """结转下年度 as the year's report stated it, by kind of applicant; None where none was frozen."""
    rows = ReportedCarry.objects.filter(agency=agency, year=year).order_by("id").values_list("column", "cases")
    return dict(rows) or None


def counted_carry(agency: Agency, year: int) -> dict[str, list[str]]:
    """结转下年度 as the ledgers have it now, by kind of applicant."""
    found = _numbers(agency, year, "carried_out")
    return {kind.value: found.get(kind.value, []) for kind in ApplicantType}


def _counted(agency: Agency, year: int) -> QuerySet[CountedCell]:
    """The two conditions are the two indexes of the table: cells of the year alone, and cells that go on into it."""
    alone = Q(year=year)
    on_and_on = Q(year__lt=year, until__gte=year, until__gt=F("year"))
    return CountedCell.objects.filter(alone | on_and_on, agency=agency)


def _numbers(agency: Agency, year: int, row: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    cells = _counted(agency, year).filter(path__startswith=f"applications.{row}.")
    for path, number in cells.order_by("case__number").values_list("path", "case__number"):
        found.setdefault(path.rpartition(".")[2], []).append(number)
    return found


def _is_sum(path: str) -> bool:
    return path.endswith(".total") or path.startswith("applications.total.")


def _counts_in(path: str) -> Iterator[str]:
    """The cell itself and the sums to which it belongs."""
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    yield path
    yield f"{table}.{row}.total"
    if table == "applications" and row not in _NOT_CLOSED:
        yield f"applications.total.{column}"
        yield "applications.total.total"
