"""Changing how pages are shown."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai_web.portal.preferences import COOKIE, COOKIE_AGE, Display


@require_safe
@never_cache
def display(request: HttpRequest) -> HttpResponse:
    """Remember the choice in a cookie and go back. A link and not a form: it changes nothing but this reader's view."""
    chosen = Display.of(request).with_choice(request.GET.get("choice", ""))
    response = HttpResponseRedirect(_back(request))
    if str(chosen):
        response.set_cookie(
            COOKIE, str(chosen), max_age=COOKIE_AGE, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Where the reader came from, never another host."""
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else reverse("portal:home")
