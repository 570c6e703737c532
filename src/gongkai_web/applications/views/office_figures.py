"""Tables 三 and 四 of an agency and a year, each cell with its cases, and the proof of what was carried over."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.applications import ApplicantType
from gongkai.applications.cells import FIRST_YEAR, form_of
from gongkai.applications.course import UNVERIFIED
from gongkai.applications.details import RemedyGroup, RemedyResult
from gongkai.applications.figures import cell_paths
from gongkai.law.outcomes import Outcome, outcome, outcome_keys
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability
from gongkai_web.applications.selectors.figures import carry, cases_in, table3
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_case import urgency_of

PER_PAGE = 50
_ENDS = {
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "total": "（七）总计",
    "carried_out": "四、结转下年度继续办理",
}
_PENDING = {**{one.value: one.label for one in RemedyResult}, "pending": "尚未审结", "total": "总计"}


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The two tables as the form has them."""
    agency, agencies = access.agency_of(request, Capability.READ_APPLICATIONS)
    year = _year(request)
    context = {
        "agency": agency,
        "agencies": agencies,
        "year": year,
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "columns": [one.label for one in ApplicantType] + ["总计"],
        "rows": _rows(agency, year) if agency else [],
        "remedies": _remedies(agency, year) if agency else [],
        "remedy_columns": list(_PENDING.values()),
        "carry": carry(agency, year) if agency and year > FIRST_YEAR else [],
        "kinds": {**{one.value: one.label for one in ApplicantType}, "total": "总计"},
        "unverified": list(UNVERIFIED.values()),
        "crumbs": access.crumbs(("表三、表四", "")),
    }
    return render(request, "applications/office/figures.html", context)


@require_GET
def figure_cases(request: HttpRequest) -> HttpResponse:
    """The cases in one cell."""
    agency, _ = access.agency_of(request, Capability.READ_APPLICATIONS)
    year, path = _year(request), request.GET.get("path", "")
    if agency is None or path not in cell_paths(year):
        raise Http404
    cases = (
        cases_in(agency, year, path).select_related("applicant", "assignee", "office", "agency").defer("description")
    )
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    back = f"{reverse('applications_figures')}?agency={agency.pk}&year={year}"
    context = {
        "agency": agency,
        "year": year,
        "path": path,
        "label": label_of(path, year),
        "page": page,
        "entries": [(case, urgency_of(case, today=today)) for case in page.object_list],
        "crumbs": access.crumbs(("表三、表四", back), (label_of(path, year), "")),
    }
    return render(request, "applications/office/figure_cases.html", context)


def label_of(path: str, year: int) -> str:
    """A cell in the words of the form."""
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    if table == "remedies":
        return f"{RemedyGroup(row).label}　{_PENDING[column]}"
    kind = "总计" if column == "total" else ApplicantType(column).label
    return f"{dict(_row_labels(year))[row]}　{kind}"


def _row_labels(year: int) -> list[tuple[str, str]]:
    """The rows of 表三 of that year's form, with their words."""
    form, on = form_of(year), timezone.localdate().replace(year=max(year, 2021), month=12, day=31)
    results: dict[str, str] = {}
    for key in outcome_keys():
        found = outcome(key, on=on)
        row = found.row(form)
        results.setdefault(row, _row_label(found) if row == key else f"{found.ordinal[:3]}{found.group}")
    ends = list(_ENDS.items())
    return [*ends[:2], *results.items(), *ends[2:]]


def _row_label(found: Outcome) -> str:
    """（三）不予公开　1.属于国家秘密."""
    if not found.group:
        return f"{found.ordinal}{found.label}"
    return f"{found.ordinal[:3]}{found.group}　{found.ordinal[3:]}.{found.label}"


def _rows(agency: Agency, year: int) -> list[dict[str, Any]]:
    counts = table3(agency, year)
    columns = [kind.value for kind in ApplicantType] + ["total"]
    return [
        {
            "label": label,
            "ends": row in _ENDS,
            "cells": [_cell(f"applications.{row}.{column}", counts) for column in columns],
        }
        for row, label in _row_labels(year)
    ]


def _remedies(agency: Agency, year: int) -> list[dict[str, Any]]:
    counts = table3(agency, year)
    groups = [group for group in RemedyGroup if group is not RemedyGroup.COMPLAINT]
    return [
        {"label": group.label, "cells": [_cell(f"remedies.{group.value}.{column}", counts) for column in _PENDING]}
        for group in groups
    ]


def _cell(path: str, counts: dict[str, int]) -> tuple[str, int]:
    return path, counts.get(path, 0)


def _year(request: HttpRequest) -> int:
    """The year asked for, else the present one; within what the forms cover."""
    told, now = request.GET.get("year", ""), timezone.localdate().year
    year = int(told) if access.is_number(told) and len(told) == 4 else now
    return min(max(year, FIRST_YEAR), now)
