"""Taking ready-made sets of columns; what is stale."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.selectors import my_stale_columns, sets_of
from gongkai_web.proactive.services import take_set
from gongkai_web.workbench.scoping import admin_url_name

ITEM_FORM = "wagtailsnippets_information_informationitem:add"
"""The address of the form for a new item, by name: that app knows this one."""


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
        return redirect(f"{reverse('proactive_sets')}?agency={agency.pk}")
    chosen = _chosen(agencies, request.GET.get("agency", ""))
    context = {
        "agencies": agencies.order_by("path"),
        "agency": chosen,
        "sets": sets_of(chosen) if chosen else (),
        "edit": admin_url_name(Column, "edit"),
        "crumbs": _crumbs("标准栏目集"),
    }
    return render(request, "proactive/sets.html", context)


def _chosen(agencies: QuerySet[Agency], key: str) -> Agency | None:
    """The one asked for, else the first of the tree."""
    asked = agencies.filter(pk=key).first() if key.isdigit() else None
    return asked or agencies.order_by("path").first()


def stale(request: HttpRequest) -> HttpResponse:
    """应更新未更新 and 空白栏目 of the person's agencies."""
    user: Any = request.user
    context = {
        "columns": my_stale_columns(user),
        "edit": admin_url_name(Column, "edit"),
        "drafting": set(agencies_for(user, Capability.DRAFT).values_list("pk", flat=True)),
        "keeping": set(agencies_for(user, Capability.MANAGE_COLUMNS).values_list("pk", flat=True)),
        "add": ITEM_FORM,
        "crumbs": _crumbs("应更新未更新"),
    }
    return render(request, "proactive/stale.html", context)


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": label}]
