"""A new-media post with its way through the chain."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.information.changes import field_changes
from gongkai_web.information.models import MediaPost
from gongkai_web.information.services import review as reviewing
from gongkai_web.workbench.scoping import admin_url_name, visible


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """State, cases, text; what the person may do next."""
    found = get_object_or_404(visible(MediaPost, request.user).select_related("agency", "item"), pk=pk)
    user: Any = request.user
    newest = reviewing.latest_case(found)
    context = {
        "post": found,
        "newest": newest,
        "cases": reviewing.cases_of(found),
        "fields": field_changes(None, found.content(), kind=found.subject_type()),
        "may_draft": can(user, Capability.DRAFT, found) and not found.live,
        "may_submit": newest is None or newest.state not in {*reviewing.RUNNING, "complete"},
        "edit_url": reverse(admin_url_name(MediaPost, "edit"), args=[found.pk]),
        "crumbs": [
            {"url": reverse("wagtailadmin_home"), "label": "工作台"},
            {"url": reverse(admin_url_name(MediaPost, "list")), "label": "新媒体发布"},
            {"url": "", "label": found.title},
        ],
    }
    return render(request, "information/post.html", context)


@require_POST
def submit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the post into the chain."""
    found = get_object_or_404(visible(MediaPost, request.user), pk=pk)
    user: Any = request.user
    try:
        case = reviewing.submit(found, by=user)
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return redirect("information_post", found.pk)
    messages.success(request, "已提交签审。")
    return redirect("information_review", case.pk)
