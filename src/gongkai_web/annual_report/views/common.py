"""What the views of reports share: the report at the address, the person, crumbs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, can, limit, may_somewhere
from gongkai_web.annual_report.models import AnnualReport


def person(request: HttpRequest) -> User:
    """Who asks; the back office has let nobody else in."""
    user: Any = request.user
    found: User = user
    return found


def report_at(request: HttpRequest, pk: int, capability: Capability = Capability.READ) -> AnnualReport:
    """The report, if the person holds the capability in its agency.

    Raises: `Http404` for one he may not even read; `PermissionDenied` for one he may read only.
    """
    user = person(request)
    reports = limit(AnnualReport.objects.select_related("agency", "item"), user, Capability.READ)
    report = reports.filter(pk=pk).first()
    if report is None:
        raise Http404
    if not can(user, capability, report):
        raise PermissionDenied
    return report


def require_somewhere(request: HttpRequest, capability: Capability) -> None:
    """Raises: `PermissionDenied`."""
    if not may_somewhere(person(request), capability):
        raise PermissionDenied


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """工作台 › 年度报告 › …: pairs of label and address."""
    first = [("工作台", reverse("wagtailadmin_home")), ("年度报告", reverse("annual_report_list"))]
    return [{"url": url, "label": label} for label, url in (*first, *steps)]
