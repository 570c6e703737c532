"""One form compiled for checking: its cells in a fixed order and its equations as positions in that order.

A clean report is checked in microseconds because nothing is looked up by name: each side of an equation is one
`itemgetter` over the list of values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format, Identity
from gongkai.annual_report.model import Number, Report

Value = Number | None
Pick = Callable[[Sequence[Value]], tuple[Any, ...]]

CODES = {"row-sum": "CF-ROW", "outcome-sum": "CF-OUTCOMES", "balance": "CF-BALANCE", "remedy-sum": "CF-REMEDY"}
_PLACES = {
    "row-sum": "applications.{}.*",
    "outcome-sum": "applications.*.{}",
    "balance": "applications.*.{}",
    "remedy-sum": "remedies.{}.*",
}


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity of the form with its cells as positions; `pick_left` and `pick_right` take the values of a side."""

    identity: Identity
    code: str
    place: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    pick_left: Pick
    pick_right: Pick

    @property
    def cells(self) -> tuple[str, ...]:
        """Paths of every cell in the equation."""
        return (*self.identity.left, *self.identity.right)


@dataclass(frozen=True, slots=True)
class Table:
    """Paths of one table's cells, in printing order, by row (`applications.received`) and by column key."""

    name: str
    paths: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of all cells in printing order, the tables, positions by kind of number, and the equations over them."""

    paths: tuple[str, ...]
    tables: tuple[Table, ...]
    counts: tuple[int, ...]
    changes: tuple[int, ...]
    money: tuple[int, ...]
    pick_counts: Pick
    equations: tuple[Equation, ...]

    def row(self, key: str) -> tuple[str, ...]:
        """Paths of the cells of a row such as `proactive.rules`; none where the form has no such row."""
        return next((table.rows[key] for table in self.tables if key in table.rows), ())


def layout(form: Format) -> Layout:
    """The layout of `form`, compiled once for each form."""
    return _compiled(form.id, unsplit=form.unsplit)


def values(report: Report, plan: Layout) -> list[Value]:
    """The values in the order of `plan.paths`, and a 0 behind them that pads one-sided equations."""
    find = report.cells.get
    found: list[Value] = [None if (cell := find(path)) is None else cell.value for path in plan.paths]
    found.append(0)
    return found


@cache
def _compiled(form_id: str, *, unsplit: bool) -> Layout:
    form = formats.load(form_id, unsplit=unsplit)
    paths = tuple(form.cells)
    at = {path: position for position, path in enumerate(paths)}

    def of(kind: str) -> tuple[int, ...]:
        return tuple(at[path] for path, column in form.cells.items() if column.kind == kind)

    equations = tuple(_equation(identity, at) for identity in form.identities)
    tables = tuple(_table(name, tuple(cells)) for name, cells in groupby(paths, lambda path: path.partition(".")[0]))
    counts = of("count")
    return Layout(paths, tables, counts, of("change"), of("money"), itemgetter(*counts), equations)


def _table(name: str, paths: tuple[str, ...]) -> Table:
    rows: dict[str, tuple[str, ...]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for path in paths:
        row, _, column = path.rpartition(".")
        rows[row] = (*rows.get(row, ()), path)
        columns[column] = (*columns.get(column, ()), path)
    return Table(name, paths, rows, columns)


def _equation(identity: Identity, at: dict[str, int]) -> Equation:
    left = tuple(at[path] for path in identity.left)
    right = tuple(at[path] for path in identity.right)
    zero = len(at)
    return Equation(
        identity,
        CODES[identity.id],
        _PLACES[identity.id].format(identity.scope),
        left,
        right,
        itemgetter(*left, zero),
        itemgetter(*right, zero),
    )
