"""What the tables say, added up in every way that a sentence may fairly mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from gongkai.annual_report.model import CellState, Number, Report

# A way to read a number: rows of the table that are added up; “-” before a row takes it off again.
Reading = tuple[str, ...]

NATURAL = ("natural_person",)
LEGAL = ("enterprise", "research_institution", "social_organisation", "legal_service", "other")
_GROUPS = ("refused", "unavailable", "not_processed", "other_outcome")
_RESULTS = ("upheld", "corrected", "other", "pending")

_Rows = dict[str, int | None]


class Figures:
    """The cells of one report, asked by path. A sum with an unstated part is not stated either."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def value(self, path: str) -> Number | None:
        return self.report.value(path)

    def readings(self, readings: Iterable[Reading], *, columns: tuple[str, ...] = ("total",)) -> list[int]:
        """The values of all `readings` of 表三, the plainest first, without repetition.

        Empty where a cell that one of them needs is not stated: then nobody knows what the table says. Readings with
        rows that this variant of the form does not have are left out.
        """
        found: list[int] = []
        for rows in self._variants if columns == ("total",) else (self._summed(columns),):
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
        return any(cell.state is CellState.OCR for path, cell in self.report.cells.items() if path.startswith(table))

    @cached_property
    def _variants(self) -> tuple[_Rows, ...]:
        """The totals of the rows as printed and, where they differ, as the sums of their columns.

        Which of the two is wrong is for the cross-foot checks to ask; the text may agree with either.
        """
        printed, summed = self._summed(("total",)), self._summed((*NATURAL, *LEGAL))
        stated = {row: summed[row] if total is None else total for row, total in printed.items()}
        corrected = {row: total if summed[row] is None else summed[row] for row, total in stated.items()}
        return (stated,) if stated == corrected else (stated, corrected)

    def _summed(self, columns: tuple[str, ...]) -> _Rows:
        rows: _Rows = {}
        for row in self.report.format.rows:
            values = [self.report.value(f"applications.{row.key}.{column}") for column in columns]
            rows[row.key] = None if None in values else sum(int(value) for value in values if value is not None)
        return rows

    def _sum(self, reading: Reading, rows: _Rows) -> int | None:
        total = 0
        for name in reading:
            sign, row = (-1, name[1:]) if name[0] == "-" else (1, name)
            for key in self._members.get(row, (row,)):
                value = rows.get(key, _ABSENT)
                if value is None or value == _ABSENT:
                    return value
                total += sign * value
        return total

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        leaves = self.report.format.leaf_rows
        return {group: tuple(leaf for leaf in leaves if leaf.split(".")[0] == group) for group in _GROUPS}


_ABSENT = -(10**18)  # the sum over a row that the form does not have; no count is negative


def money(value: Number, unit: str) -> Decimal:
    """An amount in 万元."""
    return Decimal(value).scaleb({"元": -4, "万元": 0, "亿元": 4}[unit])
