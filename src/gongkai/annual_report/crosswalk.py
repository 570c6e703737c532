"""What the forms of 2019 and 2021 have in common, and where a figure of the one has no counterpart in the other.

Two figures are the same only where both forms count the same thing; elsewhere there is a gap and a sentence that
says why. Nothing is converted: 项目数量 counts items of authority and 处理决定数量 decisions, 对外公开总数量 counts
what was ever opened and 现行有效件数 what is in force today.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Number, Report
from gongkai.annual_report.naming import place_label

GROUPS = ("refused", "unavailable", "not_processed", "other_outcome")
"""Outcomes that the form numbers in parts, （三）不予公开 to （六）其他处理: as rows, the sums of their parts."""
_SINGLE_ROW = "other_outcome"

_REASONS = {
    "made": "2019年格式计“规范性文件”的新制作数量，2021年格式计“行政规范性文件”的制发件数，范围不同，不作换算。",
    "total_disclosed": "“对外公开总数量”计历年公开过的文件，“现行有效件数”计年底有效的文件，不作换算。",
    "items": "“项目数量”计权责清单上的事项，“处理决定数量”计作出的决定，不作换算。",
    "fees": "2019年格式填行政事业性收费的项目数量，2021年格式填收费金额，不作换算。",
    "procurement": "2021年格式不再填报政府集中采购。",
    "other_services": "2021年格式不再填报其他对外管理服务事项。",
    "split": "2019年格式的“（六）其他处理”只有一行，不能拆分为三种情形。",
}
_COLUMN_REASONS = {
    "made": "made", "issued": "made", "disclosed": "made", "repealed": "made",
    "total_disclosed": "total_disclosed", "in_force": "total_disclosed",
    "previous_items": "items", "change": "items",
}  # fmt: skip


def value_at(report: Report, path: str) -> Number | None:
    """The number that `report` states for `path` of either form, or for a group row; None where it states none.

    A group such as `applications.refused.total` is the sum of its parts, if all of them are stated. Three parts of
    （六）其他处理 that a form prints as one row are known only where that row is 0.

    >>> from gongkai.annual_report.model import blank_report
    >>> value_at(blank_report(), "applications.refused.total") is None
    True
    """
    cell = report.cells.get(path)
    if cell is not None:
        return cell.value
    table, row, column = _parts(path)
    if table != "applications":
        return None
    if row in GROUPS:
        return total(report.value(f"{table}.{part}.{column}") for part in _leaves(report.format, row))
    if row.startswith(f"{_SINGLE_ROW}.") and report.value(f"{table}.{_SINGLE_ROW}.{column}") == 0:
        return 0
    return None


def total(values: Iterable[Number | None]) -> Number | None:
    """The sum of numbers that are all stated; None for an empty sum, or where one is not stated.

    >>> total([1, 2]), total([1, None]), total([])
    (3, None, None)
    """
    added: Number | None = None
    for value in values:
        if value is None:
            return None
        added = value if added is None else _plus(added, value)
    return added


def in_form(report: Report, form: Format) -> dict[str, Number | None]:
    """The figures of `report` under the paths of `form`; what the two forms do not share is None."""
    if report.format is form:
        return {path: cell.value for path, cell in report.cells.items()}
    return {path: value_at(report, path) for path in form.cells}


def gap(path: str, *, form_id: str) -> str | None:
    """Why reports in `form_id` have no figure for `path`; None where they have one.

    >>> gap("proactive.permits.decisions", form_id="2019") is None
    True
    >>> gap("proactive.fees.amount_wan", form_id="2019")
    '2019年格式填行政事业性收费的项目数量，2021年格式填收费金额，不作换算。'
    """
    if has(path, form_id=form_id):
        return None
    table, row, column = _parts(path)
    if table == "applications":
        return _REASONS["split"]
    if row in _REASONS:
        return _REASONS[row]
    return _REASONS.get(_COLUMN_REASONS.get(column, ""), "这一年的法定格式没有这一项。")


def has(path: str, *, form_id: str) -> bool:
    """Does the form of the notice state the figure, by itself or as a sum of its cells?"""
    form = formats.load(form_id)
    table, row, column = _parts(path)
    return path in form.cells or (
        table == "applications" and row in GROUPS and column in {one.key for one in form.columns}
    )


def label(path: str) -> str:
    """The Chinese name of the figure, by the newest form that has it.

    >>> label("applications.refused.total")
    '表三 · 三（三）不予公开 · 总计'
    >>> label("proactive.procurement.projects")
    '表二 · 政府集中采购 · 采购项目数量'
    """
    newest = next((form_id for form_id in reversed(formats.IDS) if has(path, form_id=form_id)), formats.IDS[-1])
    return place_label(path, formats.load(newest))


def unit(path: str) -> str:
    """件, 项, 个 or 万元.

    >>> unit("proactive.fees.amount_wan"), unit("applications.refused.total")
    ('万元', '件')
    """
    for form_id in reversed(formats.IDS):
        column = formats.load(form_id).cells.get(path)
        if column is not None:
            return column.unit
    return "件"


def shared_paths() -> tuple[str, ...]:
    """The figures that both forms have, in the order of the newest; （六）其他处理 as one.

    >>> "proactive.permits.decisions" in shared_paths(), "proactive.rules.in_force" in shared_paths()
    (True, False)
    """
    return _shared()


@cache
def _shared() -> tuple[str, ...]:
    newest = formats.load(formats.IDS[-1], unsplit=True)
    return tuple(path for path in newest.cells if all(has(path, form_id=form_id) for form_id in formats.IDS))


@cache
def _parts(path: str) -> tuple[str, str, str]:
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    return table, row, column


def _leaves(form: Format, group: str) -> list[str]:
    return [row for row in form.leaf_rows if row.startswith(f"{group}.")]


def _plus(one: Number, other: Number) -> Number:
    """Money stays exact, counts stay integers."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return Decimal(one) + Decimal(other)
