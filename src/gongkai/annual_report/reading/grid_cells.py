"""What the cells of a row are, each by itself: a value, or a label, which may be one of several in its cell."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.annual_report.reading.document import GridCell
from gongkai.annual_report.reading.labels import Label, chain, find
from gongkai.text.numerals import PrintedKind, parse_cell
from gongkai.text.width import fold

Labelled = tuple[GridCell, Label | None]

ROWS = frozenset(("row2", "row3"))
LONGEST_LABEL = 120
_HAN = re.compile("[\u4e00-\u9fff]")
_BARE_ORDINAL = re.compile(r"[1-8]\s*[.．、]")


@lru_cache(maxsize=4096)
def is_value(text: str, *, beside: bool) -> bool:
    """Whether a cell that is no label holds a value: a number, a blank, a dash, or, `beside` a label, any mark."""
    if parse_cell(text).kind is not PrintedKind.UNREADABLE:
        return True
    return beside and not _HAN.search(text)


def is_bare_ordinal(text: str) -> bool:
    """Whether a cell holds only the number of a label whose words stand on the next line (`8.`)."""
    return _BARE_ORDINAL.fullmatch(text) is not None


def row_without_number(label: Label) -> Label | None:
    """总计 and 其他 that lost their number, beside values of 表三, are rows."""
    return find({"total": "（七）总计", "other": "3.其他"}.get(label.key, "")) if label.kind == "column3" else None


def row_at_end(text: str) -> Label | None:
    """The row label at the end of a cell that holds several labels (`（三）不予公开1.属于国家秘密`)."""
    found = chain(fold(text)) if len(text) <= LONGEST_LABEL else []
    return found[-1].label if found and found[-1].label.kind in ROWS else None


def unknown_end(texts: list[Labelled]) -> list[GridCell]:
    """The cells without a known label that a unit's labels end with."""
    cells: list[GridCell] = []
    for cell, label in reversed(texts):
        if label is not None:
            break
        cells.insert(0, cell)
    return cells
