"""A Word document as a document: paragraphs with Word's own ordinals, tables with their merged cells.

Source: ECMA-376 Part 1, 17.3 (paragraphs and runs), 17.4 (tables), 17.13 (revisions).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.docx_numbering import Numbering, read_numbering
from gongkai.annual_report.reading.docx_package import W, broken, open_package, part
from gongkai.annual_report.reading.docx_styles import Style, outline_level, paragraph_number, read_styles
from gongkai.annual_report.reading.docx_table import RawCell, arrange
from gongkai.annual_report.reading.media_type import DOCX
from gongkai.errors import UnreadableReportError
from gongkai.text.width import squeeze

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_P, _TBL, _TR, _TC, _T, _R = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}t", f"{W}r"
_TEXT_BOX = f"{W}txbxContent"
# Deleted text, moved-away text, field codes, comments' anchors, the reading aid of a ruby, properties.
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rt",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
    )
) | {f"{_MC}Fallback"}
_CHARACTERS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_MOST_BLOCKS = 200_000


def read_docx(data: bytes) -> Document:
    """The body of a Word document.

    Raises: UnreadableReportError when the file is broken, protected by a password, or unpacks to too much.
    """
    package = open_package(data)
    with package:
        root = part(package, "word/document.xml")
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise broken()
        reader = _Reader(
            read_numbering(part(package, "word/numbering.xml")), read_styles(part(package, "word/styles.xml"))
        )
        meta = _meta(package, body)
    reader.blocks_of(body)
    return Document(reader.blocks, DOCX, meta)


def _meta(package: zipfile.ZipFile, body: etree._Element) -> dict[str, str]:
    meta: dict[str, str] = {}
    core = part(package, "docProps/core.xml")
    title = None if core is None else core.findtext(f"{_DC}title")
    if title and "报告" in title:  # otherwise it is the title of whatever file served as the template
        meta["title"] = squeeze(title)
    images = sum(1 for _ in body.iter(f"{_A}blip", f"{_V}imagedata"))
    if images:
        meta["images"] = str(images)
    return meta


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    styles: dict[str, Style]
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def blocks_of(self, node: etree._Element) -> None:
        """Takes the paragraphs and tables inside `node`, through content controls and accepted insertions."""
        for child in node.iterchildren(etree.Element):
            if child.tag == _P:
                self.take_paragraph(child)
            elif child.tag == _TBL:
                self.take_table(child)
            elif child.tag not in _SKIPPED:
                self.blocks_of(child)

    def take_paragraph(self, node: etree._Element) -> None:
        text = self.ordinal(node) + "".join(_text(node))
        heading = self.heading(node)
        for line in text.split("\n"):
            if squeezed := squeeze(line):
                self.paragraphs += 1
                self.blocks.append(Paragraph(squeezed, Place(path=f"p[{self.paragraphs}]"), heading))
        if len(self.blocks) > _MOST_BLOCKS:
            raise UnreadableReportError("too-large", "文档段落过多，未读取", "请另存一份只含年度报告正文的文件")
        for box in _boxes(node):
            self.blocks_of(box)

    def ordinal(self, node: etree._Element) -> str:
        """The ordinal that Word prints before the paragraph; an empty paragraph is not counted."""
        properties = node.find(f"{W}pPr")
        number = paragraph_number(properties) or self.style(properties).number
        return "" if number is None or not "".join(_text(node)).strip() else self.numbering.ordinal(*number)

    def heading(self, node: etree._Element) -> int:
        properties = node.find(f"{W}pPr")
        return outline_level(properties) or self.style(properties).heading

    def style(self, properties: etree._Element | None) -> Style:
        named = None if properties is None else properties.find(f"{W}pStyle")
        return _NO_STYLE if named is None else self.styles.get(named.get(f"{W}val", ""), _NO_STYLE)

    def take_table(self, node: etree._Element) -> None:
        """A table that holds another table only lays the page out: its content comes as it stands."""
        self.tables += 1
        if next((t for t in node.iter(_TBL) if t is not node), None) is not None:
            for row in _rows(node):
                for cell in _cells(row):
                    self.blocks_of(cell)
            return
        number = self.tables
        rows = arrange([self.raw_row(row) for row in _rows(node)])
        self.blocks.append(
            Grid(rows, aligned=True, locate=lambda cell: _place(rows[cell.row].index(cell), cell.row, number))
        )

    def raw_row(self, row: etree._Element) -> tuple[int, list[RawCell]]:
        """The columns that the row leaves out at its start, and its cells."""
        properties = row.find(f"{W}trPr")
        return _integer(properties, "gridBefore", 0), [self.raw_cell(cell) for cell in _cells(row)]

    def raw_cell(self, cell: etree._Element) -> RawCell:
        properties = cell.find(f"{W}tcPr")
        return RawCell(
            text=self.cell_text(cell),
            colspan=_integer(properties, "gridSpan", 1),
            continues_down=_merge(properties, "vMerge") == "continue",
            continues_right=_merge(properties, "hMerge") == "continue",
        )

    def cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for node in cell.iter(_P):
            text = self.ordinal(node) + "".join(_text(node))
            lines += [squeezed for line in text.split("\n") if (squeezed := squeeze(line))]
        return "\n".join(lines)


_NO_STYLE = Style()


def _text(node: etree._Element) -> list[str]:
    """The text of a paragraph's runs, without what is deleted, hidden, or stands in a text box."""
    pieces: list[str] = []
    for child in node.iterchildren(etree.Element):
        tag = child.tag
        if tag == _T:
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag not in _SKIPPED and tag != _TEXT_BOX and not (tag == _R and _is_hidden(child)):
            pieces += _text(child)
    return pieces


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in {"0", "false", "off"}


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The text boxes anchored in a paragraph; a box stands twice, for new and old programs: the new one counts."""
    return [box for box in paragraph.iter(_TEXT_BOX) if not any(a.tag == f"{_MC}Fallback" for a in box.iterancestors())]


def _rows(table: etree._Element) -> list[etree._Element]:
    return _through(table, _TR)


def _cells(row: etree._Element) -> list[etree._Element]:
    return _through(row, _TC)


def _through(node: etree._Element, wanted: str) -> list[etree._Element]:
    """The children called `wanted`, also those inside content controls; deleted rows are left out."""
    found: list[etree._Element] = []
    for child in node.iterchildren(etree.Element):
        if child.tag == wanted:
            if child.find(f"{W}trPr/{W}del") is None:
                found.append(child)
        elif child.tag not in _SKIPPED and child.tag not in {_P, _TBL}:
            found += _through(child, wanted)
    return found


def _integer(properties: etree._Element | None, name: str, default: int) -> int:
    node = None if properties is None else properties.find(f"{W}{name}")
    value = "" if node is None else node.get(f"{W}val", "")
    return min(int(value), 100) if value.isascii() and value.isdigit() and len(value) < 8 else default


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """`restart`, `continue` (also where no value is stated), or None for a cell that is not merged."""
    node = None if properties is None else properties.find(f"{W}{name}")
    return None if node is None else node.get(f"{W}val", "continue")


def _place(column: int, row: int, table: int) -> Place:
    return Place(path=f"table[{table}]/tr[{row + 1}]/td[{column + 1}]")
