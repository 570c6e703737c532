"""A web page as a document: the article's paragraphs and tables in reading order.

Sites wrap a report in navigation, metadata tables and lists of links. The article is the smallest element that holds
all the statutory tables and headings of the page; a page without them is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.html_elements import BLOCKS, HEADINGS, LEAVES, UNSEEN
from gongkai.annual_report.reading.html_guard import refuse_costly
from gongkai.annual_report.reading.html_meta import page_meta
from gongkai.annual_report.reading.html_source import STAND_IN, take_tables
from gongkai.annual_report.reading.html_table import BREAK, PrintedGrid, PrintedTable, printed_table
from gongkai.errors import UnreadableReportError
from gongkai.text.encoding import decode, is_marked
from gongkai.text.width import squeeze

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,20})")
# What every report prints and nothing else on its page does; counted, so that two reports on one page stay together.
_MARKS = ("总体情况", "本年新收", "结果维持", "其他需要报告")
_ENOUGH = 2  # different marks that make out an article
_TRADITIONAL_MARKS = ("政府信息公開", "申請人", "行政復議", "需要報告")
# Containers of the common publishing systems, most specific first; they only spare the search for the article.
_CONTAINERS = ("#zoom", ".TRS_Editor", "#UCAP-CONTENT", ".article-content", "article")
_INVISIBLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DEEPEST = 200
_MOST_BLOCKS = 200_000


def read_html(data: bytes, *, declared: str | None = None) -> Document:
    """The article of a web page; `declared` is a charset given outside the page.

    Raises: UnreadableReportError for pages too large or too deeply nested to be parsed.
    """
    refuse_costly(data)
    page, taken = _without_tables(data, declared)
    parser = LexborHTMLParser(page)
    body = parser.body or parser.root
    if body is None:
        return Document([], "text/html")
    text = body.text_lexbor()
    numbers = {table.mem_id: n for n, table in enumerate(body.css("table"), start=1)}
    meta = page_meta(parser, text=text)
    article = _article(body, text)
    if images := _clean(article):
        meta["images"] = str(images)
    walk = _Walk(numbers, layout=_layout_tables(article), taken=taken)
    walk.into(article)
    return Document(walk.finished(), "text/html", meta)


def _without_tables(data: bytes, declared: str | None) -> tuple[bytes, list[PrintedTable]]:
    """The page in UTF-8, with stand-ins for the plain tables that were taken out, and these."""
    if not is_marked(data):
        with suppress(UnicodeDecodeError):
            page, taken = take_tables(data)
            page.decode()
            return page, taken
    return take_tables(decode(data, declared=declared or _declared(data)).text.encode("utf-8", "replace"))


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:2048])
    return match[1].decode("ascii") if match else None


def _article(body: LexborNode, text: str) -> LexborNode:
    marks = _MARKS if any(mark in text for mark in _MARKS) else _TRADITIONAL_MARKS
    wanted = [text.count(mark) for mark in marks]
    if sum(map(bool, wanted)) < _ENOUGH:
        return body
    for selector in _CONTAINERS:
        candidate = body.css_first(selector)
        if candidate is not None and _counts(candidate, marks) == wanted:
            return candidate
    return _descend(body, marks, wanted)


def _counts(node: LexborNode, marks: tuple[str, ...]) -> list[int]:
    text = node.text_lexbor()
    return [text.count(mark) for mark in marks]


def _descend(node: LexborNode, marks: tuple[str, ...], wanted: list[int]) -> LexborNode:
    """The smallest element that holds all the marks."""
    for _ in range(_DEEPEST):
        inner = next((c for c in node.iter() if c.tag in BLOCKS and _counts(c, marks) == wanted), None)
        if inner is None or inner.tag in {"tr", "td", "tbody"} or inner.tag == "table":
            return inner if inner is not None and inner.tag == "td" else node
        node = inner
    return node


def _clean(article: LexborNode) -> int:
    """Takes out what no reader sees and marks the line breaks, before any text is taken; counts the images."""
    images = 0
    for node in reversed(article.css("script,style,br,img,[hidden]")):  # inner nodes before those that hold them
        if node.tag == "br":
            node.insert_before(BREAK)
        elif node.tag == "img" and "hidden" not in node.attributes:
            images += 1
        else:
            node.decompose()
    for node in reversed(article.css("[style*=none]")):
        if _INVISIBLE.search(node.attributes.get("style") or ""):
            node.decompose()
    return images


def _layout_tables(article: LexborNode) -> frozenset[int]:
    """Tables that hold another table only lay the page out."""
    outer: set[int] = set()
    for table in article.css("table table"):
        parent = table.parent
        while parent is not None and parent.mem_id not in outer:
            if parent.tag == "table":
                outer.add(parent.mem_id)
            parent = parent.parent
    return frozenset(outer)


@lru_cache(maxsize=512)
def _place_of(count: int) -> Place:
    """Where the paragraph with this number stands: the first few hundred are asked for on every page."""
    return Place(path=f"p[{count}]")


@dataclass(slots=True)
class _Walk:
    """Goes through the article once and gathers paragraphs and grids."""

    numbers: dict[int, int]
    layout: frozenset[int]
    taken: Sequence[PrintedTable] = ()  # tables that were read before the page was parsed
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    count: int = 0

    def into(self, node: LexborNode, depth: int = 0) -> None:
        """Takes everything inside `node`."""
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                self.pending.append(child.text_lexbor())
            elif tag in LEAVES:
                self.flush()
                self.paragraph(child.text_lexbor(), HEADINGS.get(tag, 0))
            elif tag == "table" and child.mem_id not in self.layout:
                self.flush()
                self.blocks.append(self.table(child))
            elif tag in UNSEEN:
                continue
            elif tag in BLOCKS and depth < _DEEPEST:
                self.flush()
                self.into(child, depth + 1)
                self.flush()
            elif depth < _DEEPEST and child.first_child is not None:
                self.into(child, depth + 1)
            else:
                self.pending.append(child.text_lexbor())

    def table(self, node: LexborNode) -> Grid:
        number = self.numbers.get(node.mem_id, 0)
        index = node.attributes.get(STAND_IN) if self.taken else None
        return PrintedGrid(printed_table(node) if index is None else self.taken[int(index)], number=number)

    def flush(self) -> None:
        """Ends the paragraph that inline text has been gathered for."""
        if self.pending:
            self.paragraph("".join(self.pending), 0)
            self.pending.clear()

    def paragraph(self, text: str, heading: int) -> None:
        for line in text.split(BREAK):
            if squeezed := squeeze(line):
                self.count += 1
                self.blocks.append(Paragraph(squeezed, _place_of(self.count), heading))
        if len(self.blocks) > _MOST_BLOCKS:
            raise UnreadableReportError("too-large", "网页段落过多，未读取", "请只保存年度报告正文所在的网页")

    def finished(self) -> list[Paragraph | Grid]:
        self.flush()
        return self.blocks
