"""The short way of public pages: past sessions, accounts and messages, of which they know nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve


class PublicPageMiddleware:
    """Calls a `public_page` at once; everything else goes the long way.

    It stands behind what holds for every answer (security headers, allowed hosts, lengths) and before everything that
    asks who is there. So a public page can neither read nor open a session, whatever its code says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = self._public(request.path_info)
        if found is None:
            return self.get_response(request)
        request.resolver_match = found
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return response

    @staticmethod
    def _public(path: str) -> ResolverMatch | None:
        try:
            found = resolve(path)
        except Resolver404:
            return None
        return found if getattr(found.func, "is_public_page", False) else None
