"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from gongkai.text.encoding import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 1024
Test = Callable[[bytes], bool]


def fits(extension: str, data: bytes) -> bool:
    """Does the content fit the extension (lower case, without dot)? An unknown extension fits nothing.

    >>> fits("pdf", b"%PDF-1.7 ..."), fits("pdf", b"MZ\\x90"), fits("txt", b"a\\x00b")
    (True, False, False)
    """
    test = _TESTS.get(extension)
    return test is not None and bool(data) and test(data)


def _starts(*marks: bytes) -> Test:
    return lambda data: data.startswith(marks)


def _package(member: str) -> Test:
    """A ZIP with a member by which the format is known."""

    def test(data: bytes) -> bool:
        if not data.startswith(_ZIP):
            return False
        try:
            return member in zipfile.ZipFile(io.BytesIO(data)).namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False

    return test


def _text(data: bytes) -> bool:
    decoded = decode(data)
    controls = sum(1 for char in decoded.text[:65536] if char < " " and char not in "\t\r\n\f")
    return not decoded.lost and controls == 0


def _pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_HEAD]


def _mp3(data: bytes) -> bool:
    return data.startswith(b"ID3") or (data[0] == 0xFF and len(data) > 1 and data[1] & 0xE0 == 0xE0)


_OLE_ONLY = _starts(_OLE)
_TESTS: dict[str, Test] = {
    "csv": _text,
    "doc": _OLE_ONLY,
    "docx": _package("word/document.xml"),
    "et": _starts(_OLE, *_ZIP),
    "gif": _starts(b"GIF87a", b"GIF89a"),
    "html": _text,
    "jpeg": _starts(b"\xff\xd8\xff"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "json": _text,
    "md": _text,
    "mp3": _mp3,
    "mp4": lambda data: data[4:8] == b"ftyp",
    "ofd": _package("OFD.xml"),
    "pdf": _pdf,
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "ppt": _OLE_ONLY,
    "pptx": _package("ppt/presentation.xml"),
    "rar": _starts(b"Rar!\x1a\x07"),
    "rtf": _starts(b"{\\rtf"),
    "txt": _text,
    "webp": lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP",
    "wps": _starts(_OLE, *_ZIP),
    "xls": _OLE_ONLY,
    "xlsx": _package("xl/workbook.xml"),
    "xml": _text,
    "zip": _starts(*_ZIP),
}
