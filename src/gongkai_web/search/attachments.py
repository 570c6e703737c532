"""The text of attachments: PDF, DOCX, XLSX, HTML, Markdown and plain text, within bounds, read once per file.

Pictures and scans have no text here: recognising a page takes seconds, and a publication does not wait for that.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator

import pypdfium2 as pdfium

from gongkai.annual_report.reading import media_type
from gongkai.annual_report.reading.document import Document, Grid
from gongkai.annual_report.reading.opening import open_document
from gongkai.errors import GongkaiError
from gongkai_web.information.models import AgencyDocument
from gongkai_web.search.models import AttachmentText
from gongkai_web.search.text import tidy

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 50_000
"""Characters of one file that are searched."""
_MOST_PAGES = 200
# Fonts of PDFs often map characters to radicals, hence their range.
_BROKEN_LINE = re.compile(r"(?<=[\u2e80-\u2fd5\u3400-\u9fff])\r?\n(?=[\u2e80-\u2fd5\u3400-\u9fff])")

log = logging.getLogger(__name__)


def texts_of(documents: Collection[AgencyDocument]) -> dict[str, str]:
    """Digest → text of these files; reads and keeps those that were never read."""
    wanted = {document.sha256: document for document in documents if document.sha256}
    known = dict(AttachmentText.objects.filter(sha256__in=wanted).values_list("sha256", "text"))
    for digest in wanted.keys() - known.keys():
        text, problem = _read(wanted[digest])
        AttachmentText.objects.update_or_create(sha256=digest, defaults={"text": text, "problem": problem})
        known[digest] = text
    return known


def text_of(data: bytes, *, name: str) -> str:
    """The text of a file called `name`, at most `LONGEST_TEXT` characters; empty for pictures.

    Raises: `UnreadableReportError` for what is not read: archives, old Office files, encrypted and broken files.
    """
    kind = media_type.sniff(data, name)
    if kind.startswith("image/"):
        return ""
    text = _text_of_pdf(data) if kind == media_type.PDF else "\n".join(_lines(open_document(data, name=name)))
    return tidy(text)[:LONGEST_TEXT]


def _read(document: AgencyDocument) -> tuple[str, str]:
    """(text, problem). Whatever is wrong with a file must not keep its item from being published and found."""
    try:
        if document.file.size > LARGEST_FILE:
            return "", f"文件超过{LARGEST_FILE // 1024 // 1024}MB，未读取文字。"
        with document.open_file() as file:
            return text_of(file.read(), name=document.filename), ""
    except GongkaiError as error:
        return "", error.message[:200]
    except OSError as error:
        return "", f"文件无法打开：{type(error).__name__}。"
    except Exception:  # a reader of a foreign format may fail in ways of its own
        log.exception("attachment %s could not be read", document.pk)
        return "", "文件内容无法读取。"


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (" ".join(cell.text for cell in row) for row in block.rows)
        else:
            yield block.text


def _text_of_pdf(data: bytes) -> str:
    """The pages' text without recognising pictures; a word broken at a line's end is joined again."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise GongkaiError("ATTACHMENT-PDF", "PDF有密码或已损坏，未读取文字。") from error
    try:
        pages, length = [], 0
        for number in range(min(len(pdf), _MOST_PAGES)):
            pages.append(_page_text(pdf, number))
            length += len(pages[-1])
            if length > LONGEST_TEXT:
                break
        return _BROKEN_LINE.sub("", "\n".join(pages))
    finally:
        pdf.close()


def _page_text(pdf: pdfium.PdfDocument, number: int) -> str:
    page = pdf[number]
    try:
        text: str = page.get_textpage().get_text_bounded()
        return text
    finally:
        page.close()
