"""What the public pages share: no copy of them stays anywhere, and who is too fast waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.public.throttle import in_minutes
from gongkai_web.portal.crumbs import Crumb
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.portal.views.requests import agency_or_404, structure_of
from gongkai_web.proactive.models import Column

View = Callable[..., HttpResponse]
NAME = "依申请公开"


def private(view: View) -> View:
    """No cache keeps the answer, the browser's own included: what is on these pages is somebody's own affair."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of this section."""
    return render(request, f"applications/public/{template}", {"section": "apply", **context}, status=status)


def crumbs(url: str, *labels: str) -> list[Crumb]:
    """首页 › 依申请公开 › …; the last label is the page itself."""
    return [Crumb(NAME, url), *(Crumb(label) for label in labels)]


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Whoever has tried too often learns how long to wait."""
    context = {"title": "操作过于频繁", "minutes": in_minutes(seconds)}
    response = show(request, "wait.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def taking_agency(request: HttpRequest, slug: str) -> Agency:
    """The agency, if it takes applications here. Raises: `Http404` with a sentence."""
    agencies = structure_of(request)
    agency = agency_or_404(agencies, slug)
    if agency not in taking(agencies):
        raise Http404(f"{agency.name}没有开通在线申请，请向它的主管机关申请，或者查看它的信息公开指南。")
    return agency


def taking(agencies: Structure) -> list[Agency]:
    """The agencies that take applications here: those in existence that show the column 依申请公开."""
    shown = Column.objects.filter(kind=ColumnKind.APPLICATION.value, is_shown=True).values_list("agency_id", flat=True)
    open_ = set(shown)
    return [agency for agency in agencies.agencies if agency.pk in open_ and agency.is_active()]
