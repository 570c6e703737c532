"""A letter as a Word document on the page of `gongkai.documents`."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.applications.letters.composed import Composed, FormRow, attachment_lines, signed_day
from gongkai.documents.docx import (
    KEEP_NEXT,
    TITLE_ROOM,
    TWIPS_PER_MM,
    broken_title,
    package,
    paragraph,
    run,
    signature,
    table_head,
)
from gongkai.documents.text import break_title

FORM_WIDTHS_MM = (33.0, 45.0, 33.0, 45.0)  # label, value, label, value: 版心 of 156 mm
FORM_LINE_TWIPS = 300
FORM_HALF_POINTS = 24
SEAL_LINES = 2  # left free above the signature, so that the seal over it stays clear of the text


def write(letter: Composed) -> bytes:
    """A .docx file: the same letter gives the same bytes. A draft keeps the marks of what is missing."""
    return package(_blocks(letter), title=letter.title, author=letter.signed_by)


def _blocks(letter: Composed) -> Iterator[str]:
    yield broken_title(break_title(letter.title, places=(len(letter.signed_by),), room=TITLE_ROOM))
    if letter.number:
        yield paragraph("Normal", run(letter.number), '<w:spacing w:after="579"/><w:jc w:val="center"/>')
    if letter.addressee:
        yield paragraph("Normal", run(f"{letter.addressee}："))
    if letter.rows:
        yield from _form(letter)
        return
    yield from _body(letter)


def _body(letter: Composed) -> Iterator[str]:
    for one in letter.paragraphs:
        yield paragraph("Heading1" if one.heading else "BodyText", run(one.text))
    last = [*letter.remedy, *letter.closing]
    for text in last:
        # The last lines go with the signature: no page may hold a signature alone.
        yield paragraph("BodyText", run(text), KEEP_NEXT if text is last[-1] else "")
    if letter.attachments:
        yield paragraph("Normal", "", KEEP_NEXT)
    for line in attachment_lines(letter.attachments):
        yield paragraph("BodyText", run(line), KEEP_NEXT)
    yield from signature(letter.signed_by, signed_day(letter), blank_lines=SEAL_LINES)


def _form(letter: Composed) -> Iterator[str]:
    widths = [round(width * TWIPS_PER_MM) for width in FORM_WIDTHS_MM]
    yield table_head(widths, caption=letter.title)
    for row in letter.rows:
        yield _row(row, widths)
    yield "</w:tbl>"
    yield paragraph("TableEnd", "")


def _row(row: FormRow, widths: list[int]) -> str:
    height = FORM_LINE_TWIPS * max(2, row.lines)
    drawn = []
    for index, (label, value) in enumerate(row.pairs):
        wide = widths[1:] if len(row.pairs) == 1 else widths[2 * index + 1 : 2 * index + 2]
        drawn.append(_cell(label, widths[2 * index : 2 * index + 1], "TableHead"))
        drawn.append(_cell(value, wide, "TableText"))
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}"/></w:trPr>{"".join(drawn)}</w:tr>'


def _cell(text: str, widths: list[int], style: str) -> str:
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    spacing = '<w:spacing w:line="320" w:lineRule="exact"/>' + ('<w:ind w:left="80"/>' if style == "TableText" else "")
    inside = run(text, half_points=FORM_HALF_POINTS) if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, inside, spacing)}</w:tc>"
    )
