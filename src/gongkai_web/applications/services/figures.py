"""Fixing what a report stated, so that the next one can be proved against it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.models import ReportedCarry
from gongkai_web.applications.selectors.figures import counted_carry, reported_carry
from gongkai_web.audit.services import record as log


@transaction.atomic
def freeze_carry(agency: Agency, year: int, *, by: User | None) -> dict[str, list[str]]:
    """Keep 结转下年度 of the year as it stands, when the year's report is finished; gives the cases by applicant kind.

    Frozen again after a corrected report, the newer holds. Raises: NotAllowed.
    """
    require(by, Capability.EDIT_REPORT, agency)
    counted = counted_carry(agency, year)
    if counted == reported_carry(agency, year):
        return counted
    now = timezone.now()
    for column, numbers in counted.items():
        ReportedCarry.objects.create(agency=agency, year=year, column=column, cases=numbers, by=by, at=now)
    log("applications.carry_frozen", obj=agency, actor=by, details={"year": year})
    return counted
