"""The register 台账, its queues, assignment of many cases at once, and the table to take away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.applications.forms.register import AssignForm, FilterForm
from gongkai_web.applications.lights import Urgency
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import visible_cases
from gongkai_web.applications.selectors.register import Queue, queue, queue_counts, register
from gongkai_web.applications.services import cases as acts
from gongkai_web.applications.services.notices import tell_assigned
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_case import urgency_of
from gongkai_web.applications.views.office_sheet import register_sheet
from gongkai_web.audit.services import record

PER_PAGE = 50
MOST_PRINTED = 2000
MOST_EXPORTED = 20_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def register_page(request: HttpRequest) -> HttpResponse:
    """One queue, or everything under the filters."""
    user, today = access.reader(request), timezone.localdate()
    chosen = _chosen(request)
    form = FilterForm(request.GET, user=user)
    cases = _cases(request, form, chosen)
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    may_act = may_somewhere(user, Capability.HANDLE_APPLICATIONS)
    context = {
        "tabs": _tabs(request),
        "chosen": chosen,
        "form": form,
        "page": page,
        "entries": _lit(page.object_list, today),
        "query": _query(request, without=("page",)),
        "back": request.get_full_path(),
        "may_act": may_act,
        "assign": AssignForm(user=user) if may_act else None,
        "crumbs": [*access.crumbs()[:1], {"url": "", "label": "依申请公开"}],
    }
    return render(request, "applications/office/register.html", context)


@require_GET
def print_page(request: HttpRequest) -> HttpResponse:
    """The same, without pages, for paper."""
    user, today = access.reader(request), timezone.localdate()
    form, chosen = FilterForm(request.GET, user=user), _chosen(request)
    cases = _cases(request, form, chosen)
    record("applications.register_printed", actor=user, agency=user.home, details={"cases": cases.count()})
    context = {
        "entries": _lit(cases[:MOST_PRINTED], today),
        "total": cases.count(),
        "most": MOST_PRINTED,
        "today": today,
        "crumbs": access.crumbs(("打印台账", "")),
    }
    return render(request, "applications/office/register_print.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The register as a table; names in full only for whoever may see them, and the log says which."""
    user, today = access.reader(request), timezone.localdate()
    form, chosen = FilterForm(request.GET, user=user), _chosen(request)
    cases = _cases(request, form, chosen)
    if cases.count() > MOST_EXPORTED:
        messages.error(request, f"台账超过{MOST_EXPORTED}件，不能一次导出。请用年份、状态等条件缩小范围。")
        return redirect(f"{reverse('applications_register')}?{_query(request)}")
    body, named = register_sheet(cases, user=user, today=today)
    record(
        "applications.register_exported", actor=user, agency=user.home, personal_data=named > 0,
        details={"cases": cases.count(), "named": named},
    )  # fmt: skip
    response = HttpResponse(body, content_type=_XLSX)
    name = f"政府信息公开申请台账{today:%Y%m%d}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to a person, an office, or both."""
    user = access.reader(request)
    back = _back(request)
    keys = [int(key) for key in request.POST.getlist("case") if access.is_number(key)]
    cases = list(visible_cases(user, Capability.HANDLE_APPLICATIONS).filter(pk__in=keys))
    form = AssignForm(request.POST, user=user)
    if not cases:
        messages.error(request, "没有勾选申请，或者勾选的申请不归您办理。请勾选后再分办。")
        return redirect(back)
    if not form.is_valid():
        messages.error(request, "；".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect(back)
    assignee, office = form.cleaned_data["assignee"], form.cleaned_data["office"]

    def perform() -> str:
        acts.assign(cases, by=user, assignee=assignee, office=office)
        if assignee is not None:
            tell_assigned(cases, assignee, by=user)
        return f"已分办{len(cases)}件。"

    return access.perform(request, perform, done=back)


def _chosen(request: HttpRequest) -> str:
    """The queue asked for; without one, the officer's own work. `all` is the register."""
    told = request.GET.get("queue", "")
    if told not in {"", "all", *Queue}:
        raise Http404
    return told or "all"


def _cases(request: HttpRequest, form: FilterForm, chosen: str) -> QuerySet[Case]:
    user = access.reader(request)
    cases = register(user, form.filters())
    if chosen != "all":
        cases = queue(user, chosen) & register(user, form.filters()).order_by()
        cases = cases.order_by(*queue(user, chosen).query.order_by)
    return cases.select_related("applicant", "assignee", "office", "agency").defer("description")


def _tabs(request: HttpRequest) -> list[tuple[str, str, int | None, str]]:
    """Key, label, number, address; the filters go along."""
    counts = queue_counts(access.reader(request))
    rest = _query(request, without=("queue", "page"))
    found: list[tuple[str, str, int | None]] = [("all", "全部台账", None)]
    found += [(name.value, name.label, number) for name, number in counts.items()]
    return [(key, label, number, f"?queue={key}" + (f"&{rest}" if rest else "")) for key, label, number in found]


def _lit(cases: Iterable[Case], today: date) -> list[tuple[Case, Urgency]]:
    return [(case, urgency_of(case, today=today)) for case in cases]


def _query(request: HttpRequest, *, without: tuple[str, ...] = ()) -> str:
    """The address's own question, to be asked again elsewhere; what is empty is left out."""
    kept = request.GET.copy()
    for name in [name for name in kept if name in without or not kept[name]]:
        del kept[name]
    return kept.urlencode()


def _back(request: HttpRequest) -> str:
    """The page from which it was sent, if it is one of this app's."""
    home = reverse("applications_register")
    told: Any = request.POST.get("back", "")
    return told if told.startswith(home) else home
