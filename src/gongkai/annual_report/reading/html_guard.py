"""What a page may cost before it is parsed: nesting and unclosed formatting make any HTML parser quadratic."""

from __future__ import annotations

import re

from gongkai.errors import UnreadableReportError

MAX_BYTES = 30_000_000
_LARGE = 200_000  # bytes; smaller pages cannot hold too many parts
_ROWS = (b"<tr", b"<TR")  # counted first: they do not nest, and counting is quicker than looking for what does
_PARTS = (*_ROWS, b"<p", b"<P", b"<div", b"<DIV", b"<br", b"<BR", b"<li", b"<LI")
_MOST_PARTS = 60_000  # a hundred reports on one page have 15,000
_FEW_TAGS = 6_000  # so few tags cannot cost more than a second or a gigabyte, whatever they are
_MAX_DEPTH = 1_500
_MAX_COPIES = 5_000_000
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
# Void elements, and those whose end tag may be left out: they do not nest by themselves.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd option "
    b"td th tr thead tbody tfoot colgroup html head body script style".split()
)


def refuse_costly(data: bytes) -> None:
    """Raises UnreadableReportError for a page that is too large, too deep, or that would multiply when parsed."""
    if len(data) > MAX_BYTES:
        raise UnreadableReportError(
            "too-large", f"网页超过 {MAX_BYTES // 1_000_000} MB，未读取", "请只保存年度报告正文所在的网页"
        )
    if len(data) > _LARGE and sum(map(data.count, _ROWS)) > _MOST_PARTS:
        raise _too_many_parts()
    if data.count(b"<") > _FEW_TAGS and _is_costly(data):
        raise UnreadableReportError(
            "broken-file", "网页标签嵌套过深或大量未闭合，无法解析", "请从浏览器重新保存网页，或改用 DOCX、PDF 文件"
        )
    if len(data) > _LARGE and sum(map(data.count, _PARTS)) > _MOST_PARTS:
        raise _too_many_parts()


def _too_many_parts() -> UnreadableReportError:
    return UnreadableReportError(
        "too-large",
        "网页的段落或表格行数远远超过一份年度报告，未读取",
        "请只保存年度报告正文所在的网页，不要与其他名单、台账合并在一起",
    )


def _is_costly(data: bytes) -> bool:
    """An unclosed formatting element is opened again in every later block: copies = unclosed × blocks."""
    depth = deepest = unclosed = most = blocks = 0
    for slash, name in _TAG.findall(data):
        tag = name.lower()
        if tag in _FORMATTING:
            unclosed = max(0, unclosed - 1) if slash else unclosed + 1
            most = max(most, unclosed)
        elif tag in _FLAT:
            blocks += 1
        else:
            depth = max(0, depth - 1) if slash else depth + 1
            deepest = max(deepest, depth)
            blocks += 1
    return deepest > _MAX_DEPTH or most > _MAX_DEPTH or most * blocks > _MAX_COPIES
