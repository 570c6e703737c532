"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.annual_report import admin_urls
from gongkai_web.annual_report.models import AnnualReport, ReportState
from gongkai_web.annual_report.selectors.deadline import deadline_of
from gongkai_web.annual_report.supervision import hooks as _supervision  # noqa: F401  # registers its own screens
from gongkai_web.workbench.panels import HOOK, SHOWN, Panel, Row

_PANEL_FROM_MONTH, _PANEL_UNTIL_MONTH = 12, 3
"""From December, when the year's figures settle, to the end of March, when the governments are due."""


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """The reports of the agencies."""
    return admin_urls.urlpatterns


class ReportsItem(MenuItem):
    """Shown to whoever reads an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ)


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """年度报告."""
    return ReportsItem(
        "年度报告", reverse("annual_report_list"), name="annual-reports", icon_name="doc-full", order=175
    )


@hooks.register(HOOK)
def report_panel(request: HttpRequest) -> Panel | None:
    """In the season of the reports: where mine stand, and when they are due."""
    user: Any = request.user
    today = timezone.localdate()
    in_season = today.month >= _PANEL_FROM_MONTH or today.month <= _PANEL_UNTIL_MONTH
    if user.is_superuser or not in_season or not may_somewhere(user, Capability.EDIT_REPORT):
        return None
    year = today.year if today.month >= _PANEL_FROM_MONTH else today.year - 1
    agencies = agencies_for(user, Capability.EDIT_REPORT)
    standing = {row.agency_id: row for row in AnnualReport.objects.filter(agency__in=agencies, year=year)}
    rows = []
    for agency in agencies[:SHOWN]:
        row, deadline = standing.get(agency.pk), deadline_of(agency, year)
        submitted = row is not None and row.state == ReportState.SUBMITTED
        rows.append(
            Row(
                f"{agency.short_name}{year}年年度报告",
                reverse("annual_report_edit", args=[row.pk]) if row else reverse("annual_report_list"),
                row.get_state_display() if row else "未建立",
                "" if submitted or deadline is None else deadline.light.value,
                deadline.sentence if deadline and not submitted else "",
            )
        )
    return Panel("年度报告", rows=rows, more=reverse("annual_report_list"), order=3, total=None)
