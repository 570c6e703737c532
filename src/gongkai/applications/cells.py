"""The cells of the annual report in which one application counts in a year.

Paths are those of the form: `applications.<row>.<column>`, `remedies.<group>.<column>`; the totals are named too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.applications.course import Course, course
from gongkai.applications.details import RemedyGroup
from gongkai.applications.errors import LedgerError
from gongkai.applications.ledger import Ledger
from gongkai.applications.proceedings import proceedings
from gongkai.law.outcomes import outcome

FIRST_YEAR = 2019


def form_of(year: int) -> str:
    """The form whose rows a year's report has. Raises: LedgerError before 2019.

    >>> form_of(2020), form_of(2021)
    ('2019', '2021')
    """
    if year < FIRST_YEAR:
        raise LedgerError(
            "year-before-form", f"{year}年的年度报告没有可以按台账计算的表格。", f"请选择{FIRST_YEAR}年及以后的年度。"
        )
    return "2019" if year <= 2020 else "2021"


def report_cells(ledger: Ledger, year: int) -> tuple[str, ...]:
    """The paths of the cells that the application counts in, each once for every thing counted.

    A cell of 表四 comes as often as there are proceedings in it. Raises: LedgerError for a year before 2019.
    """
    form = form_of(year)
    entries = ledger.entries
    followed = course(entries)
    rows = _rows(followed, year, form) if followed is not None and followed.counted else ()
    cells = [f"applications.{row}.{column}" for row in rows for column in (_column(followed), "total")]
    for one in proceedings(entries):
        stood = one.column(year)
        if stood is not None and one.group is not RemedyGroup.COMPLAINT:
            cells += [f"remedies.{one.group.value}.{stood}", f"remedies.{one.group.value}.total"]
    return tuple(cells)


def _column(followed: Course | None) -> str:
    return followed.applicant.value if followed is not None else ""


def _rows(followed: Course, year: int, form: str) -> Iterator[str]:
    closed = followed.closed_on
    if followed.entered_on.year > year or (closed is not None and closed.year < year):
        return
    yield "received" if followed.entered_on.year == year else "carried_in"
    if closed is None or closed > date(year, 12, 31):
        yield "carried_out"
        return
    yield outcome(followed.outcome or "", on=closed).row(form)
    yield "total"
