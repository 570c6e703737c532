"""The search page and the completing of what is typed. Questions are neither logged nor kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from gongkai_web.portal import versions
from gongkai_web.portal.crumbs import to_page
from gongkai_web.portal.selectors.structure import structure
from gongkai_web.search import selectors
from gongkai_web.search.apply import apply_link
from gongkai_web.search.asked import Asked
from gongkai_web.search.columns import column_names
from gongkai_web.search.narrowing import Platform
from gongkai_web.search.parsing import clean_question
from gongkai_web.search.throttle import seconds_to_wait

_COMPLETIONS_PER_QUESTION = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """检索: the form, and the answer where something was asked."""
    asked = Asked.from_address(request.GET)
    context = {"section": "search", "title": _title(asked), "crumbs": to_page("检索"), "asked": asked}
    if asked.is_empty:
        return _private(render(request, "search/search.html", context))
    if seconds := seconds_to_wait(request, kind="search"):
        return _too_many(request, context, seconds)
    platform = _platform(request)
    answer = selectors.search(asked, platform=platform)
    agency = platform.agency(asked.agency)
    link = apply_link(asked.question, agency=agency, structure=platform.structure)
    addresses = {
        "by_date": asked.address(newest_first=True),
        "by_relevance": asked.address(newest_first=False),
        "without_filters": Asked(question=asked.question).address(),
    }
    return _private(render(request, "search/search.html", {**context, **addresses, "answer": answer, "apply": link}))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant, as JSON: `{"suggestions": ["…"]}`."""
    if seconds := seconds_to_wait(request, kind="suggest", share=_COMPLETIONS_PER_QUESTION):
        return _private(JsonResponse({"suggestions": []}, status=429, headers={"Retry-After": str(seconds)}))
    names = column_names(versions.of_request(request).structure)
    found = selectors.suggest(clean_question(request.GET.get("q", "")), columns=names)
    return _private(JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False}))


def _platform(request: HttpRequest) -> Platform:
    version = versions.of_request(request).structure
    return Platform(structure(version), column_names(version))


def _title(asked: Asked) -> str:
    return f"检索：{asked.question}" if asked.question else "检索"


def _too_many(request: HttpRequest, context: dict[str, object], seconds: int) -> HttpResponse:
    response = render(request, "search/search.html", {**context, "wait": seconds}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """No copy anywhere: what is withdrawn is gone with the next question."""
    patch_cache_control(response, private=True, no_store=True)
    return response
