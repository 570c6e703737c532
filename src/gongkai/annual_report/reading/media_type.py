"""What kind of file this is: by its content first, then by its name."""

from __future__ import annotations

import io
import re
import zipfile

from gongkai.errors import UnreadableReportError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh")
_HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|span|article|font)[\s>/]", re.I
)
_HTML_ANYWHERE = re.compile(rb"<(?:table|tr|td|p|div|html)[\s>]", re.I)
_HTML_NAMES = frozenset((".html", ".htm", ".shtml", ".xhtml", ".mht", ".aspx", ".jsp", ".php"))
_MARKDOWN_NAMES = frozenset((".md", ".markdown", ".mkd"))
_MARKDOWN_MARKS = re.compile(rb"^(?:#{1,6} |\|\s*:?-{3,})", re.M)
_SAMPLE = 65_536
_HEAD = 4096
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes, name: str = "") -> str:
    """The media type of `data`, a file called `name`.

    Raises: UnreadableReportError for an empty file and for formats that are not read (old Office files, archives).
    """
    start = data[:_SAMPLE]
    if not start or start.isspace():
        raise UnreadableReportError("empty-file", "文件是空的", "请检查文件是否下载完整")
    if b"%PDF-" in start[:1024]:
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return _office(data)
    _refuse_old_formats(start)
    return _image(start) or _text_type(start, _suffix(name))


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def _image(start: bytes) -> str | None:
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[:2] == b"BM" and start[6:10] != bytes(4):  # two letters alone may begin a text
        return None
    return next((kind for magic, kind in _IMAGES if start.startswith(magic)), None)


def _office(data: bytes) -> str:
    """Which Office format a zip archive is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise UnreadableReportError(
            "broken-file", "文件已损坏：不是完整的 DOCX、XLSX 文件", "请重新下载，或用 Word、WPS 打开后另存"
        ) from None
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if any(name.startswith("word/") for name in names):
        return DOCX
    raise UnreadableReportError(
        "unsupported-format", "压缩包里不是 Word 或 Excel 文件", "请先解压，再逐个读取其中的年度报告"
    )


def _refuse_old_formats(start: bytes) -> None:
    if start.startswith(_OLE):
        raise UnreadableReportError(
            "unsupported-format",
            "这是旧版 Office 文件（.doc、.xls、.wps），不能直接读取",
            "请用 Word 或 WPS 打开，另存为 DOCX 或 XLSX 后再读取；加密的 DOCX、XLSX 请先取消密码",
        )
    if start.startswith(b"{\\rtf"):
        raise UnreadableReportError("unsupported-format", "RTF 文件不能直接读取", "请用 Word 或 WPS 打开，另存为 DOCX")
    if start.startswith(_OTHER_ARCHIVES):
        raise UnreadableReportError("unsupported-format", "这是压缩包，不能直接读取", "请先解压，再读取其中的年度报告")


def _is_binary(start: bytes) -> bool:
    """Whether more than 2 % are control characters: no text has so many, random bytes have 10 %."""
    return len(start) - len(start.translate(None, _CONTROLS)) > len(start) // 50


def _text_type(start: bytes, suffix: str) -> str:
    if start.startswith(_UTF16):
        start = start.decode("utf-16", "replace").encode()
    head = start[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_page = bool(_HTML_START.match(head)) or head.startswith((b"<!--", b"<?xml"))
    if (b"\0" in start or not is_page) and _is_binary(start):  # a page without a null is none: counting costs more
        raise UnreadableReportError(
            "unsupported-format", "不认识的二进制文件", "请提供 HTML、DOCX、PDF、XLSX、Markdown 或文本文件"
        )
    if is_page:
        return HTML
    if suffix in _MARKDOWN_NAMES:
        return MARKDOWN
    if suffix in _HTML_NAMES or len(_HTML_ANYWHERE.findall(start)) > 3:
        return HTML
    return MARKDOWN if _MARKDOWN_MARKS.search(start) else TEXT
