"""What the portal shows of a report, and that the report knows when it is shown."""

from __future__ import annotations

from django.db import transaction

from gongkai_web.annual_report.models import AnnualReport, EventKind, ReportVersion
from gongkai_web.annual_report.services.events import happen
from gongkai_web.information.models import InformationItem
from gongkai_web.portal import versions


@transaction.atomic
def note_published(item: InformationItem) -> AnnualReport | None:
    """After an item went live: if it is a report's, the report is published in the version whose files it carries."""
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").filter(item=item).first()
    if report is None:
        return None
    version = _version_shown(report, item)
    if version is None or report.published_version_id == version.pk:
        return None
    happen(report, EventKind.PUBLISHED, by=None, version=version)
    versions.bump(versions.CONTENT)  # a page of the statistics may have been built since the item went live
    return report


@transaction.atomic
def note_withdrawn(item: InformationItem) -> AnnualReport | None:
    """After a report's item was taken back: nothing of it is published any more and the draft is open again."""
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").filter(item=item).first()
    if report is None or report.published_version is None:
        return None
    version, report.published_version = report.published_version, None
    reason = f"公开的报告已撤回：{item.withdrawal_reason}"
    happen(report, EventKind.CORRECTED, by=item.withdrawn_by, version=version, comment=reason)
    versions.bump(versions.CONTENT)
    return report


def _version_shown(report: AnnualReport, item: InformationItem) -> ReportVersion | None:
    shown = set(item.attachments.values_list("sha256", flat=True))
    for version in report.versions.order_by("-number").prefetch_related("files"):
        if {file.sha256 for file in version.files.all()} & shown:
            found: ReportVersion = version
            return found
    return None
