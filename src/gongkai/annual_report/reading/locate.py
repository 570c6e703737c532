"""What the readers of grids and of glued text hand on: cells that are certain, and rows that are not yet told apart.

`Located` gathers both. A printed cell that stands in its own place is decoded at once and never touched again; a row
that is shorter than the form, shifted or glued is kept as a `PrintedRow` for `decode`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, CellState, Doubt, Number, Place
from gongkai.annual_report.reading.document import GridCell
from gongkai.annual_report.reading.glued_splits import Effort
from gongkai.annual_report.reading.labels import Label
from gongkai.text.numerals import Printed, PrintedKind, parse_cell, to_wan

Where = tuple[Callable[[Any], Place], Any] | Place | None  # what finds the place, and what it is asked for

APPLICANTS = tuple(column.key for column in formats.load("2021").columns)
RESULTS = tuple(column.key for column in formats.load("2021").remedy_columns)
GROUPS = tuple(group.key for group in formats.load("2021").remedy_groups)
REMEDIES = tuple(f"{group}.{result}" for group in GROUPS for result in RESULTS)
LONGEST_COUNT = 15  # digits
MONEY = frozenset(("proactive.fees.amount_wan", "proactive.procurement.amount_wan"))


@cache
def paths_of(prefix: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The paths of a row's cells."""
    return tuple(f"{prefix}.{column}" for column in columns)


class PlacedCell(Cell):
    """A cell whose place is worked out when it is asked for: of the 200 cells of a report few are looked at."""

    __slots__ = ("where",)

    def __init__(
        self,
        value: Number | None,
        state: CellState = CellState.STATED,
        raw: str = "",
        place: Where = None,
        identities: tuple[str, ...] = (),
    ) -> None:
        self.value = value
        self.state = state
        self.raw = raw
        self.where = place
        self.identities = identities

    @property
    def place(self) -> Place | None:
        where = self.where
        if isinstance(where, tuple):
            where = self.where = where[0](where[1])
        return where

    @place.setter
    def place(self, where: Where) -> None:
        self.where = where

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cell):
            return NotImplemented
        mine = (self.value, self.state, self.raw, self.place, self.identities)
        return mine == (other.value, other.state, other.raw, other.place, other.identities)

    __hash__ = None  # type: ignore[assignment]  # cells are mutable, like their base class

    def __reduce__(self) -> tuple[Any, ...]:
        return Cell, (self.value, self.state, self.raw, self.place, self.identities)


@dataclass(slots=True)
class Piece:
    """One printed value cell (or, in glued text, one run without white space) and where it stands."""

    text: str
    where: Where = None


@dataclass(slots=True)
class PrintedRow:
    """A row whose pieces have yet to be given to its columns.

    `table` is `proactive`, `applications` or `remedies`; `key` its row (in `remedies` the group, or "" for all three);
    `columns` what the header above it announced, in printing order (empty: nothing). `units` are the columns' units
    that the header stated. `glued` rows may hold several numbers in one piece.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    pieces: list[Piece]
    glued: bool = False
    units: dict[str, str] = field(default_factory=dict)
    label_where: Where = None

    def path(self, column: str) -> str:
        return f"{self.table}.{self.key}.{column}" if self.key else f"{self.table}.{column}"


@dataclass(slots=True)
class Located:
    """All that was found in one report's tables."""

    cells: dict[str, Cell] = field(default_factory=dict)
    rows: list[PrintedRow] = field(default_factory=list)
    printed_labels: dict[str, tuple[str, Label]] = field(default_factory=dict)
    columns2: set[Label] = field(default_factory=set)
    header3: set[str] = field(default_factory=set)
    header3_where: Where = None
    row_keys: list[str] = field(default_factory=list)  # rows of 表三 in the order in which they were printed
    valueless: dict[str, Where] = field(default_factory=dict)  # `table.row` printed without anything beside it
    doubts: list[Doubt] = field(default_factory=list)
    conflicts: set[str] = field(default_factory=set)  # paths with a doubt about a second, different number
    units: dict[str, str] = field(default_factory=dict)  # of amounts of money, where a header states it
    effort: Effort = field(default_factory=Effort)  # what may still be spent on telling glued numbers apart

    def put(self, path: str, cell: Cell) -> None:
        """Keep a cell; a second, different number for the same cell is a doubt and the first one stays."""
        known = self.cells.get(path)
        if known is None or (known.value is None and cell.value is not None):
            self.cells[path] = cell
        elif cell.value is not None and cell.value != known.value and path not in self.conflicts:
            self.conflicts.add(path)
            numbers = f"{known.raw or known.value}和{cell.raw or cell.value}"
            message = f"“{path}”印了两个不同的数：{numbers}，取先印的一个；请核对原文"
            self.doubts.append(
                Doubt("conflicting-values", message, cell.place, (path,), (str(known.value), str(cell.value)))
            )

    def put_row(self, prefix: str, columns: Sequence[str], pieces: Sequence[Piece], units: dict[str, str]) -> None:
        """Keep a row each of whose pieces stands in its own column."""
        for column, piece in zip(columns, pieces, strict=True):
            path, unit = f"{prefix}.{column}", units.get(column)
            if unit:
                self.units[path] = unit
            self.put(path, decode_cell(piece.text, piece.where, money=path in MONEY, unit=unit))

    def put_cells(self, paths: Sequence[str], cells: Sequence[GridCell], locate: Callable[[GridCell], Place]) -> None:
        """Keep counts that stand in grid cells of their own: the way nearly every cell of a clean report goes."""
        own = self.cells
        for path, cell in zip(paths, cells, strict=True):
            text = cell.text
            if path not in own and text.isdecimal() and len(text) <= LONGEST_COUNT:
                own[path] = PlacedCell(int(text), _STATED, text, (locate, cell))
            else:
                self.put(path, decode_cell(text, (locate, cell)))

    def note_label(self, label: Label, printed: str) -> None:
        self.printed_labels.setdefault(label.path, (printed, label))


_STATED = CellState.STATED  # an enum member costs a look-up each time
_STATES = {
    PrintedKind.BLANK: CellState.BLANK,
    PrintedKind.DASH: CellState.DASH,
    PrintedKind.UNREADABLE: CellState.UNREADABLE,
}


def decode_cell(text: str, where: Where, *, money: bool = False, unit: str | None = None) -> Cell:
    """The cell that prints `text` in its own place. `unit` is the unit its column header states (for money).

    Money is in 万元, Decimal; whole counts are int.
    """
    if not money and text.isdecimal() and len(text) <= LONGEST_COUNT:
        return PlacedCell(int(text), _STATED, text, where)
    printed = parse_cell(text)
    if printed.kind is PrintedKind.UNREADABLE:
        printed = _closed_up(text)
    if printed.kind is not PrintedKind.NUMBER:
        return PlacedCell(None, _STATES[printed.kind], text.strip(), where)
    value = _amount(printed, unit) if money else _count(printed)
    return PlacedCell(value, CellState.UNREADABLE if value is None else CellState.STATED, text.strip(), where)


_DECIMALS_BELOW = re.compile(r"\s*\d{1,12}\s+\.\d{1,6}\s*")  # an amount whose decimals did not fit into its line


def _closed_up(text: str) -> Printed:
    """The reading without its spaces, where these only part the digits of one number (`1 143`, `2 293.5`)."""
    if _DECIMALS_BELOW.fullmatch(text):
        return parse_cell("".join(text.split()))
    parts = text.split()
    # Numbers one below the other are several.
    grouped = "\n" not in text and len(parts) > 1 and parts[0].isdecimal() and len(parts[0]) <= 3 and parts[0] != "0"
    if grouped and all(len(part.split(".")[0]) == 3 and part.split(".")[0].isdecimal() for part in parts[1:]):
        return parse_cell("".join(parts))
    return parse_cell("") if not text.strip() else Printed(PrintedKind.UNREADABLE)


def _count(printed: Printed) -> Number | None:
    value = printed.value
    if printed.unit is not None and printed.unit[:1] in {"百", "千", "万", "亿"}:
        return None  # a count in 万 is rounded: not what the form asks for, and not an exact number
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def _amount(printed: Printed, unit: str | None) -> Number | None:
    if printed.value is None:
        return None
    return to_wan(printed.value, unit=printed.unit or unit)
