"""表二 from the register of documents, the decisions and the sums that the pillar `proactive` keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.sources.registry import Figure, RecordLine, Records, TableSource, register_table
from gongkai_web.information.models import NormativeRecord
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_selectors import Table2Cell, table2_figures
from gongkai_web.workbench.scoping import admin_url_name

Recorded = PeriodFigure | Decision | NormativeRecord


def cells(agency: Agency, year: int) -> Mapping[str, Figure]:
    """All ten cells of the 2021 form. A cell is empty while nothing is recorded for it."""
    return {f"proactive.{cell.row}.{cell.column}": _figure(cell) for cell in table2_figures(agency, year).cells}


def _figure(cell: Table2Cell) -> Figure:
    records: Sequence[Recorded] = (*cell.documents, *cell.figures, *cell.decisions)
    return Figure(cell.value, len(records), _listing(records) if records else None, cell.problems)


def _listing(records: Sequence[Recorded]) -> Records:
    def page(offset: int, limit: int) -> Iterable[RecordLine]:
        return (_line(record) for record in records[offset : offset + limit])

    return page


def _line(record: Recorded) -> RecordLine:
    if isinstance(record, NormativeRecord):
        url = reverse("information_record", args=[record.pk])
        return RecordLine(record.title, url, record.document_number)
    url = reverse(admin_url_name(type(record), "edit"), args=[record.pk])
    if isinstance(record, PeriodFigure):
        return RecordLine(f"{record}：{record.value_label()}", url, record.basis)
    return RecordLine(str(record), url, f"{record.decided_on:%Y年%-m月%-d日}")


register_table(TableSource("proactive", "规范性文件登记册、处理决定和各期间数据", ("proactive",), cells))
