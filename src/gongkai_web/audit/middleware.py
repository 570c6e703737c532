"""What the audit log knows about the request in hand: its id, its address, its account."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_REQUEST_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


@dataclass(frozen=True)
class RequestContext:
    """`request` is kept so that the account is read when it is needed, after authentication has run."""

    request_id: str
    address: str
    request: HttpRequest


_current: ContextVar[RequestContext | None] = ContextVar("gongkai_request", default=None)


def current() -> RequestContext | None:
    """The request being answered; `None` in a command or a task."""
    return _current.get()


def client_address(request: HttpRequest) -> str:
    """The client's address; headers of proxies count only as far as the installation trusts them."""
    trusted = int(settings.GONGKAI_TRUSTED_PROXIES)
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if trusted and len(hops) >= trusted:
        return str(hops[-trusted])[:45]
    return str(request.META.get("REMOTE_ADDR") or "")[:45]


class RequestContextMiddleware:
    """Gives each request an id (a proxy's, where it looks like one) and returns it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if settings.GONGKAI_TRUSTED_PROXIES and _REQUEST_ID.match(given) else uuid.uuid4().hex
        token = _current.set(RequestContext(request_id, client_address(request), request))
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-ID"] = request_id
        return response


class RequestIdFilter(logging.Filter):
    """Puts the request's id on every line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        context = current()
        record.request_id = context.request_id if context else "-"
        return True
