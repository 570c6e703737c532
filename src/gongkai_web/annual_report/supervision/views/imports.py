"""Uploading many reports, watching them being read, answering what reading left open."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.annual_report.model import CellState
from gongkai.annual_report.writing.layout import tables
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.annual_report.models import FileState, ImportedFile, ImportedReport
from gongkai_web.annual_report.models.imported import counts_of
from gongkai_web.annual_report.supervision import doubts, intake
from gongkai_web.annual_report.supervision.form_view import table_view
from gongkai_web.annual_report.supervision.scope import scope_of
from gongkai_web.annual_report.supervision.source_view import anchor_of, page_picture, shown
from gongkai_web.annual_report.supervision.views.common import act, download, show
from gongkai_web.audit.services import record
from gongkai_web.interchange.jobs import is_stuck
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.interchange.progress import progress_of

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form for many files at once, and the imports so far."""
    scope = scope_of(request, current="annual_report_imports")
    problem = ""
    if request.method == "POST":
        try:
            job = intake.start(scope.root, by=scope.user, files=request.FILES.getlist("files"))
        except GongkaiError as error:
            problem = f"{error.message}{error.hint}"
        else:
            return redirect("annual_report_import_job", job.pk)
    jobs = Job.objects.filter(kind=JobKind.REPORTS, agency=scope.root).select_related("started_by")
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    waiting = ImportedReport.objects.filter(file__job__agency=scope.root, state="doubts").select_related("agency")
    context = {
        "page": [(job, counts_of(job)) for job in page],
        "pager": page,
        "waiting": waiting.order_by("pk")[:100],
        "problem": problem,
        "most": intake.MOST_FILES,
        "largest": intake.LARGEST_FILE,
    }
    return show(request, "imports.html", context, scope=scope, title="导入", status=422 if problem else 200)


@require_GET
def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: how each file ended, none left out."""
    jobs = Job.objects.filter(kind=JobKind.REPORTS, agency__in=_supervised(request)).select_related("agency")
    job = get_object_or_404(jobs, pk=pk)
    wanted = request.GET.get("state", "")
    files = job.report_files.select_related("parent").prefetch_related("reports__agency").order_by("pk")
    if wanted in FileState.values:
        files = files.filter(state=wanted)
    numbers = counts_of(job)
    context = {
        "job": job,
        "files": files,
        "filters": [(one, numbers[one.value], one.value == wanted) for one in FileState if numbers[one.value]],
        "total": sum(numbers.values()),
        "wanted": wanted,
        "progress": progress_of(job.pk),
        "stuck": is_stuck(job),
    }
    return show(request, "import_job.html", context, title="导入结果")


@require_http_methods(["GET", "POST"])
def imported(request: HttpRequest, pk: int) -> HttpResponse:
    """The original beside the form: what is open is marked and answered here."""
    found = _imported(request, pk)
    entered: dict[str, str] = {}
    if request.method == "POST":
        entered = {
            key.removeprefix("cell:"): str(text) for key, text in request.POST.items() if key.startswith("cell:")
        }
        if act(request, lambda: _answer(request, found, entered)):
            return redirect("annual_report_imported", found.pk)
    data, file = found.file.content(), found.file
    record("annual_report.import_read", obj=found, actor=_user(request), agency=found.importer)
    report = found.as_report()
    open_doubts = doubts.doubts_of(found)
    corrections = {one.subject: one for one in found.corrections.select_related("by")}
    unsure = _unsure(found, open_doubts)
    context = {
        "imported": found,
        "report": report,
        "source": shown(data, name=file.name),
        "doubts": [(one, anchor_of(one.doubt.place)) for one in open_doubts],
        "tables": [
            table_view(table, report, read=found.as_read(), unsure=unsure, corrections=corrections, entered=entered)
            for table in tables(report).values()
        ],
        "sections": [(one.full_heading, report.sections.get(one.key, "")) for one in report.format.sections],
        "corrections": found.corrections.select_related("by").order_by("-id"),
        "bodies": Agency.objects.subtree(found.importer).order_by("path"),
    }
    return show(request, "imported.html", context, title=f"核对“{file.name}”", status=422 if entered else 200)


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not use this report."""
    found = _imported(request, pk)

    def perform() -> str:
        doubts.set_aside(found, reason=request.POST.get("reason", ""), by=_user(request))
        return "已改为不采用，原件和读取结果保留备查。"

    act(request, perform)
    return redirect("annual_report_imported", found.pk)


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    file = get_object_or_404(ImportedFile.objects.filter(job__agency__in=_supervised(request)), pk=pk)
    record("annual_report.import_read", obj=file, actor=_user(request))
    return download(file.content(), name=file.name, media_type="application/octet-stream")


@require_GET
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    file = get_object_or_404(ImportedFile.objects.filter(job__agency__in=_supervised(request)), pk=pk)
    try:
        picture = page_picture(file.content(), number)
    except GongkaiError as error:
        raise Http404 from error
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _answer(request: HttpRequest, found: ImportedReport, entered: dict[str, str]) -> str:
    chosen = request.POST.get("body", "")
    year = request.POST.get("report_year", "")
    agency = Agency.objects.subtree(found.importer).filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    answers = doubts.Answers(
        agency=agency,
        year=int(year) if year.isdecimal() and len(year) <= 4 else None,
        values=entered,
        settled=frozenset(int(number) for number in request.POST.getlist("settled") if number.isdecimal()),
        note=request.POST.get("note", ""),
    )
    left = doubts.answer(found, answers, by=_user(request)).open_doubts
    return f"已保存，还有{left}处没有核对。" if left else "已保存，没有未核对的疑问，这份报告可以采用。"


def _unsure(found: ImportedReport, open_doubts: list[doubts.OpenDoubt]) -> set[str]:
    """Cells that a person should look at: named by an open doubt, recognised from an image, solved, or unreadable."""
    named = {path for one in open_doubts if not one.settled for path in one.doubt.cells}
    states = (CellState.OCR, CellState.SOLVED, CellState.UNREADABLE, CellState.AMBIGUOUS)
    return named | {path for path, cell in found.as_read().cells.items() if cell.state in states}


def _imported(request: HttpRequest, pk: int) -> ImportedReport:
    rows = ImportedReport.objects.filter(file__job__agency__in=_supervised(request))
    return get_object_or_404(rows.select_related("file__job__agency", "agency"), pk=pk)


def _supervised(request: HttpRequest) -> Any:
    return agencies_for(_user(request), Capability.SUPERVISE)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
