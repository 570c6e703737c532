"""The cells of a draft: what each is worth, how it came by it, what was there last year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.annual_report.formats import Column, Format
from gongkai.annual_report.model import Cell, CellState, Number, Report
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import AnnualReport, ManualCell, ManualTable
from gongkai_web.annual_report.sources import Figure, table_sources


class Origin(StrEnum):
    """How a cell came by its number."""

    RECORDS = "records"  # counted from records: locked
    SUM = "sum"  # fixed by an identity of the form: locked
    MANUAL = "manual"  # entered by a person who gave a reason
    EMPTY = "empty"  # nothing recorded, nothing entered

    @property
    def label(self) -> str:
        return {"records": "由记录计算", "sum": "由勾稽关系计算", "manual": "手工填报", "empty": "未填报"}[self.value]


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One cell with its provenance. `count` is the number of records behind it; `previous` is last year's number."""

    path: str
    column: Column
    value: Number | None
    origin: Origin
    figure: Figure | None = None
    manual: ManualCell | None = None
    previous: Number | None = None

    @property
    def locked(self) -> bool:
        """Is it computed? Then nobody types over it."""
        return self.origin in (Origin.RECORDS, Origin.SUM)

    @property
    def count(self) -> int:
        """Records behind it."""
        return self.figure.count if self.figure else 0

    @property
    def opens(self) -> bool:
        """Can its records be listed?"""
        return self.figure is not None and self.figure.records is not None

    @property
    def difference(self) -> Number | None:
        """Against last year; `None` where one of the two is not stated."""
        if self.value is None or self.previous is None:
            return None
        return Decimal(self.value) - Decimal(self.previous)

    def as_cell(self) -> Cell:
        """The cell as the report holds it."""
        return Cell(self.value, CellState.BLANK if self.value is None else CellState.STATED)


def cells_of(report: AnnualReport, *, previous: Report | None) -> dict[str, DraftCell]:
    """Every cell of the report's form, computed now."""
    form = report.format
    by_hand = ManualTable.objects.filter(report=report.pk).values_list("table", flat=True)
    entered = {row.path: row for row in ManualCell.objects.filter(report=report.pk).select_related("by")}
    counted = computed(report.agency, report.year, form, without=by_hand)
    sums = _sums(form, counted)
    values = {path: _value(path, form, counted, entered) for path in form.cells if path not in sums}
    _add_up(sums, values)
    last = {path: _last_year(previous, form, path) for path in form.cells}
    return {
        path: _cell(path, column, values.get(path), counted.get(path), entered.get(path), last[path], path in sums)
        for path, column in form.cells.items()
    }


def computed(agency: Agency, year: int, form: Format, *, without: Iterable[str] = ()) -> dict[str, Figure]:
    """What the records say for every cell that some source knows, but for the tables in `without`."""
    skipped = set(without)
    found: dict[str, Figure] = {}
    for one in table_sources():
        if set(one.tables) <= skipped:
            continue
        for path, figure in (one.compute(agency, year) or {}).items():
            if path in form.cells and path.partition(".")[0] not in skipped and figure.value is not None:
                found[path] = figure
    return found


def table_of(path: str) -> str:
    """表二, 三 or 四, by the first part of the path."""
    return path.partition(".")[0]


def _sums(form: Format, counted: Mapping[str, Figure]) -> dict[str, tuple[str, ...]]:
    """Cells that no source counts and an identity fixes: total → its parts."""
    sums: dict[str, tuple[str, ...]] = {}
    for identity in form.identities:
        for total, parts in ((identity.left, identity.right), (identity.right, identity.left)):
            if len(total) == 1 and len(parts) > 1 and total[0] not in counted:
                sums.setdefault(total[0], parts)
    return sums


def _add_up(sums: Mapping[str, tuple[str, ...]], values: dict[str, Number | None]) -> None:
    """Sums of sums come after their parts, so the pass is repeated until nothing is added."""
    waiting = dict(sums)
    while True:
        ready = [total for total, parts in waiting.items() if all(part in values for part in parts)]
        if not ready:
            break
        for total in ready:
            parts = [values[part] for part in waiting.pop(total)]
            stated = [part for part in parts if part is not None]
            values[total] = sum(stated) if len(stated) == len(parts) else None
    for total in waiting:
        values[total] = None


def _value(path: str, form: Format, counted: Mapping[str, Figure], entered: Mapping[str, ManualCell]) -> Number | None:
    if path in counted:
        return _as_number(counted[path].value, form.cells[path])
    if path in entered:
        return _as_number(entered[path].value, form.cells[path])
    return None


def _as_number(value: Number | None, column: Column) -> Number | None:
    """Money keeps its decimals, without needless zeros; counts are integers."""
    if value is None:
        return None
    if column.kind != "money":
        return int(value)
    plain = Decimal(value).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def _cell(  # noqa: PLR0913, PLR0917  # one row of a table, put together
    path: str,
    column: Column,
    value: Number | None,
    figure: Figure | None,
    manual: ManualCell | None,
    previous: Number | None,
    is_sum: bool,  # noqa: FBT001
) -> DraftCell:
    if figure is not None:
        return DraftCell(path, column, value, Origin.RECORDS, figure=figure, previous=previous)
    if is_sum:
        return DraftCell(path, column, value, Origin.SUM, previous=previous)
    origin = Origin.MANUAL if manual is not None else Origin.EMPTY
    return DraftCell(path, column, value, origin, manual=manual, previous=previous)


def _last_year(previous: Report | None, form: Format, path: str) -> Number | None:
    """Only within one form: figures of two forms count different things."""
    if previous is None or previous.format.id != form.id:
        return None
    return previous.value(path)
