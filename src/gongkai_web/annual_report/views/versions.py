"""A frozen version with its proof; the report as it will read; a draft as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from gongkai.annual_report.proof import differences
from gongkai.annual_report.writing import WRITERS, write
from gongkai.annual_report.writing.html import render_fragment, stylesheet
from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.annual_report.models import ReportVersion
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.services.freezing import RECEIPT
from gongkai_web.annual_report.views.common import crumbs, person, report_at
from gongkai_web.information.services.review import latest_case

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Proof, receipt, files, what the records say today, and what comes next."""
    report = report_at(request, pk)
    found = get_object_or_404(ReportVersion.objects.select_related("by"), report=report, number=number)
    files = {file.format: file for file in found.files.select_related("document")}
    newest = report.versions.order_by("-number").first() == found
    current = draft_of(report).report if newest and not report.may_be_edited else None
    context: dict[str, Any] = {
        "report": report,
        "version": found,
        "newest": newest,
        "proofs": [{**proof, "file": files.get(proof["format"])} for proof in found.proofs],
        "receipt_file": files.get(RECEIPT),
        "drift": differences(found.as_report(), current) if current else (),
        "events": report.events.select_related("by", "version", "to_agency"),
        "versions": report.versions.order_by("number"),
        "case": latest_case(report.item) if report.item else None,
        "may_act": can(person(request), Capability.EDIT_REPORT, report),
        "crumbs": crumbs(
            (f"{report.agency.short_name}{report.year}年", reverse("annual_report_edit", args=[pk])),
            (f"第{number}版", ""),
        ),
    }
    return render(request, "annual_report/version.html", context)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as it would read now."""
    report = report_at(request, pk)
    draft = draft_of(report)
    context = {
        "report": report,
        "draft": draft,
        # The writer escapes every text that it is given; its tags are its own.
        "fragment": mark_safe(render_fragment(draft.report, heading_level=2)),  # noqa: S308
        "stylesheet": mark_safe(stylesheet()),  # noqa: S308  # the library's own file
        "formats": tuple(WRITERS),
        "crumbs": crumbs(
            (f"{report.agency.short_name}{report.year}年", reverse("annual_report_edit", args=[pk])), ("预览", "")
        ),
    }
    return render(request, "annual_report/preview.html", context)


@require_GET
def draft_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The draft as a file, to be read by whoever has to approve it on paper."""
    report = report_at(request, pk)
    if kind not in WRITERS:
        raise Http404
    try:
        data = write(draft_of(report).report, to=kind)
    except GongkaiError as error:
        return HttpResponse(f"{error.message}{error.hint}", status=422, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type=TYPES[kind])
    name = f"{report}（草稿）.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
