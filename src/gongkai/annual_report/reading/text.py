"""Plain text → paragraphs and grids, with line numbers as places.

Tables may be parted by tabs, pipes or spaces, have one cell to a line, or be glued into a paragraph (then the paragraph
stays whole: see `glued`). Traditional characters and inserted pinyin are made simplified first; lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading import text_rows as rows
from gongkai.annual_report.reading.dates import iso_date
from gongkai.annual_report.reading.document import Document, Grid, GridCell, Paragraph
from gongkai.annual_report.reading.frame_ends import is_date, is_furniture, is_unit
from gongkai.annual_report.reading.sections import heading_of
from gongkai.annual_report.reading.text_commas import parted, untold
from gongkai.annual_report.reading.text_joints import rejoined
from gongkai.annual_report.reading.text_regions import find_regions
from gongkai.annual_report.reading.text_ruled import find_ruled, unframed
from gongkai.errors import UnreadableReportError
from gongkai.text.pinyin import strip_pinyin
from gongkai.text.simplified import convert, is_traditional

Block = Paragraph | Grid

# What crawlers write above the text they saved, and the member of `Document.meta` it goes to.
_HEADER_KEYS = {
    "标题": "title",
    "名称": "title",
    "发布时间": "published_on",
    "发布日期": "published_on",
    "公开日期": "published_on",
    "时间": "published_on",
    "日期": "published_on",
    "发布机构": "publisher",
    "发文机关": "publisher",
    "发布单位": "publisher",
    "单位": "publisher",
    "来源": "site",
    "网站": "site",
    "站点": "site",
    "原文链接": "url",
    "链接": "url",
    "网址": "url",
    "文号": "",
    "栏目": "",
    "索引号": "",
    "采集时间": "",
    "作者": "",
    "关键词": "",
    "分类": "",
    "主题分类": "",
}
_HEADER_LINE = re.compile(r"\s*(?:[#*\-]\s*)*\**(\w{2,4})\**\s*[:：]\**\s*(.*)$")
_BODY_RULE = re.compile(r"\s*[=＝*\-—_]{4,}[\s=＝*\-—_]*(?:正文|全文|内容)?[\s=＝*\-—_]*$")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}(#{1,6})(?!#)")
_ENDS_SENTENCE = re.compile(r"[。！？；：:!?;”」』）)》…]$|报告$")
_BEGINS_ANEW = re.compile(
    r"第?[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}\s*[.．、)）]|[①-⑳●◆■※]|附件|注[:：]|[#\0]"
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－·]{1,2}\s*\d{1,3}\s*[-—–－·]{1,2}|第\s*\d{1,3}\s*页.{0,12})\s*$")
_OF_PAGES = re.compile(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$")  # 3 / 7
_LONGEST_PAGE_NUMBER = 24
_LONGEST_HEADER_LINE = 400
_MOST_LINES = 100_000
_MOST_CELLS = 200_000  # in one table
_SHORTEST_WRAPPED = 20
_LONGEST_JOINED = 20_000  # no paragraph is longer; keeps joining linear on any input


def read_text(text: str, *, media_type: str = "text/plain") -> Document:
    """Read plain text.

    >>> document = read_text("一、总体情况\\n规章\\t0\\t0\\t0")
    >>> document.blocks[0].text, [cell.text for cell in document.blocks[1].rows[0]]
    ('一、总体情况', ['规章', '0', '0', '0'])
    """
    plain, traits = simplified(text)
    lines = [_without_page_number(line) for line in lines_of(plain)]
    meta, first = _header(lines)
    if traits:
        meta["traits"] = traits
    return Document(read_lines(lines, start=first), media_type, meta)


def simplified(text: str) -> tuple[str, str]:
    """The text in simplified characters without inserted pinyin, and what of it had to be done (`Report.traits`)."""
    plain = strip_pinyin(text)
    traditional = is_traditional(plain)
    traits = ["pinyin"] * (plain != text) + ["traditional"] * traditional
    return (convert(plain) if traditional else plain), " ".join(traits)


def lines_of(text: str) -> list[str]:
    """Lines as an editor counts them; form feeds and other separators part nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ").lstrip("\ufeff").split("\n")


def _without_page_number(line: str) -> str:
    if len(line) >= _LONGEST_PAGE_NUMBER:
        return line
    of_pages = _OF_PAGES.match(line) if "/" in line else None
    is_page = _PAGE_NUMBER.match(line) or (of_pages and 0 < int(of_pages[1]) <= int(of_pages[2]))
    return "" if is_page else line


def read_lines(lines: Sequence[str], *, start: int = 0) -> list[Block]:
    """Paragraphs and grids of the lines from index `start` on.

    Raises: UnreadableReportError `too-large` for far more lines or cells than any report has.
    """
    if len(lines) > _MOST_LINES:
        raise _too_large()
    blocks: list[Block] = []
    at = start
    lines = parted(rejoined(unframed(untold(lines))))
    ruled = find_ruled(lines, start)
    regions = find_regions(lines, start)
    while at < len(lines):
        line = lines[at]
        if not line or line.isspace():
            at += 1
        elif at in ruled:
            at, grid = ruled[at]
            blocks.append(grid)
        elif at in regions:
            blocks.append(_grid(regions[at].rows(lines)))
            at = regions[at].end
        elif rows.is_whole_table(line):
            blocks += _unfolded(line, at + 1)
            at += 1
        elif "\t" in line or "|" in line:
            at = _table(lines, at, blocks)
        else:
            blocks.append(_paragraph(line, at + 1))
            at += 1
    return _joined(blocks)


def _unfolded(line: str, number: int) -> list[Block]:
    """The blocks of a line in which a program put all cells of a table, or of a page, one behind the other."""
    blocks = read_lines(line.replace("|", "\n").replace("\t", "\n").split("\n"))
    place = Place(line=number)
    for block in blocks:
        if isinstance(block, Grid):
            block.locate = lambda _cell: place
        else:
            block.place = place
    return blocks


def _header(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """What a crawler wrote above the text, and the index of the first line below it."""
    meta: dict[str, str] = {}
    at = known = 0
    while at < min(len(lines), 40) and len(lines[at]) < _LONGEST_HEADER_LINE:
        line = lines[at]
        if known and _BODY_RULE.match(line):
            return meta, at + 1
        found = _HEADER_LINE.match(line)
        if line.strip() and (found is None or found[1] not in _HEADER_KEYS):
            break
        if found and line.strip():
            known += 1
            _note(meta, _HEADER_KEYS[found[1]], found[2].strip())
        at += 1
    # A single such line (来源：…) may be part of the text itself.
    return (meta, at) if known > 1 else ({}, 0)


def _note(meta: dict[str, str], member: str, value: str) -> None:
    if member == "published_on":
        value = iso_date(value) or ""
    if member and value:
        meta.setdefault(member, value)


def _table(lines: Sequence[str], at: int, blocks: list[Block]) -> int:
    """Read the table that begins at line index `at` into `blocks`; returns the index of the line after it."""
    table: list[rows.Row] = []
    cells = 0
    tabbed = rows.is_tabbed(lines[at])
    is_row: Callable[[str], bool] = rows.is_tabbed if tabbed else rows.is_piped
    while at < len(lines):
        line = lines[at]
        if table and not tabbed and rows.is_rest_of_row(lines, at):
            table[-1] += rows.rest_of_row(line, at + 1)
            at += 1
            continue
        if is_row(line):
            row, after = (rows.tab_row(line, at + 1), at + 1) if tabbed else rows.pipe_row(lines, at)
            if rows.is_prose(row):
                if not table:
                    blocks += [Paragraph(text, Place(line=number)) for text, number in row if text]
                    return after
                break
            if not rows.is_rule(line):
                table.append(row)
                cells += len(row)
            if cells > _MOST_CELLS:
                raise _too_large()
            at = after
            continue
        onward = _goes_on_at(lines, at, is_row, over_blanks=tabbed)
        if onward is None and table and rows.is_pasted_row(line):
            onward = at + 1
        if onward is None:
            break
        table += [[(lines[i].strip(), i + 1)] for i in range(at, onward) if lines[i].strip()]
        at = onward
    if table:
        blocks.append(_grid(table))
    return at


def _goes_on_at(lines: Sequence[str], at: int, is_row: Callable[[str], bool], *, over_blanks: bool) -> int | None:
    """Where a table goes on after lines that are no rows: pieces of a cell, or (tabs) the gap of a page break."""
    for ahead in range(at, min(at + 4, len(lines))):
        line = lines[ahead]
        if is_row(line):
            return ahead
        if not (rows.is_fragment(line) or (over_blanks and not line.strip())):
            return None
    return None


def _too_large() -> UnreadableReportError:
    return UnreadableReportError(
        "too-large",
        "文件的行数或表格单元远远超过一份年度报告，未读取。",
        "请确认文件是否正确；多份报告请分成多个文件。",
    )


def _grid(lines: list[rows.Row]) -> Grid:
    table = [row for line in lines for row in rows.split_header(rows.with_number_apart(line))]
    cells = [[GridCell(text, r, c) for c, (text, _) in enumerate(row)] for r, row in enumerate(table)]

    def locate(cell: GridCell) -> Place:
        return Place(line=table[cell.row][cell.column][1])

    return Grid(cells, aligned=False, locate=locate)


def _paragraph(line: str, number: int) -> Paragraph:
    level = 0
    if line.lstrip().startswith("#"):
        found = _MARKDOWN_HEADING.match(line)
        if found:
            level, line = len(found[1]), line[found.end() :].rstrip("# \t")
    if "**" in line:
        line = line.replace("**", "")
    return Paragraph(line.strip(), Place(line=number), level)


def _joined(blocks: list[Block]) -> list[Block]:
    """Put back together paragraphs that were broken at the end of a printed line or page."""
    joined: list[Block] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        last = joined[-1] if joined else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and _goes_on(last, block, after):
            last.text += block.text
        else:
            joined.append(block)
    return joined


def _goes_on(last: Paragraph, following: Paragraph, after: Block | None) -> bool:
    """Whether a broken paragraph goes on in the next line; the name of an agency above a date signs instead."""
    if not _is_broken(last, following):
        return False
    return not (isinstance(after, Paragraph) and is_unit(following.text) and is_date(after.text))


def _is_broken(last: Paragraph, following: Paragraph) -> bool:
    if last.heading or following.heading or not following.text:
        return False
    if not _SHORTEST_WRAPPED <= len(last.text) <= _LONGEST_JOINED:
        return False
    if _ENDS_SENTENCE.search(last.text[-2:]) or _BEGINS_ANEW.match(following.text):
        return False
    if is_date(following.text) and is_unit(last.text):
        return False
    return not (heading_of(last.text) or heading_of(following.text) or is_furniture(last.text))
