"""What kind of file it is, by content before name."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.reading.media_type import DOCX, HTML, MARKDOWN, PDF, TEXT, XLSX, sniff
from gongkai.errors import UnreadableReportError


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.docx", PDF),
        (b"\n%PDF-1.4", "", PDF),
        (zipped("word/document.xml"), "a.pdf", DOCX),
        (zipped("xl/workbook.xml"), "", XLSX),
        (b"<!DOCTYPE html><html>", "a.txt", HTML),
        (b"\xef\xbb\xbf  <TABLE border=1>", "", HTML),
        ("总体情况".encode(), "a.html", HTML),
        ("# 标题\n".encode(), "", MARKDOWN),
        ("| 规章 | 0 |\n|---|---|\n".encode(), "", MARKDOWN),
        ("一、总体情况".encode(), "报告.md", MARKDOWN),
        ("一、总体情况".encode(), "报告.txt", TEXT),
        ("一、总体情况".encode("gb18030"), "", TEXT),
        ("一、总体情况".encode("utf-16"), "", TEXT),
        (b"\x89PNG\r\n\x1a\n\0\0", "", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.txt", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "", "image/webp"),
        ("BM开头的文字".encode(), "", TEXT),
    ],
)
def test_kinds(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t", "empty-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "unsupported-format"),
        (zipped("photo.jpg"), "unsupported-format"),
        (b"PK\x03\x04 cut short", "broken-file"),
        (b"Rar!\x1a\x07", "unsupported-format"),
        (b"{\\rtf1", "unsupported-format"),
        (bytes(range(256)) * 4 + bytes(500), "unsupported-format"),
    ],
)
def test_what_is_not_read_says_so(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableReportError) as error:
        sniff(data, "报告")
    assert error.value.code == code
    assert error.value.hint


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_have_a_kind_or_an_error(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableReportError):
        assert "/" in sniff(data, name)


def test_bytes_full_of_control_characters_are_no_text() -> None:
    noise = bytes(range(256)) * 40
    with pytest.raises(UnreadableReportError) as refused:
        sniff(noise, "report.txt")
    assert refused.value.code == "unsupported-format"
