"""表二: rows without any identity. What is glued is told apart only where the number of cells leaves one way."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual_report.formats import Column, Format
from gongkai.annual_report.reading.decode_rows import (
    apart,
    blanks_vanish,
    is_pasted,
    leave_open,
    listed,
    solved,
    where_of,
    whole_numbers,
)
from gongkai.annual_report.reading.glued_splits import joined, text_splits
from gongkai.annual_report.reading.locate import MONEY, Located, Piece, PrintedRow, decode_cell


def decode(located: Located, form: Format) -> None:
    """Decode the rows of 表二 that are still open."""
    blocks = {row.key: block.columns for block in form.blocks for row in block.rows}
    for row in located.rows:
        if row.table != "proactive" or row.key not in blocks:
            continue
        columns = [column for column in blocks[row.key] if column.key in row.columns] or list(blocks[row.key])
        if len(columns) < _width(row) == len(blocks[row.key]):
            columns = list(blocks[row.key])  # a misprint hid the others in the header: the row has a cell for each
        order = row.columns if set(row.columns) == {column.key for column in columns} else [c.key for c in columns]
        by_key = {column.key: column for column in columns}
        _decode(located, row, [by_key[key] for key in order], form)


def _width(row: PrintedRow) -> int:
    return 0 if row.glued else sum(1 for piece in row.pieces if piece.text.strip())


def _decode(located: Located, row: PrintedRow, columns: Sequence[Column], form: Format) -> None:
    keys = [column.key for column in columns]
    pieces = _standing_apart(row, columns)
    if pieces is not None:
        located.put_row(f"proactive.{row.key}", keys, pieces, row.units)
        return
    splits, across = _splits(row, columns)
    doubtful = across or (row.glued and blanks_vanish(located))
    if len(splits) != 1 or (len(columns) > 1 and doubtful):
        likeliest_first = sorted(splits, key=lambda split: _strangeness(split, columns))
        leave_open(located, row, keys, form, [listed(split) for split in likeliest_first])
        return
    for column, text in zip(columns, splits[0], strict=True):
        path = f"proactive.{row.key}.{column.key}"
        cell = decode_cell(text, where_of(row), money=path in MONEY, unit=row.units.get(column.key))
        located.put(path, cell if cell.value is None else solved(cell.value, row, ()))


def _standing_apart(row: PrintedRow, columns: Sequence[Column]) -> list[Piece] | None:
    pieces = apart(row, len(columns))
    if pieces is None or not row.glued:
        return pieces
    # A run of glued text is a cell only if it reads as one number (`1,143`, `75.5万元`).
    kinds = [column.kind for column in columns]
    whole = all(text_splits(piece.text, frozenset(), [kind]) for piece, kind in zip(pieces, kinds, strict=True))
    return pieces if whole or len(columns) == 1 else None


def _splits(row: PrintedRow, columns: Sequence[Column]) -> tuple[list[tuple[str, ...]], bool]:
    """The ways to give the printed text to the columns, and whether numbers are put together across white space.

    That proves nothing where there are several columns, for no sum vouches for it.
    """
    texts = ["".join(piece.text.split()) for piece in row.pieces if piece.text.strip()]
    kinds = [column.kind for column in columns]
    short = len(texts) < len(columns) or whole_numbers(row.pieces) is None
    if not row.glued and short and not (len(texts) == 1 and is_pasted(row.pieces)):
        return [], False
    text, walls = joined(texts)
    within = text_splits(text, walls, kinds)
    return (within, False) if within else (text_splits(text, frozenset(), kinds), True)


def _strangeness(split: Sequence[str], columns: Sequence[Column]) -> tuple[int, int]:
    """Orders the candidates of a doubt, likelier ones first: no change to last year, numbers of like length.

    It only orders: agencies print stranger things, so nothing is decided by it.
    """
    changes = sum(1 for text, column in zip(split, columns, strict=True) if column.kind == "change" and text != "0")
    lengths = [len(text) for text, column in zip(split, columns, strict=True) if column.kind == "count"]
    return changes, max(lengths, default=0) - min(lengths, default=0)
