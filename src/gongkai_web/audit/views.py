"""The log for those who may read it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.audit.labels import matching
from gongkai_web.audit.selectors import visible_events
from gongkai_web.audit.services import record

PER_PAGE = 50


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Events by person, action, day and whether personal data was touched. Reading the log is an event too."""
    user: Any = request.user
    if not may_somewhere(user, Capability.READ_AUDIT):
        raise PermissionDenied
    filters = {name: request.GET.get(name, "").strip() for name in ("who", "action", "since", "until", "personal")}
    events = visible_events(user)
    if filters["who"]:
        events = events.filter(actor_name__icontains=filters["who"])
    if filters["action"]:
        events = events.filter(action__in=matching(filters["action"]))
    if since := _day(filters["since"]):
        events = events.filter(at__date__gte=since)
    if until := _day(filters["until"]):
        events = events.filter(at__date__lte=until)
    if filters["personal"]:
        events = events.filter(personal_data=True)
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    record("audit.read", actor=user, details={name: value for name, value in filters.items() if value})
    parameters = request.GET.copy()
    parameters.pop("page", None)
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": "审计记录"}]
    context = {"page": page, "filters": filters, "query": parameters.urlencode(), "crumbs": crumbs}
    return render(request, "audit/log.html", context)


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
