"""The report as a Word document; its page and package are those of `gongkai.documents.docx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable, Role
from gongkai.annual_report.writing.outline import Outline, Passage, outline, title_lines
from gongkai.documents.docx import (
    KEEP_NEXT,
    TITLE_ROOM,
    TWIPS_PER_MM,
    package,
    paragraph,
    run,
    signature,
    table_head,
    title_paragraph,
)

SMALLEST_HALF_POINTS = 10
CELL_PADDING_MM = 1.0
DIGIT_EM = 0.65  # half an em in Times New Roman, more in what may replace it
MM_PER_HALF_POINT = 25.4 / 144


def write(report: Report) -> bytes:
    """A .docx file: the same report gives the same bytes."""
    text = outline(report)
    return package(_blocks(text), title=text.title, author=text.author)


def _blocks(text: Outline) -> Iterator[str]:
    yield title_paragraph(title_lines(text.title, room=TITLE_ROOM))
    yield from _passages(text.preamble)
    for part in text.parts:
        yield paragraph("Heading1", run(part.heading))
        yield from _passages(part.passages, before_signature=part is text.parts[-1])
        if part.table:
            yield from _table(part.table)
    yield from signature(text.signed_by, text.day)


def _passages(passages: Sequence[Passage], *, before_signature: bool = False) -> Iterator[str]:
    for passage in passages:
        # The last lines go with the signature: no page may hold a signature alone.
        keep = KEEP_NEXT if before_signature and passage is passages[-1] else ""
        if passage.heading:
            yield paragraph("Heading2", run(passage.text))
        else:
            lead, rest = passage.text[: passage.lead], passage.text[passage.lead :]
            yield paragraph("BodyText", (run(lead, "Lead") if lead else "") + run(rest), keep)


# tables


def _table(table: LayoutTable) -> Iterator[str]:
    widths = [round(width * TWIPS_PER_MM) for width in table.widths]
    yield table_head(widths, caption=table.caption)
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
    yield paragraph("TableEnd", "")  # parts the table from the next heading; two tables never touch


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
    text = run(cell.text, half_points=size) if own and cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{merge}{no_wrap}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph(style, text, KEEP_NEXT if keep else '')}</w:tc>"
    )


def _number_size(table: LayoutTable) -> int:
    """The type size, in half-points, at which the longest number fits its column on one line."""
    room = table.widths[-1] - CELL_PADDING_MM
    fitting = int(room / (table.longest_number() * DIGIT_EM) / MM_PER_HALF_POINT)
    return max(SMALLEST_HALF_POINTS, min(round(table.points * 2), fitting))
