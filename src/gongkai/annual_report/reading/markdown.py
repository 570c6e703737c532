"""Markdown → paragraphs and grids: headings, pipe tables, front matter, and HTML tables that stand inline.

What only dresses the text (emphasis, links, escapes, quotes, fences) is taken off; lines stay lines, so that places
count from the file.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterator

from gongkai.annual_report.reading.dates import iso_date
from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.markdown_latex import without_latex
from gongkai.annual_report.reading.text import lines_of, read_lines, read_text, simplified
from gongkai.annual_report.reading.text_ruled import drawn_lines, without_attributes

MEDIA_TYPE = "text/markdown"

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\[\n]{0,500})\]\([^()\n]{0,2000}\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`{1,2})(?=\S)([^*_`~\n]{1,2000}?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# An escaped mark is text: it makes no row, heading, link or emphasis. Noncharacters stand in for it meanwhile.
_SHIELDED = {mark: chr(0xFDD0 + at) for at, mark in enumerate(string.punctuation)}
_BROKEN = chr(0x1FFFE)  # stands for the end of a line inside a cell until the rows are read
_UNSHIELDED = str.maketrans({stand_in: mark for mark, stand_in in _SHIELDED.items()} | {_BROKEN: "\n"})
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_QUOTE = re.compile(r"\s{0,3}>\s?")
_TAG = re.compile(r"</?(?:br|p|div|span|font|center|b|strong|i|em|u|sup|sub|a|h[1-6])\b[^<>\n]{0,500}>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^\n]{0,2000}?-->")
_FENCE = re.compile(r"\s{0,3}(?:(?:```|~~~)\w*|:{3,}[^:\n]{0,100}:*)\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_=]\s*){3,}$")
_FRONT_MATTER = re.compile(r"(\w+)\s*:\s*[\"']?(.*?)[\"']?\s*$")
# A line that stands for a table until the lines are read: longer than any label, so that it joins nothing.
_STAND_IN = "\0" * 64
# A line that is a comment: nobody sees it, but no paragraph goes on over it.
_END = "\0"
_FRONT_KEYS = {"title": "title", "date": "published_on", "author": "publisher", "source": "site", "site": "site"}


def read_markdown(text: str) -> Document:
    """Read Markdown.

    >>> document = read_markdown("## **一、总体情况**\\n\\n| 规章 | 0 |\\n|---|---|\\n| 行政许可 | 7 |")
    >>> document.blocks[0].text, document.blocks[0].heading, len(document.blocks[1].rows)
    ('一、总体情况', 2, 2)
    """
    plain, traits = simplified(text)
    lines = lines_of(without_latex(plain))
    meta, first = _front_matter(lines)
    body = "\n".join([""] * first + lines[first:])
    document = (
        _with_html_tables(body) if "<table" in body.lower() else read_text(_undressed(body), media_type=MEDIA_TYPE)
    )
    if "\\" in body or "<br" in body.lower():
        _unshield(document.blocks)
    document.blocks = [block for block in document.blocks if isinstance(block, Grid) or block.text != _END]
    document.meta.update(meta)
    if traits:
        document.meta["traits"] = traits
    images = text.count("![") + text.count("<img")
    if images:
        document.meta["images"] = str(images)
    return document


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """The members of a YAML head that say what the text is, and the index of the first line below it."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    meta: dict[str, str] = {}
    for at, line in enumerate(lines[1:60], 1):
        if line.strip() == "---":
            return meta, at + 1
        found = _FRONT_MATTER.match(line[:400])
        member = _FRONT_KEYS.get(found[1].lower()) if found else None
        if found and member and found[2]:
            meta[member] = found[2] if member != "published_on" else iso_date(found[2]) or ""
    return {}, 0


def _undressed(text: str) -> str:
    """The text of Markdown without what only dresses it; lines stay lines, and the bars of drawn tables in place."""
    lines = text.split("\n")
    drawn = drawn_lines(lines)
    return "\n".join([line if at in drawn else _undressed_line(line) for at, line in enumerate(lines)])


def _undressed_line(line: str) -> str:
    if "\\" in line:
        line = _ESCAPE.sub(_shield, line)
    if _FENCE.match(line) or (len(line) < 200 and _RULE.match(line)):
        return ""
    if "<!--" in line:
        line = _COMMENT.sub("", line) or _END
    if "!" in line:
        line = _IMAGE.sub("", line)
    if "](" in line:
        line = _LINK.sub(r"\1", line)
    if "<" in line:
        if "|" in line:
            line = _BREAK.sub(_BROKEN, line)
        line = _TAG.sub(" ", line)
    if "]{" in line:
        line = without_attributes(line)
    if "*" in line or "_" in line or "`" in line or "~" in line:
        line = _EMPHASIS.sub(r"\2", line)
    if "&" in line:
        line = html.unescape(line).replace("\n", " ")
    return _QUOTE.sub("", line) if line.lstrip().startswith(">") else line


def _shield(escape: re.Match[str]) -> str:
    return _SHIELDED[escape[1]]


def _unshield(blocks: list[Paragraph | Grid]) -> None:
    for block in blocks:
        parts = [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        for part in parts:
            part.text = part.text.translate(_UNSHIELDED)


def _with_html_tables(text: str) -> Document:
    """The lines as text, each stretch of an HTML table read as HTML in its place."""
    from gongkai.annual_report.reading.html import read_html  # noqa: PLC0415 — only pages that mix both need it

    tables: list[str] = []
    stretches: list[str] = []
    for part, is_table in _parts(text.replace("\0", "")):
        if not is_table:
            stretches.append(_undressed(part))
            continue
        lead = "" if not stretches or stretches[-1].endswith("\n") else "\n"
        stretches.append(f"{lead}{_STAND_IN}{len(tables)}" + "\n" * max(part.count("\n") - len(lead), 1))
        tables.append(part)
    blocks: list[Paragraph | Grid] = []
    for block in read_lines("".join(stretches).split("\n")):
        if isinstance(block, Paragraph) and block.text.startswith(_STAND_IN):
            blocks += read_html(tables[int(block.text[len(_STAND_IN) :])].encode()).blocks
        else:
            blocks.append(block)
    return Document(blocks, MEDIA_TYPE)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into what stands outside and inside of outermost HTML tables."""
    start = depth = 0
    for tag in re.finditer(r"(?<!\\)<(/?)table\b[^<>]{0,2000}>", text, re.IGNORECASE):
        if not tag[1]:
            if depth == 0:
                yield text[start : tag.start()], False
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield text[start : tag.end()], True
                start = tag.end()
    yield text[start:], depth > 0
