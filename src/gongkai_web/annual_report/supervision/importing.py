"""Reading the files of an import, one by one.

Each file is a transaction of its own: whoever kills the process loses at most the reading of one file, and a restart
goes on with the files that still wait. A file at which the process has died twice is given up with a sentence, so that
it cannot stop the others.
"""

from __future__ import annotations

import io
import logging
import zipfile
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.annual_report import read, to_json
from gongkai.annual_report.model import Report
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import FileState, ImportedFile, ImportedReport, ImportedState
from gongkai_web.annual_report.models.imported import counts_of
from gongkai_web.annual_report.supervision.doubts import rewrite
from gongkai_web.annual_report.supervision.intake import keep
from gongkai_web.annual_report.supervision.matching import Roll
from gongkai_web.interchange import claims
from gongkai_web.interchange.archives import Archive, open_archive
from gongkai_web.interchange.item_checks import Report as Progress
from gongkai_web.interchange.models import Job

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 2
_ENDED = (FileState.READ, FileState.DOUBTS)
_ZIP = b"PK\x03\x04"
_OFFICE = {"[Content_Types].xml", "OFD.xml", "mimetype"}


@dataclass(frozen=True)
class _Ending:
    """How the reading of a file ended."""

    state: FileState
    code: str = ""
    message: str = ""
    reports: tuple[Report, ...] = ()


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Read every file that waits; how many ended how. Raises: `claims.Superseded` when the job was started anew."""
    roll = Roll(Agency.objects.subtree(job.agency))
    while True:
        waiting = ImportedFile.objects.filter(job=job, state=FileState.WAITING).order_by("attempts", "pk").first()
        if waiting is None:
            return counts_of(job)
        if not claims.held(job).exists():
            raise claims.Superseded("JOB-SUPERSEDED", "这项导入已重新开始，由新的一次运行继续。")
        total = ImportedFile.objects.filter(job=job).count()
        done = total - ImportedFile.objects.filter(job=job, state=FileState.WAITING).count()
        progress(done, total, f"正在读取“{waiting.name}”")
        _process(waiting, roll)


def _process(file: ImportedFile, roll: Roll) -> None:
    if file.attempts >= MOST_ATTEMPTS:
        _end(file, _crashed(), roll)
        return
    # Counted before reading and outside any transaction: a process that dies leaves its mark.
    ImportedFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    try:
        data = file.content()
        archive = _archive(data)
        if archive is not None:
            _unpack(file, archive)
            return
        ending = _same(file) or _read(data, file.name)
    except GongkaiError as error:
        ending = _failed(error)
    except Exception:
        logger.exception("imported file %s failed", file.pk)
        ending = _Ending(
            FileState.ERROR, "unexpected", "读取这个文件时出现意外错误，原件已保留。请人工核对，或换一种格式再导入。"
        )
    _end(file, ending, roll)


def _read(data: bytes, name: str) -> _Ending:
    return _Ending(FileState.READ, reports=tuple(read(data, name=name)))


def _failed(error: GongkaiError) -> _Ending:
    sentences = [part.rstrip("。") for part in (error.message, error.hint) if part]
    return _Ending(FileState.ERROR, error.code, "".join(f"{sentence}。" for sentence in sentences))


def _crashed() -> _Ending:
    return _Ending(
        FileState.ERROR,
        "crashed",
        f"读取这个文件时程序中断了{MOST_ATTEMPTS}次，不再重试，原件已保留。请换一种格式再导入。",
    )


def _same(file: ImportedFile) -> _Ending | None:
    """The same bytes were imported before and are in use."""
    earlier = (
        ImportedFile.objects.filter(sha256=file.sha256, job__agency=file.job.agency, state__in=_ENDED)
        .exclude(pk=file.pk)
        .exclude(reports__state=ImportedState.SET_ASIDE)
        .order_by("pk")
        .first()
    )
    if earlier is None:
        return None
    day = timezone.localtime(earlier.ended_at)
    return _Ending(FileState.SAME, "same", f"与{day:%Y年%-m月%-d日}导入的“{earlier.name}”内容相同，没有重复读取。")


def _archive(data: bytes) -> Archive | None:
    """A ZIP that is no office document; a damaged one is left to the reader, who says so. Raises: `ArchiveRefused`."""
    if not data.startswith(_ZIP):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return None if _OFFICE.intersection(names) else open_archive(io.BytesIO(data))


def _unpack(file: ImportedFile, archive: Archive) -> None:
    if file.parent_id is not None:
        ending = _Ending(FileState.ERROR, "nested-archive", "压缩包里还有压缩包，没有再打开。请解开后上传。")
        _end(file, ending, Roll([]))
        return
    members = [(name, archive.read(name)) for name in archive]
    with transaction.atomic():
        if not _claim(file, _Ending(FileState.UNPACKED, message=f"内有{len(members)}个文件。")):
            return
        for name, data in members:
            keep(file.job, name=name, data=data, parent=file)


def _end(file: ImportedFile, ending: _Ending, roll: Roll) -> None:
    with transaction.atomic():
        if not _claim(file, ending):
            return
        for position, report in enumerate(ending.reports):
            store(file, report, roll, position=position)


def _claim(file: ImportedFile, ending: _Ending) -> bool:
    """Only one of two runs ends a file."""
    kind = ending.reports[0].source.media_type if ending.reports and ending.reports[0].source else ""
    values = {"code": ending.code, "message": ending.message, "media_type": kind, "ended_at": timezone.now()}
    waiting = ImportedFile.objects.filter(pk=file.pk, state=FileState.WAITING)
    return bool(waiting.update(state=ending.state, **values))


def store(file: ImportedFile, report: Report, roll: Roll, *, position: int = 0) -> ImportedReport:
    """Keep one report that was read; what is open about it decides its state."""
    agency = roll.find(report.agency) or roll.find(report.signed_by)
    kept: ImportedReport = ImportedReport.objects.create(
        file=file,
        position=position,
        agency=agency,
        printed_agency=(report.agency or report.signed_by or "")[:200],
        year=report.year,
        document=to_json(report),
        published_on=report.published_on or report.signed_on,
        imported_at=timezone.now(),
    )
    rewrite(kept)
    return kept
