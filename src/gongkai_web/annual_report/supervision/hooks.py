"""Addresses, menu entry and start page of the supervising office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.annual_report.models import ImportedReport, ImportedState
from gongkai_web.annual_report.supervision.roster import roster
from gongkai_web.annual_report.supervision.views import compare, findings, imports, summary
from gongkai_web.annual_report.supervision.views import roster as screens
from gongkai_web.workbench.panels import HOOK, SHOWN, Panel, Row

_BASE = "annual-reports/supervision/"


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """All screens stand below one address."""
    filing = f"{_BASE}filings/<int:pk>/<int:year>/"
    return [
        path(_BASE, screens.overview, name="annual_report_roster"),
        path(f"{_BASE}remind/", screens.remind, name="annual_report_remind"),
        path(f"{_BASE}export.xlsx", screens.export, name="annual_report_export"),
        path(filing, screens.filing, name="annual_report_filing"),
        path(f"{filing}act/", screens.filing_act, name="annual_report_filing_act"),
        path(f"{_BASE}imports/", imports.imports, name="annual_report_imports"),
        path(f"{_BASE}imports/<int:pk>/", imports.import_job, name="annual_report_import_job"),
        path(f"{_BASE}imported/<int:pk>/", imports.imported, name="annual_report_imported"),
        path(f"{_BASE}imported/<int:pk>/set-aside/", imports.set_aside, name="annual_report_imported_set_aside"),
        path(f"{_BASE}files/<int:pk>/", imports.original, name="annual_report_imported_file"),
        path(f"{_BASE}files/<int:pk>/<int:number>.png", imports.page, name="annual_report_imported_page"),
        path(f"{_BASE}findings/", findings.overview, name="annual_report_findings"),
        path(f"{_BASE}summary/", summary.overview, name="annual_report_summary"),
        path(f"{_BASE}summary/rule/", summary.rule, name="annual_report_summary_rule"),
        path(f"{_BASE}summary/joint/", summary.add_document, name="annual_report_joint_add"),
        path(f"{_BASE}summary/joint/<int:pk>/remove/", summary.remove_document, name="annual_report_joint_remove"),
        path(f"{_BASE}summary/take-over/", summary.take_over, name="annual_report_take_over"),
        path(f"{_BASE}summary/file.<slug:kind>", summary.file, name="annual_report_summary_file"),
        path(f"{_BASE}compare/", compare.compare, name="annual_report_compare"),
        path(f"{_BASE}similarity/", compare.similarity, name="annual_report_similarity"),
        path(
            f"{_BASE}similarity/<int:pk>/<int:year>/<int:other>/<int:other_year>/",
            compare.passages,
            name="annual_report_passages",
        ),
        path(f"{_BASE}ranking/", compare.ranking, name="annual_report_ranking"),
    ]


class SupervisionItem(MenuItem):
    """Shown to whoever supervises bodies below his own."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability, and only where there are members."""
        user: Any = request.user
        return (
            may_somewhere(user, Capability.SUPERVISE)
            and agencies_for(user, Capability.SUPERVISE).filter(children__isnull=False).exists()
        )


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """年报监督."""
    return SupervisionItem(
        "年报监督", reverse("annual_report_roster"), name="report-supervision", icon_name="list-ul", order=165
    )


@hooks.register(HOOK)
def filing_panel(request: HttpRequest) -> Panel | None:
    """In the first months of a year: who has not filed; imported reports that wait to be looked at."""
    user: Any = request.user
    if user.is_superuser or not may_somewhere(user, Capability.SUPERVISE):
        return None
    mine = agencies_for(user, Capability.SUPERVISE)
    root = mine.filter(children__isnull=False).order_by("path").first()
    if root is None:
        return None
    today = timezone.localdate()
    year = today.year - 1
    lines = [line for line in roster(root, year) if line.standing.is_open]
    doubtful = ImportedReport.objects.filter(file__job__agency__in=mine, state=ImportedState.DOUBTS).count()
    if not lines and not doubtful:
        return None
    waiting = Row(f"导入的报告待核对{doubtful}份", reverse("annual_report_imports"))
    rows = [
        Row(
            line.agency.name,
            reverse("annual_report_filing", args=[line.agency.pk, year]),
            line.standing.label,
            line.light,
            f"迟{line.days_late}天" if line.days_late else "",
        )
        for line in lines[:SHOWN]
    ]
    more = f"{reverse('annual_report_roster')}?agency={root.pk}&year={year}"
    return Panel(
        f"{year}年度报告未报送",
        "都已报送。",
        [*([waiting] if doubtful else []), *rows],
        more=more,
        order=15,
        total=len(lines),
    )
