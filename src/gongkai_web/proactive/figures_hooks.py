"""What the figures of table 2 put into Wagtail's admin; imported by `wagtail_hooks`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.proactive import figures_views
from gongkai_web.proactive.figures_selectors import pressing, unpublished_decisions
from gongkai_web.proactive.figures_viewsets import DecisionViewSet, FigureViewSet
from gongkai_web.workbench.panels import HOOK, SHOWN, Panel, Row

register_snippet(FigureViewSet)
register_snippet(DecisionViewSet)


@hooks.register("register_admin_urls")
def figure_addresses() -> list[URLPattern]:
    """The table, the clocks."""
    return [
        path("table2/", figures_views.table2, name="proactive_table2"),
        path("double-publicity/", figures_views.decisions, name="proactive_decisions"),
    ]


class FiguresItem(MenuItem):
    """Shown to whoever reads an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ)


@hooks.register("register_admin_menu_item")
def table2_item() -> MenuItem:
    """表二数据."""
    return FiguresItem("表二数据", reverse("proactive_table2"), name="table2", icon_name="table", order=170)


@hooks.register("register_admin_menu_item")
def decisions_item() -> MenuItem:
    """双公示."""
    return FiguresItem("双公示", reverse("proactive_decisions"), name="decisions", icon_name="form", order=172)


@hooks.register(HOOK)
def decisions_panel(request: HttpRequest) -> Panel | None:
    """Decisions whose 7 workdays run out; nothing while none does."""
    user: Any = request.user
    if not may_somewhere(user, Capability.DRAFT) or user.is_superuser:
        return None
    due = pressing(unpublished_decisions(user))
    if not due:
        return None
    rows = [
        Row(
            str(entry.decision),
            chip=entry.clock.light.label,
            light=entry.clock.light.value,
            remark=entry.clock.sentence,
        )
        for entry in due[:SHOWN]
        if entry.clock is not None
    ]
    return Panel("双公示临期和逾期", rows=rows, more=reverse("proactive_decisions"), order=12, total=len(due))
