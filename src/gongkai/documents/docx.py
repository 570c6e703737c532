"""A Word document on the page of GB/T 9704-2012.

The package is small and always the same but for its text, so its parts are written directly: the fixed ones stand in
`docx_parts/`, `word/document.xml` holds the body that is given. That takes a few milliseconds and gives the same bytes
for the same text. Fonts are named, never embedded; `fontTable.xml` lists what replaces them where they are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.documents.text import BODY_POINTS, TITLE_POINTS, printed_width, right_indents

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
TITLE_ROOM = 442 / TITLE_POINTS  # characters in a line
STYLE_HALF_POINTS = 21  # of the paragraph style TableText
KEEP_NEXT = "<w:keepNext/>"

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


def package(blocks: Iterable[str], *, title: str, author: str) -> bytes:
    """A .docx file whose body are the blocks; the same text gives the same bytes."""
    body = f"{_DECLARATION}<w:document {_W} {_R}><w:body>{''.join(blocks)}{_SECTION}</w:body></w:document>"
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in _fixed_parts():
            _add(archive, name, content)
        _add(archive, "docProps/core.xml", _properties(title, author).encode())
        _add(archive, "word/document.xml", body.encode())
    return buffer.getvalue()


def title_paragraph(lines: Sequence[str]) -> str:
    """The title, whose indents leave just the room at which its first line ends where the sense breaks."""
    title = "".join(lines)
    spare = TITLE_ROOM - printed_width(lines[0]) - 0.75
    if len(lines) == 1 or printed_width(lines[1]) > printed_width(lines[0]) or spare <= 0:
        return paragraph("Title", run(title))
    twips = round(spare * TITLE_POINTS * 20 / 2)
    return paragraph("Title", run(title), f'<w:ind w:left="{twips}" w:right="{twips}"/>')


def broken_title(lines: Sequence[str]) -> str:
    """The title with a break after each line but the last: for documents that nobody reads back as data."""
    return paragraph("Title", "<w:r><w:br/></w:r>".join(map(run, lines)))


def signature(name: str, day: str, *, blank_lines: int = 1) -> Iterator[str]:
    """Name and date at the right, each where stated, below blank lines; kept on one page with what goes before."""
    if not (name or day):
        return
    for _ in range(blank_lines):
        yield paragraph("Normal", "", KEEP_NEXT)
    name_indent, day_indent = right_indents(name, day)
    for line, indent, keep in ((name, name_indent, KEEP_NEXT), (day, day_indent, "")):
        if line:
            twips, hundredths = round(indent * BODY_POINTS * 20), round(indent * 100)
            yield paragraph("Signature", run(line), f'{keep}<w:ind w:right="{twips}" w:rightChars="{hundredths}"/>')


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """A paragraph of a style of `styles.xml`; `properties` is XML that adds to the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def run(text: str, style: str = "", half_points: int = 0) -> str:
    """Text of one look; `half_points` 0 is the size of the paragraph's style."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if half_points not in (0, STYLE_HALF_POINTS):
        properties += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{wrapped}<w:t xml:space="preserve">{xml(text)}</w:t></w:r>'


def table_head(widths: Sequence[int], *, caption: str) -> str:
    """The beginning of a table of fixed column widths in twips; `</w:tbl>` ends it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="StatutoryTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{xml(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def xml(text: str) -> str:
    """Text as it stands in XML."""
    return escape(text, quote=False)


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name)  # dated 1980, so that equal texts give equal files
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content)


@cache
def _fixed_parts() -> tuple[tuple[str, bytes], ...]:
    folder = files(__package__) / "docx_parts"
    return tuple((name, (folder / source).read_bytes()) for name, source in FIXED_PARTS.items())


def _properties(title: str, author: str) -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml(title)}</dc:title><dc:creator>{xml(author)}</dc:creator><dc:language>zh-CN</dc:language>"
        "</cp:coreProperties>"
    )
