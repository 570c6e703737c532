"""The screen of counts and its table to take away."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.information.counting import ATTRIBUTES, CountRow, by_agency, by_column, by_year, sum_of, years_of
from gongkai_web.information.models import InformationItem
from gongkai_web.workbench.scoping import admin_url_name


@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """By attribute and year, and by column of one agency or by agency; each number leads to its items."""
    agencies, agency, year = _asked(request)
    chosen = agencies.filter(pk=agency.pk) if agency else agencies
    rows = by_column(agency, year=year) if agency else by_agency(agencies, year=year)
    years = by_year(chosen)
    context = {
        "agencies": agencies.order_by("path"),
        "agency": agency,
        "year": year,
        "years": years_of(agencies),
        "tables": [
            _table("按年份和公开属性", "形成年份", years, agency),
            _table("按栏目和公开属性" if agency else "按机构和公开属性", "栏目" if agency else "机构", rows, agency),
        ],
        "attributes": [attribute.label for attribute in ATTRIBUTES],
        "query": request.GET.urlencode(),
        "crumbs": [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": "公开统计"}],
    }
    return render(request, "information/counts.html", context)


@require_GET
def counts_table(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    agencies, agency, year = _asked(request)
    chosen = agencies.filter(pk=agency.pk) if agency else agencies
    rows = by_column(agency, year=year) if agency else by_agency(agencies, year=year)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"公开统计{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.write("\ufeff")
    writer = csv.writer(response)
    for heading, found in (("形成年份", by_year(chosen)), ("栏目" if agency else "机构", rows)):
        writer.writerow([heading, *(attribute.label for attribute in ATTRIBUTES), "合计", "其中已公开"])
        writer.writerows([row.label, *row.numbers, row.total, row.public] for row in [*found, sum_of(found)])
        writer.writerow([])
    return response


def _asked(request: HttpRequest) -> tuple[Any, Agency | None, int | None]:
    """The person's agencies, the one chosen (a sole one by itself), the year of forming."""
    if not may_somewhere(request.user, Capability.READ):
        raise PermissionDenied
    agencies = agencies_for(request.user, Capability.READ)
    key, year = request.GET.get("agency", ""), request.GET.get("year", "")
    agency = agencies.filter(pk=key).first() if key.isdigit() else None
    if agency is None and agencies.count() == 1:
        agency = agencies.get()
    return agencies, agency, int(year) if year.isdigit() and len(year) <= 4 else None  # a year


def _table(title: str, heading: str, rows: Sequence[CountRow], agency: Agency | None) -> dict[str, Any]:
    lines = [(row, _linked(row, agency)) for row in rows]
    return {"title": title, "heading": heading, "lines": lines, "sum": sum_of(rows)}


def _linked(row: CountRow, agency: Agency | None) -> list[tuple[int, str]]:
    """Each number with the address of the list of exactly these items; none for a zero."""
    listing = reverse(admin_url_name(InformationItem, "list"))
    base = {**({"agency": agency.pk} if agency else {}), **row.filters, "standing": "kept"}
    asked = [{**base, "attribute": attribute.value} for attribute in ATTRIBUTES] + [base, {**base, "standing": "live"}]
    numbers = [*row.numbers, row.total, row.public]
    pairs = zip(numbers, asked, strict=True)
    return [(number, f"{listing}?{urlencode(filters)}" if number else "") for number, filters in pairs]
