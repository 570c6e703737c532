"""What every reader of a file format delivers: paragraphs and grids in reading order, with their places.

Nothing is judged here. A reader never invents a cell: what is not in the file is not in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.annual_report.model import Place


@dataclass(slots=True)
class Paragraph:
    """A run of text without line breaks. `heading` is 1–6 where the source marks it as a heading, else 0."""

    text: str
    place: Place | None = None
    heading: int = 0


@dataclass(slots=True)
class GridCell:
    """A cell at (row, column) of its grid, counted from 0, spanning `rowspan` × `colspan` grid positions."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A table whose cell positions are known (`aligned`) or only the order of its cells in each row.

    `rows[i]` lists the cells that *start* in row i, left to right. `aligned` is True where the file states spans
    (HTML, DOCX, XLSX, PDF rulings) and False for tab or pipe text, whose columns may have shifted.
    """

    rows: list[list[GridCell]]
    aligned: bool
    locate: Callable[[GridCell], Place]  # where a cell stands in the source; called for the few that are looked at

    def texts(self) -> list[str]:
        """The text of every cell, row by row."""
        return [cell.text for row in self.rows for cell in row]

    def row_texts(self) -> Iterator[list[str]]:
        """The texts of each row."""
        return ([cell.text for cell in row] for row in self.rows)

    def put_texts(self, texts: Iterable[str]) -> None:
        """Give every cell another text, in the order of `texts()`."""
        for cell, text in zip((cell for row in self.rows for cell in row), texts, strict=True):
            cell.text = text


@dataclass(slots=True)
class Document:
    """A file read into blocks. `meta` holds what the file says of itself: `title`, `site`, `published_on` (ISO date),
    `publisher`; `ocr` is True where the text was recognised from images."""

    blocks: list[Paragraph | Grid]
    media_type: str
    meta: dict[str, str] = field(default_factory=dict)
    ocr: bool = False
