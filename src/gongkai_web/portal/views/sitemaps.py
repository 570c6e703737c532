"""sitemap.xml for search engines, in parts by primary key: a part costs the same at a thousand and a million items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai_web.portal import navigation
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors.rows import item_url, public_items
from gongkai_web.portal.selectors.structure import Structure, agency_url, column_url
from gongkai_web.portal.views.requests import structure_of

PART = 10_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES = ("portal:home", "portal:agencies", "portal:policies", "portal:reports", "portal:site_map", "portal:help")
_PAGES_OF_OTHERS = ("statistics:overview", "api:api-root")


@public_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of parts: fixed pages first, then items."""
    highest = public_items().order_by("-pk").values_list("pk", flat=True).first() or 0
    parts = [reverse("portal:sitemap_pages")]
    parts += [reverse("portal:sitemap_items", args=[part]) for part in range(highest // PART + 1)]
    entries = "".join(f"<sitemap><loc>{_absolute(request, part)}</loc></sitemap>" for part in parts)
    return _xml(f"<sitemapindex {_NAMESPACE}>{entries}</sitemapindex>")


@public_page
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Fixed pages, agencies and their columns."""
    others = filter(None, map(navigation.address, _PAGES_OF_OTHERS))
    addresses = [*(reverse(name) for name in _PAGES), *others, *_agency_addresses(structure_of(request))]
    return _urls(request, ((address, None) for address in addresses))


@public_page
def sitemap_items(request: HttpRequest, part: int) -> HttpResponse:
    """Items whose primary key falls into the part."""
    items = public_items().filter(pk__gte=part * PART, pk__lt=(part + 1) * PART).order_by("pk")
    rows = list(items.values_list("pk", "published_on"))
    if not rows and part:
        raise Http404("网站地图没有这一部分。")
    return _urls(request, ((item_url(pk), day) for pk, day in rows))


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are welcome on public pages."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /accounts/", "Disallow: /display/"]
    sitemap = request.build_absolute_uri(reverse("portal:sitemap"))
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type="text/plain; charset=utf-8")


def _agency_addresses(agencies: Structure) -> Iterator[str]:
    for agency in agencies.agencies:
        yield agency_url(agency)
        yield from (column_url(agency, column) for column in agencies.columns(agency))


def _urls(request: HttpRequest, entries: Iterable[tuple[str, date | None]]) -> HttpResponse:
    base = _absolute(request, "/").rstrip("/")
    body = "".join(
        f"<url><loc>{base}{escape(address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for address, day in entries
    )
    return _xml(f"<urlset {_NAMESPACE}>{body}</urlset>")


def _absolute(request: HttpRequest, address: str) -> str:
    return escape(request.build_absolute_uri(address))


def _xml(body: str) -> HttpResponse:
    return HttpResponse(_HEAD + body, content_type="application/xml; charset=utf-8")
