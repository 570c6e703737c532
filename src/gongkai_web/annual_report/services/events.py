"""The one way in which something happens to a report: an event, a line in the log, the state that follows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai_web.accounts.models import Agency, User
from gongkai_web.annual_report.models import AnnualReport, EventKind, ReportEvent, ReportState, ReportVersion
from gongkai_web.audit.services import record

_STATE_AFTER = {
    EventKind.OPENED: ReportState.DRAFT,
    EventKind.FROZEN: ReportState.FROZEN,
    EventKind.SENT: ReportState.IN_REVIEW,
    EventKind.REOPENED: ReportState.DRAFT,
    EventKind.GIVEN_BACK: ReportState.RETURNED,
    EventKind.PUBLISHED: ReportState.PUBLISHED,
    EventKind.SUBMITTED: ReportState.SUBMITTED,
    EventKind.RETURNED: ReportState.RETURNED,
    EventKind.CORRECTED: ReportState.DRAFT,
}
"""Acceptance changes no state: the report stays submitted."""


def happen(  # noqa: PLR0913  # an event is its facts
    report: AnnualReport,
    kind: EventKind,
    *,
    by: User | None,
    version: ReportVersion | None = None,
    to_agency: Agency | None = None,
    comment: str = "",
    details: dict[str, Any] | None = None,
) -> ReportEvent:
    """Write the event and the state that follows from it; the caller holds the transaction and the row's lock."""
    event: ReportEvent = ReportEvent.objects.create(
        report=report,
        kind=kind,
        version=version,
        by=by,
        to_agency=to_agency,
        comment=comment.strip(),
        at=timezone.now(),
    )
    report.state = _STATE_AFTER.get(kind, ReportState(report.state))
    if kind is EventKind.PUBLISHED:
        report.published_version = version
    if kind is EventKind.SUBMITTED:
        report.submitted_version = version
    report.save(update_fields=["state", "published_version", "submitted_version", "updated_at"])
    facts = {"year": report.year, **({"version": version.number} if version else {}), **(details or {})}
    record(f"annual_report.{kind.value}", obj=report, actor=by, details=facts)
    return event
