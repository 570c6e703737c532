"""The parts of a DOCX file, read with bounds: no zip bomb, no external entity, no bottomless nesting."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from gongkai.errors import UnreadableReportError

MAX_PART = 60_000_000  # bytes of one unpacked part; the largest report seen has 2 MB
_MAX_RATIO = 400  # Word's own XML packs 10 to 40 times
_FREE_RATIO = 4_000_000  # bytes below which the ratio does not matter
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ISO strict documents use another namespace for the same names.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def open_package(data: bytes) -> zipfile.ZipFile:
    """Raises: UnreadableReportError when `data` is no complete zip archive."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise broken() from None


def part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The XML of one part; None when the file has no such part.

    Raises: UnreadableReportError when it is broken, encrypted or unpacks to too much.
    """
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    content = _unpacked(package, info).replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken() from None


def refuse_bombs(package: zipfile.ZipFile) -> None:
    """Raises UnreadableReportError when the parts of `package` together unpack to too much."""
    infos = package.infolist()
    if sum(info.file_size for info in infos) > 3 * MAX_PART or any(_is_bomb(info) for info in infos):
        raise _too_large()


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableReportError("encrypted-file", "文件有密码保护，无法读取", "请在 Word 或 WPS 中取消密码后另存")
    if info.file_size > MAX_PART or _is_bomb(info):
        raise _too_large()
    try:
        with package.open(info) as stream:
            content = stream.read(MAX_PART + 1)
    except _BROKEN:
        raise broken() from None
    if len(content) > MAX_PART:
        raise _too_large()
    return content


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _FREE_RATIO and info.file_size > _MAX_RATIO * max(info.compress_size, 1)


def broken() -> UnreadableReportError:
    return UnreadableReportError(
        "broken-file", "文件已损坏：不是完整的 Office 文件", "请重新下载，或用 Word、WPS 打开后另存"
    )


def _too_large() -> UnreadableReportError:
    return UnreadableReportError("too-large", "文件解压后过大，未读取", "请另存一份只含年度报告正文的文件")
