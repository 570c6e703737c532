"""Letters on paper: the page of GB/T 9704, the whole text in it, room for the seal, equal bytes for equal letters."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from letter_facts import complete

from gongkai.applications.letters import LetterKind, compose, docx, pdf
from gongkai.documents import WritingError

ON = date(2025, 6, 3)
REPLY = compose(LetterKind.REPLY, complete(LetterKind.REPLY), on=ON, number="云卫公开〔2025〕1号")


def pdf_text(data: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return "".join("".join(page.split()) for page in pages)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_is_a_word_document_and_a_pdf_with_all_its_text(kind: LetterKind) -> None:
    made = compose(kind, complete(kind), on=ON, number="云卫公开〔2025〕1号")
    read = Document(BytesIO(docx.write(made)))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    in_word, in_pdf = "\n".join([*(one.text for one in read.paragraphs), *cells]), pdf_text(pdf.write(made))
    for text in [*(one.text for one in made.paragraphs), *made.remedy, *(v for r in made.rows for _, v in r.pairs)]:
        assert text in in_word
        assert "".join(text.split())[:12] in in_pdf


def test_the_word_page_is_that_of_the_standard() -> None:
    section = Document(BytesIO(docx.write(REPLY))).sections[0]
    sides = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round((side or 0) / Mm(1)) for side in sides] == [37, 28, 35, 26]


def test_the_pdf_is_a4_and_pdf_a() -> None:
    data = pdf.write(REPLY)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert [round(side / 72 * 25.4) for side in pypdfium2.PdfDocument(data)[0].get_size()] == [210, 297]


def test_two_lines_stay_free_for_the_seal() -> None:
    paragraphs = [one.text for one in Document(BytesIO(docx.write(REPLY))).paragraphs]
    assert paragraphs[-4:] == ["", "", "云溪市卫生健康委员会", "2025年6月3日"]


def test_equal_letters_give_equal_files() -> None:
    assert docx.write(REPLY) == docx.write(REPLY)
    assert pdf.write(REPLY) == pdf.write(REPLY)


def test_a_character_without_a_glyph_is_refused_in_the_pdf() -> None:
    facts = complete(LetterKind.REPLY)
    values = {**facts.values, "subject": "名为\ue000的文件"}
    made = compose(LetterKind.REPLY, type(facts)(values, facts.decisions), on=ON)
    with pytest.raises(WritingError, match="没有这样的字形"):
        pdf.write(made)
