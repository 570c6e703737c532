"""Imports and exports in the back office: start, preview, progress, result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, agencies_for, can
from gongkai_web.audit.services import record
from gongkai_web.information.models import NormativeRecord
from gongkai_web.interchange import jobs
from gongkai_web.interchange.item_import import SUBMITTED_AT_ONCE, submit_next, unsubmitted
from gongkai_web.interchange.models import KEPT_DAYS, Job, JobKind, JobState
from gongkai_web.interchange.problems import MOST_SHOWN, Severity
from gongkai_web.interchange.progress import progress_of
from gongkai_web.interchange.selectors import may_use, visible_jobs
from gongkai_web.interchange.templates_download import FIELDS, template_csv, template_xlsx
from gongkai_web.proactive.models import Column
from gongkai_web.workbench.scoping import admin_url_name

PER_PAGE = 30
IMPORTS = (JobKind.COLUMNS, JobKind.ITEMS, JobKind.FIGURES, JobKind.DECISIONS, JobKind.REGISTER)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What can be brought in and out, and the jobs so far."""
    user = _user(request)
    page = Paginator(visible_jobs(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "imports": [kind for kind in IMPORTS if agencies_for(user, jobs.WORK[kind].capability).exists()],
        "exporting": agencies_for(user, jobs.WORK[JobKind.EXPORT].capability),
        "page": page,
        "crumbs": _crumbs(),
    }
    return render(request, "interchange/overview.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """The form for one kind of import; what is uploaded is checked before anything is stored."""
    if kind not in IMPORTS:
        raise Http404
    user = _user(request)
    work = jobs.WORK[kind]
    agencies = agencies_for(user, work.capability)
    if not agencies.exists():
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        started = _start(request, JobKind(kind), agencies)
        if isinstance(started, Job):
            return redirect("interchange_job", started.pk)
        problem = started
    context = {
        "kind": JobKind(kind),
        "agencies": agencies,
        "chosen": request.POST.get("agency") or str(user.home_id or ""),
        "extensions": work.extensions,
        "accept": ",".join(f".{extension}" for extension in work.extensions),
        "fields": FIELDS[kind],
        "problem": problem,
        "largest": jobs.LARGEST_UPLOAD,
        "crumbs": _crumbs(JobKind(kind).label),
    }
    return render(request, "interchange/upload.html", context, status=422 if problem else 200)


@require_GET
def template(request: HttpRequest, kind: str, extension: str) -> HttpResponse:
    """The table to fill in."""
    user = _user(request)
    if kind not in IMPORTS or extension not in {"xlsx", "csv"}:
        raise Http404
    agencies = agencies_for(user, jobs.WORK[kind].capability)
    if not agencies.exists():
        raise PermissionDenied
    agency = agencies.filter(pk=user.home_id).first() or agencies.first()
    body = template_csv(kind) if extension == "csv" else template_xlsx(kind, agency)
    return _download(body, f"{JobKind(kind).label}模板.{extension}", _TYPES[extension])


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress while it moves, the preview, the result."""
    found = _job(request, pk)
    own_page = jobs.WORK[found.kind].page
    if own_page is not None:
        return redirect(own_page(found))
    drafts = found.kind == JobKind.ITEMS and found.state == JobState.DONE
    shown = found.report.get("problems", [])
    context = {
        "job": found,
        "progress": progress_of(found.pk),
        "stuck": jobs.is_stuck(found),
        "checking": found.is_moving and not found.confirmed,
        "problems": [{**problem, "label": Severity(problem["severity"]).label} for problem in shown],
        "cut": found.report.get("errors", 0) + found.report.get("warnings", 0) > MOST_SHOWN,
        "items": found.items.select_related("item")[:PER_PAGE] if drafts else [],
        "waiting": unsubmitted(found).count() if drafts else 0,
        "at_once": SUBMITTED_AT_ONCE,
        "is_import": found.kind in IMPORTS,
        "register_list": admin_url_name(NormativeRecord, "list"),
        "column_list": admin_url_name(Column, "list"),
        "may_act": can(_user(request), jobs.WORK[found.kind].capability, found),
        "kept_days": KEPT_DAYS,
        "crumbs": _crumbs(found.get_kind_display()),
    }
    return render(request, "interchange/job.html", context)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page's script asks while the job moves."""
    found = _job(request, pk)
    progress = progress_of(found.pk)
    answer = JsonResponse(
        {
            "moving": found.is_moving,
            "state": found.get_state_display(),
            "done": progress.done,
            "total": progress.total,
            "what": progress.what,
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have everything of an agency packed."""
    agency = _chosen(request, agencies_for(_user(request), Capability.ADMINISTER))
    if agency is None:
        raise Http404
    return redirect("interchange_job", jobs.start_export(agency=agency, by=_user(request)).pk)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a checked import."""
    return _act(request, pk, lambda found: jobs.confirm(found, by=_user(request)) and "")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a checked import up."""
    return _act(request, pk, lambda found: jobs.drop(found, by=_user(request)) and "已放弃，没有写入任何数据。")


@require_POST
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Run an interrupted job again."""
    return _act(request, pk, lambda found: jobs.restart(found, by=_user(request)) and "已重新开始。")


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send every draft of the import into the chain, each by itself."""

    def perform(found: Job) -> str:
        number = submit_next(found, by=_user(request))
        record("interchange.submitted", obj=found, actor=_user(request), details={"items": number})
        return f"已提交{number}件，每件一份签审单，由各环节逐项审查。" if number else "没有需要提交的草稿。"

    return _act(request, pk, perform)


@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The finished export."""
    found = _job(request, pk)
    if not found.result:
        raise Http404
    record("interchange.downloaded", obj=found, actor=_user(request), personal_data=True)
    name = f"{found.agency.short_name}全部数据.zip"
    return FileResponse(found.result.open("rb"), as_attachment=True, filename=name, content_type=_TYPES["zip"])


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def _start(request: HttpRequest, kind: JobKind, agencies: Any) -> Job | str:
    """The job, or why there is none."""
    agency = _chosen(request, agencies)
    file = request.FILES.get("file")
    if agency is None:
        return "没有选择机构，或者您不能为这个机构导入。请重新选择。"
    if file is None:
        return "没有选择文件。请选择填好的表格或压缩包。"
    try:
        return jobs.start_import(kind, agency=agency, by=_user(request), file=file)
    except GongkaiError as error:
        return f"{error.message}{error.hint}"


def _chosen(request: HttpRequest, agencies: Any) -> Agency | None:
    wanted = request.POST.get("agency", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        return None
    found: Agency | None = agencies.filter(pk=int(wanted)).first()
    return found


def _act(request: HttpRequest, pk: int, perform: Callable[[Job], Any]) -> HttpResponse:
    """Perform an act on a job; its sentence, or the refusal's, is the message on the job's page."""
    found = _job(request, pk)
    try:
        sentence = perform(found)
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
    else:
        if isinstance(sentence, str) and sentence:
            messages.success(request, sentence)
    return redirect("interchange_job", found.pk)


def _job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(visible_jobs(_user(request)), pk=pk)


def _user(request: HttpRequest) -> Any:
    """The back office is entered by users only; whoever has no use for these screens is turned away here."""
    if not may_use(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    return request.user


def _download(body: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _crumbs(last: str = "") -> list[dict[str, str]]:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "工作台"}]
    if not last:
        return [*crumbs, {"url": "", "label": "导入导出"}]
    return [*crumbs, {"url": reverse("interchange_jobs"), "label": "导入导出"}, {"url": "", "label": last}]
