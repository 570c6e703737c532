"""Pages whose tables are drawn with blocks of text: each cell is a paragraph, as in text with one to a line."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Document, Grid, GridCell, Paragraph
from gongkai.annual_report.reading.text import read_lines

_FEWEST_NUMBERS = 40  # the forms have about two hundred cells


def gathered(document: Document) -> Document:
    """A document without tables, with such paragraphs put together as grids; itself where there are none of these."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    if sum(block.text.isdecimal() for block in paragraphs) < _FEWEST_NUMBERS:
        return document
    places = [block.place for block in paragraphs]
    document.blocks = read_lines([" ".join(block.text.split()) for block in paragraphs])
    for block in document.blocks:
        if isinstance(block, Grid):
            block.locate = _located(block.locate, places)
        elif block.place is not None and block.place.line is not None:
            block.place = places[block.place.line - 1]
    return document


def _located(line_of: Callable[[GridCell], Place], places: list[Place | None]) -> Callable[[GridCell], Place]:
    """Where a cell stands in the page: in the paragraph whose line it was read from."""

    def locate(cell: GridCell) -> Place:
        line = line_of(cell).line
        return (places[line - 1] if line else None) or Place()

    return locate
