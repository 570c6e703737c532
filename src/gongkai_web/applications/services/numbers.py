"""Running numbers without gaps or doubles."""

from __future__ import annotations

from django.db import transaction

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models import NumberSeries


@transaction.atomic
def next_number(agency: Agency, year: int, series: str) -> int:
    """The next number; it counts as issued only if the caller's transaction is stored, so none is lost.

    The row stays locked until that transaction ends: whoever needs a number of the same series waits.
    """
    NumberSeries.objects.get_or_create(agency=agency, year=year, series=series)
    row = NumberSeries.objects.select_for_update().get(agency=agency, year=year, series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def case_number(agency: Agency, year: int) -> str:
    """The number of a new case, unlike that of any other agency: year, agency, serial; `2025-007-00012`."""
    return f"{year}-{agency.pk:03}-{next_number(agency, year, 'case'):05}"
