"""The pager of the back office's lists: one look, addresses that keep whatever narrows the list."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest

register = template.Library()


@register.inclusion_tag("workbench/pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Page[Any]) -> dict[str, object]:
    """Links to the page before and after under `?page=`; nothing where there is one page only."""
    request: HttpRequest = context["request"]
    return {
        "page": page,
        "before": _address(request, page.number - 1) if page.has_previous() else "",
        "after": _address(request, page.number + 1) if page.has_next() else "",
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
