"""An item's page, its print view, its tombstone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongkai_web.portal.crumbs import to_item, to_page
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors.item import ItemPage, Tombstone, item_page
from gongkai_web.portal.selectors.structure import Structure, application_url, column_url
from gongkai_web.portal.views.article import Article
from gongkai_web.portal.views.pages import render
from gongkai_web.portal.views.requests import structure_of


@public_page
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item with its metadata, text, attachments, interpretations and validity."""
    return _answer(request, pk, "portal/item.html")


@public_page
def item_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The item as a sheet of paper."""
    return _answer(request, pk, "portal/item_print.html")


def _answer(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    tree = structure_of(request)
    found = item_page(pk, agencies=tree)
    if found is None:
        raise Http404("没有找到这件信息。网址可能不完整，请检索标题或文号。")
    if isinstance(found, Tombstone):
        return _gone(request, tree, found)
    return render(request, template, _context(request, tree, found))


def _context(request: HttpRequest, tree: Structure, page: ItemPage) -> dict[str, object]:
    columns = tree.columns(page.agency)
    parent = columns.by_pk.get(page.column.parent_id or 0) if page.column else None
    return {
        "page": page,
        "agency": page.agency,
        "column": page.column,
        "column_url": column_url(page.agency, page.column) if page.column else "",
        "application_url": application_url(tree, page.agency),
        "crumbs": to_item(page.agency, page.column, parent),
        "article": Article.of(page, address=request.build_absolute_uri(page.item.url)),
        "section": "agencies",
        "title": page.item.title,
    }


def _gone(request: HttpRequest, tree: Structure, stone: Tombstone) -> HttpResponse:
    """410: the address was right, what stood there has been taken back for the reason given."""
    context = {
        "stone": stone,
        "agency": stone.agency,
        "title": "信息已撤回",
        "crumbs": to_page("信息已撤回"),
        "application_url": application_url(tree, stone.agency),
    }
    return render(request, "portal/tombstone.html", context, status=410)
