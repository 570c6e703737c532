"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.proactive import figures_hooks, views, viewsets  # noqa: F401  # registers its own hooks

register_snippet(viewsets.ColumnViewSet)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Sets of columns, stale columns."""
    return [
        path("column-sets/", views.column_sets, name="proactive_sets"),
        path("stale-columns/", views.stale, name="proactive_stale"),
    ]


class ColumnSetsItem(MenuItem):
    """Shown to whoever keeps columns."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.MANAGE_COLUMNS)


@hooks.register("register_admin_menu_item")
def column_sets_item() -> MenuItem:
    """标准栏目集."""
    return ColumnSetsItem("标准栏目集", reverse("proactive_sets"), name="sets", icon_name="clipboard-list", order=165)
