"""An item's page, its print view, its tombstone."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai_web.portal import chrome
from gongkai_web.portal.crumbs import to_item, to_page
from gongkai_web.portal.item_html import article
from gongkai_web.portal.meta import Article
from gongkai_web.portal.preferences import Display
from gongkai_web.portal.public import origin, public_page
from gongkai_web.portal.selectors.guide import telephone
from gongkai_web.portal.selectors.item import ItemPage, Tombstone, item_page
from gongkai_web.portal.selectors.structure import Structure, application_url, column_url, site_name
from gongkai_web.portal.shell import Shell, Shells, hole
from gongkai_web.portal.views.pages import render
from gongkai_web.portal.views.requests import structure_of

_shells = Shells(limit=1000)


@public_page
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item with its metadata, text, attachments, interpretations and validity."""
    tree = structure_of(request)
    page = _found(request, tree, pk)
    if isinstance(page, HttpResponse):
        return page
    written = _shell(request, tree, page).fill(
        {
            "title": escape(page.item.title),
            "meta": _article(request, page).html(),
            "here": quote(request.get_full_path(), safe="/"),
            "main": article(
                page,
                column_url=column_url(page.agency, page.column) if page.column else "",
                application_url=application_url(tree, page.agency),
            ),
        }
    )
    return HttpResponse(written)


@public_page
def item_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The item as a sheet of paper."""
    page = _found(request, structure_of(request), pk)
    if isinstance(page, HttpResponse):
        return page
    context = {"page": page, "article": _article(request, page), "title": page.item.title}
    return render(request, "portal/item_print.html", {**context, "agency": page.agency, "column": page.column})


def _found(request: HttpRequest, tree: Structure, pk: int) -> ItemPage | HttpResponse:
    """The item, or the page that says that it was withdrawn. Raises: `Http404` for what was never public."""
    found = item_page(pk, agencies=tree)
    if found is None:
        raise Http404("没有找到这件信息。网址可能不完整，请检索标题或文号。")
    return _gone(request, tree, found) if isinstance(found, Tombstone) else found


def _article(request: HttpRequest, page: ItemPage) -> Article:
    return Article.of(page, address=origin(request) + page.item.url)


def _shell(request: HttpRequest, tree: Structure, page: ItemPage) -> Shell:
    """The page around the item; it is the same for all items of the column."""
    display, column = str(Display.of(request)), page.column.pk if page.column else 0
    key = (tree.version, page.agency.pk, column, origin(request), display, site_name())
    return _shells.get(key, lambda: render_to_string("portal/item.html", _around(request, tree, page)))


def _around(request: HttpRequest, tree: Structure, page: ItemPage) -> dict[str, Any]:
    parent = tree.columns(page.agency).by_pk.get(page.column.parent_id or 0) if page.column else None
    return {
        "frame": chrome.frame(request, agency=page.agency, here=hole("here")),
        "column": page.column,
        "crumbs": to_item(page.agency, page.column, parent),
        "section": "agencies",
        **{name: hole(name) for name in ("title", "meta", "main")},
    }


def _gone(request: HttpRequest, tree: Structure, stone: Tombstone) -> HttpResponse:
    """410: the address was right, what stood there has been taken back for the reason given."""
    context = {
        "stone": stone,
        "agency": stone.agency,
        "title": "信息已撤回",
        "crumbs": to_page("信息已撤回"),
        "application_url": application_url(tree, stone.agency),
        "telephone": telephone(stone.agency.phone),
    }
    return render(request, "portal/tombstone.html", context, status=410)
