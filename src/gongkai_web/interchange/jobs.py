"""Starting, confirming, dropping and running jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.interchange import claims, exporting, item_import, register_import
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.item_checks import Report
from gongkai_web.interchange.item_import import ImportStopped
from gongkai_web.interchange.models import KEPT_DAYS, Job, JobKind, JobState
from gongkai_web.interchange.progress import STUCK_AFTER, Reporter, progress_of
from gongkai_web.interchange.uploads import safe_name
from gongkai_web.proactive import column_import, figures_import

logger = logging.getLogger(__name__)
LARGEST_UPLOAD = 300 * 1024 * 1024
_Work = Callable[[Job, Report], dict[str, Any]]


class JobRefused(GongkaiError):  # noqa: N818  # names the event
    """The job cannot do this now."""


@dataclass(frozen=True)
class Work:
    """What a kind of job needs and does. `check` is `None` where there is nothing to confirm.

    `page` gives the address of a job that has a page of its own in another app.
    """

    capability: Capability
    run: _Work
    check: _Work | None = None
    extensions: tuple[str, ...] = ()
    page: Callable[[Job], str] | None = None


WORK: dict[str, Work] = {
    JobKind.COLUMNS: Work(Capability.MANAGE_COLUMNS, column_import.run, column_import.check, ("xlsx", "csv")),
    JobKind.ITEMS: Work(Capability.DRAFT, item_import.run, item_import.check, ("xlsx", "csv", "zip")),
    JobKind.FIGURES: Work(Capability.DRAFT, figures_import.run_figures, figures_import.check_figures, ("xlsx", "csv")),
    JobKind.DECISIONS: Work(
        Capability.DRAFT, figures_import.run_decisions, figures_import.check_decisions, ("xlsx", "csv")
    ),
    JobKind.REGISTER: Work(Capability.MANAGE_REGISTER, register_import.run, register_import.check, ("xlsx", "csv")),
    JobKind.EXPORT: Work(Capability.ADMINISTER, exporting.run),
}


def start_import(kind: JobKind, *, agency: Agency, by: User, file: File[bytes]) -> Job:
    """Keep the upload and have it checked. Raises: `NotAllowed`, `UploadRefused`."""
    work = WORK[kind]
    require(by, work.capability, agency)
    name, size = safe_name(file.name or ""), file.size
    if name.rsplit(".", 1)[-1].lower() not in work.extensions:
        raise UploadRefused("JOB-TYPE", f"不能导入“{name}”。", f"请上传 {'、'.join(work.extensions)} 文件。")
    if not 0 < size <= LARGEST_UPLOAD:
        raise UploadRefused("JOB-SIZE", f"文件为空或超过{LARGEST_UPLOAD >> 20}MB。", "请核对，或分批上传。")
    with transaction.atomic():
        job = Job(kind=kind, agency=agency, started_by=by, source_name=name[-200:])
        job.source.save(f"import.{name.rsplit('.', 1)[-1].lower()}", file, save=False)
        job.save()
        record("interchange.import_uploaded", obj=job, actor=by, details={"source": name, "bytes": size})
    return enqueue(job)


def start_export(*, agency: Agency, by: User) -> Job:
    """Have everything of the agency packed. Raises: `NotAllowed`."""
    require(by, WORK[JobKind.EXPORT].capability, agency)
    with transaction.atomic():
        job = Job.objects.create(kind=JobKind.EXPORT, agency=agency, started_by=by, confirmed=True)
        record("interchange.export_started", obj=job, actor=by)
    return enqueue(job)


def confirm(job: Job, *, by: User) -> Job:
    """Go on with a checked import. Raises: `NotAllowed`; `JobRefused` when it has errors or is under way."""
    require(by, WORK[job.kind].capability, job.agency)
    with transaction.atomic():
        if not _move(job, JobState.READY, to=JobState.QUEUED, confirmed=True):
            raise JobRefused("JOB-STATE", "这项导入不在待确认状态。", "请刷新页面查看最新状态。")
        record("interchange.import_confirmed", obj=job, actor=by, details={"source": job.source_name})
    return enqueue(job)


def drop(job: Job, *, by: User) -> Job:
    """Give a checked import up. Raises: `NotAllowed`, `JobRefused`."""
    require(by, WORK[job.kind].capability, job.agency)
    for state in (JobState.READY, JobState.REFUSED, JobState.FAILED):
        if _move(job, state, to=JobState.DROPPED, finished_at=timezone.now()):
            record("interchange.import_dropped", obj=job, actor=by)
            return job
    raise JobRefused("JOB-STATE", "这项工作现在不能放弃。", "请刷新页面查看最新状态。")


def restart(job: Job, *, by: User) -> Job:
    """Run an interrupted job again: nothing of it was stored, for it runs in one transaction.

    Raises: `NotAllowed`; `JobRefused` while it is under way.
    """
    require(by, WORK[job.kind].capability, job.agency)
    if not is_stuck(job) and job.state != JobState.FAILED:
        raise JobRefused("JOB-STATE", "这项工作正在进行，不必重新开始。", "请刷新页面查看最新状态。")
    if not _move(job, JobState(job.state), to=JobState.QUEUED, message=""):
        raise JobRefused("JOB-STATE", "这项工作的状态刚刚变化。", "请刷新页面。")
    record("interchange.restarted", obj=job, actor=by)
    return enqueue(job)


def is_stuck(job: Job) -> bool:
    """Has a moving job given no sign for so long that its worker must be gone?"""
    newest = max(job.moved_at.timestamp(), progress_of(job.pk).at)
    return job.is_moving and timezone.now().timestamp() - newest > STUCK_AFTER


def perform(job_pk: int) -> None:
    """Run a queued job: the task's body. Whatever goes wrong ends up on the job's page, not in a lost traceback."""
    job = Job.objects.select_related("agency", "started_by").get(pk=job_pk)
    if not _move(job, JobState.QUEUED, to=JobState.RUNNING):
        return
    remove_expired()
    report = Reporter(job.pk)
    try:
        _perform(job, report)
    except claims.Superseded:
        logger.warning("job %s was started anew; this run stored nothing", job.pk)
    except ImportStopped as stopped:
        _end(job, JobState.REFUSED, report=stopped.report)
    except GongkaiError as error:
        state = JobState.REFUSED if WORK[job.kind].check else JobState.FAILED
        _end(job, state, message=f"{error.message}{error.hint}")
    except Exception:
        logger.exception("job %s failed", job.pk)
        _end(
            job,
            JobState.FAILED,
            message="处理时出现意外错误，没有写入任何数据。请重新开始；仍不成功的，请联系平台管理员。",
        )
    finally:
        report.clear()


def remove_expired() -> int:
    """Remove the files of old jobs; how many."""
    old = Job.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(source="", result="")
    removed = 0
    for job in old.exclude(state__in=[JobState.QUEUED, JobState.RUNNING]):
        for file in (job.source, job.result):
            if file:
                file.delete(save=False)
                removed += 1
        # Without its upload an import can neither be confirmed nor run again.
        if job.state in {JobState.READY, JobState.FAILED, JobState.REFUSED}:
            job.state = JobState.DROPPED
        job.save(update_fields=["source", "result", "state"])
    return removed


def _perform(job: Job, report: Report) -> None:
    work = WORK[job.kind]
    if work.check is not None and not job.confirmed:
        found = work.check(job, report)
        _end(job, JobState.REFUSED if found["errors"] else JobState.READY, report=found)
        return
    _end(job, JobState.DONE, outcome=work.run(job, report))


def enqueue(job: Job) -> Job:
    """Hand a queued job to the background. Other apps add their kinds of work to `WORK` and start them here."""
    from gongkai_web.interchange.tasks import run_job  # noqa: PLC0415  # the task calls this module

    run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job


def _move(job: Job, state: JobState, *, to: JobState, **changes: Any) -> bool:
    """Only one of two who try at the same time succeeds."""
    values = {"state": to, "moved_at": timezone.now(), **changes}
    moved = bool(Job.objects.filter(pk=job.pk, state=state).update(**values))
    if moved:
        job.refresh_from_db()
    return moved


def _end(job: Job, state: JobState, **changes: Any) -> None:
    final = {"finished_at": timezone.now()} if state in {JobState.DONE, JobState.FAILED} else {}
    claims.held(job).update(state=state, moved_at=timezone.now(), **final, **changes)
