"""Bytes of any supported file as a `Document`, in simplified characters."""

from __future__ import annotations

from itertools import islice

from gongkai.annual_report.reading import media_type
from gongkai.annual_report.reading.document import Document, Grid
from gongkai.errors import UnreadableReportError
from gongkai.text.encoding import decode
from gongkai.text.radicals import plain_characters
from gongkai.text.simplified import to_simplified

_MAX_TEXT = 12_000_000  # bytes; the longest report with its appendices has 0.3 MB
_MAX_FILE = 200_000_000
_MOST_BLOCKS = 40_000  # a hundred reports in one file have 10,000
_MOST_CELLS = 100_000  # and 30,000 cells
_OF_PARAGRAPHS = frozenset((media_type.HTML, media_type.DOCX))
_SEPARATOR = "\x1e"


def open_document(data: bytes, *, name: str = "") -> Document:
    """The document in `data`, a file called `name`: HTML, DOCX, PDF, XLSX, Markdown, text, or an image.

    Raises: UnreadableReportError; its code is one of `empty-file`, `unsupported-format`, `encrypted-pdf`,
    `encrypted-file`, `broken-file`, `too-large`, `ocr-not-installed`.
    """
    if len(data) > _MAX_FILE:
        raise _too_large(_MAX_FILE)
    kind = media_type.sniff(data, name)
    document = _read(data, kind)
    if kind in _OF_PARAGRAPHS and not any(isinstance(block, Grid) for block in document.blocks):
        document = _gathered(document)
    if len(document.blocks) > _MOST_BLOCKS or _cells(document) > _MOST_CELLS:
        raise too_many_parts()
    _simplify(document)
    return document


def _gathered(document: Document) -> Document:
    from gongkai.annual_report.reading.paragraph_cells import gathered  # noqa: PLC0415 — few pages have no tables

    return gathered(document)


def _read(data: bytes, kind: str) -> Document:
    """Each reader is imported when it is needed: a web page costs no PDF library."""
    if kind == media_type.HTML:
        from gongkai.annual_report.reading.html import read_html  # noqa: PLC0415

        return read_html(data)
    if kind == media_type.DOCX:
        from gongkai.annual_report.reading.docx import read_docx  # noqa: PLC0415

        return read_docx(data)
    if kind == media_type.PDF:
        from gongkai.annual_report.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data)
    if kind == media_type.XLSX:
        from gongkai.annual_report.reading.xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx(data)
    if kind.startswith("image/"):
        from gongkai.annual_report.reading.ocr import read_image  # noqa: PLC0415

        return read_image(data, media_type=kind)
    return _read_text(data, kind)


def _read_text(data: bytes, kind: str) -> Document:
    from gongkai.annual_report.reading.markdown import read_markdown  # noqa: PLC0415
    from gongkai.annual_report.reading.text import read_text  # noqa: PLC0415

    if len(data) > _MAX_TEXT:
        raise _too_large(_MAX_TEXT)
    text = plain_characters(decode(data).text.replace("\0", ""))
    return read_markdown(text) if kind == media_type.MARKDOWN else read_text(text)


def _simplify(document: Document) -> None:
    """Turns the whole document at once: whether it is traditional shows in the whole, not in one cell."""
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            texts += block.texts()
        else:
            texts.append(block.text)
    printed = _SEPARATOR.join(texts)
    simplified = to_simplified(printed)
    if simplified == printed:
        return
    parts = simplified.split(_SEPARATOR)
    if len(parts) != len(texts):  # the separator itself stands in the text
        parts = [to_simplified(text) for text in texts]
    following = iter(parts)
    for block in document.blocks:
        if isinstance(block, Grid):
            block.put_texts(list(islice(following, len(block.texts()))))
        else:
            block.text = next(following)
    document.meta.update({key: to_simplified(value) for key, value in document.meta.items()})


def _cells(document: Document) -> int:
    return sum([len(block.texts()) for block in document.blocks if isinstance(block, Grid)])


def too_many_parts() -> UnreadableReportError:
    return UnreadableReportError(
        "too-large",
        "文件的段落或表格单元远远超过一份年度报告，未读取",
        "请只提供年度报告正文所在的页面或文件，不要与其他名单、台账合并在一起",
    )


def _too_large(limit: int) -> UnreadableReportError:
    return UnreadableReportError(
        "too-large", f"文件超过 {limit // 1_000_000} MB，未读取", "请只提供年度报告正文所在的文件"
    )
