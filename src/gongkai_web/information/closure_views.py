"""The list of what is kept closed, the look at one of its items, the interval."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.information.forms import ClosureReviewForm, IntervalForm
from gongkai_web.information.models import ClosureOutcome, InformationItem
from gongkai_web.information.selectors import closed_items, visible_items
from gongkai_web.information.services.closure import interval_of, review_closed, set_interval
from gongkai_web.workbench.scoping import admin_url_name

PER_PAGE = 50
TABS = {"due": "到期须评估", "all": "全部不予公开"}


@require_GET
def closed_list(request: HttpRequest) -> HttpResponse:
    """What is due, or everything that is kept closed, the most pressing first; the interval of each agency."""
    user: Any = request.user
    if not may_somewhere(user, Capability.READ):
        raise PermissionDenied
    chosen = request.GET.get("show", "due")
    if chosen not in TABS:
        raise Http404
    today = timezone.localdate()
    lists = {"due": closed_items(user).filter(next_review_on__lte=today), "all": closed_items(user)}
    page = Paginator(lists[chosen], PER_PAGE).get_page(request.GET.get("page"))
    managed = list(agencies_for(user, Capability.ADMINISTER))
    context = {
        "tabs": [(key, label, lists[key].count()) for key, label in TABS.items()],
        "chosen": chosen,
        "page": page,
        "today": today,
        "intervals": [(agency, interval_of(agency)) for agency in managed or _own(user)],
        "interval_form": IntervalForm(agencies=managed) if managed else None,
        "crumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "工作台"},
            {"url": "", "label": "不予公开信息的定期评估"},
        ],
    }
    return render(request, "information/closed.html", context)


@require_POST
def interval(request: HttpRequest) -> HttpResponse:
    """Set the interval of an agency."""
    user: Any = request.user
    managed = list(agencies_for(user, Capability.ADMINISTER))
    if not managed:
        raise PermissionDenied
    form = IntervalForm(request.POST, agencies=managed)
    if not form.is_valid():
        messages.error(request, "没有保存：请选择机构，并填写1至60的月数。")
        return redirect("information_closed")
    agency = next(place for place in managed if str(place.pk) == form.cleaned_data["agency"])
    months = form.cleaned_data["months"]
    set_interval(agency, months=months, by=user)
    messages.success(request, f"已保存：{agency.short_name}每{months}个月评估一次，从下一次评估起适用。")
    return redirect("information_closed")


@require_POST
def rereview(request: HttpRequest, pk: int) -> HttpResponse:
    """The look at one closed item: it stays closed, or it may be opened and goes to the editor."""
    user: Any = request.user
    found = get_object_or_404(visible_items(user), pk=pk)
    form = ClosureReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择评估结果并写明理由。")
        return redirect("information_item", pk)
    outcome = ClosureOutcome(form.cleaned_data["outcome"])
    try:
        review = review_closed(found, by=user, outcome=outcome, reason=form.cleaned_data["reason"])
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return redirect("information_item", pk)
    if review.next_on is None:
        messages.success(request, "已记录：可以公开。请修改公开属性，保存后提交签审。")
        return redirect(admin_url_name(InformationItem, "edit"), pk)
    messages.success(request, f"已记录评估结果，下次评估日期为{review.next_on:%Y年%-m月%-d日}。")
    return redirect("information_item", pk)


def _own(user: Any) -> list[Agency]:
    """Where nobody administers: the person's own agency."""
    return [user.home] if user.home_id else []
