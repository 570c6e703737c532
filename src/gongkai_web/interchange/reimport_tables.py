"""What an export holds once more in the form in which the imports read it, so that it can be brought in elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from django.conf import settings
from django.db.models import QuerySet

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord
from gongkai_web.interchange.export_tables import Row, Table, item_cell
from gongkai_web.interchange.item_fields import FOREIGN, ITEM_FIELDS
from gongkai_web.interchange.packed_files import packed_name
from gongkai_web.interchange.register_import import REGISTER_FIELDS
from gongkai_web.proactive.column_import import COLUMN_FIELDS
from gongkai_web.proactive.figures_import import DECISION_FIELDS, FIGURE_FIELDS
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.models import Column

FOLDER = "再导入"


def reimport_tables(agency: Agency) -> list[Table]:
    """`label` is the name in the package, without extension. The first is the 目录 of the whole package."""
    events = _register_rows(agency)
    return [
        Table("目录", _labels(ITEM_FIELDS), lambda: map(_item_row, _items(agency).iterator(chunk_size=200))),
        Table(f"{FOLDER}/栏目", _labels(COLUMN_FIELDS), lambda: map(_column_row, _columns(agency))),
        Table(f"{FOLDER}/表二数据", _labels(FIGURE_FIELDS), lambda: map(_figure_row, _figures(agency))),
        Table(f"{FOLDER}/处理决定", _labels(DECISION_FIELDS), lambda: map(_decision_row, _decisions(agency))),
        *(
            Table(f"{FOLDER}/规范性文件-{number}", _labels(REGISTER_FIELDS), lambda rows=rows: rows)  # type: ignore[misc]
            for number, rows in enumerate(events, start=1)
        ),
    ]


def _labels(fields: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(getattr(field, "label")) for field in fields)  # noqa: B009  # three kinds of fields


def _items(agency: Agency) -> QuerySet[InformationItem]:
    items = InformationItem.objects.filter(agency=agency).order_by("pk")
    return items.select_related("column__parent").prefetch_related("attachments__document")


def _item_row(item: InformationItem) -> Row:
    attachments = list(item.attachments.all())
    public = item.live and item.published_on is not None
    special = {
        "column": f"{item.column.parent.name}/{item.column.name}" if item.column.parent else item.column.name,
        "published_on": item.published_on.isoformat() if public and item.published_on else "",
        "attachments": "；".join(packed_name(a.document_id, a.document.filename) for a in attachments),
        "attachment_titles": "；".join(a.label.replace("；", "，").replace(";", "，") for a in attachments),
        "source_url": item.source_url or (f"{settings.WAGTAILADMIN_BASE_URL}{item.get_absolute_url()}" * public),
    }
    return tuple(
        special[field.name] if field.name in {*FOREIGN, "source_url"} else item_cell(item, field.name)
        for field in ITEM_FIELDS
    )


def _columns(agency: Agency) -> QuerySet[Column]:
    columns = Column.objects.filter(agency=agency).select_related("parent", "owner_office")
    return columns.order_by("position", "pk")


def _column_row(column: Column) -> Row:
    values = {
        "parent": column.parent.slug if column.parent else "",
        "kind": column.get_kind_display(),
        "owner_office": column.owner_office.name if column.owner_office else "",
        "is_shown": "是" if column.is_shown else "否",
    }
    return tuple(values[f.name] if f.name in values else getattr(column, f.name) for f in COLUMN_FIELDS)


def _figures(agency: Agency) -> QuerySet[PeriodFigure]:
    return PeriodFigure.objects.filter(agency=agency).order_by("year", "kind", "first_month")


def _figure_row(figure: PeriodFigure) -> Row:
    values = {"period": figure.period.label, "kind": figure.get_kind_display()}
    if figure.amount_wan is not None:
        values["amount_wan"] = f"{figure.amount_wan.normalize():f}"
    return tuple(values.get(field.name, getattr(figure, field.name, "")) for field in FIGURE_FIELDS)


def _decisions(agency: Agency) -> QuerySet[Decision]:
    return Decision.objects.filter(agency=agency).select_related("item").order_by("decided_on", "pk")


def _decision_row(decision: Decision) -> Row:
    values = {
        "kind": decision.get_kind_display(),
        "is_open": "是" if decision.is_open else "否",
        "index_number": decision.item.index_number if decision.item else "",
    }
    return tuple(values[f.name] if f.name in values else getattr(decision, f.name) for f in DECISION_FIELDS)


def _register_rows(agency: Agency) -> list[list[Row]]:
    """The entries with their first events, then those with a second one with that, and so on: one table each."""
    entries = NormativeRecord.objects.filter(agency=agency).select_related("item").prefetch_related("events")
    columns = []
    for entry in entries.order_by("issued_on", "pk"):
        events = [event for event in entry.events.all() if event.revoked_at is None]
        rows = [_register_row(entry, event) for event in events] or [_register_row(entry, None)]
        columns.append(rows)
    return [[row for row in rows if row is not None] for rows in zip_longest(*columns)] or [[]]


def _register_row(entry: NormativeRecord, event: NormativeEvent | None) -> Row:
    values: dict[str, object] = {
        "kind": entry.get_kind_display(),
        "index_number": entry.item.index_number if entry.item else "",
        "event_kind": event.get_kind_display() if event else "",
        "event_on": event.effective_on if event else "",
        "event_until": event.until if event else "",
        "event_basis": event.basis if event else "",
    }
    return _row(values, entry)


def _row(values: dict[str, object], entry: NormativeRecord) -> Sequence[object]:
    return tuple(values[f.name] if f.name in values else getattr(entry, f.name) for f in REGISTER_FIELDS)
