"""The decorator of every public page: read-only, conditional, cached under the tokens of the content.

Browsers and proxies may store a page but have to ask before showing it again (`no-cache`): what has been withdrawn
must not be shown a minute longer by anybody's copy. The question costs one small query and is answered with 304.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from gongkai_web.portal import versions
from gongkai_web.portal.page_cache import Page, PageCache
from gongkai_web.portal.preferences import Display

pages = PageCache(limit=32 * 1024 * 1024, seconds=60)
View = Callable[..., HttpResponse]
_KEPT_STATUS = frozenset({200, 410})
_ORIGIN = "_portal_origin"
_LOOKS = frozenset({".html", ".css", ".js", ".svg", ".py"})
_LONGEST_ADDRESS = 400  # characters; longer ones are nobody's links and would only push pages out


def public_page(view: View) -> View:
    """Answer GET and HEAD from the cache where possible; the view itself sees only what has to be built."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        key = _key(request)
        etag = _etag(key)
        if etag in request.headers.get("If-None-Match", ""):
            return _with_headers(HttpResponseNotModified(), etag)
        page = pages.get(key)
        if page is not None:
            return _with_headers(HttpResponse(page.body, content_type=page.content_type, status=page.status), etag)
        response = view(request, *args, **kwargs)
        if response.status_code in _KEPT_STATUS and not response.streaming:
            if not response.cookies and len(request.get_full_path()) <= _LONGEST_ADDRESS:
                pages.put(key, Page(response.content, response.headers["Content-Type"], response.status_code))
            return _with_headers(response, etag)
        return response

    answer.is_public_page = True  # type: ignore[attr-defined]  # tells the middleware which way it goes
    return answer


def _key(request: HttpRequest) -> tuple[object, ...]:
    """Everything that a page depends on: the day too, for what is in force changes at midnight.

    Who is signed in is not part of it: public pages never ask.
    """
    now = versions.of_request(request)
    address = (origin(request), request.get_full_path())
    return (now.content, now.structure, timezone.localdate(), *address, str(Display.of(request)))


def origin(request: HttpRequest) -> str:
    """Scheme and host of the portal as the reader addresses it; checked against the allowed hosts once a request."""
    known: str | None = getattr(request, _ORIGIN, None)
    if known is None:
        known = f"{request.scheme}://{request.get_host()}"
        setattr(request, _ORIGIN, known)
    return known


def _etag(key: tuple[object, ...]) -> str:
    return f'W/"{_digest((_deployment(), key))}"'


def _digest(of: object) -> str:
    return hashlib.blake2b(repr(of).encode(), digest_size=12).hexdigest()


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    if response.headers.get("Vary", "Cookie") == "Cookie":
        response.headers["Vary"] = "Cookie"
    else:
        patch_vary_headers(response, ["Cookie"])
    return response


@cache
def _deployment() -> str:
    """Changes with the installed version and with every file of the portal, so that no old page survives."""
    files = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in _LOOKS)
    marks = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return _digest((version("gongkai"), marks))
