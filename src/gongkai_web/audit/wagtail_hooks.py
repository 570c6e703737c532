"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.audit import views


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """The log and the table to take away."""
    return [
        path("audit/", views.log, name="audit_log"),
        path("audit/export.csv", views.export, name="audit_export"),
    ]


class AuditItem(MenuItem):
    """Shown to whoever may read the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ_AUDIT)


@hooks.register("register_admin_menu_item")
def audit_item() -> MenuItem:
    """审计记录."""
    return AuditItem("审计记录", reverse("audit_log"), name="audit", icon_name="history", order=390)
