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

    return answer


def _key(request: HttpRequest) -> tuple[object, ...]:
    """Everything that a page depends on: the day too, for what is in force changes at midnight.

    Who is signed in is not part of it: public pages never ask.
    """
    now = versions.of_request(request)
    address = (request.scheme, request.get_host(), request.get_full_path())
    return (now.content, now.structure, timezone.localdate(), *address, str(Display.of(request)))


def _etag(key: tuple[object, ...]) -> str:
    digest = hashlib.blake2b(repr((_deployment(), key)).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


@cache
def _deployment() -> str:
    """Changes with the installed version and with every file of the portal's looks, so that no old page survives."""
    here = Path(__file__).parent
    files = sorted(path for folder in ("templates", "static") for path in (here / folder).rglob("*") if path.is_file())
    marks = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return repr((version("gongkai"), marks))
