"""Addresses below `/api/v1/`: documentation, description, data, and JSON for what is not there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from gongkai_web.api.description import api, query_parameters
from gongkai_web.api.documentation import documentation
from gongkai_web.api.errors import DOCUMENTATION, NOT_FOUND, error_response
from gongkai_web.api.schemas import ErrorOut
from gongkai_web.api.serving import open_data

app_name = "api"


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that the API does not have, answered in the API's way."""
    return error_response(404, ErrorOut(code=NOT_FOUND, message="接口没有这个地址。", hint=DOCUMENTATION))


_known = query_parameters()
_patterns: list[URLPattern] = [
    URLPattern(
        pattern.pattern,
        open_data(pattern.callback, known=_known.get(pattern.name or "")),
        pattern.default_args,
        pattern.name,
    )
    for pattern in api.urls[0]
    if isinstance(pattern, URLPattern) and pattern.name != "api-root"
]
urlpatterns = [
    path("", documentation, name="api-root"),
    *_patterns,
    re_path(r"^.*$", open_data(nothing_here)),
]
