"""Addresses: the portal at `/`, sign-in at `/accounts/`, the back office at `/admin/`, attachments at `/documents/`."""

from __future__ import annotations

from allauth.account import views as account_views
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from gongkai_web.accounts.views import OwnAccountView, avatar

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own sign-in would go round the throttle and the second factor.
    path("admin/login/", to_login),
    path("admin/logout/", account_views.logout),
    path("admin/account/", require_admin_access(OwnAccountView.as_view()), name="account_own"),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("gongkai_web.accounts.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("media/avatar_images/<path:path>", avatar),
    path("search/", include("gongkai_web.search.urls")),
    path("apply/", include("gongkai_web.applications.urls")),
    path("statistics/", include("gongkai_web.annual_report.supervision.public_urls")),
    path("api/v1/", include("gongkai_web.api.urls")),
    path("", include("gongkai_web.portal.urls")),
]
