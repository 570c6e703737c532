"""The screen of a report: the official form, saved as a whole by its button or piece by piece while one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.annual_report.binding import ACTS
from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.annual_report.forms import read_screen, with_paragraph
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.paragraphs import offers
from gongkai_web.annual_report.selectors.deadline import deadline_of
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import Judgement, judge
from gongkai_web.annual_report.selectors.screen import sections
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.annual_report.views.common import crumbs, person, report_at


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form. A POST stores everything on it, then comes back to it."""
    report = report_at(request, pk, Capability.EDIT_REPORT if request.method == "POST" else Capability.READ)
    if request.method == "POST":
        try:
            _store(report, request)
            _take_paragraph(report, request)
            messages.success(request, "已保存。")
        except GongkaiError as error:
            messages.error(request, f"{error.message}{error.hint}")
            return _shown(request, report, status=422)
        return redirect("annual_report_edit", pk)
    return _shown(request, report)


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what was typed and answer with what the checks say about it now."""
    report = report_at(request, pk, Capability.EDIT_REPORT)
    try:
        saved = _store(report, request)
    except GongkaiError as error:
        return JsonResponse({"error": f"{error.message}{error.hint}", "code": error.code}, status=422)
    judgement = judge(draft_of(saved))
    context = _context(request, saved, judgement)
    return JsonResponse(
        {
            "revision": saved.revision,
            "blocking": judgement.waiting,
            "findings": render_to_string("annual_report/_findings.html", context, request),
            "previews": {
                one.key: render_to_string("annual_report/_preview.html", {"section": one}, request)
                for one in context["sections"]
                if one.text
            },
            "totals": {
                cell.anchor: cell.shown
                for one in context["sections"]
                if one.table
                for body in one.table.bodies
                for row in body
                for cell in row
                if cell.draft is not None and cell.draft.origin == "sum"
            },
        }
    )


def _store(report: AnnualReport, request: HttpRequest) -> AnnualReport:
    """Each part checks the revision that the one before has left."""
    user, draft = person(request), draft_of(report)
    sent = read_screen(request.POST.dict(), draft)
    saved = drafting.save_texts(report, sent.texts, by=user, seen=sent.seen, draft=draft)
    if sent.cells:
        saved = drafting.enter_cells(saved, sent.cells, by=user, seen=saved.revision, draft=draft)
    if sent.has_signature:
        saved = drafting.save_signature(
            saved, signed_on=sent.signed_on, signed_by=sent.signed_by, by=user, seen=saved.revision
        )
    return saved


def _take_paragraph(report: AnnualReport, request: HttpRequest) -> None:
    """采用: put a ready paragraph into the text of its sub-block."""
    wanted = request.POST.get("take", "")
    if not wanted:
        return
    draft = draft_of(report)
    offer = next((one for one in offers(draft.figures, last_problems=draft.last_problems) if one.part == wanted), None)
    if offer is not None:
        text = with_paragraph(draft.texts[offer.section], report, offer.part, offer.text)
        drafting.save_texts(report, {offer.section: text}, by=person(request))


def _shown(request: HttpRequest, report: AnnualReport, *, status: int = 200) -> HttpResponse:
    report.refresh_from_db()
    sent = request.POST.dict() if status != 200 else None
    context = _context(request, report, judge(draft_of(report)), sent=sent)
    return render(request, "annual_report/edit.html", context, status=status)


def _context(request: HttpRequest, report: AnnualReport, judgement: Judgement, *, sent: Any = None) -> dict[str, Any]:
    user, draft = person(request), judgement.draft
    may_edit = report.may_be_edited and can(user, Capability.EDIT_REPORT, report)
    newest = report.versions.order_by("-number").first()
    return {
        "report": report,
        "draft": draft,
        "judgement": judgement,
        "sections": sections(judgement, sent=sent),
        "deadline": deadline_of(report.agency, report.year),
        "may_edit": may_edit,
        "may_act": can(user, Capability.EDIT_REPORT, report),
        "newest": newest,
        "acts": ACTS.items(),
        "offered": draft.offered,
        "last_event": report.events.order_by("-id").select_related("by").first(),
        "crumbs": crumbs((f"{report.agency.short_name}{report.year}年", "")),
    }
