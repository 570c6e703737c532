"""The report of the year before: what the draft is compared with."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.annual_report.model import Report
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import ReportVersion

Lookup = Callable[[Agency, int], Report | None]

_LOOKUPS: list[Lookup] = []


def register_lookup(lookup: Lookup) -> None:
    """Add a place to look where the agency has frozen nothing itself (reports that were imported)."""
    _LOOKUPS.append(lookup)


def report_of(agency: Agency, year: int) -> Report | None:
    """The agency's report for `year` as it was published, else as it was last frozen, else as it was imported."""
    versions = ReportVersion.objects.filter(report__agency=agency, report__year=year).select_related("report")
    newest = versions.order_by("-number").first()
    if newest is not None:
        shown: ReportVersion = newest.report.published_version or newest
        return shown.as_report()
    for lookup in _LOOKUPS:
        found = lookup(agency, year)
        if found is not None:
            return found
    return None
