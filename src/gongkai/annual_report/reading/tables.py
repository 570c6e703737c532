"""The statutory tables of one report: blocks of a document → the cells of the form, each with its state and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Cell, Doubt
from gongkai.annual_report.reading import decode
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.glued import GluedReader, has_anchor
from gongkai.annual_report.reading.grid import GridReader
from gongkai.annual_report.reading.locate import Located


@dataclass(slots=True)
class TablesRead:
    """What the blocks of one report say in tables.

    `format` is None where there is no statutory table; else `cells` holds every cell of the form. `labels` are the
    labels printed otherwise than in the form. `used` are the indexes of blocks that belong to tables as a whole,
    `narrative` the text that is left of a paragraph that held tables as well.
    """

    format: Format | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    narrative: dict[int, str] = field(default_factory=dict)


def read_tables(blocks: Sequence[Paragraph | Grid], *, year: int | None = None, ocr: bool = False) -> TablesRead:
    """Find and decode 表二, 表三 and 表四 among the blocks of one report.

    `year` chooses the form only where the tables do not tell; with `ocr` every stated number is marked as recognised.
    """
    located = Located()
    read = TablesRead()
    _locate(blocks, located, read)
    if not (located.cells or located.rows or located.valueless):
        return TablesRead()
    read.format = decode.choose_format(located, year=year)
    read.cells = decode.decode(located, read.format, ocr=ocr)
    read.labels = decode.labels_of(located, read.format)
    read.doubts = located.doubts
    return read


def _locate(blocks: Sequence[Paragraph | Grid], located: Located, read: TablesRead) -> None:
    """Walk the blocks once: grids are read, glued paragraphs too, headings between grids noted."""
    grids, texts = GridReader(located), GluedReader(located)
    held: list[int] = []  # headings that belong to a table if one follows, or stands before without prose between
    after_table = False
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            line = _numbers(block) if texts.awaits_remedies else None
            if line is not None and texts.read(line) == "":
                read.used.add(index)
            elif grids.read(block):
                read.used.update((*held, index))
                held, after_table = [], True
            continue
        rest = texts.read(block) if texts.is_open or has_anchor(block.text) else None
        if rest is not None:
            _keep_rest(read, index, rest)
        elif grids.heading(block.text):
            held.append(index)
        elif block.text and not block.text.isspace():
            grids.prose(block.text)
            held, after_table = [], False
    if after_table:
        read.used.update(held)


def _numbers(grid: Grid) -> Paragraph | None:
    """A grid that is nothing but one row of numbers, as the paragraph that it would be."""
    texts = grid.texts()
    if len(grid.rows) != 1 or not all(text.isdecimal() or not text for text in texts):
        return None
    return Paragraph(" ".join(texts), grid.locate(grid.rows[0][0]))


def _keep_rest(read: TablesRead, index: int, rest: str) -> None:
    if rest:
        read.narrative[index] = rest
    else:
        read.used.add(index)
