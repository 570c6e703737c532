"""The summary on the statutory form: each sum opens its members; the rules for what is counted once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.annual_report.naming import place_label
from gongkai.annual_report.writing import write
from gongkai.annual_report.writing.layout import LayoutCell, number_text, tables
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for, can
from gongkai_web.annual_report.models import JointDocument
from gongkai_web.annual_report.supervision import summary as service
from gongkai_web.annual_report.supervision.form_view import FormCell, drawn
from gongkai_web.annual_report.supervision.roster import members_of
from gongkai_web.annual_report.supervision.scope import Scope, scope_of
from gongkai_web.annual_report.supervision.summary import Summary, summarise
from gongkai_web.annual_report.supervision.views.common import XLSX, act, download, show

_FILES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "pdf": "application/pdf",
    "json": "application/json",
}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The summary; with `path`, the members behind one cell."""
    scope = scope_of(request, current="annual_report_summary")
    found = summarise(scope.root, scope.year)
    form = found.aggregate.form
    path = request.GET.get("path", "")
    context = {
        "summary": found,
        "tables": [drawn(table, lambda cell: _cell(cell, found, scope)) for table in tables(found.report).values()],
        "path": path if path in form.cells else "",
        "where": place_label(path, form) if path in form.cells else "",
        "sum": found.aggregate.sums.get(path),
        "shares": found.aggregate.shares(path) if path in form.cells else (),
        "broken": found.aggregate.broken(),
        "differences": [(one, place_label(one.path, form)) for one in found.differences],
        "open": [one for one in found.aggregate.sums.values() if one.unstated],
        "rule": service.rule_of(scope.root),
        "documents": JointDocument.objects.filter(government=scope.root, year=scope.year)
        .select_related("lead")
        .prefetch_related("partners"),
        "bodies": members_of(scope.root, scope.year),
        "may_take_over": can(scope.user, Capability.EDIT_REPORT, scope.root),
        "files": [(kind, scope_address(scope, kind)) for kind in _FILES],
    }
    return show(request, "summary.html", context, scope=scope, title="汇总")


@require_GET
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The summary written in the statutory form."""
    scope = scope_of(request)
    if kind not in _FILES:
        raise Http404
    body = write(summarise(scope.root, scope.year).report, to=kind)
    name = f"{scope.root.short_name}{scope.year}年度汇总表.{kind}"
    return download(body, name=name, media_type=_FILES[kind])


@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """How joint documents count."""
    scope = scope_of(request)

    def perform() -> str:
        once = request.POST.get("joint") == "once"
        service.save_rule(scope.root, joint_once=once, basis=request.POST.get("basis", ""), by=scope.user)
        return "已保存汇总规则。"

    act(request, perform)
    return redirect(scope.address("annual_report_summary"))


@require_POST
def add_document(request: HttpRequest) -> HttpResponse:
    """A joint document."""
    scope = scope_of(request)
    bodies = {str(body.pk): body for body in members_of(scope.root, scope.year)}

    def perform() -> str:
        lead = bodies.get(request.POST.get("lead", ""), scope.root)
        partners = [bodies[key] for key in request.POST.getlist("partners") if key in bodies]
        service.save_joint_document(
            scope.root,
            scope.year,
            title=request.POST.get("title", ""),
            lead=lead,
            partners=partners,
            columns=request.POST.getlist("columns"),
            by=scope.user,
        )
        return "已登记，汇总数已重新计算。"

    act(request, perform)
    return redirect(scope.address("annual_report_summary"))


@require_POST
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer counted once."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    supervised = agencies_for(request.user, Capability.SUPERVISE)
    found = get_object_or_404(JointDocument.objects.filter(government__in=supervised), pk=pk)
    user, government, year = request.user, found.government, found.year

    def perform() -> str:
        service.remove_joint_document(found, by=user)
        return "已删去，汇总数已重新计算。"

    act(request, perform)
    return redirect(_address(government, year))


@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Fill the government's own draft with the sums."""
    scope = scope_of(request)

    def perform() -> str:
        row = service.take_over(summarise(scope.root, scope.year), by=scope.user)
        return f"汇总数已填入“{row}”的草稿，每格注明由成员单位报告汇总。"

    act(request, perform)
    return redirect(scope.address("annual_report_summary"))


def scope_address(scope: Scope, kind: str) -> str:
    """Where a file of the summary is."""
    return f"{reverse('annual_report_summary_file', args=[kind])}?{scope.query}"


def _address(government: Agency, year: int) -> str:
    return f"{reverse('annual_report_summary')}?agency={government.pk}&year={year}"


def _cell(cell: LayoutCell, found: Summary, scope: Scope) -> FormCell:
    path = cell.path or ""
    one = found.aggregate.sums[path]
    where = place_label(path, found.aggregate.form)
    return FormCell(
        text=number_text(one.partial),
        header=False,
        number=True,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        path=path,
        where=where,
        marks="open" if one.unstated else "",
        note=f"{len(one.unstated)}个单位没有填报" if one.unstated else "",
        url=f"{scope.address('annual_report_summary', path=path)}#members",
    )
