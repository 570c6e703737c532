"""The original of an imported report, shown safely beside the cells that were read from it.

What is shown is built from what the readers found — paragraphs, tables, lines — and from pictures of PDF pages. No
markup of a stranger reaches the page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph
from gongkai.annual_report.reading.media_type import MARKDOWN, PDF, TEXT, sniff
from gongkai.annual_report.reading.opening import open_document
from gongkai.errors import GongkaiError, UnreadableReportError
from gongkai.text.encoding import decode

_MOST_LINES = 4000
_MOST_PAGES = 60
_SCALE = 1.6  # 115 dpi: small print is legible, a page has some 100 KB
_LONGEST_EDGE = 2600  # pixels
_JSON = "application/json"


@dataclass(frozen=True)
class ShownCell:
    """One cell of a table; `anchor` is where links from the form lead to."""

    text: str
    rowspan: int
    colspan: int
    anchor: str


@dataclass(frozen=True)
class Block:
    """A paragraph (`text`), or a table (`rows`)."""

    text: str = ""
    anchor: str = ""
    heading: bool = False
    rows: tuple[tuple[ShownCell, ...], ...] = ()


@dataclass(frozen=True)
class Shown:
    """The original: `pages` numbers of page pictures, or `lines` with their numbers, or `blocks`; else `why` not."""

    blocks: tuple[Block, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()
    pages: tuple[int, ...] = ()
    why: str = ""


def shown(data: bytes, *, name: str) -> Shown:
    """What to show of a file; a file that cannot be shown says why."""
    try:
        kind = _kind(data, name)
        if kind == PDF:
            return Shown(pages=tuple(range(1, min(_page_count(data), _MOST_PAGES) + 1)))
        if kind in (TEXT, MARKDOWN, _JSON):
            lines = decode(data).text.replace("\0", "").splitlines()[:_MOST_LINES]
            return Shown(lines=tuple(enumerate(lines, start=1)))
        document = open_document(data, name=name)
    except GongkaiError as error:
        return Shown(why=f"{error.message.rstrip('。')}。原件可以下载查看。")
    return Shown(blocks=tuple(_block(block) for block in document.blocks))


def page_picture(data: bytes, page: int) -> bytes:
    """Page `page` of a PDF, counted from 1, as PNG. Raises: `UnreadableReportError` where there is no such page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise UnreadableReportError("broken-file", "这份 PDF 打不开。", "请下载原件查看。") from None
    try:
        if not 1 <= page <= min(len(document), _MOST_PAGES):
            raise UnreadableReportError("no-page", f"没有第{page}页。", "请返回核对页面。")
        opened = document[page - 1]
        scale = min(_SCALE, _LONGEST_EDGE / max(opened.get_size()))
        picture = opened.render(scale=scale).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=False)
    return out.getvalue()


def anchor_of(place: Place | None) -> str:
    """The anchor of a place in what is shown; empty where it names none.

    >>> anchor_of(Place(line=59)), anchor_of(Place(page=2, box=(1, 2, 3, 4))), anchor_of(None)
    ('source-l59', 'source-p2', '')
    """
    if place is None:
        return ""
    if place.line is not None:
        return f"source-l{place.line}"
    if place.page is not None:
        return f"source-p{place.page}"
    named = place.path or f"{place.sheet or ''}-{place.ref or ''}"
    return f"source-{''.join(character if character.isalnum() else '-' for character in named)}"


def _kind(data: bytes, name: str) -> str:
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _JSON
    return sniff(data, name)


def _page_count(data: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise UnreadableReportError("broken-file", "这份 PDF 打不开。", "请下载原件查看。") from None
    try:
        return len(document)
    finally:
        document.close()


def _block(block: Paragraph | Grid) -> Block:
    if isinstance(block, Paragraph):
        return Block(block.text, anchor_of(block.place), heading=bool(block.heading))
    return Block(rows=tuple(tuple(_cell(block, cell) for cell in row) for row in block.rows))


def _cell(grid: Grid, cell: GridCell) -> ShownCell:
    return ShownCell(cell.text, cell.rowspan, cell.colspan, anchor_of(grid.locate(cell)))
