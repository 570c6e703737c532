"""The files that go with items: real DOCX, XLSX, CSV and PNG, the same bytes for the same words."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import docx
import pylopdf_fonts_zh_cn
import xlsxwriter
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from gongkai_web.accounts.models import Agency
from gongkai_web.demo.texts import Enclosure
from gongkai_web.information.models import AgencyDocument

Rows = Sequence[Sequence[str]]
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_BLUE, _INK, _PAPER = "#1d4f91", "#1f2933", "#ffffff"


def enclose(agency: Agency, kind: Enclosure, *, title: str, paragraphs: Sequence[str], rows: Rows) -> AgencyDocument:
    """Store a file with this content in the agency's collection."""
    content = _WRITERS[kind](title, paragraphs, rows or [("事项", "说明"), ("详见正文", title)])
    document = AgencyDocument(title=title, collection=agency.collection)
    # The name is part of what is signed; one that is free needs no random suffix.
    number = AgencyDocument.objects.filter(collection=agency.collection).count() + 1
    document.file.save(f"{agency.slug}-{number:03}.{kind.value}", ContentFile(content), save=False)
    document.save()
    return document


def _docx(title: str, paragraphs: Sequence[str], rows: Rows) -> bytes:
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = _EPOCH.replace(tzinfo=None)
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer)


def _undated(archive: io.BytesIO) -> bytes:
    """The same parts without the moment at which they were packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            target.writestr(part, source.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _xlsx(title: str, _paragraphs: Sequence[str], rows: Rows) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _EPOCH.replace(tzinfo=None)})
        sheet = book.add_worksheet("明细")
        sheet.set_column(0, len(rows[0]) - 1, 24)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def _csv(_title: str, _paragraphs: Sequence[str], rows: Rows) -> bytes:
    """With the mark by which spreadsheets recognise UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _png(title: str, paragraphs: Sequence[str], _rows: Rows) -> bytes:
    """A picture of the main points, as agencies publish with an interpretation."""
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, width=26)]
    image = Image.new("RGB", (800, 150 + 44 * len(lines)), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 800, 96), fill=_BLUE)
    draw.text((32, 30), title[:24], font=_font(32), fill=_PAPER)
    for number, line in enumerate(lines):
        draw.text((32, 120 + 44 * number), line, font=_font(26), fill=_INK)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _wrapped(text: str, *, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"), size)


_WRITERS: dict[Enclosure, Callable[[str, Sequence[str], Rows], bytes]] = {
    Enclosure.DOCX: _docx,
    Enclosure.XLSX: _xlsx,
    Enclosure.CSV: _csv,
    Enclosure.PNG: _png,
}
