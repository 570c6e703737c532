"""Any file becomes a document in simplified characters, or a clear error."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.opening import open_document
from gongkai.errors import UnreadableReportError


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ("<p>一、总体情况</p>".encode(), "年报.html", "text/html"),
        ("一、总体情况".encode("gb18030"), "年报.txt", "text/plain"),
        ("# 一、总体情况".encode(), "年报.md", "text/markdown"),
    ],
)
def test_each_kind_is_read(data: bytes, name: str, kind: str) -> None:
    document = open_document(data, name=name)
    assert document.media_type == kind
    assert texts(document) == ["一、总体情况"]


def test_a_traditional_page_is_turned_as_a_whole() -> None:
    page = "<title>年度報告</title><p>三、收到和處理政府信息公開(kāi)申請情況</p>"
    table = "<table><tr><td>總計(jì)</td><td>1</td></tr></table>"
    document = open_document((page + table).encode(), name="a.html")
    grid = document.blocks[1]
    assert texts(document) == ["三、收到和处理政府信息公开申请情况"]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0]] == ["总计", "1"]
    assert document.meta["title"] == "年度报告"


def test_radicals_of_pdf_fonts_are_read_as_characters_in_text() -> None:
    assert texts(open_document("⾏政许可⼀览".encode(), name="a.txt")) == ["行政许可一览"]


@pytest.mark.parametrize(
    ("size", "piece", "name"), [(100_000_000, "政府信息公开\n".encode(), "a.txt"), (40_000_000, b"<p>1</p>", "a.html")]
)
def test_huge_files_are_refused_at_once(size: int, piece: bytes, name: str) -> None:
    data = piece * (size // len(piece))
    start = time.perf_counter()
    with pytest.raises(UnreadableReportError) as error:
        open_document(data, name=name)
    assert error.value.code == "too-large"
    assert time.perf_counter() - start < 2


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)),
    st.sampled_from(["", "a.md", "a.htm", "a.pdf"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableReportError):
        open_document(data, name=name)


def test_a_web_page_loads_no_library_of_other_formats() -> None:
    code = (
        "import sys; from gongkai.annual_report.reading.opening import open_document; "
        "open_document('<p>一、总体情况</p>'.encode(), name='a.html'); "
        "print([m for m in ('pypdfium2', 'openpyxl', 'opencc_pyo3', 'docx', 'rapidocr', 'lxml') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert shown.stdout.strip() == "[]"
