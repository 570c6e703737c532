"""A letter as PDF/A-2a; how it is set stands in `gongkai.documents.pdf`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.applications.letters.composed import Composed, FormRow, attachment_lines, signed_day
from gongkai.documents.pdf import TITLE_ROOM, typeset
from gongkai.documents.text import break_title, right_indents

LINE_POINTS = 15
_TEMPLATE = Path(__file__).with_name("letter.typ")


def write(letter: Composed, *, fonts: Path | None = None) -> bytes:
    """A PDF/A-2a file; `fonts` is a folder with the standard's own faces. Raises: WritingError `missing-glyph`."""
    return typeset(_TEMPLATE, _data(letter), day=letter.on, fonts=fonts)


def _data(letter: Composed) -> dict[str, Any]:
    day = signed_day(letter)
    indents = right_indents(letter.signed_by, day)
    return {
        "title": letter.title,
        "title-lines": break_title(letter.title, places=(len(letter.signed_by),), room=TITLE_ROOM),
        "author": letter.signed_by,
        "number": letter.number,
        "addressee": letter.addressee,
        "paragraphs": [{"text": one.text, "heading": one.heading} for one in letter.paragraphs],
        "last": [*letter.remedy, *letter.closing],
        "rows": [_row(row) for row in letter.rows],
        "attachments": attachment_lines(letter.attachments),
        "signature": [[letter.signed_by, indents[0]], [day, indents[1]]],
    }


def _row(row: FormRow) -> dict[str, Any]:
    cells = []
    for label, value in row.pairs:
        cells.append({"text": label, "label": True, "span": 1})
        cells.append({"text": value, "label": False, "span": 3 if len(row.pairs) == 1 else 1})
    return {"cells": cells, "height": LINE_POINTS * max(2, row.lines)}
