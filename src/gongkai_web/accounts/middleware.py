"""A session belongs to one browser and ends when nobody uses it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from gongkai_web.accounts.models import User

_SEEN = "gongkai_seen"
_BROWSER = "gongkai_browser"
_WRITE_EVERY = 60  # seconds; a session row per click would be a write per click


def browser_mark(request: HttpRequest) -> str:
    """A digest of the browser's name: what is stored is no profile of the person."""
    return hashlib.sha256(request.headers.get("User-Agent", "").encode()).hexdigest()[:32]


@receiver(user_logged_in)
def bind_session(request: HttpRequest, user: User, **_: object) -> None:
    """Django has just given the session a new key; tie it to this browser and this moment."""
    if request is not None:
        request.session[_BROWSER] = browser_mark(request)
        request.session[_SEEN] = int(time.time())


class BoundSessionMiddleware:
    """Signs out a session that has been idle for too long or turns up in another browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Public pages must stay cacheable: without a session cookie nothing is asked of the session at all.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._check(request)
        return self.get_response(request)

    @staticmethod
    def _check(request: HttpRequest) -> None:
        now, session = int(time.time()), request.session
        if session.get(_BROWSER, browser_mark(request)) != browser_mark(request):
            logout(request)
            return
        seen = session.get(_SEEN, now)
        if now - seen > settings.GONGKAI_IDLE_SECONDS:
            logout(request)
            request.session_expired = True  # type: ignore[attr-defined]  # the sign-in page tells why
        elif now - seen > _WRITE_EVERY or _SEEN not in session:
            session[_SEEN] = now
