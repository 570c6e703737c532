"""The records behind a figure, page by page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.annual_report.naming import place_label
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.selectors.cells import computed
from gongkai_web.annual_report.sources import Figure, families, source
from gongkai_web.annual_report.views.common import crumbs, person, report_at
from gongkai_web.audit.services import record

PER_PAGE = 50
_CASES = ("applications.", "remedies.")


@require_GET
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """`?key=`: a cell path or the key of a figure. Whoever opens cases has to be allowed to read them."""
    report = report_at(request, pk)
    key = request.GET.get("key", "")
    if key.startswith(_CASES) and not can(person(request), Capability.READ_APPLICATIONS, report):
        raise PermissionDenied
    name, figure = _figure(report, key)
    if figure is None or figure.records is None:
        raise Http404
    if key.startswith(_CASES):
        record("annual_report.records_read", obj=report, details={"cell": key})
    page = Paginator(range(figure.count), PER_PAGE).get_page(request.GET.get("page"))
    offset = (page.number - 1) * PER_PAGE
    context: dict[str, Any] = {
        "report": report,
        "name": name,
        "figure": figure,
        "lines": list(figure.records(offset, PER_PAGE)),
        "offset": offset,
        "page": page,
        "crumbs": crumbs(
            (f"{report.agency.short_name}{report.year}年", reverse("annual_report_edit", args=[pk])), ("记录", "")
        ),
    }
    return render(request, "annual_report/records.html", context)


def _figure(report: AnnualReport, key: str) -> tuple[str, Figure | None]:
    form = report.format
    if key in form.cells:
        return place_label(key, form), computed(report.agency, report.year, form).get(key)
    one = source(key)
    if one is not None:
        return one.name, one.compute(report.agency, report.year)
    for family in families():
        if key.startswith(f"{family.key}."):
            for member in family.compute(report.agency, report.year):
                if member.key == key:
                    return member.name, member.figure
    return "", None
