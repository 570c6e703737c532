"""Everything that is done to a report by one button: explain, open a table, freeze, send, submit, correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.annual_report.binding import BoundFigure, number_text
from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability
from gongkai_web.annual_report.forms import EVIDENCE, FIGURE, read_figures, read_revision
from gongkai_web.annual_report.models import AnnualReport, ManualFigure
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.annual_report.services import explaining, freezing, submission
from gongkai_web.annual_report.sources import sources
from gongkai_web.annual_report.views.common import crumbs, person, report_at

Act = Callable[[HttpRequest, AnnualReport], str]


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says; a refusal is a message and changes nothing."""
    report = report_at(request, pk, Capability.EDIT_REPORT)
    chosen = _ACTS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404
    try:
        messages.success(request, chosen(request, report))
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
    return redirect(_back(request, report))


@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures that no app records yet, each with its evidence."""
    report = report_at(request, pk, Capability.EDIT_REPORT)
    problem = ""
    if request.method == "POST":
        names = {one.key: one.name for one in sources() if one.by_hand}
        try:
            entries = read_figures(request.POST, names)
            drafting.enter_figures(
                report, entries, by=person(request), seen=read_revision(request.POST.get("seen", ""))
            )
        except GongkaiError as error:
            problem = f"{error.message}{error.hint}"
        else:
            messages.success(request, "已保存。")
            return redirect("annual_report_edit", pk)
    context = {
        "report": report,
        "groups": _grouped(report, request.POST.dict() if problem else {}),
        "problem": problem,
        "crumbs": crumbs(
            (f"{report.agency.short_name}{report.year}年", reverse("annual_report_edit", args=[pk])),
            ("手工填报的指标", ""),
        ),
    }
    return render(request, "annual_report/figures.html", context, status=422 if problem else 200)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the page: what the fields hold, what was refused included."""

    bound: BoundFigure
    manual: ManualFigure | None
    typed: str
    evidence: str


def _grouped(report: AnnualReport, sent: Mapping[str, str]) -> list[tuple[str, list[FigureRow]]]:
    groups: dict[str, list[FigureRow]] = {}
    for one in draft_of(report).offered:
        if one.by_hand:
            key, value = one.bound.key, one.bound.value
            stored = "" if value is None else number_text(value)
            evidence = one.manual.evidence if one.manual else ""
            row = FigureRow(
                one.bound, one.manual, sent.get(f"{FIGURE}{key}", stored), sent.get(f"{EVIDENCE}{key}", evidence)
            )
            groups.setdefault(one.group, []).append(row)
    return list(groups.items())


def _explain(request: HttpRequest, report: AnnualReport) -> str:
    fingerprint, text = request.POST.get("fingerprint", ""), request.POST.get("text", "")
    explaining.explain(report, fingerprint, text=text, by=person(request))
    return "已说明并签名。"


def _open_table(request: HttpRequest, report: AnnualReport) -> str:
    table, reason = request.POST.get("table", ""), request.POST.get("reason", "")
    drafting.open_table(report, table, reason=reason, by=person(request))
    return "这张表改为手工填报，合计由勾稽关系计算。"


def _close_table(request: HttpRequest, report: AnnualReport) -> str:
    drafting.close_table(report, request.POST.get("table", ""), by=person(request))
    return "这张表恢复由记录计算。"


def _freeze(request: HttpRequest, report: AnnualReport) -> str:
    version = freezing.freeze(
        report,
        by=person(request),
        note=request.POST.get("note", ""),
        seen=read_revision(request.POST.get("seen", "")),
    )
    return f"已定稿为第{version.number}版，六种格式写出再读回都与报告一致。"


def _reopen(request: HttpRequest, report: AnnualReport) -> str:
    submission.reopen(report, by=person(request), reason=request.POST.get("reason", ""))
    return "已取消定稿，可以修改。"


def _send(request: HttpRequest, report: AnnualReport) -> str:
    case = submission.send_to_review(report, by=person(request), note=request.POST.get("note", ""))
    return f"已提交签审，等待{case.get_waiting_for_display()}。签审完成后自动在门户公布。"


def _submit(request: HttpRequest, report: AnnualReport) -> str:
    event = submission.submit(report, by=person(request), comment=request.POST.get("comment", ""))
    return f"已报送{event.to_agency.name if event.to_agency else '上级机关'}。"


def _correct(request: HttpRequest, report: AnnualReport) -> str:
    submission.correct(report, by=person(request), reason=request.POST.get("reason", ""))
    return "已启动更正。新的版本签审完成之前，公布的仍是原来的版本。"


_ACTS: dict[str, Act] = {
    "explain": _explain,
    "open_table": _open_table,
    "close_table": _close_table,
    "freeze": _freeze,
    "reopen": _reopen,
    "send": _send,
    "submit": _submit,
    "correct": _correct,
}


def _back(request: HttpRequest, report: AnnualReport) -> str:
    """To the version after what concerns versions, else to the form."""
    newest = report.versions.order_by("-number").first()
    if request.POST.get("act") in {"freeze", "send", "submit"} and newest is not None and not report.may_be_edited:
        return reverse("annual_report_version", args=[report.pk, newest.number])
    place = "#findings" if request.POST.get("act") == "explain" else ""
    return f"{reverse('annual_report_edit', args=[report.pk])}{place}"
