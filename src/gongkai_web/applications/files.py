"""Files of cases: sealed on disk under a random name, opened for those who may and logged."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.crypto import seal, unseal
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Case, CaseFile, FileKind
from gongkai_web.audit.services import record as log

MAX_SIZE = 20 * 1024 * 1024
"""Bytes of one file: it is sealed in memory."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep; whoever took it from outside has checked what it is."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)
    media_type: str
    kind: FileKind


@transaction.atomic
def add_file(case: Case, file: NewFile, *, by: User | None) -> CaseFile:
    """Keep a file sealed. If the transaction fails, what is left on disk is sealed and belongs to no row.

    Raises: NotAllowed; CaseRefused for an empty file or one over 20 MB.
    """
    require(by, Capability.HANDLE_APPLICATIONS, case)
    if not 0 < len(file.content) <= MAX_SIZE:
        raise CaseRefused("FILE-SIZE", f"文件“{file.name}”是空的，或者超过20MB。", "请压缩或者拆分后再上传。")
    stored = secrets.token_hex(16)
    write_sealed(path_of(stored), seal(file.content))
    row: CaseFile = CaseFile.objects.create(
        case=case,
        kind=file.kind,
        name=file.name[:200],
        media_type=file.media_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        stored=stored,
        by=by,
        at=timezone.now(),
    )
    log("applications.file_added", obj=row, actor=by, agency=case.agency, details={"case": case.number})
    return row


def open_file(file: CaseFile, *, by: User | None) -> bytes:
    """The plain content; every reading is logged. `by=None`: the applicant reads what belongs to his own case.

    Raises: NotAllowed, DataKeyError; CaseRefused where the file was erased or is damaged.
    """
    if by is not None:
        require(by, Capability.READ_APPLICANTS, file.case)
    path = path_of(file.stored)
    if not path.exists():
        raise CaseRefused("FILE-GONE", "这份材料已按保存期限清除，或者不在存储目录中。", "如属意外，请从备份恢复。")
    content = unseal(path.read_bytes())
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise CaseRefused("FILE-DAMAGED", "这份材料与登记的摘要不符，内容可能损坏。", "请从备份恢复。")
    log("applications.file_read", obj=file, actor=by, agency=file.case.agency, personal_data=True)
    return content


def path_of(stored: str) -> Path:
    """Where the sealed file lies; two letters of its name make the folder."""
    return directory() / stored[:2] / stored


def directory() -> Path:
    """Beside the other uploads; nothing serves it."""
    return Path(settings.MEDIA_ROOT) / "applications"


def write_sealed(path: Path, sealed: bytes) -> None:
    """Whole or not at all, in place of what was there."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
