"""The queues of the review chain: what waits for whom."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai_web.information import selectors
from gongkai_web.information.models import ReviewCase
from gongkai_web.information.services.review import RUNNING

PER_PAGE = 50
QUEUES: dict[str, str] = {
    "mine": "待我签审",
    "undetermined": "待确定",
    "running": "签审中",
    "back": "退回、须重新签审",
    "ready": "待发布",
    "done": "已办结",
}
EMPTY = {
    "mine": "没有等待您签审的信息。",
    "undetermined": "没有报请确定、等待答复的信息。",
    "running": "没有正在签审的信息。承办人在“政府信息”中保存并提交签审后会出现在这里。",
    "back": "没有被退回或者内容变更后须重新签审的信息。",
    "ready": "没有签审完成、等待发布的信息。",
    "done": "还没有办结的签审。",
}


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Tabs of cases, each with its count but for what is done, which only grows."""
    lists = _lists(request.user)
    chosen = request.GET.get("queue", "mine")
    if chosen not in lists:
        raise Http404
    page = Paginator(lists[chosen], PER_PAGE).get_page(request.GET.get("page"))
    times = selectors.times_of(page) if chosen == "ready" else {}
    context = {
        "tabs": [(key, label, lists[key].count() if key != "done" else None) for key, label in QUEUES.items()],
        "chosen": chosen,
        "empty": EMPTY[chosen],
        "page": page,
        "rows": [(case, times.get(case.pk)) for case in page],
        "crumbs": [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": "签审"}],
    }
    return render(request, "information/queue.html", context)


def _lists(user: Any) -> dict[str, QuerySet[ReviewCase]]:
    everything = selectors.visible_cases(user)
    return {
        "mine": selectors.waiting_for(user),
        "undetermined": everything.filter(state="undetermined").order_by("opened_at"),
        "running": everything.filter(state__in=RUNNING),
        "back": selectors.sent_back(user),
        "ready": selectors.signed_and_waiting(user),
        "done": everything.exclude(state__in=RUNNING),
    }
