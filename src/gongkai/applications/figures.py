"""Tables 三 and 四 of an agency and a year, counted from its ledgers; every cell lists its cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.applications.applicants import ApplicantType
from gongkai.applications.cells import form_of, report_cells
from gongkai.applications.details import RemedyGroup
from gongkai.applications.ledger import Ledger
from gongkai.law.outcomes import outcome, outcome_keys

_REMEDY_COLUMNS = ("upheld", "corrected", "other", "pending", "total")


def figures(ledgers: Iterable[Ledger], year: int) -> dict[str, list[str]]:
    """Every cell of tables 三 and 四 with the ids of the cases counted in it, in the order of the ledgers.

    A cell in which nothing counts holds an empty list: a stated zero. A case stands in a cell of 表四 once for each of
    its proceedings. Raises: LedgerError for a year before 2019.
    """
    found: dict[str, list[str]] = {path: [] for path in cell_paths(year)}
    for ledger in ledgers:
        for path in report_cells(ledger, year):
            found[path].append(ledger.case_id)
    return found


def cell_paths(year: int) -> tuple[str, ...]:
    """The cells of tables 三 and 四 of that year's form. Raises: LedgerError before 2019."""
    form = form_of(year)
    columns = [kind.value for kind in ApplicantType] + ["total"]
    # Outcomes that took force during the year stand in the form all the same.
    on = date(max(year, 2021), 12, 31)
    rows = dict.fromkeys(outcome(key, on=on).row(form) for key in outcome_keys())
    applications = [
        f"applications.{row}.{c}" for row in ("received", "carried_in", *rows, "total", "carried_out") for c in columns
    ]
    groups = [group for group in RemedyGroup if group is not RemedyGroup.COMPLAINT]
    return tuple(applications + [f"remedies.{group.value}.{c}" for group in groups for c in _REMEDY_COLUMNS])


@dataclass(frozen=True, slots=True)
class Carry:
    """What one kind of applicant carried over the turn of a year: both lists must name the same cases."""

    column: str
    carried_out: tuple[str, ...]
    carried_in: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return sorted(self.carried_out) == sorted(self.carried_in)

    @property
    def appeared(self) -> tuple[str, ...]:
        """Cases carried in that nobody carried out."""
        return tuple(sorted(set(self.carried_in) - set(self.carried_out)))

    @property
    def lost(self) -> tuple[str, ...]:
        """Cases carried out that nobody carried in."""
        return tuple(sorted(set(self.carried_out) - set(self.carried_in)))


def prove_carry(
    ledgers: Iterable[Ledger], year: int, *, reported: dict[str, list[str]] | None = None
) -> tuple[Carry, ...]:
    """上年结转(year) against 结转下年度(year − 1), case by case, for each kind of applicant and in total.

    `reported` holds the figures of the year before as they were reported; without it they are counted anew, and then
    they hold for any set of ledgers. Raises: LedgerError for a year before 2020.
    """
    kept = list(ledgers)
    before = reported if reported is not None else figures(kept, year - 1)
    now = figures(kept, year)
    columns = [kind.value for kind in ApplicantType] + ["total"]
    return tuple(
        Carry(
            column,
            tuple(before.get(f"applications.carried_out.{column}", ())),
            tuple(now[f"applications.carried_in.{column}"]),
        )
        for column in columns
    )
