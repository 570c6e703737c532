"""The roster, one body's filing, and the acts on it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.annual_report.models import FilingAct, ImportedReport
from gongkai_web.annual_report.models.report import FIRST_YEAR, LAST_YEAR
from gongkai_web.annual_report.supervision import acts, exports, findings
from gongkai_web.annual_report.supervision.roster import Line, Standing, counts, roster
from gongkai_web.annual_report.supervision.scope import scope_of
from gongkai_web.annual_report.supervision.views.common import XLSX, act, download, show
from gongkai_web.audit.services import record


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Who must file, who has, when; what the rules say of it."""
    scope = scope_of(request, current="annual_report_roster")
    lines = roster(scope.root, scope.year)
    judged = findings.judge([line.agency for line in lines if line.filed], scope.year)
    wanted = request.GET.get("standing", "")
    shown = [line for line in lines if not wanted or line.standing == wanted]
    numbers = counts(lines)
    context = {
        "rows": [(line, judged.get(line.agency.pk)) for line in shown],
        "filters": [(one, numbers[one], one == wanted) for one in Standing if numbers[one]],
        "all": len(lines),
        "wanted": wanted,
        "late": sum(line.light == "overdue" for line in lines),
        "open": sum(line.standing.is_open for line in lines),
    }
    return show(request, "roster.html", context, scope=scope, title="报送名单")


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Mail the chosen bodies that have not filed."""
    scope = scope_of(request)
    chosen = set(request.POST.getlist("body"))
    lines = [line for line in roster(scope.root, scope.year) if str(line.agency.pk) in chosen]

    def perform() -> str:
        done = acts.remind(lines, year=scope.year, by=scope.user, words=request.POST.get("words", ""))
        silent = [one.agency.short_name for one in done if not one.sent_to]
        sentence = f"已催报{len(done)}个单位，发出邮件{sum(one.sent_to for one in done)}封。"
        return sentence + (f"没有邮箱或发送失败的单位：{'、'.join(silent)}，请电话联系。" if silent else "")

    act(request, perform)
    return redirect(scope.address("annual_report_roster"))


@require_GET
def filing(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One body and year: the report, its findings, what was done about it."""
    agency, line = _line(request, pk, year)
    judged = findings.judge([agency], year).get(agency.pk)
    imports = ImportedReport.objects.filter(agency=agency, year=year).select_related("file").order_by("-pk")
    context = {
        "agency": agency,
        "year": year,
        "line": line,
        "judged": judged,
        "findings": [(one, judged.where(one)) for one in judged.findings] if judged else [],
        "imports": imports,
        "acts": FilingAct.objects.filter(agency=agency, year=year).select_related("by").order_by("-id"),
    }
    return show(request, "filing.html", context, title=f"{agency.short_name}{year}年度")


@require_POST
def filing_act(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Return, accept, excuse, oblige, remind: by the button that was pressed."""
    agency, line = _line(request, pk, year)
    user, words = _user(request), request.POST.get("comment", "")
    pressed = request.POST.get("act", "")

    def perform() -> str:
        if pressed == "return":
            sent = acts.return_report(agency, year, comment=words, by=user).sent_to
            return f"已退回，{f'意见已发给{sent}人' if sent else '没有可用的邮箱，请电话告知'}。"
        if pressed == "accept":
            acts.accept(agency, year, comment=words, by=user)
            return "已接收。"
        if pressed == "excuse":
            acts.excuse(agency, year, reason=words, by=user)
            return "已确定不须报送。"
        if pressed == "oblige":
            acts.oblige(agency, year, reason=words, by=user)
            return "已确定须报送。"
        if pressed == "remind":
            sent = acts.remind([line], year=year, by=user, words=words)[0].sent_to
            return f"已催报，{f'发给{sent}人' if sent else '没有可用的邮箱，请电话联系'}。"
        raise Http404

    act(request, perform)
    return redirect("annual_report_filing", agency.pk, year)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything of the year in one workbook."""
    scope = scope_of(request)
    body = exports.workbook(scope.root, scope.year)
    record("annual_report.members_exported", obj=scope.root, actor=scope.user, details={"year": scope.year})
    return download(body, name=f"{scope.root.short_name}{scope.year}年度年报监督.xlsx", media_type=XLSX)


def _line(request: HttpRequest, pk: int, year: int) -> tuple[Agency, Line]:
    """The body's line, for whoever supervises it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    agency = get_object_or_404(agencies_for(_user(request), Capability.SUPERVISE), pk=pk)
    lines = [line for line in roster(agency, year) if line.agency.pk == agency.pk]
    if not lines:
        raise Http404
    return agency, lines[0]


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def filing_address(agency: Agency, year: int) -> str:
    """The page of one filing."""
    return reverse("annual_report_filing", args=[agency.pk, year])
