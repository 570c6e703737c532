"""Which report of a body counts for a year: the one it submitted here, else the one it published, else an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from gongkai.annual_report.model import Report
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import (
    AnnualReport,
    EventKind,
    ImportedReport,
    ImportedState,
    ReportEvent,
    ReportVersion,
)


@dataclass(frozen=True)
class Filed:
    """A report that is there. `on` is the day it was submitted, or the day that it states itself."""

    agency: Agency
    year: int
    version: ReportVersion | None = None
    imported: ImportedReport | None = None
    on: date | None = None
    submitted: bool = False

    @cached_property
    def report(self) -> Report:
        """What it says, with what a person put right in an imported one."""
        if self.version is not None:
            return self.version.as_report()
        assert self.imported is not None  # noqa: S101  # one of the two is there by construction
        return self.imported.as_report()

    @property
    def is_imported(self) -> bool:
        """Did it come as a file?"""
        return self.version is None

    @property
    def open_doubts(self) -> int:
        """What reading left open."""
        return self.imported.open_doubts if self.imported is not None and self.version is None else 0

    @property
    def fingerprint(self) -> str:
        """Changes whenever the report does; for caches."""
        if self.version is not None:
            return f"v{self.version.pk}"
        return f"i{self.imported.pk}-{len(self.imported.corrections.all())}" if self.imported else ""

    @property
    def url(self) -> str:
        """Its screen in the back office."""
        if self.version is not None:
            return self.version.report.get_absolute_url()
        return reverse("annual_report_imported", args=[self.imported.pk]) if self.imported else ""


def filed(agencies: Iterable[Agency], year: int) -> dict[int, Filed]:
    """The reports for `year` that are there, by the number of the agency."""
    known = {agency.pk: agency for agency in agencies}
    found = _imported(known, year)
    found |= _submitted(known, year)
    return found


def public_reports(agencies: Iterable[Agency], year: int) -> dict[int, Filed]:
    """What is public for `year`, by the number of the agency: published versions, and imports without doubts.

    An import was public where it came from.
    """
    known = {agency.pk: agency for agency in agencies}
    found = {key: one for key, one in _imported(known, year).items() if not one.open_doubts}
    rows = AnnualReport.objects.filter(agency__in=known, year=year).exclude(published_version=None)
    for row in rows.select_related("published_version__report"):
        found[row.agency_id] = Filed(known[row.agency_id], year, version=row.published_version)
    return found


def filed_one(agency: Agency, year: int) -> Filed | None:
    """The report of one body."""
    return filed([agency], year).get(agency.pk)


def imported_report(agency: Agency, year: int) -> Report | None:
    """What was imported for a body: the drafts of this app compare themselves with it."""
    one = _imported({agency.pk: agency}, year).get(agency.pk)
    return one.report if one else None


def years_with_reports(agencies: Iterable[Agency]) -> list[int]:
    """Years for which any report is there, the newest first."""
    keys = [agency.pk for agency in agencies]
    imported = ImportedReport.objects.filter(agency__in=keys, year__isnull=False).exclude(state=ImportedState.SET_ASIDE)
    own = AnnualReport.objects.filter(agency__in=keys).exclude(submitted_version=None, published_version=None)
    years = set(imported.values_list("year", flat=True).order_by()) | set(own.values_list("year", flat=True).order_by())
    return sorted({year for year in years if year}, reverse=True)


def _submitted(known: Mapping[int, Agency], year: int) -> dict[int, Filed]:
    rows = AnnualReport.objects.filter(agency__in=known, year=year).select_related(
        "submitted_version__report", "published_version__report"
    )
    days = _days(rows)
    found = {}
    for row in rows:
        version = row.submitted_version or row.published_version
        if version is not None:
            found[row.agency_id] = Filed(
                known[row.agency_id],
                year,
                version=version,
                on=days.get(row.pk),
                submitted=row.submitted_version_id is not None,
            )
    return found


def _days(rows: Iterable[AnnualReport]) -> dict[int, date]:
    """The day on which each was first submitted, else first published: what came later corrects it."""
    events = ReportEvent.objects.filter(report__in=rows, kind__in=[EventKind.SUBMITTED, EventKind.PUBLISHED])
    found: dict[int, tuple[bool, date]] = {}
    for key, kind, at in events.order_by("id").values_list("report_id", "kind", "at"):
        entry = (kind == EventKind.PUBLISHED, timezone.localtime(at).date())
        found[key] = min(found.get(key, entry), entry)
    return {key: day for key, (_, day) in found.items()}


def _imported(known: Mapping[int, Agency], year: int) -> dict[int, Filed]:
    """The newest import without doubts, else the newest one."""
    rows = ImportedReport.objects.filter(agency__in=known, year=year).exclude(state=ImportedState.SET_ASIDE)
    found: dict[int, Filed] = {}
    for row in rows.select_related("file__job__agency", "agency").prefetch_related("corrections").order_by("pk"):
        earlier = found.get(row.agency_id or 0)
        ready = row.state == ImportedState.READY
        if row.agency_id and (earlier is None or ready or earlier.open_doubts):
            found[row.agency_id] = Filed(known[row.agency_id], year, imported=row, on=row.published_on, submitted=True)
    return found
