"""Scans, recognised for real with the models that come with the extra."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from gongkai.annual_report.reading import ocr
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.ocr import read_image
from gongkai.annual_report.reading.opening import open_document
from gongkai.annual_report.reading.pdf_geometry import Rule
from gongkai.errors import UnreadableReportError

DOCUMENTS = Path(__file__).parent / "documents"
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")


def scan() -> Image.Image:
    """The upper half of the first page of a report, as a scanner sees it: grey, a little askew, with noise."""
    with pdfium.PdfDocument(DOCUMENTS / "libreoffice.pdf") as pdf:
        page = pdf[0].render(scale=2).to_pil().convert("L")
    noise = np.random.default_rng(1).normal(0, 6, (page.height, page.width))
    noisy = Image.fromarray(np.clip(np.asarray(page) + noise, 0, 255).astype("uint8"))
    return noisy.rotate(0.7, fillcolor=255, resample=Image.Resampling.BILINEAR)


def scanned_pdf() -> bytes:
    stream = io.BytesIO()
    scan().convert("RGB").save(stream, "PDF", resolution=144)
    return stream.getvalue()


@needs_ocr
def test_a_scanned_page_gives_paragraphs_and_a_table_marked_as_recognised() -> None:
    document = open_document(scanned_pdf(), name="扫描件.pdf")
    assert document.ocr
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    rows = [[cell.text for cell in row] for row in grid.rows]
    assert ["行政规范性文件", "6", "1", "23"] in rows
    assert ["行政许可", "1284"] in rows
    assert ["行政事业性收费", "428.65"] in rows
    assert any(block.text.startswith("一、总体情况") for block in document.blocks if isinstance(block, Paragraph))


def test_ruled_lines_are_found_in_an_image() -> None:
    pixels = np.full((200, 595), 255, dtype=np.uint8)
    pixels[50:52, 100:500] = 0
    pixels[50:150, 100:102] = 0
    pixels[80:90, 300:305] = 0  # a stroke, no rule
    assert ocr._rules(pixels, 1.0, vertical=False) == [Rule(51.0, 100.0, 500.0)]
    assert ocr._rules(pixels, 1.0, vertical=True) == [Rule(101.0, 50.0, 150.0)]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 cut", b"GIF89a"])
def test_a_broken_image_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableReportError) as error:
        read_image(data, media_type="image/png")
    assert error.value.code == "broken-file"


def test_an_image_of_too_many_pixels_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    with pytest.raises(UnreadableReportError) as error:
        read_image(stream.getvalue(), media_type="image/png")
    assert error.value.code == "too-large"


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    for data, name in ((b"\x89PNG\r\n\x1a\n", "年报.png"), (scanned_pdf(), "年报.pdf")):
        with pytest.raises(UnreadableReportError) as error:
            open_document(data, name=name)
        assert error.value.code == "ocr-not-installed"
        assert "pip install" in error.value.hint
