"""The report as a web page: semantic HTML that needs nothing from outside, prints, and works on a phone.

`write` gives a standalone page with the meta tags of government sites (国办发〔2017〕47号); `render_fragment` gives the
article alone, for a page that brings its own head and links `stylesheet()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutCell, LayoutRow, LayoutTable, Role
from gongkai.annual_report.writing.outline import Outline, Passage, outline

TOP_LEVEL = 1
DEEPEST_LEVEL = 6


def write(report: Report, *, site_name: str = "") -> bytes:
    """A standalone page, UTF-8. `site_name` is the name of the web site that publishes it, for its meta tag."""
    text = outline(report)
    head = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n' for name, value in _meta(report, text, site_name)
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(text.title)}</title>\n{head}<style>\n{stylesheet()}</style>\n</head>\n"
        f'<body class="gk-page">\n<main>\n{_article(text, report, TOP_LEVEL)}</main>\n</body>\n</html>\n'
    ).encode()


def render_fragment(report: Report, *, heading_level: int = TOP_LEVEL) -> str:
    """The `<article>` alone. The title is an `<h{heading_level}>`, the six sections one level below it."""
    return _article(outline(report), report, heading_level)


@cache
def stylesheet() -> str:
    """The style sheet of the page; every class in it begins with `gk-`."""
    return (files(__package__) / "report.css").read_text("utf-8")


def _meta(report: Report, text: Outline, site_name: str) -> Iterator[tuple[str, str]]:
    if site_name:
        yield "SiteName", site_name
    yield "ArticleTitle", text.title
    published = report.published_on or report.signed_on
    if published:
        yield "PubDate", published.isoformat()
    if text.author:
        yield "ContentSource", text.author


def _article(text: Outline, report: Report, level: int) -> str:
    heading = min(level + 1, DEEPEST_LEVEL)
    blocks = ['<article class="gk-report">\n', f"<h{level}>{escape(text.title, quote=False)}</h{level}>\n"]
    blocks += _passages(text.preamble, heading)
    for part in text.parts:
        blocks.append(f'<section aria-labelledby="gk-{part.key}">\n')
        blocks.append(f'<h{heading} id="gk-{part.key}">{escape(part.heading)}</h{heading}>\n')
        blocks += _passages(part.passages, heading)
        if part.table:
            blocks += _table(part.table, part.key)
        blocks.append("</section>\n")
    blocks.append(_signature(text, report))
    blocks.append("</article>\n")
    return "".join(blocks)


def _passages(passages: Iterable[Passage], level: int) -> Iterator[str]:
    below = min(level + 1, DEEPEST_LEVEL)
    for passage in passages:
        if passage.heading:
            yield f"<h{below}>{escape(passage.text, quote=False)}</h{below}>\n"
        else:
            lead, rest = passage.text[: passage.lead], escape(passage.text[passage.lead :], quote=False)
            yield f"<p>{f'<b>{escape(lead, quote=False)}</b>' if lead else ''}{rest}</p>\n"


def _signature(text: Outline, report: Report) -> str:
    if not (text.signed_by or text.day):
        return ""
    lines = f"<p>{escape(text.signed_by, quote=False)}</p>\n" if text.signed_by else ""
    if report.signed_on:
        lines += f'<p><time datetime="{report.signed_on.isoformat()}">{text.day}</time></p>\n'
    return f'<footer class="gk-signature">\n{lines}</footer>\n'


def _table(table: LayoutTable, key: str) -> Iterator[str]:
    # The region can be scrolled by keyboard, so it needs a name and a tab stop (WCAG 2.1.1).
    yield f'<div class="gk-scroll" role="region" tabindex="0" aria-labelledby="gk-{key}">\n'
    yield f'<table class="gk-table gk-{key}" aria-labelledby="gk-{key}">\n'
    head = table.rows[: table.header_rows]
    if head:
        yield f"<thead>\n{''.join(_row(row, table) for row in head)}</thead>\n"
    at = table.header_rows
    for length in table.bodies:
        yield f"<tbody>\n{''.join(_row(row, table) for row in table.rows[at : at + length])}</tbody>\n"
        at += length
    yield "</table>\n</div>\n"


def _row(row: LayoutRow, table: LayoutTable) -> str:
    return f"<tr>{''.join(_cell(cell, table) for cell in row.cells)}</tr>\n"


def _cell(cell: LayoutCell, table: LayoutTable) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    text = escape(cell.text, quote=False)
    if cell.role is Role.NUMBER:
        return f"<td{spans}>{text}</td>"
    return f'<th scope="{_scope(cell, table)}"{spans}>{text}</th>'


def _scope(cell: LayoutCell, table: LayoutTable) -> str:
    if cell.role is Role.LABEL:
        return "rowgroup" if cell.rowspan > 1 else "row"
    if cell.colspan == table.columns:  # the title of a block of 表二
        return "rowgroup"
    return "colgroup" if cell.colspan > 1 and table.header_rows else "col"
