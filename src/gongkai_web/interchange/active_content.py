"""What would act by itself when a reader opens the file: macros, scripts, programs."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.text.encoding import decode
from gongkai_web.interchange.archives import open_archive
from gongkai_web.interchange.errors import UploadRefused

_PROGRAMS = re.compile(
    r"\.(exe|dll|com|scr|bat|cmd|ps1|vb[se]|jse?|ws[fh]|hta|ms[ip]|jar|sh|app|lnk|reg|cpl|pif|apk|do[ct]m|xl[st]m|p[op][pt]m|xlam|svg)$",
    re.IGNORECASE,
)
_MACRO_MEMBERS = re.compile(r"(^|/)(vbaProject\.bin|activeX/|vbaData\.xml)", re.IGNORECASE)
_PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch)\b")
_HTML_ACTS = re.compile(
    r"<\s*(?:script|iframe|object|embed|applet|form|base|meta\s+http-equiv\s*=\s*[\"']?refresh)\b|\bon[a-z]+\s*=|javascript:",
    re.IGNORECASE,
)
_XML_ACTS = re.compile(
    r"<!ENTITY|<!DOCTYPE|<\?xml-stylesheet|<\s*(?:\w+:)?script\b|www\.w3\.org/(?:1999/xhtml|2000/svg)", re.IGNORECASE
)
_RTF_ACTS = re.compile(rb"\\obj(?:data|autlink|update|ocx)\b")
_VBA = "_VBA_PROJECT".encode("utf-16-le")


def what_acts(extension: str, data: bytes) -> str:
    """What would act, as a Chinese noun; empty when nothing does.

    Raises: `UploadRefused` when the file cannot be looked into (damaged, encrypted, a ZIP bomb).

    >>> what_acts("html", b"<p onclick=x()>"), what_acts("html", b"<p>text</p>")
    ('脚本', '')
    """
    look = _LOOKS.get(extension)
    return look(data) if look else ""


def _package(data: bytes) -> str:
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    return "宏" if any(_MACRO_MEMBERS.search(name) for name in names) else ""


def _archive(data: bytes) -> str:
    for name in open_archive(io.BytesIO(data)):
        if _PROGRAMS.search(name):
            return f"程序（{name}）"
    return ""


def _ole(data: bytes) -> str:
    return "宏" if _VBA in data else ""


def _compound(data: bytes) -> str:
    return _package(data) if data.startswith(b"PK") else _ole(data)


def _pdf(data: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or b"/Encrypt" in data
        what = "PDF 文件设有打开密码，公众无法阅读。" if encrypted else "PDF 文件已损坏，无法打开。"
        raise UploadRefused("FILE-PDF", what, "请重新生成 PDF 后上传。") from error
    try:
        scripts = pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw)
    finally:
        document.close()
    return "脚本" if ctypes.c_int(scripts).value > 0 or _PDF_ACTS.search(data) else ""


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[bytes], str]:
    return lambda data: what if pattern.search(decode(data).text) else ""


_LOOKS: dict[str, Callable[[bytes], str]] = {
    "docx": _package,
    "xlsx": _package,
    "pptx": _package,
    "doc": _ole,
    "xls": _ole,
    "ppt": _ole,
    "wps": _compound,
    "et": _compound,
    "zip": _archive,
    "pdf": _pdf,
    "html": _matching(_HTML_ACTS, "脚本"),
    "xml": _matching(_XML_ACTS, "脚本或外部实体"),
    "rtf": lambda data: "嵌入的对象" if _RTF_ACTS.search(data) else "",
}
