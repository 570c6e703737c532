"""Home, help, the map of the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai_web.portal.crumbs import to_page
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors import lists, overview
from gongkai_web.portal.selectors.rows import newest, public_items
from gongkai_web.portal.selectors.structure import application_url
from gongkai_web.portal.views.pages import render
from gongkai_web.portal.views.requests import structure_of

_NEWEST = _POLICIES = 8
_AGENCY_DEPTH = 1
"""The home page names the government and its departments; units below them stand on 公开机关."""


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The first page: search, what is new, policies, agencies."""
    agencies = structure_of(request)
    tallies = overview.tallies_by_agency()
    context = {
        "section": "home",
        "root": agencies.root,
        "application_url": application_url(agencies, agencies.root) if agencies.root else "",
        "newest": newest(public_items(), _NEWEST, agencies=agencies),
        "policies": newest(lists.policies(), _POLICIES, agencies=agencies, every_stamp=True),
        "figures": overview.figures(agencies, tallies),
        "agencies": [(a, tallies.get(a.pk)) for a in agencies.agencies if a.depth <= _AGENCY_DEPTH and a.is_active()],
    }
    return render(request, "portal/home.html", context)


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """How to find, read, print, follow and ask."""
    return render(request, "portal/help.html", {"section": "help", "title": "使用帮助", "crumbs": to_page("使用帮助")})


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """Every part of the site on one page."""
    agencies = structure_of(request)
    context = {
        "section": "site_map",
        "title": "网站地图",
        "crumbs": to_page("网站地图"),
        "agencies": agencies.agencies,
        "columns": agencies.columns(agencies.root) if agencies.root else None,
        "root": agencies.root,
    }
    return render(request, "portal/site_map.html", context)
