"""Plain tables read from the source of a page: half of a report's markup then need not be parsed into a tree at all.

The statutory tables make up most of a page and their markup is simple: rows of cells that hold text inside paragraphs
and spans. Such a table is cut at its end tags; the markup before and behind each text is the same few strings again and
again, so that it is looked at once and then only recognised. In the page a small table with the same text stands in for
it, so that the search for the article sees what it always sees. Anything out of the ordinary (nested tables, end tags
left out, hidden parts, images, comments, stray text) is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from html import escape, unescape
from secrets import token_hex
from typing import NamedTuple

from gongkai.annual_report.reading.html_markup import printed_as_before
from gongkai.annual_report.reading.html_table import BREAK, PrintedTable, Spans, cell_text, spans_of

STAND_IN = f"data-table-{token_hex(8)}"  # no page holds this attribute; its value is the index of the table

_SMALLEST = 1_500  # bytes; taking a smaller table out costs as much as it spares
_CACHED = 400  # bytes of what is remembered; longer markup is looked at each time
_INLINE = rb"(?:span|font|strong|b|em|i|u|o:p|a|small|big)"
_NAME = rb"(?:p|" + _INLINE + rb")(?=[\s>])"
# Groups are not repeated possessively: up to Python 3.11.4 such a repetition loses alternatives that begin alike.
# What stands before the text of a cell (in front of the first cell the row's tag too), and behind it.
_PART = rb"<(?:table|tbody|thead|tfoot|colgroup|col)(?:\s[^<>]*)?/?>|</(?:tbody|thead|tfoot|colgroup)>|\s"
_ROW = rb"(?:" + _PART + rb")*<tr(?:\s[^<>]*)?>"
_CELL = rb"\s*+<t[dh](?=[\s>])([^<>]*+)>(?:\s*+<" + _NAME + rb"[^<>]*+>)*\s*+"
_FIRST_HEAD, _HEAD, _EMPTY_ROW = (re.compile(one, re.I) for one in (_ROW + _CELL, _CELL, _ROW + rb"\s*+"))
_TAIL = re.compile(rb"(?:\s*+</?" + _NAME + rb"[^<>]*+>)*\s*+", re.I)
_TABLE_END = re.compile(rb"(?:</(?:tbody|thead|tfoot|colgroup)>|\s)*</table>", re.I)
# Any other cell: what stands before it, its tag, and what it holds up to its end tag.
_OTHER = re.compile(rb"((?:" + _ROW + rb")?\s*+)<t[dh](?=[\s>])([^<>]*+)>((?:[^<]++|<(?!/?t[abdhr]))*)", re.I)
_BLOCK_TAG = re.compile(rb"</?(?:p|div|br|center|h[1-6])(?:\s[^<>]*)?/?>", re.I)
_INLINE_TAG = re.compile(rb"</?" + _INLINE + rb"(?:\s[^<>]*)?>", re.I)
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")


class _Tags(NamedTuple):
    """The tags at which a table is cut, in the case that a page writes them in."""

    table: bytes
    table_end: bytes
    row_end: bytes
    cell_end: bytes
    head_end: bytes


_LOWER = _Tags(b"<table", b"</table>", b"</tr>", b"</td>", b"</th>")
_UPPER = _Tags(*(tag.upper() for tag in _LOWER))


class _UnplainError(Exception):
    """The markup of a table is not as simple as it has to be."""


def take_tables(page: bytes) -> tuple[bytes, list[PrintedTable]]:
    """The page, in UTF-8, with stand-ins for its plain tables, and the cells of those, in their order.

    Raises: UnicodeDecodeError for text that is no UTF-8 in one of these tables.
    """
    tables: list[PrintedTable] = []
    pieces: list[bytes] = []
    at = 0
    tags = _LOWER if b"<table" in page else _UPPER
    for start, end in _stretches(page, tags):
        try:
            table = printed_as_before(page[start:end], partial(_printed, tags=tags))
        except _UnplainError:
            continue
        pieces += (page[at:start], _stand_in(table, index=len(tables)))
        tables.append(table)
        at = end
    return (b"".join([*pieces, page[at:]]) if tables else page), tables


def _stand_in(table: PrintedTable, *, index: int) -> bytes:
    return f"<table {STAND_IN}={index}><tr><td>{escape(chr(10).join(table.texts))}</td></tr></table>".encode()


def _stretches(page: bytes, tags: _Tags) -> Iterator[tuple[int, int]]:
    """Where the tables stand that hold no other table and are worth the while."""
    end = 0
    start = page.find(tags.table)
    while start >= 0:
        following = page.find(tags.table, start + 6)
        if end <= start:
            end = page.find(tags.table_end, start) + 8
            if end < 8:
                return
        if end - start >= _SMALLEST and (following < 0 or following >= end):
            yield start, end
        start = following


def _printed(source: bytes, *, tags: _Tags) -> PrintedTable:
    """The cells of a table's source. Raises: _UnplainError."""
    try:
        return _taken(source, tags)
    except _UnplainError:
        if tags.head_end in source:
            return _taken(source.replace(tags.head_end, tags.cell_end), tags)
        raise


def _taken(source: bytes, tags: _Tags) -> PrintedTable:
    *cells, rest = source.split(tags.cell_end)
    if b"\0" in source:
        raise _UnplainError
    taking = _Taking(tags.row_end)
    taking.cells(cells)
    if _TABLE_END.fullmatch(taking.rows_ended(rest)) is None or not taking.is_between_rows:
        raise _UnplainError
    return taking.table


class _Taking:
    """Takes the cells of one table. Most hold a number between the same markup as the number before."""

    def __init__(self, row_end: bytes) -> None:
        self.table = PrintedTable([], [], [])
        self._row_end = row_end
        self._row_begin = 0  # the index of the first cell in the row
        self._head = self._tail = b"<"
        self._first_heads: dict[bytes, Spans | None] = {}  # markup before a text, with the spans that it states
        self._heads: dict[bytes, Spans | None] = {}
        self._tails: set[bytes] = set()

    @property
    def is_between_rows(self) -> bool:
        return self._row_begin == len(self.table.texts)

    def cells(self, sources: list[bytes]) -> None:
        """Take what stands between end tags of cells. Raises: _UnplainError."""
        texts, spans = self.table.texts, self.table.spans
        head, tail = self._head, self._tail
        begin, end = len(head), -len(tail)
        for source in sources:
            text = source[begin:end]
            if text.isdigit() and source.startswith(head) and source.endswith(tail):
                texts.append(text.decode())
                spans.append(None)
            else:
                self._cell(self.rows_ended(source))
                head, tail = self._head, self._tail
                begin, end = len(head), -len(tail)

    def rows_ended(self, source: bytes) -> bytes:
        """End the rows whose end tags stand in front of a cell, or behind the last; the rest. Raises: _UnplainError."""
        while self._row_end in source:
            rest, _, source = source.partition(self._row_end)
            count = len(self.table.texts) - self._row_begin
            if rest and not rest.isspace() and (count or not _EMPTY_ROW.fullmatch(rest) or _is_hiding(rest)):
                raise _UnplainError
            self.table.lengths.append(count)
            self._row_begin = len(self.table.texts)
        return source

    def _cell(self, source: bytes) -> None:
        close = source.find(b"</")
        if close < 0:
            close = len(source)
        begin = source.rfind(b">", 0, close) + 1
        head, text, tail = source[:begin], source[begin:close], source[close:]
        is_first = self.is_between_rows
        known = self._first_heads if is_first else self._heads
        if head not in known or tail not in self._tails:
            stated = (_stated if begin <= _CACHED else _stated.__wrapped__)(head, tail, is_first)
            if stated is None:
                self._unlike(source, is_first=is_first)
                return
            known[head] = stated[0]
            self._tails.add(tail)
        spans = known[head]
        if spans is None and tail and text.isdigit() and not is_first:
            self._head, self._tail = head, tail
        self.table.texts.append(_text(text))
        self.table.spans.append(spans)

    def _unlike(self, source: bytes, *, is_first: bool) -> None:
        """A cell with more than one text in it."""
        cell = _OTHER.fullmatch(source)
        if cell is None or bool(cell[1].strip()) is not is_first:
            raise _UnplainError
        self.table.texts.append(_stacked(cell[3]))
        self.table.spans.append(_spans(source, cell[2]))


@lru_cache(maxsize=1024)
def _stated(head: bytes, tail: bytes, is_first: bool) -> tuple[Spans | None] | None:  # noqa: FBT001 — a name costs time
    """The spans that a cell states between this markup; None for markup that does not stand around a single text."""
    stated = (_FIRST_HEAD if is_first else _HEAD).fullmatch(head)
    if stated is None or _TAIL.fullmatch(tail) is None:
        return None
    return (_spans(head, stated[1]),)


def _is_hiding(markup: bytes) -> bool:
    markup = markup.lower()
    return b"display" in markup or b"hidden" in markup


def _text(text: bytes) -> str:
    return _known_text(text) if len(text) <= _CACHED else _known_text.__wrapped__(text)


@lru_cache(maxsize=4096)
def _known_text(source: bytes) -> str:
    if b">" in source or b"<" in source:
        raise _UnplainError
    return cell_text(unescape(source.decode()).strip())


def _stacked(inner: bytes) -> str:
    """The text of a cell with several tags in it."""
    text = _INLINE_TAG.sub(b"", _BLOCK_TAG.sub(BREAK.encode(), inner))
    if b"<" in text or b">" in text:
        raise _UnplainError
    return cell_text(unescape(text.decode()))


def _spans(markup: bytes, attributes: bytes) -> Spans | None:
    """The spans that a cell's `attributes` state; `markup` is all that stands before its text."""
    if _is_hiding(markup):
        raise _UnplainError
    if b"span" not in attributes.lower():
        return None
    stated: dict[str, str | None] = {}
    for name, *values in _ATTRIBUTE.findall(attributes.decode("utf-8", "replace").lower()):
        stated.setdefault(name, "".join(values))
    return spans_of(stated) if "rowspan" in stated or "colspan" in stated else None
