"""What the decoders of the three tables share: rows whose cells stand apart, cells that are solved or stay open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import CellState, Doubt, Number, Place
from gongkai.annual_report.reading.glued_splits import LIMIT
from gongkai.annual_report.reading.locate import APPLICANTS, Located, Piece, PlacedCell, PrintedRow, Where, decode_cell

_FEW = 4  # numbers: a row of seven that has no more did not lose them one by one
LISTED = 12  # a doubt lists at most so many readings

_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_TABLE_NAMES = {"proactive": "表二", "applications": "表三", "remedies": "表四"}


def named(form: Format, table: str, row: str) -> str:
    """How a message calls a row: 表三“（一）予以公开”."""
    rows = {one.key: one.label for block in form.blocks for one in block.rows} if table == "proactive" else {}
    rows |= {one.key: one.label for one in form.rows} if table == "applications" else {}
    rows |= {group.key: group.label for group in form.remedy_groups} if table == "remedies" else {}
    label = rows.get(row)
    return f"{_TABLE_NAMES[table]}“{label}”" if label else _TABLE_NAMES[table]


def apart(row: PrintedRow, count: int) -> list[Piece] | None:
    """The pieces of a row if they stand apart, one for each of `count` columns; blanks beside them are filler."""
    filled = [piece for piece in row.pieces if piece.text.strip()]
    if len(filled) == count:
        return filled
    if row.glued:
        return None
    if len(row.pieces) == count:
        return row.pieces
    first = next((n for n, piece in enumerate(row.pieces) if piece.text.strip()), 0)
    last = max((n for n, piece in enumerate(row.pieces) if piece.text.strip()), default=-1)
    stretch = row.pieces[first : last + 1]
    return stretch if len(stretch) == count else _parted(stretch, count)


def _parted(pieces: Sequence[Piece], count: int) -> list[Piece] | None:
    """The pieces with those parted that hold several numbers (`27 0`), as where a bar was not recognised; else None.

    `1 143` may be one number.
    """
    if len(pieces) >= count or not all(piece.text.strip() and not _GROUPED.fullmatch(piece.text) for piece in pieces):
        return None
    parts = [Piece(text, piece.where) for piece in pieces for text in piece.text.split()]
    return parts if len(parts) == count and all(part.text.isdecimal() for part in parts) else None


def whole_numbers(pieces: Iterable[Piece]) -> list[int | None] | None:
    """The counts that pieces print, None for blanks; None if one of them is anything else."""
    numbers: list[int | None] = []
    for piece in pieces:
        cell = decode_cell(piece.text, None)
        if cell.state is CellState.BLANK:
            numbers.append(None)
        elif isinstance(cell.value, int) and cell.value >= 0:
            numbers.append(cell.value)
        else:
            return None
    return numbers


def is_pasted(pieces: Sequence[Piece]) -> bool:
    """Whether a piece is no number but several without anything between them: `00`, `010`."""
    texts = [piece.text.strip() for piece in pieces]
    return any(len(text) > 1 and text[0] == "0" and text.isdecimal() for text in texts)


def misses_cells(row: PrintedRow) -> bool:
    """Whether a row shows that blank cells left nothing behind: it has fewer digits, or far fewer numbers, than cells.

    That tells nothing of a row whose numbers may have been put together.
    """
    filled = [piece.text for piece in row.pieces if piece.text.strip()]
    if row.glued:
        return len("".join(filled)) < len(APPLICANTS) - 1
    return 0 < len(filled) <= _FEW and len("".join(filled)) < len(APPLICANTS) and not is_pasted(row.pieces)


def blanks_vanish(located: Located) -> bool:
    """Whether blank cells left nothing behind in this text: then three digits need not be three numbers."""
    if any(path.startswith(("applications", "proactive")) for path in located.valueless):
        return True
    rows = [row for row in located.rows if row.table == "applications"]
    return any(misses_cells(row) for row in rows) or any(
        not any(piece.text for piece in row.pieces) for row in located.rows if row.table == "proactive" and row.glued
    )


def raw_of(row: PrintedRow) -> str:
    return " ".join(piece.text.strip() for piece in row.pieces if piece.text.strip())


def where_of(row: PrintedRow) -> Where:
    return next((piece.where for piece in row.pieces if piece.text.strip()), row.label_where)


def place_of(where: Where) -> Place | None:
    return where[0](where[1]) if isinstance(where, tuple) else where


def solved(value: Number, row: PrintedRow, identities: Sequence[str]) -> PlacedCell:
    return PlacedCell(value, CellState.SOLVED, raw_of(row), where_of(row), tuple(identities))


def open_cell(row: PrintedRow) -> PlacedCell:
    return PlacedCell(None, CellState.AMBIGUOUS, raw_of(row), where_of(row))


def leave_open(
    located: Located, row: PrintedRow, columns: Sequence[str], form: Format, candidates: Sequence[str]
) -> None:
    """Keep the cells of a row as null, with a doubt that lists how it might be read."""
    paths = tuple(row.path(column) for column in columns)
    open_paths = tuple(path for path in paths if located.cells.get(path) is None or located.cells[path].value is None)
    for path in open_paths:
        located.put(path, open_cell(row))
    located.doubts.append(doubt_of(row, open_paths, form, candidates))


def doubt_of(row: PrintedRow, paths: tuple[str, ...], form: Format, candidates: Sequence[str]) -> Doubt:
    name, raw, place = named(form, row.table, row.key), raw_of(row), place_of(where_of(row))
    if not candidates:
        message = f"{name}一行印作“{raw}”，与表列对不上，无法判定各格的数，未填；请对照原件填写"
        return Doubt("undecidable-row", message, place, paths)
    count = f"{LIMIT}种以上" if len(candidates) > LIMIT else f"{len(candidates)}种"
    message = f"{name}一行印作“{raw}”，有{count}读法，无法判定，未填；请对照原件填写"
    return Doubt("ambiguous-cells", message, place, paths, tuple(candidates[:LISTED]))


def listed(reading: Iterable[Number | str | None]) -> str:
    """A reading as a doubt lists it: `64、0、0、2、0、4、70`, a blank as 空."""
    return "、".join("空" if one is None else _shown(one) for one in reading)


def _shown(one: Number | str) -> str:
    return format(one.normalize(), "f") if isinstance(one, Decimal) else str(one)
