"""Cases a person may see, and their ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from gongkai.applications import Application, Ledger, derive
from gongkai.applications.serialisation import record_from_json
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.permissions import (
    GRANTS,
    REACHES_DOWN,
    Capability,
    Person,
    agencies_for,
    can,
    limit,
    memberships_of,
    roles_with,
)
from gongkai_web.applications.models import Case, LedgerRecord


def visible_cases(user: Person, capability: Capability = Capability.READ_APPLICATIONS) -> QuerySet[Case]:
    """The cases of the agencies in which the person holds the capability.

    Most people have one agency, and only an agency named outright lets the database read its index in order.
    """
    held = [one for one in memberships_of(user) if capability in GRANTS[Role(one.role)]]
    if len(held) == 1 and held[0].role not in REACHES_DOWN and not user.is_superuser:
        return Case.objects.filter(agency=held[0].agency_id)
    return limit(Case.objects.all(), user, capability)


def assignees(user: Person) -> QuerySet[User]:
    """The officers, also former ones, of the agencies whose cases the person may see. Asks no case: there are many."""
    agencies = agencies_for(user, Capability.READ_APPLICATIONS)
    roles = roles_with(Capability.HANDLE_APPLICATIONS)
    return User.objects.filter(memberships__agency__in=agencies, memberships__role__in=roles).distinct()


def may_see_applicant(user: Person, case: Case | Agency) -> bool:
    """May the person see who applied? Everybody else sees masked names. Whoever looks logs the reading."""
    return can(user, Capability.READ_APPLICANTS, case)


def ledger_of(case: Case) -> Ledger:
    """The case's ledger. Raises: LedgerError for a record that cannot be read."""
    rows = LedgerRecord.objects.filter(case=case).order_by("number").values_list("data", flat=True)
    return Ledger(case.number, tuple(record_from_json(data) for data in rows))


def ledgers_of(cases: Iterable[int]) -> Iterator[tuple[int, Ledger]]:
    """The ledgers of many cases by their ids, in the order of the ids; read in one go."""
    rows = (
        LedgerRecord.objects.filter(case__in=list(cases))
        .order_by("case_id", "number")
        .values_list("case_id", "case__number", "data")
    )
    for (pk, number), records in groupby(rows.iterator(chunk_size=2000), key=lambda row: (row[0], row[1])):
        yield pk, Ledger(number, tuple(record_from_json(data) for _, _, data in records))


def derived(case: Case, as_of: date | None = None) -> Application:
    """What the ledger says, seen from that day. Raises: as `gongkai.applications.derive`."""
    return derive(ledger_of(case), as_of=as_of)
