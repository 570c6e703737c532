"""Plain tables read from the source of a page: half of a report's markup then need not be parsed into a tree at all.

The statutory tables make up most of a page and their markup is simple: rows of cells that hold text inside paragraphs
and spans. One pattern reads such a table; in the page a small table with the same text stands in for it, so that the
search for the article sees what it always sees. Anything out of the ordinary (nested tables, end tags left out, hidden
parts, images, comments, stray text) is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from secrets import token_hex

from gongkai.annual_report.reading.html_table import BREAK, PrintedCell, Spans, cell_text, spans_of

STAND_IN = f"data-table-{token_hex(8)}"  # no page holds this attribute; its value is the index of the table

_SMALLEST = 1_500  # characters; taking a smaller table out costs as much as it spares
_CACHED = 400  # characters of what is remembered; longer markup is looked at each time
_INLINE = r"(?:span|font|strong|b|em|i|u|o:p|a|small|big)"
_NAME = rf"(?:p|{_INLINE})(?=[\s>])"
# In one pass: a cell that holds one text; any other cell; any other tag, or stray text. `[^>]` is what the pattern
# engine runs through fastest; a `>` inside an attribute leaves its rest in the text, where it is noticed.
_TOKEN = re.compile(
    rf"<t[dh]((?=[\s>])[^>]*+>(?:\s*+<{_NAME}[^>]*+>)*+)([^<]*+)(?:\s*+</?{_NAME}[^>]*+>)*+\s*+</t[dh]>\s*+"
    r"|<t[dh]((?=[\s>])[^>]*+>)((?:[^<]++|<(?!/?t[abdhr]))++)</t[dh]>\s*+"
    r"|(<[^>]++>|\S)\s*+"
)
_STRUCTURE = re.compile(
    r"<(?:tr|table|tbody|thead|tfoot|colgroup|col)(?:\s[^<>]*)?/?>|</(?:tr|tbody|thead|tfoot|colgroup|table)>"
)
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|center|h[1-6])(?:\s[^<>]*)?/?>")
_INLINE_TAG = re.compile(rf"</?{_INLINE}(?:\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+)))?")


class _UnplainError(Exception):
    """The markup of a table is not as simple as it has to be."""


def take_tables(page: str) -> tuple[str, list[list[list[PrintedCell]]]]:
    """The page with stand-ins for its plain tables, and the rows of cells of those, in their order."""
    tables: list[list[list[PrintedCell]]] = []
    pieces: list[str] = []
    at = 0
    for start, end in _stretches(page):
        try:
            rows = _rows(page[start:end])
        except _UnplainError:
            continue
        pieces += (page[at:start], _stand_in(rows, index=len(tables)))
        tables.append(rows)
        at = end
    return ("".join([*pieces, page[at:]]) if tables else page), tables


def _stand_in(rows: list[list[PrintedCell]], *, index: int) -> str:
    text = escape("\n".join([text for row in rows for text, _ in row]))
    return f"<table {STAND_IN}={index}><tr><td>{text}</td></tr></table>"


def _stretches(page: str) -> Iterator[tuple[int, int]]:
    """Where the tables stand that hold no other table and are worth the while."""
    end = 0
    start = page.find("<table")
    while start >= 0:
        following = page.find("<table", start + 6)
        if end <= start:
            end = page.find("</table>", start) + 8
            if end < 8:
                return
        if end - start >= _SMALLEST and (following < 0 or following >= end):
            yield start, end
        start = following


def _rows(table: str) -> list[list[PrintedCell]]:
    """The rows of a table's source. Raises: _UnplainError."""
    rows: list[list[PrintedCell]] = []
    row: list[PrintedCell] | None = None
    for head, text, other_head, inner, rest in _TOKEN.findall(table):
        if rest:
            row = _structure(rest, rows, row)
        elif row is None:
            raise _UnplainError
        elif inner:
            row.append((_stacked(inner), _spans(other_head)))
        else:
            span = _spans(head) if len(head) <= _CACHED else _spans.__wrapped__(head)
            row.append((text if text.isascii() and text.isdigit() else _text(text), span))
    return rows


def _structure(tag: str, rows: list[list[PrintedCell]], row: list[PrintedCell] | None) -> list[PrintedCell] | None:
    """The row that is open after `tag`."""
    if _STRUCTURE.fullmatch(tag) is None or _is_hiding(tag):
        raise _UnplainError
    if tag.startswith("<tr"):
        rows.append([])
        return rows[-1]
    return row if tag.startswith("<") and not tag.startswith("</") else None


def _is_hiding(markup: str) -> bool:
    return "display" in markup or "hidden" in markup


def _text(text: str) -> str:
    return _known_text(text) if len(text) <= _CACHED else _known_text.__wrapped__(text)


@lru_cache(maxsize=4096)
def _known_text(text: str) -> str:
    if ">" in text or "\0" in text:
        raise _UnplainError
    return cell_text(unescape(text).strip())


def _stacked(inner: str) -> str:
    """The text of a cell with several tags in it."""
    text = _INLINE_TAG.sub("", _BLOCK_TAG.sub(BREAK, inner))
    if "<" in text or ">" in text or "\0" in text or _is_hiding(inner):
        raise _UnplainError
    return cell_text(unescape(text))


@lru_cache(maxsize=4096)
def _spans(head: str) -> Spans | None:
    """The spans that a cell states in `head`: the attributes of its tag and the tags that follow up to its text."""
    if _is_hiding(head):
        raise _UnplainError
    if "span=" not in head and "span " not in head:
        return None
    stated: dict[str, str | None] = {}
    for name, *values in _ATTRIBUTE.findall(head, 0, head.index(">")):
        stated.setdefault(name.lower(), "".join(values))
    return spans_of(stated) if "rowspan" in stated or "colspan" in stated else None
