"""Opening a ZIP that a stranger packed: nothing is written to disk, nothing larger than announced comes out."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from gongkai.text.encoding import decode
from gongkai_web.interchange.errors import ArchiveRefused

MOST_ENTRIES = 5000
LARGEST_ENTRY = 50 * 1024 * 1024
LARGEST_TOTAL = 1024 * 1024 * 1024
MOST_RATIO = 200
_RATIO_FROM = 1024 * 1024  # bytes; below it a high ratio is harmless (a page of blanks)
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass
class Archive:
    """The files of a ZIP by their names, without the folder that holds everything, if there is one."""

    _zip: zipfile.ZipFile
    _entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """The announced size in bytes."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """The file. Raises: `ArchiveRefused` when it is larger than announced or damaged."""
        entry = self._entries[name]
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
            raise ArchiveRefused("ZIP-DAMAGED", f"压缩包中的“{name}”已损坏。", "请重新打包后上传。") from error
        except Exception as error:  # zlib and lzma raise errors of their own for damaged data
            raise ArchiveRefused("ZIP-DAMAGED", f"压缩包中的“{name}”无法解压。", "请重新打包后上传。") from error
        if len(data) != entry.file_size:
            raise ArchiveRefused("ZIP-SIZE", f"压缩包中的“{name}”与登记的大小不符。", "请重新打包后上传。")
        return data


def open_archive(file: IO[bytes]) -> Archive:
    """Open and check a ZIP. Raises: `ArchiveRefused` for anything that is no plain, moderate archive."""
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArchiveRefused("ZIP-UNREADABLE", "无法打开这个压缩包。", "请用 ZIP 格式重新打包后上传。") from error
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    _check_size(entries)
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _name(entry)
        _check_entry(name, entry)
        if _is_litter(name):
            continue
        if name in named:
            raise ArchiveRefused("ZIP-TWICE", f"压缩包中有两个“{name}”。", "请删去一个后重新打包。")
        named[name] = entry
    return Archive(opened, _without_outer_folder(named))


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ArchiveRefused("ZIP-MANY", f"压缩包中有{len(entries)}个文件，最多{MOST_ENTRIES}个。", "请分批打包。")
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_TOTAL:
        raise ArchiveRefused("ZIP-LARGE", f"压缩包解压后超过{LARGEST_TOTAL >> 30}GB。", "请分批打包。")


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or not path.name:
        raise ArchiveRefused("ZIP-PATH", f"压缩包中的文件名“{name}”不安全。", "请在本机新建文件夹重新打包。")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveRefused("ZIP-LINK", f"压缩包中的“{name}”是链接，不是文件。", "请放入文件本身后重新打包。")
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused("ZIP-ENCRYPTED", "压缩包设有密码。", "请去掉密码后重新打包。")
    if entry.file_size > LARGEST_ENTRY:
        raise ArchiveRefused("ZIP-ENTRY-LARGE", f"“{name}”超过{LARGEST_ENTRY >> 20}MB。", "请压缩或拆分这个文件。")
    if entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise ArchiveRefused("ZIP-BOMB", f"“{name}”的压缩比异常，可能是恶意文件。", "请核对这个文件。")


def _name(entry: zipfile.ZipInfo) -> str:
    """Archives packed on Chinese Windows carry GB18030 names, which the standard library reads as code page 437."""
    name = entry.filename
    if not entry.flag_bits & _NAME_IS_UTF8:
        try:
            name = decode(name.encode("cp437")).text
        except UnicodeEncodeError:  # an extra field has given the name already
            name = entry.filename
    return name.replace("\\", "/")


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name in _LITTER[1:] or "/__MACOSX/" in name


def _without_outer_folder(named: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Many people pack a folder rather than its files."""
    outer = {PurePosixPath(name).parts[0] for name in named}
    if len(outer) != 1 or any("/" not in name for name in named):
        return named
    return {name.split("/", 1)[1]: entry for name, entry in named.items()}
