"""The report as a Word document on the page of GB/T 9704-2012.

The package is small and always the same but for its text, so its parts are written directly: the fixed ones stand in
`docx_parts/`, `word/document.xml` is built here. That takes a few milliseconds and gives the same bytes for the same
report. Fonts are named, never embedded; `fontTable.xml` lists what replaces them where they are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable, Role
from gongkai.annual_report.writing.outline import (
    Outline,
    Passage,
    outline,
    printed_width,
    signature_indents,
    title_lines,
)

FIXED_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/app.xml": "app.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
    "word/footer1.xml": "footer1.xml",
    "word/footer2.xml": "footer2.xml",
}
TWIPS_PER_MM = 1440 / 25.4
BODY_POINTS = 16  # 3号
TITLE_POINTS = 22  # 2号
TITLE_ROOM = 442 / TITLE_POINTS  # characters in a line
STYLE_HALF_POINTS = 21  # of the paragraph style TableText
SMALLEST_HALF_POINTS = 10
CELL_PADDING_MM = 1.0
DIGIT_EM = 0.65  # half an em in Times New Roman, more in what may replace it
MM_PER_HALF_POINT = 25.4 / 144

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# A4; 天头 37, 下 35, 订口 28, 右 26 mm; 22 lines of 28.95 pt. The 28 characters of a line come from the style BodyText,
# whose letters stand 0.2 pt closer: LibreOffice spaces a character grid (linesAndChars) much too wide.
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)


def write(report: Report) -> bytes:
    """A .docx file: the same report gives the same bytes."""
    text, buffer = outline(report), BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, content in _fixed_parts():
            _add(package, name, content)
        _add(package, "docProps/core.xml", _properties(text).encode())
        _add(package, "word/document.xml", _document(text).encode())
    return buffer.getvalue()


def _add(package: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name)  # dated 1980, so that equal reports give equal files
    entry.compress_type = ZIP_DEFLATED
    package.writestr(entry, content)


@cache
def _fixed_parts() -> tuple[tuple[str, bytes], ...]:
    folder = files(__package__) / "docx_parts"
    return tuple((name, (folder / source).read_bytes()) for name, source in FIXED_PARTS.items())


def _properties(text: Outline) -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_xml(text.title)}</dc:title><dc:creator>{_xml(text.author)}</dc:creator><dc:language>zh-CN</dc:language>"
        "</cp:coreProperties>"
    )


def _document(text: Outline) -> str:
    blocks = [_title(text.title), *_passages(text.preamble)]
    for part in text.parts:
        blocks.append(_paragraph("Heading1", _run(part.heading)))
        blocks += _passages(part.passages, before_signature=part is text.parts[-1])
        if part.table:
            blocks += _table(part.table)
    blocks += _signature(text)
    return f"{_DECLARATION}<w:document {_W} {_R}><w:body>{''.join(blocks)}{_SECTION}</w:body></w:document>"


def _title(title: str) -> str:
    """The title, whose indents leave just the room at which its first line ends where the sense breaks."""
    lines = title_lines(title, room=TITLE_ROOM)
    spare = TITLE_ROOM - printed_width(lines[0]) - 0.75
    if len(lines) == 1 or printed_width(lines[1]) > printed_width(lines[0]) or spare <= 0:
        return _paragraph("Title", _run(title))
    twips = round(spare * TITLE_POINTS * 20 / 2)
    return _paragraph("Title", _run(title), f'<w:ind w:left="{twips}" w:right="{twips}"/>')


def _passages(passages: Sequence[Passage], *, before_signature: bool = False) -> Iterator[str]:
    for passage in passages:
        # The last lines go with the signature: no page may hold a signature alone.
        keep = "<w:keepNext/>" if before_signature and passage is passages[-1] else ""
        if passage.heading:
            yield _paragraph("Heading2", _run(passage.text))
        else:
            lead, rest = passage.text[: passage.lead], passage.text[passage.lead :]
            yield _paragraph("BodyText", (_run(lead, "Lead") if lead else "") + _run(rest), keep)


def _signature(text: Outline) -> Iterator[str]:
    if not (text.signed_by or text.day):
        return
    yield _paragraph("Normal", "", "<w:keepNext/>")
    name_indent, day_indent = signature_indents(text)
    for line, indent, keep in ((text.signed_by, name_indent, "<w:keepNext/>"), (text.day, day_indent, "")):
        if line:
            twips, hundredths = round(indent * BODY_POINTS * 20), round(indent * 100)
            yield _paragraph("Signature", _run(line), f'{keep}<w:ind w:right="{twips}" w:rightChars="{hundredths}"/>')


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(text: str, style: str = "", half_points: int = 0) -> str:
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if half_points not in (0, STYLE_HALF_POINTS):
        properties += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{_xml(text)}</w:t></w:r>'


def _xml(text: str) -> str:
    return escape(text, quote=False)


# tables


def _table(table: LayoutTable) -> Iterator[str]:
    widths = [round(width * TWIPS_PER_MM) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="StatutoryTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{table.caption}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    numbers, labels = _number_size(table), round(table.points * 2)
    for index, cells in enumerate(_grid(table)):
        row = table.rows[index]
        header = "<w:tblHeader/>" if index < table.header_rows else ""
        drawn = (
            _cell(cell, own, widths[at : at + cell.colspan], row.keep, numbers if cell.role is Role.NUMBER else labels)
            for at, own, cell in cells
        )
        yield f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(drawn)}</w:tr>"
    yield "</w:tbl>"
    yield _paragraph("TableEnd", "")  # parts the table from the next heading; two tables never touch


def _grid(table: LayoutTable) -> list[list[tuple[int, bool, LayoutCell]]]:
    """Per row the cells that stand in it, sorted by column; False marks one that merely continues from above."""
    grid: list[list[tuple[int, bool, LayoutCell]]] = [[] for _ in table.rows]
    for row, column, cell in table.positions():
        for below in range(cell.rowspan):
            grid[row + below].append((column, below == 0, cell))
    return [sorted(cells, key=lambda entry: entry[0]) for cells in grid]


def _cell(cell: LayoutCell, own: bool, widths: list[int], keep: bool, size: int) -> str:  # noqa: FBT001 - of one row
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = ""
    if cell.rowspan > 1:
        merge = '<w:vMerge w:val="restart"/>' if own else "<w:vMerge/>"
    style = "TableText" if cell.role is Role.LABEL and cell.rowspan == 1 else "TableHead"
    no_wrap = "<w:noWrap/>" if cell.role is Role.NUMBER else ""
    run = _run(cell.text, half_points=size) if own and cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{merge}{no_wrap}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{_paragraph(style, run, '<w:keepNext/>' if keep else '')}</w:tc>"
    )


def _number_size(table: LayoutTable) -> int:
    """The type size, in half-points, at which the longest number fits its column on one line."""
    room = table.widths[-1] - CELL_PADDING_MM
    fitting = int(room / (table.longest_number() * DIGIT_EM) / MM_PER_HALF_POINT)
    return max(SMALLEST_HALF_POINTS, min(round(table.points * 2), fitting))
