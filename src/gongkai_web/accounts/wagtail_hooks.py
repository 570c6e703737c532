"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from gongkai_web.accounts import admin_views, viewsets

for viewset in (
    viewsets.AgencyViewSet,
    viewsets.OfficeViewSet,
    viewsets.PersonViewSet,
    viewsets.MembershipViewSet,
):
    register_snippet(viewset)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """One agency, moving it; one person, letting them in again."""
    return [
        path("agency/<int:pk>/", admin_views.agency, name="accounts_agency"),
        path("agency/<int:pk>/move/", admin_views.move, name="accounts_move"),
        path("person/<int:pk>/", admin_views.person, name="accounts_person"),
        path("person/<int:pk>/lift/<slug:what>/", admin_views.lift, name="accounts_lift"),
    ]
