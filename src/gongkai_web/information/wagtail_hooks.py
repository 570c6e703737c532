"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.information import admin_urls, viewsets
from gongkai_web.information.chain_views import ChainViewSet
from gongkai_web.information.files import check_access
from gongkai_web.information.models import AgencyDocument, InformationItem, MediaPost
from gongkai_web.workbench.scoping import admin_url_name

for viewset in (
    viewsets.ItemViewSet,
    viewsets.RecordViewSet,
    viewsets.PostViewSet,
    viewsets.InterpretationViewSet,
    ChainViewSet,
):
    register_snippet(viewset)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Review, withdrawal, the register's events."""
    return admin_urls.urlpatterns


@hooks.register("register_admin_menu_item")
def queue_item() -> MenuItem:
    """待我签审 stands beside the items."""
    return MenuItem("签审", reverse("information_queue"), name="review", icon_name="clipboard-list", order=120)


class ClosedItem(MenuItem):
    """Shown to whoever reads an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ)


@hooks.register("register_admin_menu_item")
def closed_item() -> MenuItem:
    """定期评估 of what is kept closed."""
    return ClosedItem("定期评估", reverse("information_closed"), name="closed", icon_name="calendar-check", order=155)


@hooks.register("register_admin_menu_item")
def counts_item() -> MenuItem:
    """Counts by attribute, column and year."""
    return CountsItem("公开统计", reverse("information_counts"), name="counts", icon_name="table", order=168)


class CountsItem(MenuItem):
    """Shown to whoever reads an agency's records."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ)


@hooks.register("register_admin_search_area")
def search_items() -> SearchArea:
    """The search box of the menu finds items; it takes the first of the areas."""
    return SearchArea(
        "政府信息", reverse(admin_url_name(InformationItem, "list")), name="items", icon_name="search", order=1
    )


class SubmitItem(ActionMenuItem):
    """保存并提交签审."""

    name = "action-submit-review"
    label = "保存并提交签审"
    icon_name = "resubmit"


@hooks.register("construct_snippet_action_menu")
def no_publish_button(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Nobody publishes from a form: what replaces the button is the chain."""
    menu_items[:] = [entry for entry in menu_items if entry.name not in {"action-publish", "action-unpublish"}]
    if context["model"] in {InformationItem, MediaPost} and not context.get("locked_for_user"):
        menu_items.append(SubmitItem(order=10))


@hooks.register("before_serve_document")
def only_what_the_reader_may_have(document: AgencyDocument, request: HttpRequest) -> None:
    """Raises `Http404` for a file of a draft when the reader is not of its agency."""
    check_access(document, request)
