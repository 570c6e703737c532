"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai_web.interchange import views
from gongkai_web.interchange.selectors import may_use


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Imports, exports, their progress."""
    return [
        path("interchange/", views.overview, name="interchange_jobs"),
        path("interchange/export/", views.export, name="interchange_export"),
        path("interchange/import/<slug:kind>/", views.upload, name="interchange_upload"),
        path("interchange/import/<slug:kind>/template.<slug:extension>", views.template, name="interchange_template"),
        path("interchange/jobs/<int:pk>/", views.job, name="interchange_job"),
        path("interchange/jobs/<int:pk>/status/", views.status, name="interchange_status"),
        path("interchange/jobs/<int:pk>/confirm/", views.confirm, name="interchange_confirm"),
        path("interchange/jobs/<int:pk>/drop/", views.drop, name="interchange_drop"),
        path("interchange/jobs/<int:pk>/restart/", views.restart, name="interchange_restart"),
        path("interchange/jobs/<int:pk>/submit/", views.submit, name="interchange_submit"),
        path("interchange/jobs/<int:pk>/result/", views.result, name="interchange_result"),
    ]


class InterchangeItem(MenuItem):
    """Shown to whoever may bring something in or out."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        user: Any = request.user
        return may_use(user)


@hooks.register("register_admin_menu_item")
def interchange_item() -> MenuItem:
    """导入导出."""
    return InterchangeItem("导入导出", reverse("interchange_jobs"), name="interchange", icon_name="upload", order=180)
