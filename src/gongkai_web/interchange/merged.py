"""Merged cells of a sheet. A value that stands once for several rows is not guessed to be the value of each."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST = 20_000


@dataclass(frozen=True)
class Range:
    """Rows and columns from 1, both ends included."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Merged:
    """The merged ranges of one sheet by each row that they touch."""

    by_row: dict[int, list[Range]]

    def covers(self, row: int, column: int) -> str:
        """The range of which the cell is a part without being its first; empty when there is none."""
        for found in self.by_row.get(row, ()):
            if found.left <= column <= found.right and (row, column) != (found.top, found.left):
                return found.name
        return ""


def merged_cells(data: bytes, part: str) -> Merged:
    """Read them from the part of the package that holds the sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = _MERGED.findall(package.read(part.removeprefix("/")))
    by_row: dict[int, list[Range]] = {}
    for left, top, right, bottom in found[:_MOST]:
        name = f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}"
        columns = column_index_from_string(left.decode()), column_index_from_string(right.decode())
        merged = Range(name, int(top), columns[0], int(bottom), columns[1])
        for row in range(merged.top, min(merged.bottom, merged.top + _MOST) + 1):
            by_row.setdefault(row, []).append(merged)
    return Merged(by_row)
