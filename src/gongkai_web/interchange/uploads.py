"""The one place where an uploaded file is judged: name, size, what it is, and that nothing in it acts by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings

from gongkai_web.interchange import pictures
from gongkai_web.interchange.active_content import what_acts
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.sniffing import fits

LONGEST_NAME = 120
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. `name` is safe to show and to offer for download."""

    name: str
    extension: str
    data: bytes


def check_upload(name: str, data: bytes) -> CheckedFile:
    """Judge a file. Raises: `UploadRefused` with what is wrong and what to do."""
    safe = safe_name(name)
    extension = PurePosixPath(safe).suffix[1:].lower()
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        raise UploadRefused("FILE-TYPE", f"不接受“{safe}”这种类型的文件。", "请转换为 PDF、OFD 或常用办公文档。")
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if len(data) > limit:
        raise UploadRefused("FILE-LARGE", f"“{safe}”超过{limit >> 20}MB。", "请压缩或拆分后上传。")
    if not data:
        raise UploadRefused("FILE-EMPTY", f"“{safe}”是空文件。", "请核对后重新上传。")
    if not fits(extension, data):
        raise UploadRefused(
            "FILE-CONTENT", f"“{safe}”的内容与扩展名不符。", "请用原来的软件打开，另存为正确的格式后上传。"
        )
    acting = what_acts(extension, data)
    if acting:
        raise UploadRefused("FILE-ACTIVE", f"“{safe}”含有{acting}，不能上传。", "请另存为不含这些内容的文件。")
    if extension in pictures.EXTENSIONS:
        data = pictures.cleaned_picture(data)
    return CheckedFile(safe, extension, data)


def safe_name(name: str) -> str:
    """The last part of the name, without characters that mislead a reader or a file system.

    >>> safe_name("C:\\\\文件\\\\通知\\u202efdp.exe"), safe_name("../../附件1.pdf")
    ('通知fdp.exe', '附件1.pdf')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath(_UNSAFE.sub("", last).strip(" .") or "文件")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
