"""The text of attachments, one format after the other."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import typst
from pylopdf_fonts_zh_cn import serif_path

from gongkai.errors import GongkaiError
from gongkai_web.search import attachments
from gongkai_web.search.attachments import text_of


def word_file() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("第一条 疫苗接种细则。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "接种点", "十二处"
    document.save(buffer)
    return buffer.getvalue()


def sheet() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["疫苗名称", "剂次"])
    book.active.append(["麻腮风", 2])
    book.save(buffer)
    return buffer.getvalue()


def pdf(tmp_path: Path) -> bytes:
    """Two pages whose lines break amid words."""
    source = tmp_path / "a.typ"
    source.write_text(
        '#set page(width: 60mm, height: 60mm)\n#set text(font: "Noto Serif SC")\n'
        + "基本公共卫生服务项目" * 12
        + "\n#pagebreak()\n第二页有疫苗接种",
        encoding="utf-8",
    )
    return bytes(typst.compile(str(source), font_paths=[str(Path(serif_path()).parent)], ignore_system_fonts=True))


def test_word_files_give_paragraphs_and_cells() -> None:
    assert text_of(word_file(), name="a.docx") == "第一条疫苗接种细则。\n接种点十二处"


def test_sheets_give_their_cells() -> None:
    text = text_of(sheet(), name="a.xlsx")
    assert "疫苗名称" in text
    assert "麻腮风" in text


def test_a_word_broken_at_the_end_of_a_line_of_a_pdf_is_whole(tmp_path: Path) -> None:
    text = text_of(pdf(tmp_path), name="a.pdf")
    assert "基本公共卫生服务项目" * 12 in text
    assert "第二页有疫苗接种" in text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("<html><body><p>疫<b>苗</b>接种</p></body></html>".encode(), "a.html"),
        ("疫苗接种".encode("gb18030"), "a.txt"),
        ("# 通知\n\n疫苗接种".encode(), "a.md"),
    ],
)
def test_pages_and_plain_text_are_read_in_their_encoding(data: bytes, name: str) -> None:
    assert "疫苗接种" in text_of(data, name=name)


def test_pictures_have_no_text_and_cost_nothing() -> None:
    assert text_of(b"\x89PNG\r\n\x1a\n" + bytes(64), name="a.png") == ""


def test_a_long_text_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LONGEST_TEXT", 100)
    assert len(text_of(("疫苗接种。\n" * 1000).encode(), name="a.txt")) == 100


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.txt", "疫苗")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 broken", b"PK\x03\x04broken", archive(), b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["pdf", "docx", "zip", "empty", "doc"],
)
def test_what_cannot_be_read_says_so_in_one_kind_of_error(data: bytes) -> None:
    with pytest.raises(GongkaiError):
        text_of(data, name="a.bin")
