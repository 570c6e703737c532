"""PDF/A, tagged, with every character shown or refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from one_report import TITLE, one_report
from pylopdf_fonts_zh_cn import serif_path

from gongkai.annual_report.writing import WritingError, pdf, write


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_the_file_declares_pdf_a_2a_and_holds_what_that_needs() -> None:
    data = write(one_report(), to="pdf")
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    for needed in (b"/OutputIntents", b"/MarkInfo", b"/StructTreeRoot", b"/Lang"):
        assert needed in data


def test_title_and_agency_are_in_the_metadata() -> None:
    document = pypdfium2.PdfDocument(write(one_report(), to="pdf"))
    assert document.get_metadata_value("Title") == TITLE
    assert document.get_metadata_value("Author") == "云溪市卫生健康委员会"


def test_pages_are_a4() -> None:
    width, height = pypdfium2.PdfDocument(write(one_report(), to="pdf"))[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_pages_are_numbered() -> None:
    texts = pages(write(one_report(overview="情况。" * 600), to="pdf"))
    assert len(texts) > 2
    assert [bool(re.search(rf"— {n} —", text)) for n, text in enumerate(texts, 1)] == [True] * len(texts)


@pytest.mark.parametrize("lines", range(2, 20, 3))
def test_a_table_cut_by_the_page_repeats_its_header(lines: int) -> None:
    texts = pages(write(one_report(overview="\n".join(["情况。"] * lines)), to="pdf"))
    cut = [text for text in texts if "不再处理其政府" in text or "三、本年" in text]
    assert all("申请人情况" in text for text in cut)


def test_equal_reports_give_equal_files() -> None:
    assert write(one_report(), to="pdf") == write(one_report(), to="pdf")


def test_a_report_without_any_day_is_dated_now() -> None:
    assert write(replace(one_report(), signed_on=None), to="pdf").startswith(b"%PDF-1.7")


@pytest.mark.parametrize(("character", "named"), [("😀", "😀"), ("\ue000", "U+E000（专用区字符）"), ("ཀ", "ཀ")])
def test_a_character_that_no_font_has_is_refused_by_name(character: str, named: str) -> None:
    with pytest.raises(WritingError) as refused:
        write(one_report(overview=f"公开{character}条"), to="pdf")
    assert refused.value.code == "missing-glyph"
    assert named in refused.value.message


def test_text_is_never_taken_for_markup() -> None:
    text = '#set page(fill: red) $x^2$ *a* _b_ `c` <d> @e = f \\ "g" //h [i] #sys.inputs'
    joined = "".join(pages(write(one_report(overview=text), to="pdf")))
    assert "".join(text.split()) in "".join(joined.split())


def test_a_folder_of_fonts_may_be_given() -> None:
    assert pdf.write(one_report(), fonts=serif_path().parent).startswith(b"%PDF")


def test_a_folder_without_fonts_changes_nothing(tmp_path: Path) -> None:
    assert pdf.write(one_report(), fonts=tmp_path) == pdf.write(one_report())
