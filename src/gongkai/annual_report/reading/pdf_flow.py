"""The pages of a PDF or scan as one flow of paragraphs and grids, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_high, median_low

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.pdf_anchors import Unruled, unruled_tables
from gongkai.annual_report.reading.pdf_geometry import Box, Line, PageContent, bounds, lines_of
from gongkai.annual_report.reading.pdf_lattice import Lattice, lattices
from gongkai.annual_report.reading.pdf_tables import continues, grid_of

_PAGE_NUMBER = re.compile(
    r"[-—–―－·•.~\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/,，共]+\s*(?:共\s*)?\d{1,3}\s*页?)?[-—–―－·•.~\s]*"
)
_EDGE = 0.1  # of the page height: where page numbers and running heads stand
_DIGITS = re.compile(r"\d+")
_STARTS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)|第[一二三四五六七八九十]+[条章节]"
)

_FEW_FULL = 5  # lines; where text goes over the end of its line, more than these and the title reach the margin

Item = Line | Lattice | Unruled


@dataclass(slots=True)
class _Page:
    content: PageContent
    items: list[Item] = field(default_factory=list)


def flow(contents: Sequence[PageContent]) -> list[Paragraph | Grid]:
    """The blocks of all pages in reading order."""
    pages = [_page(content) for content in contents]
    _drop_running_lines(pages)
    writer = _Writer(_usual_margins(pages))
    for page in pages:
        page.items = unruled_tables(page.items, page=page.content.number)
        writer.take(page)
    return writer.finished()


def _page(content: PageContent) -> _Page:
    tables, rest = lattices(content)
    items: list[Item] = [*lines_of(rest), *tables]
    items.sort(key=_top)
    return _Page(content, items)


def _top(item: Item) -> float:
    return item.ys[0] if isinstance(item, Lattice) else item.top


def _drop_running_lines(pages: Sequence[_Page]) -> None:
    """Takes out page numbers, and lines that stand at the edge of several pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in _edge_lines(page)})
    repeated = {shape for shape, count in seen.items() if count >= max(2, len(pages) // 2)}
    for page in pages:
        gone = [x for x in _edge_lines(page) if _PAGE_NUMBER.fullmatch(x.text) or _shape(x) in repeated]
        page.items = [item for item in page.items if not any(item is line for line in gone)]


def _edge_lines(page: _Page) -> list[Line]:
    margin = page.content.height * _EDGE
    last = page.content.height - margin
    lines = [item for item in page.items if isinstance(item, Line)]
    return [line for line in lines if line.bottom < margin or line.top > last]


def _shape(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _margins(page: _Page) -> tuple[float, float] | None:
    """Where the leftmost line of a page begins and the rightmost ends."""
    lines = [item for item in page.items if isinstance(item, Line)]
    return (min(line.x0 for line in lines), max(line.x1 for line in lines)) if lines else None


def _usual_margins(pages: Sequence[_Page]) -> tuple[float, float]:
    """The margins of the pages in general: a page that holds but a few short lines does not show them.

    Where hardly any line is full, no text shows them; then the tables do, as far as they are wider.
    """
    found = [margins for page in pages if (margins := _margins(page))]
    if not found:
        return 0.0, 0.0
    left, right = median_low(left for left, _ in found), median_high(right for _, right in found)
    items = [item for page in pages for item in page.items]
    if sum(isinstance(item, Line) and item.x1 > right - item.type_size for item in items) >= _FEW_FULL:
        return left, right
    tables = [item for item in items if isinstance(item, Lattice)]
    if not tables:
        return left, right
    return (
        min(left, median_low(table.xs[0] for table in tables)),
        max(right, median_high(table.xs[-1] for table in tables)),
    )


@dataclass(slots=True)
class _Writer:
    """Gathers lines into paragraphs and parts of tables into grids. `usual` are the margins of most pages."""

    usual: tuple[float, float]
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    lines: list[tuple[Line, int]] = field(default_factory=list)
    parts: list[Lattice] = field(default_factory=list)
    open: Unruled | None = None
    left: float = 0.0
    right: float = 0.0

    def take(self, page: _Page) -> None:
        left, right = _margins(page) or self.usual
        self.left, self.right = min(left, self.usual[0]), max(right, self.usual[1])
        for position, item in enumerate(page.items):
            if isinstance(item, Line):
                self.end_table()
                self.line(item, page.content.number)
            elif isinstance(item, Lattice):
                self.end_paragraph()
                if self.parts and not (position == 0 and continues(self.parts[-1], item)):
                    self.end_table()
                self.parts.append(item)
            else:
                self.end_paragraph()
                self.end_table()
                self.unruled(item, first=position == 0)

    def unruled(self, item: Unruled, *, first: bool) -> None:
        """A table that is the first thing on its page goes on with the table that was the last on the one before."""
        if first and self.open is not None and self.blocks and self.blocks[-1] is self.open.grid:
            self.open.append(item)
        else:
            self.open = item
            self.blocks.append(item.grid)

    def line(self, line: Line, page: int) -> None:
        if self.lines and not self.goes_on(self.lines[-1][0], line):
            self.end_paragraph()
        self.lines.append((line, page))

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether `line` continues the paragraph of `before`: that one is full, this one is not indented."""
        size = line.type_size
        if abs(before.type_size - size) > 0.35 * size or _STARTS.match(line.text):
            return False
        return before.x1 > self.right - 2.2 * size and line.x0 < self.left + 1.4 * size

    def end_paragraph(self) -> None:
        if self.lines:
            text = _wrapped([line.text for line, _ in self.lines])
            page = self.lines[0][1]
            box = bounds(char for line, number in self.lines if number == page for char in line.chars)
            self.blocks.append(Paragraph(text, Place(page=page, box=_rounded(box))))
            self.lines = []

    def end_table(self) -> None:
        if self.parts:
            self.blocks.append(grid_of(self.parts))
            self.parts = []

    def finished(self) -> list[Paragraph | Grid]:
        self.end_paragraph()
        self.end_table()
        return self.blocks


def _wrapped(lines: Sequence[str]) -> str:
    """Wrapped lines as one; only between two Latin words does a line break stand for a space."""
    text = lines[0]
    for line in lines[1:]:
        latin = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        text += f" {line}" if latin else line
    return text


def _rounded(box: Box) -> Box:
    left, top, right, bottom = (round(value, 1) for value in box)
    return left, top, right, bottom
