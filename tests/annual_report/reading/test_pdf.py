"""PDFs of three producers (Chromium, LibreOffice, wkhtmltopdf) made from one report, and a published one.

The documents print `documents/report.html`; its tables go over page breaks. `borderless.pdf` prints the same report
without ruled lines.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.html import read_html
from gongkai.annual_report.reading.pdf import read_pdf
from gongkai.errors import UnreadableReportError

DOCUMENTS = Path(__file__).parent / "documents"
RULED = ["chromium", "libreoffice", "wkhtmltopdf"]


def read(name: str) -> Document:
    return read_pdf((DOCUMENTS / f"{name}.pdf").read_bytes())


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def printed(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    return [[(c.text, c.column, c.rowspan, c.colspan) for c in row] for row in grid.rows]


@pytest.mark.parametrize("name", RULED)
def test_ruled_tables_equal_those_of_the_web_page(name: str) -> None:
    page = read_html((DOCUMENTS / "report.html").read_bytes())
    found = grids(read(name))
    assert all(grid.aligned for grid in found)
    assert [printed(grid) for grid in found] == [printed(grid) for grid in grids(page)]


@pytest.mark.parametrize("name", RULED)
def test_wrapped_lines_are_joined_to_the_paragraphs_of_the_web_page(name: str) -> None:
    page = read_html((DOCUMENTS / "report.html").read_bytes())
    assert texts(read(name)) == [text.replace(" ", "") for text in texts(page)]


def test_a_row_whose_cells_are_known_by_hand() -> None:
    table = grids(read("chromium"))[1]
    row = next(row for row in table.rows if row[0].text.startswith("4.无正当理由"))
    assert [c.text for c in row] == ["4.无正当理由大量反复申请", "13", "0", "2", "2", "0", "0", "17"]
    assert [c.column for c in row] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_a_cell_knows_its_page_and_box() -> None:
    table = grids(read("libreoffice"))[-1]
    place = table.locate(table.rows[-1][0])
    assert place.page == 4
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 0 < left < right < 595
    assert 0 < top < bottom < 842


def test_unruled_tables_keep_every_number_in_its_column() -> None:
    rows = {
        row[-8].text: [c.text for c in row[-7:]] for g in grids(read("borderless")) for row in g.rows if len(row) >= 8
    }
    assert rows["（七）总计"] == ["36", "26", "67", "78", "64", "39", "310"]
    assert rows["2.没有现成信息需要另行制作"] == ["0", "1", "2", "1", "0", "0", "4"]
    assert rows["4.保护第三方合法权益"] == ["2", "2", "1", "0", "0", "0", "5"]
    assert rows["四、结转下年度继续办理"] == ["3", "0", "0", "1", "0", "0", "4"]


def test_unruled_money_is_not_cut_at_its_point() -> None:
    rows = [[c.text for c in row] for grid in grids(read("borderless")) for row in grid.rows]
    assert ["行政事业性收费", "428.65"] in rows
    assert ["行政许可", "1284"] in rows


def lying(name: str) -> bytes:
    """The document with its pages drawn lying on their side and turned upright by the viewer, as wide tables are."""
    stream = io.BytesIO()
    with pdfium.PdfDocument(DOCUMENTS / f"{name}.pdf") as source, pdfium.PdfDocument.new() as target:
        for index, page in enumerate(source):
            width, height = page.get_size()
            drawn = source.page_as_xobject(index, target).as_pageobject()
            drawn.set_matrix(pdfium.PdfMatrix(0, 1, -1, 0, height, 0))
            side = target.new_page(height, width)
            side.insert_obj(drawn)
            side.set_rotation(90)
            side.gen_content()
        target.save(stream)
    return stream.getvalue()


def test_a_page_drawn_on_its_side_is_read_as_it_is_seen() -> None:
    expected = [printed(grid) for grid in grids(read("libreoffice"))]
    assert [printed(grid) for grid in grids(read_pdf(lying("libreoffice")))] == expected


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"not a pdf"])
def test_a_broken_file_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableReportError) as error:
        read_pdf(data)
    assert error.value.code == "broken-file"


def test_a_file_with_a_password_says_so() -> None:
    with pytest.raises(UnreadableReportError) as error:
        read("encrypted")
    assert error.value.code == "encrypted-pdf"


SAMPLE = (DOCUMENTS / "borderless.pdf").read_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, len(SAMPLE)), st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=8)
)
def test_damaged_files_are_read_or_refused(cut: int, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(SAMPLE)
    for at, value in changes:
        changed[at] = value
    for data in (SAMPLE[:cut], bytes(changed)):
        with contextlib.suppress(UnreadableReportError):
            read_pdf(data)


@pytest.mark.shared
def test_a_published_report_with_tables_over_pages(shared: Path) -> None:
    document = read_pdf((shared / "reports" / "hongze_2023.pdf").read_bytes())
    second, third, fourth = grids(document)
    assert [len(grid.rows) for grid in (second, third, fourth)] == [14, 26, 4]
    assert [(c.text, c.rowspan) for c in third.rows[5]][:2] == [("三、本年度办理结果", 20), ("（一）予以公开", 1)]
    assert [(c.text, c.rowspan) for c in third.rows[15]][:2] == [
        ("（四）无法提供", 3),
        ("1.本机关不掌握相关政府信息", 1),
    ]
    assert [c.text for c in fourth.rows[3]] == ["10", "1", *["0"] * 8, "5", *["0"] * 4]
    assert third.locate(third.rows[17][0]).page == 4
    assert not any(text.strip("- ").isdigit() for text in texts(document))
    assert isinstance(third.locate(third.rows[0][0]), Place)
