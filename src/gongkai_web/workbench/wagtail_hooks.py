"""The start page and the menu of the back office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai_web.workbench.middleware import is_platform_only
from gongkai_web.workbench.panels import HOOK, OWN, panels_for

for function in OWN:
    hooks.register(HOOK, function)

# Wagtail's own entries that have no use here: pages are not what this product publishes.
_UNUSED = {"explorer", "reports", "snippets", "help", "images"}


class WorkbenchPanels(Component):
    """All panels of the start page."""

    template_name = "workbench/panels.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """For the person who asks."""
        return {"panels": panels_for(parent_context["request"])}


@hooks.register("construct_homepage_panels")
def start_page(request: HttpRequest, panels: list[Component]) -> None:
    """The workbench instead of Wagtail's panels, which are about pages."""
    panels[:] = [WorkbenchPanels()]


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hides what belongs to pages; the addresses behind it are closed by the middleware."""
    menu_items[:] = [entry for entry in menu_items if entry.name not in _UNUSED]


@hooks.register("construct_settings_menu")
def no_way_to_what_is_closed(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own users, groups and collections are for platform administrators; agencies have 人员 and 任职."""
    if not request.user.is_superuser:
        menu_items[:] = [entry for entry in menu_items if not is_platform_only(entry.url)]


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """Fonts and colours of the back office on Wagtail's own screens as well; forms that open without scripts."""
    return format_html(
        '<link rel="stylesheet" href="{}"><noscript><link rel="stylesheet" href="{}"></noscript>',
        static("workbench/workbench.css"),
        static("workbench/no_scripts.css"),
    )
