"""The reports that a person may see, by year; opening one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, agencies_for, limit
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.models.report import FIRST_YEAR
from gongkai_web.annual_report.selectors.deadline import deadline_of
from gongkai_web.annual_report.services.draft import open_report
from gongkai_web.annual_report.views.common import crumbs, person, require_somewhere

PER_PAGE = 40


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Every report of the agencies that the person may read, the newest year first."""
    require_somewhere(request, Capability.READ)
    user = person(request)
    rows = limit(AnnualReport.objects.select_related("agency", "published_version"), user, Capability.READ)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    editable = agencies_for(user, Capability.EDIT_REPORT)
    context: dict[str, Any] = {
        "page": page,
        "rows": [(row, deadline_of(row.agency, row.year)) for row in page.object_list],
        "editable": editable,
        "chosen": editable.filter(pk=user.home_id or 0).first(),
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "usual": today.year - 1 if today.month <= 6 else today.year,
        "crumbs": [*crumbs()[:-1], {"url": "", "label": "年度报告"}],
    }
    return render(request, "annual_report/list.html", context)


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Go to the agency's report for the year; it is made when there is none."""
    require_somewhere(request, Capability.EDIT_REPORT)
    wanted, year = request.POST.get("agency", ""), request.POST.get("year", "")
    if not (wanted.isascii() and wanted.isdigit() and year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404
    agency = agencies_for(person(request), Capability.EDIT_REPORT).filter(pk=wanted).first()
    if agency is None:
        raise Http404
    try:
        report = open_report(agency, int(year), by=person(request))
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return redirect("annual_report_list")
    return redirect("annual_report_edit", report.pk)
