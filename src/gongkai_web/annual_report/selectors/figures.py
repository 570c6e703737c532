"""The figures that text can refer to: every source, every family, every cell of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gongkai.annual_report.binding import BoundFigure
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Number
from gongkai.annual_report.naming import place_label
from gongkai_web.annual_report.models import AnnualReport, ManualFigure
from gongkai_web.annual_report.selectors.cells import DraftCell
from gongkai_web.annual_report.sources import Figure, families, sources

_NUMBERING = re.compile(r"^[（(]?[一二三四五六七\d]+[）).、．]")
_REMARK = re.compile(r"（.{5,}）$")


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure as the list of references shows it: under which heading, with which records, by whose hand."""

    bound: BoundFigure
    group: str
    figure: Figure | None = None
    manual: ManualFigure | None = None
    by_hand: bool = False


def offered(report: AnnualReport, cells: Mapping[str, DraftCell]) -> list[Offered]:
    """Everything that the text of this report can refer to, with its present value; names are unique."""
    entered = {row.key: row for row in ManualFigure.objects.filter(report=report.pk).select_related("by")}
    before = _entered_before(report)
    found = [*_from_sources(report, entered, before), *_from_families(report), *_from_cells(report.format, cells)]
    return list(_unique_names(found))


def _entered_before(report: AnnualReport) -> dict[str, Number]:
    rows = ManualFigure.objects.filter(report__agency=report.agency_id, report__year=report.year - 1)
    return {row.key: _plain(row) for row in rows}


def _from_sources(
    report: AnnualReport, entered: Mapping[str, ManualFigure], before: Mapping[str, Number]
) -> Iterator[Offered]:
    for one in sources():
        group = one.pillar or "其他"
        if one.by_hand:
            row = entered.get(one.key)
            value = _plain(row) if row else None
            bound = BoundFigure(one.key, one.name, one.unit, value, before.get(one.key))
            yield Offered(bound, group, manual=row, by_hand=True)
        else:
            figure = one.compute(report.agency, report.year)
            # Nothing at all last year mostly means that the records began this year: no comparison is offered.
            last = one.compute(report.agency, report.year - 1).value or None
            yield Offered(BoundFigure(one.key, one.name, one.unit, figure.value, last), group, figure)


def _from_families(report: AnnualReport) -> Iterator[Offered]:
    for family in families():
        before = {member.key: member.figure.value for member in family.compute(report.agency, report.year - 1)}
        for member in family.compute(report.agency, report.year):
            bound = BoundFigure(member.key, member.name, member.unit, member.figure.value, before.get(member.key))
            yield Offered(bound, family.name, member.figure)


def _from_cells(form: Format, cells: Mapping[str, DraftCell]) -> Iterator[Offered]:
    for path, cell in cells.items():
        table, _, name = place_label(path, form).partition(" · ")
        bound = BoundFigure(
            path,
            _speakable(f"{table} {name}"),
            cell.column.unit,
            cell.value,
            cell.previous,
            _in_a_list(path, form, cell),
        )
        yield Offered(bound, table, cell.figure)


def _in_a_list(path: str, form: Format, cell: DraftCell) -> str:
    """自然人 for one kind of applicant, 予以公开 for a row's total, 行政许可 for a row of 表二."""
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    if table == "remedies" or (table == "applications" and column != "total"):
        return cell.column.label
    rows = (*form.rows, *(one for block in form.blocks for one in block.rows))
    label = next((one.label for one in rows if one.key == row), "")
    return _NUMBERING.sub("", _REMARK.sub("", label)).removesuffix("数量")


def _speakable(name: str) -> str:
    return "".join(sign for sign in name if sign not in "；;：:÷{}\n")


def _unique_names(found: Iterable[Offered]) -> Iterator[Offered]:
    """Two columns may bear one name; a reference by name must mean one figure."""
    seen: dict[str, int] = {}
    for one in found:
        number = seen[one.bound.name] = seen.get(one.bound.name, 0) + 1
        yield one if number == 1 else replace(one, bound=replace(one.bound, name=f"{one.bound.name}（{number}）"))


def _plain(row: ManualFigure) -> Number:
    return int(row.value) if row.value == row.value.to_integral_value() else row.value.normalize()
