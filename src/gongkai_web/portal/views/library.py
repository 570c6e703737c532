"""The policy library and the annual reports of all agencies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai_web.portal.crumbs import to_page
from gongkai_web.portal.forms import PolicyFilter, ReportFilter
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors import lists
from gongkai_web.portal.selectors.rows import page_of_rows
from gongkai_web.portal.views.pages import render
from gongkai_web.portal.views.requests import structure_of


@public_page
def policies(request: HttpRequest) -> HttpResponse:
    """政策文件库: by year, kind, validity, agency and topic."""
    tree = structure_of(request)
    items = lists.policies()
    form = PolicyFilter(request.GET, years=lists.years_of(items), agencies=tree.agencies)
    page = page_of_rows(form.apply(items), request.GET, agencies=tree, every_stamp=True)
    context = {"section": "policies", "title": "政策文件库", "crumbs": to_page("政策文件库")}
    return render(request, "portal/policies.html", {**context, "form": form, "rows": page.rows, "pager": page.pager})


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """政府信息公开工作年度报告 of every agency."""
    tree = structure_of(request)
    items = lists.annual_reports()
    form = ReportFilter(request.GET, years=lists.years_of(items), agencies=tree.agencies)
    page = page_of_rows(form.apply(items), request.GET, agencies=tree)
    context = {"section": "reports", "title": "政府信息公开年度报告", "crumbs": to_page("年度报告")}
    return render(request, "portal/reports.html", {**context, "form": form, "rows": page.rows, "pager": page.pager})
