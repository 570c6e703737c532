"""Uploaded proofs and materials: size, name, and what they are by their content."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.files import NewFile
from gongkai_web.applications.models import FileKind
from gongkai_web.interchange.sniffing import fits

LARGEST = 5 * 1024 * 1024
MOST = 4
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
ACCEPT = ",".join(f".{extension}" for extension in TYPES)
RULES = f"PDF、JPG 或 PNG，每个不超过 {LARGEST // 1024 // 1024} MB，最多 {MOST} 个。"
_LONGEST_NAME = 80


def checked(uploaded: UploadedFile[Any], *, kind: FileKind) -> NewFile:
    """The file as the case keeps it. Raises: CaseRefused for one that is too large or not what its name says."""
    name = _name(uploaded)
    extension = name.rpartition(".")[2].lower()
    size = uploaded.size or 0
    if size > LARGEST:
        raise CaseRefused("UPLOAD-SIZE", f"“{name}”有 {size / 1024 / 1024:.1f} MB，超过限制。", f"请上传{RULES}")
    content = uploaded.read()
    if extension not in TYPES or not fits(extension, content):
        raise CaseRefused("UPLOAD-TYPE", f"“{name}”不是 PDF、JPG 或 PNG 文件，或者内容与扩展名不符。", f"请上传{RULES}")
    return NewFile(kind=kind, name=name, content=content, media_type=TYPES[extension])


def _name(uploaded: UploadedFile[Any]) -> str:
    """Without folders and control characters; the end, with the extension, is what is kept of a long one."""
    plain = PurePath((uploaded.name or "").replace("\\", "/")).name
    return "".join(one for one in plain if one.isprintable())[-_LONGEST_NAME:] or "文件"
