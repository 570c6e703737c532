"""The platform's agencies, and the 政府信息公开 area of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.portal import navigation
from gongkai_web.portal.crumbs import to_agency, to_column, to_page
from gongkai_web.portal.forms import ListFilter
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors import guide, lists, overview
from gongkai_web.portal.selectors.application import time_limits
from gongkai_web.portal.selectors.rows import newest, page_of_rows
from gongkai_web.portal.selectors.structure import Structure, application_url, column_url
from gongkai_web.portal.views.pages import render
from gongkai_web.portal.views.requests import agency_or_404, column_or_404, structure_of
from gongkai_web.proactive.models import Column

_NEWEST = 8


@public_page
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency of the platform with what it has published."""
    tree = structure_of(request)
    tallies = overview.tallies_by_agency()
    context = {
        "section": "agencies",
        "title": "公开机关",
        "crumbs": to_page("公开机关"),
        "rows": [(agency, tallies.get(agency.pk)) for agency in tree.agencies],
    }
    return render(request, "portal/agencies.html", context)


@public_page
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The agency's area with the unified blocks. Source: 国办公开办函〔2019〕61号."""
    tree = structure_of(request)
    found = agency_or_404(tree, slug)
    columns = tree.columns(found)
    context = {
        **_area(tree, found),
        "title": f"{found.name} 政府信息公开",
        "crumbs": to_agency(found),
        "tallies": overview.tallies_by_column(columns),
        "newest": newest(lists.of_agency(found), _NEWEST, agencies=tree, say_agency=False),
        "office": guide.office_of(found),
        "chart": overview.years_chart(found),
    }
    return render(request, "portal/agency.html", context)


@public_page
def column(request: HttpRequest, slug: str, column_slug: str) -> HttpResponse:
    """A column: the guide, the entrance for applications, or a list."""
    tree = structure_of(request)
    found = agency_or_404(tree, slug)
    shown = column_or_404(tree, found, column_slug)
    parent = tree.columns(found).by_pk.get(shown.parent_id or 0)
    context = {
        **_area(tree, found),
        "column": shown,
        "title": f"{shown.name} - {found.name}",
        "crumbs": to_column(found, shown, parent),
    }
    kind = ColumnKind(shown.kind)
    if kind is ColumnKind.GUIDE:
        return _guide(request, tree, context)
    if kind is ColumnKind.APPLICATION:
        return _application(request, context)
    return _list(request, tree, context)


def _guide(request: HttpRequest, tree: Structure, context: dict[str, Any]) -> HttpResponse:
    found: Agency = context["agency"]
    shown = guide.guide_of(found, tree.columns(found), context["column"])
    return render(
        request, "portal/guide.html", {**context, "guide": shown, "application_url": application_url(tree, found)}
    )


def _application(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    more = {
        "office": guide.office_of(context["agency"]),
        "steps": time_limits(),
        "apply_url": _apply_url(context["agency"]),
        "track_url": navigation.address("applications:track"),
    }
    return render(request, "portal/application.html", {**context, **more})


def _apply_url(agency: Agency) -> str:
    """The form of this agency; empty where nobody can apply online."""
    address = navigation.address("applications:apply")
    return f"{address}?{urlencode({'agency': agency.slug})}" if address else ""


def _list(request: HttpRequest, tree: Structure, context: dict[str, Any]) -> HttpResponse:
    items = lists.in_column(tree.columns(context["agency"]), context["column"])
    form = ListFilter(request.GET, years=lists.years_of(items))
    page = page_of_rows(form.apply(items), request.GET, agencies=tree, say_agency=False, summaries=True)
    return render(request, "portal/column.html", {**context, "form": form, "rows": page.rows, "pager": page.pager})


@dataclass(frozen=True)
class MenuEntry:
    """A column in the side menu."""

    column: Column
    url: str
    children: tuple[MenuEntry, ...] = ()


def _area(tree: Structure, found: Agency) -> dict[str, Any]:
    """What every page of an agency's area shows beside its own content."""
    columns = tree.columns(found)

    def entry(shown: Column) -> MenuEntry:
        children = tuple(entry(child) for child in columns.children.get(shown.pk, ()))
        return MenuEntry(shown, column_url(found, shown), children)

    return {
        "section": "agencies",
        "agency": found,
        "menu": [entry(top) for top in columns.top],
        "below": tree.children(found),
    }
