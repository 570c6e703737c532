"""A PDF as a document: its text where it has text, recognised characters where a page is only an image."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as c

from gongkai.annual_report.reading.document import Document
from gongkai.annual_report.reading.html_meta import iso_day
from gongkai.annual_report.reading.media_type import PDF
from gongkai.annual_report.reading.pdf_flow import flow
from gongkai.annual_report.reading.pdf_geometry import PageContent
from gongkai.annual_report.reading.pdf_page import has_images, read_page
from gongkai.errors import UnreadableReportError

_MOST_PAGES = 300
_MOST_SCANNED = 30  # pages; recognising one takes seconds
_FEW_CHARS = 8  # a page with fewer characters and an image is a scan


def read_pdf(data: bytes) -> Document:
    """The pages of a PDF as paragraphs and grids.

    Raises: UnreadableReportError: `encrypted-pdf`, `broken-file`, `too-large`; `ocr-not-installed` for a scan.
    """
    pdf = _opened(data)
    try:
        if len(pdf) > _MOST_PAGES:
            raise UnreadableReportError(
                "too-large", f"PDF 有 {len(pdf)} 页，超过 {_MOST_PAGES} 页，未读取", "请只提供年度报告所在的页"
            )
        return _read(pdf)
    except pdfium.PdfiumError:
        raise _broken() from None
    finally:
        pdf.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == c.FPDF_ERR_PASSWORD:
            raise UnreadableReportError(
                "encrypted-pdf", "PDF 有密码保护，无法读取", "请取消密码，或提供未加密的文件"
            ) from None
        raise _broken() from None


def _broken() -> UnreadableReportError:
    return UnreadableReportError("broken-file", "PDF 文件已损坏，无法打开", "请重新下载，或用其他程序打开后另存")


def _read(pdf: pdfium.PdfDocument) -> Document:
    contents: list[PageContent] = []
    scanned: list[int] = []
    images = 0
    for index in range(len(pdf)):
        page = pdf[index]
        content = read_page(page, number=index + 1)
        contents.append(content)
        if len(content.chars) < _FEW_CHARS or _is_garbled(content):
            images += has_images(page) or _is_garbled(content)
            scanned.append(index)
        page.close()
    meta = _meta(pdf)
    if images:
        meta["images"] = str(images)
    ocr = bool(images) and _recognise(pdf, contents, scanned)
    return Document(flow(contents), PDF, meta, ocr)


def _is_garbled(content: PageContent) -> bool:
    """Whether the fonts do not say which characters they print: most come as private or unknown ones."""
    unknown = sum(1 for char in content.chars if "\ue000" <= char.text <= "\uf8ff" or char.text == "\ufffd")
    return unknown * 2 > len(content.chars) > 0


def _recognise(pdf: pdfium.PdfDocument, contents: list[PageContent], scanned: list[int]) -> bool:
    """Puts recognised characters into the scanned pages; without the extra only a file that is all scan is refused."""
    from gongkai.annual_report.reading import ocr  # noqa: PLC0415 — costs a second, needed for scans only

    if not ocr.is_installed():
        if len(scanned) < len(contents):
            return False
        raise ocr.not_installed()
    if len(scanned) > _MOST_SCANNED:
        raise UnreadableReportError(
            "too-large", f"扫描件有 {len(scanned)} 页，超过 {_MOST_SCANNED} 页，未识别", "请只提供年度报告所在的页"
        )
    for index in scanned:
        contents[index] = ocr.recognise_page(pdf[index], number=index + 1)
    return True


def _meta(pdf: pdfium.PdfDocument) -> dict[str, str]:
    """The title, where it names a report: otherwise it is the name of a draft or template."""
    try:
        title = pdf.get_metadata_value("Title").strip()
    except UnicodeDecodeError:
        return {}
    return {"title": title} if "报告" in title and not iso_day(title) else {}
