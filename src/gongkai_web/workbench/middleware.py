"""Screens of Wagtail that know no agencies are closed to everybody but platform administrators."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

_PLATFORM_ONLY = (
    "/admin/reports/",
    "/admin/pages/",
    "/admin/choose-page",
    "/admin/choose-external-link/",
    "/admin/choose-email-link/",
    "/admin/choose-phone-link/",
    "/admin/choose-anchor-link/",
    "/admin/api/",
    "/admin/images/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/collections/",
    "/admin/workflows/",
    "/admin/snippets/",
    "/admin/failwhale/",
    "/admin/test404/",
    "/admin/bulk/",
)

_NOBODY = ("/admin/bulk/",)
"""Bulk acts: an item is reviewed, published and removed by itself (逐项审查), whoever asks."""


class PlatformOnlyMiddleware:
    """Answers 404 so that the address tells nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_NOBODY) and request.user.is_authenticated:
            raise Http404
        if is_platform_only(request.path) and request.user.is_authenticated and not request.user.is_superuser:
            raise Http404
        return self.get_response(request)


def is_platform_only(path: str) -> bool:
    """Is the address closed to agencies? Choosers of this product's own models are scoped themselves."""
    return path.startswith(_PLATFORM_ONLY) and not path.startswith("/admin/snippets/choose/")
