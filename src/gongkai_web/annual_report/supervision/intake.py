"""Taking many published reports at once: every file is kept first and read afterwards, in the background."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile, File
from django.db import transaction

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import ImportedFile
from gongkai_web.audit.services import record
from gongkai_web.interchange import jobs
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.interchange.uploads import safe_name

MOST_FILES = 500
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_TOTAL = 600 * 1024 * 1024


def start(agency: Agency, *, by: User | None, files: Sequence[File[bytes]]) -> Job:
    """Keep the files and have them read. An archive is unpacked when its turn comes.

    Raises: `NotAllowed`; `UploadRefused` where nothing was chosen or it is too much at once.
    """
    require(by, Capability.SUPERVISE, agency)
    _check(files)
    with transaction.atomic():
        names = (
            f"{safe_name(files[0].name or '')}等{len(files)}个文件"
            if len(files) > 1
            else safe_name(files[0].name or "")
        )
        job = Job.objects.create(
            kind=JobKind.REPORTS, agency=agency, started_by=by or _system(), confirmed=True, source_name=names[-200:]
        )
        for file in files:
            keep(job, name=file.name or "", data=file.read())
        record("interchange.import_uploaded", obj=job, actor=by, details={"source": names, "files": len(files)})
    return jobs.enqueue(job)


def keep(job: Job, *, name: str, data: bytes, parent: ImportedFile | None = None) -> ImportedFile:
    """One more file that waits to be read."""
    kept = ImportedFile(
        job=job, parent=parent, name=safe_name(name), sha256=hashlib.sha256(data).hexdigest(), size=len(data)
    )
    kept.file.save(kept.name, ContentFile(data), save=False)
    kept.save()
    return kept


def _check(files: Sequence[File[bytes]]) -> None:
    if not files:
        raise UploadRefused("IMPORT-NONE", "没有选择文件。", "请选择各机关公布的年度报告，可以一次选多个。")
    if len(files) > MOST_FILES:
        raise UploadRefused("IMPORT-MANY", f"一次选了{len(files)}个文件，最多{MOST_FILES}个。", "请分批或打成ZIP上传。")
    large = next((file for file in files if file.size > LARGEST_FILE), None)
    if large is not None:
        raise UploadRefused(
            "IMPORT-LARGE", f"“{safe_name(large.name or '')}”超过{LARGEST_FILE >> 20}MB。", "请只上传年度报告正文。"
        )
    if sum(file.size for file in files) > LARGEST_TOTAL:
        raise UploadRefused("IMPORT-TOTAL", f"合计超过{LARGEST_TOTAL >> 20}MB。", "请分批上传。")


def _system() -> User:
    """The system imports in the name of the platform's first administrator: a job has a person."""
    found = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if found is None:
        raise UploadRefused("IMPORT-NOBODY", "没有平台管理员，不能由系统导入。", "请先建立平台管理员账号。")
    return found
