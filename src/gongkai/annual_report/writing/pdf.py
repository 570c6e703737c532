"""The report as PDF/A-2a; how it is set stands in `gongkai.documents.pdf`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable
from gongkai.annual_report.writing.outline import Outline, Passage, outline, signature_indents, title_lines
from gongkai.documents.pdf import POINTS_PER_MM, TITLE_ROOM, typeset

SMALLEST_POINTS = 4.0
CELL_PADDING_MM = 1.2
DIGIT_EM = 0.56  # digits of Noto Serif SC; those of other faces are narrower

_TEMPLATE = Path(__file__).with_name("report.typ")


def write(report: Report, *, fonts: Path | None = None) -> bytes:
    """A PDF/A-2a file. `fonts` is a folder with the standard's own faces, used where they are found there.

    Raises: WritingError `missing-glyph` where the report holds a character that no font can show.
    """
    day = report.signed_on or report.published_on
    return typeset(_TEMPLATE, _data(outline(report)), day=day, fonts=fonts)


def _data(text: Outline) -> dict[str, Any]:
    name_indent, day_indent = signature_indents(text)
    signature = [[line, indent] for line, indent in ((text.signed_by, name_indent), (text.day, day_indent)) if line]
    return {
        "title": text.title,
        "title-lines": title_lines(text.title, room=TITLE_ROOM),
        "author": text.author,
        "preamble": [_passage(one) for one in text.preamble],
        "parts": [
            {
                "heading": part.heading,
                "passages": [_passage(one) for one in part.passages],
                "table": _table(part.table) if part.table else None,
            }
            for part in text.parts
        ],
        "signature": signature,
    }


def _passage(passage: Passage) -> list[str]:
    return [passage.text[: passage.lead], passage.text[passage.lead :]]


def _table(table: LayoutTable) -> dict[str, Any]:
    return {
        "widths": table.widths,
        "header-rows": table.header_rows,
        "breakable": table.header_rows > 0 and len(table.rows) > 4,
        "text-size": table.points,
        "padding": 1.6 if table.points > 11 else 1.0,  # mm above and below
        "number-size": _number_size(table),
        "rows": [list(map(_cell, row.cells)) for row in table.rows],
    }


def _cell(cell: LayoutCell) -> dict[str, Any]:
    return {"text": cell.text, "role": cell.role, "rowspan": cell.rowspan, "colspan": cell.colspan}


def _number_size(table: LayoutTable) -> float:
    """The type size in points at which the longest number fits its column on one line."""
    room = (table.widths[-1] - CELL_PADDING_MM) * POINTS_PER_MM
    return max(SMALLEST_POINTS, min(table.points, room / (table.longest_number() * DIGIT_EM)))
