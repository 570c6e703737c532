"""Around every address of the API: reading only, throttled, conditional, cached under the tokens of the content.

The answers carry no cookies and depend on nobody's session, so any site may read them (`Access-Control-Allow-Origin`).
They may be stored but have to be asked for again before use (`no-cache`): what is withdrawn is gone at once. Asking
again costs one small query and is answered with 304.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from gongkai_web.api.errors import bad_parameters, error_response
from gongkai_web.api.schemas import ErrorOut, Where
from gongkai_web.api.throttle import seconds_to_wait
from gongkai_web.portal import versions
from gongkai_web.portal.page_cache import Page, PageCache

log = logging.getLogger(__name__)
answers = PageCache(limit=16 * 1024 * 1024, seconds=60)
View = Callable[..., HttpResponse]
_ALLOWED = "GET, HEAD, OPTIONS"
_LONGEST_ADDRESS = 400  # characters; longer ones are nobody's links and would only push answers out


def open_data(view: View, *, known: frozenset[str] | None = None) -> View:
    """Serve the view as open data. `known` are the parameters it has; without them any are let through."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            refused = _other_method(request) or _too_many(request) or _unknown(request, known)
            response = refused or _read(view, request, args, kwargs)
        except Exception:
            response = _fault(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing can be written, so nothing can be forged
    answer.is_public_page = True  # type: ignore[attr-defined]  # the short way, past sessions and accounts
    return answer


def _fault(request: HttpRequest) -> HttpResponse:
    """500 as a program expects it. Django is told as of any other error, so that it is logged and tests see it."""
    log.exception("a fault in answering %s", request.path)
    got_request_exception.send(sender=None, request=request)
    error = ErrorOut(code="API-FAULT", message="接口暂时出了故障，已记入日志。", hint="请稍后重试。")
    response = error_response(500, error)
    response.headers["Cache-Control"] = "no-store"
    return response


def _other_method(request: HttpRequest) -> HttpResponse | None:
    if request.method in {"GET", "HEAD"}:
        return None
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Access-Control-Allow-Methods"] = _ALLOWED
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    else:
        response = error_response(
            405, ErrorOut(code="API-METHOD", message="开放数据接口只供读取。", hint="请使用 GET 方法。")
        )
    response.headers["Allow"] = _ALLOWED
    return response


def _too_many(request: HttpRequest) -> HttpResponse | None:
    wait = seconds_to_wait(request)
    if not wait:
        return None
    error = ErrorOut(code="API-THROTTLED", message="请求过于频繁。", hint=f"请在{wait}秒后再试，或降低频率。")
    response = error_response(429, error)
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def _unknown(request: HttpRequest, known: frozenset[str] | None) -> HttpResponse | None:
    """A filter misspelt and passed over would give everything for a part."""
    found = [] if known is None else [name for name in request.GET if name not in known]
    if not found:
        return None
    offered = f"可用的参数：{'、'.join(sorted(known))}。" if known else "这个地址不带参数。"
    return bad_parameters([Where(parameter=name, message=f"没有这个参数。{offered}") for name in found])


def _read(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    key = _key(request)
    etag = _etag(key)
    if etag in request.headers.get("If-None-Match", ""):
        return _cacheable(HttpResponseNotModified(), etag)
    kept = answers.get(key)
    if kept is not None:
        return _cacheable(HttpResponse(kept.body, content_type=kept.content_type, status=kept.status), etag)
    request.method = "GET"  # the server drops the body of an answer to HEAD
    response = view(request, *args, **kwargs)
    if response.status_code != 200:
        response.headers["Cache-Control"] = "no-cache"
        return response
    if len(request.get_full_path()) <= _LONGEST_ADDRESS:
        answers.put(key, Page(response.content, response.headers["Content-Type"]))
    return _cacheable(response, etag)


def _key(request: HttpRequest) -> tuple[object, ...]:
    now = versions.of_request(request)
    return (now.content, now.structure, request.scheme, request.get_host(), request.get_full_path())


def _etag(key: tuple[object, ...]) -> str:
    digest = hashlib.blake2b(repr((version("gongkai"), key)).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def _cacheable(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
