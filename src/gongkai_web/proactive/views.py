"""Taking ready-made sets of columns; what is stale."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.errors import GongkaiError
from gongkai.proactive.columns import COLUMN_SETS
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.proactive.selectors import my_stale_columns
from gongkai_web.proactive.services import take_set


@require_http_methods(["GET", "POST"])
def column_sets(request: HttpRequest) -> HttpResponse:
    """The sets with what they hold, one button per set."""
    user: Any = request.user
    agencies = agencies_for(user, Capability.MANAGE_COLUMNS)
    if request.method == "POST":
        agency = get_object_or_404(agencies, pk=request.POST.get("agency"))
        try:
            created = take_set(agency, request.POST.get("set", ""), by=user)
        except GongkaiError as error:
            messages.error(request, f"{error.message}{error.hint}")
        else:
            messages.success(request, f"已为{agency.short_name}建立{len(created)}个栏目。")
        return redirect("proactive_sets")
    context = {"sets": COLUMN_SETS.values(), "agencies": agencies, "crumbs": _crumbs("标准栏目集")}
    return render(request, "proactive/sets.html", context)


def stale(request: HttpRequest) -> HttpResponse:
    """应更新未更新 and 空白栏目 of the person's agencies."""
    user: Any = request.user
    context = {"columns": my_stale_columns(user), "crumbs": _crumbs("应更新未更新")}
    return render(request, "proactive/stale.html", context)


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": label}]
