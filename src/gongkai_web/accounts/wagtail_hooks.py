"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from gongkai_web.accounts import viewsets

for viewset in (
    viewsets.AgencyViewSet,
    viewsets.OfficeViewSet,
    viewsets.PersonViewSet,
    viewsets.MembershipViewSet,
):
    register_snippet(viewset)
