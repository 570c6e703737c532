"""The menu of the back office as plain links, for browsers that run no scripts (Wagtail's own menu is one)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.admin.menu import Menu, SubmenuMenuItem, admin_menu

register = template.Library()


@dataclass(frozen=True)
class PlainEntry:
    """A link of the menu; `current` when the page shown lies below its address."""

    label: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def plain_menu(context: dict[str, Any]) -> list[PlainEntry]:
    """Every entry that the person may use, submenus unfolded, in the menu's own order."""
    request: HttpRequest = context["request"]
    return _entries(admin_menu, request)


def _entries(menu: Menu, request: HttpRequest) -> list[PlainEntry]:
    found: list[PlainEntry] = []
    for item in sorted(menu.menu_items_for_request(request), key=lambda entry: entry.order):
        if isinstance(item, SubmenuMenuItem):
            found += _entries(item.menu, request)
        else:
            found.append(PlainEntry(str(item.label), item.url, request.path.startswith(item.url)))
    return found
