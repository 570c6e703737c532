"""The person's own notices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongkai_web.applications.models import Notice
from gongkai_web.applications.services.notices import mark_read
from gongkai_web.applications.views import office_access as access

PER_PAGE = 50


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; those not read yet are marked."""
    user = access.reader(request)
    own = Notice.objects.filter(person=user).select_related("case", "agency", "office")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "unread": own.filter(read_at=None).count(),
        "crumbs": access.crumbs(("提醒", "")),
    }
    return render(request, "applications/office/notices.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """The ticked ones are read, or all of them."""
    user = access.reader(request)
    own = Notice.objects.filter(person=user, read_at=None)
    keys = [int(key) for key in request.POST.getlist("notice") if access.is_number(key)]
    mark_read(own.filter(pk__in=keys) if keys else own, by=user)
    return redirect("applications_notices")
