"""What the tables say, added up in every way that a sentence may fairly mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import CellState, Number, Report

# A way to read a number: rows of the table that are added up; “-” before a row takes it off again.
Reading = tuple[str, ...]

NATURAL = ("natural_person",)
LEGAL = ("enterprise", "research_institution", "social_organisation", "legal_service", "other")
APPLICANTS = (*NATURAL, *LEGAL)
TOTAL = ("total",)
_GROUPS = ("refused", "unavailable", "not_processed", "other_outcome")
_RESULTS = ("upheld", "corrected", "other", "pending")

_Rows = dict[str, int | None]


class Figures:
    """The cells of one report, asked by path. A sum with an unstated part is not stated either."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def value(self, path: str) -> Number | None:
        return self.report.value(path)

    def readings(self, readings: Iterable[Reading], *, columns: tuple[str, ...] = TOTAL) -> list[int]:
        """The values of all `readings` of 表三, the plainest first, without repetition.

        Empty where a cell that one of them needs is not stated: then nobody knows what the table says. Readings with
        rows that this variant of the form does not have are left out.
        """
        return self._read(readings, self._printed if columns == TOTAL else self._summed(columns))

    def recounted(self, readings: Iterable[Reading]) -> list[int]:
        """The same from the sums over the applicants instead of the printed totals.

        Where the two differ, which is wrong is for the cross-foot checks to ask; the text may agree with either.
        """
        return self._read(readings, self._counted)

    def _read(self, readings: Iterable[Reading], rows: _Rows) -> list[int]:
        found: list[int] = []
        for reading in readings:
            value = self._sum(reading, rows)
            if value is None:
                return []
            if value != _ABSENT and value not in found:
                found.append(value)
        return found

    def remedy(self, group: str, column: str = "total") -> list[int]:
        """What 表四 states for a column; for `total` also the sum of the four results where it differs."""
        stated = self.report.value(f"remedies.{group}.{column}")
        if column != "total":
            return [] if stated is None else [int(stated)]
        parts = [self.report.value(f"remedies.{group}.{part}") for part in _RESULTS]
        summed = None if None in parts else sum(int(part) for part in parts if part is not None)
        return list(dict.fromkeys(int(value) for value in (stated, summed) if value is not None))

    def uncertain(self, table: str) -> bool:
        """Were figures of this table recognised from an image, so that a person has to look first?"""
        return any(path.startswith(table) for path in self._recognised)

    @cached_property
    def _recognised(self) -> list[str]:
        return [path for path, cell in self.report.cells.items() if cell.state is CellState.OCR]

    @cached_property
    def _printed(self) -> _Rows:
        """The total of each row; where it is not stated, the sum of its columns."""
        rows = self._summed(TOTAL)
        if None in rows.values():
            rows = {row: self._counted[row] if total is None else total for row, total in rows.items()}
        return rows

    @cached_property
    def _counted(self) -> _Rows:
        return self._summed(APPLICANTS)

    def _summed(self, columns: tuple[str, ...]) -> _Rows:
        cells, rows = self.report.cells, {}
        for key, paths in _paths(self.report.format, columns):
            values = [cells[path].value if path in cells else None for path in paths]
            rows[key] = None if None in values else int(sum(values))  # type: ignore[arg-type]  # no None is left
        for group, leaves in _groups(self.report.format):
            parts = [rows[leaf] for leaf in leaves]
            rows[group] = None if None in parts else sum(parts)  # type: ignore[arg-type]  # no None is left
        return rows

    def _sum(self, reading: Reading, rows: _Rows) -> int | None:
        total = 0
        for name in reading:
            value = rows.get(name[1:] if name[0] == "-" else name, _ABSENT)
            if value is None or value == _ABSENT:
                return value
            total += -value if name[0] == "-" else value
        return total


_Paths = tuple[tuple[str, tuple[str, ...]], ...]
_CACHE: dict[tuple[str, bool, tuple[str, ...]], _Paths] = {}


def _paths(form: Format, columns: tuple[str, ...]) -> _Paths:
    """The rows of 表三 with the paths of their cells; made once per form, as every report asks for them."""
    key = (form.id, form.unsplit, columns)
    if key not in _CACHE:
        _CACHE[key] = tuple(
            (row.key, tuple(f"applications.{row.key}.{column}" for column in columns)) for row in form.rows
        )
    return _CACHE[key]


_GROUPED: dict[tuple[str, bool], _Paths] = {}


def _groups(form: Format) -> _Paths:
    """The groups （三） to （六） with the rows they consist of."""
    key = (form.id, form.unsplit)
    if key not in _GROUPED:
        members = {group: tuple(leaf for leaf in form.leaf_rows if leaf.split(".")[0] == group) for group in _GROUPS}
        _GROUPED[key] = tuple(members.items())
    return _GROUPED[key]


_ABSENT = -(10**18)  # the sum over a row that the form does not have; no count is negative


def money(value: Number, unit: str) -> Decimal:
    """An amount in 万元."""
    return Decimal(value).scaleb({"元": -4, "万元": 0, "亿元": 4}[unit])
