"""The tables of an export: what an agency owns, under the names that its people know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Membership, Office
from gongkai_web.information.changes import as_text
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    AttributeProposal,
    ClosureReview,
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewAct,
    ReviewCase,
    ReviewChainStep,
)
from gongkai_web.interchange.item_fields import FOREIGN, ITEM_FIELDS
from gongkai_web.interchange.packed_files import packed_name
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.models import Column

Row = Sequence[object]
_CHUNK = 200


@dataclass(frozen=True)
class Table:
    """`rows` reads the database anew each time it is called."""

    label: str
    headers: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]


def tables_of(agency: Agency) -> list[Table]:
    """All tables of the agency."""
    cases = ReviewCase.objects.filter(agency=agency)
    return [
        _plain("机构", Agency.objects.filter(pk=agency.pk), skip={"path", "collection"}),
        _plain("内设机构", Office.objects.filter(agency=agency)),
        _plain("任职", Membership.objects.filter(agency=agency).select_related("user")),
        Table("政府信息", _ITEM_HEADERS, lambda: map(_item_row, _items(agency).iterator(chunk_size=_CHUNK))),
        Table("未发布的修改", _DRAFT_HEADERS, lambda: _draft_rows(agency)),
        _plain("栏目", Column.objects.filter(agency=agency).select_related("parent", "owner_office", "owner")),
        _plain(
            "文件", AgencyDocument.objects.filter(collection=agency.collection_id), skip={"collection", "file_hash"}
        ),
        _plain("附件", Attachment.objects.filter(item__agency=agency).select_related("item", "document"), key="item"),
        _plain("规范性文件", NormativeRecord.objects.filter(agency=agency).select_related("item")),
        _plain(
            "规范性文件变动",
            NormativeEvent.objects.filter(record__agency=agency).select_related("record", "recorded_by"),
        ),
        _plain(
            "政策解读",
            Interpretation.objects.filter(interpreting__agency=agency).select_related("policy", "interpreting"),
        ),
        _plain("不予公开评估", ClosureReview.objects.filter(item__agency=agency).select_related("item", "by")),
        _plain(
            "公开属性认定",
            AttributeProposal.objects.filter(item__agency=agency).select_related("item", "by"),
            key="item",
        ),
        _plain("签审链", ReviewChainStep.objects.filter(chain__agency=agency).select_related("chain")),
        _plain("新媒体发布", MediaPost.objects.filter(agency=agency)),
        _plain("签审", cases.select_related("opened_by"), skip={"snapshot", "steps", "fingerprint"}),
        _plain("签审意见", ReviewAct.objects.filter(case__in=cases).select_related("case", "by"), skip={"fingerprint"}),
        Table(
            "送审内容",
            ("签审编号", "内容"),
            lambda: ((case.pk, _json(case.snapshot)) for case in cases.iterator(chunk_size=_CHUNK)),
        ),
        _plain("表二数据", PeriodFigure.objects.filter(agency=agency).select_related("entered_by")),
        _plain("处理决定", Decision.objects.filter(agency=agency).select_related("item", "entered_by")),
    ]


_KNOWN = [field for field in ITEM_FIELDS if field.name not in FOREIGN]
# The same headers as the import's, so that what was exported can be brought in elsewhere.
_ITEM_HEADERS = (
    "编号", "状态", "栏目", *(field.label for field in _KNOWN), "附件", "发布日期", "有效性", "首次公开时间",
    "撤回时间", "撤回理由", "承办人", "历史存量",
)  # fmt: skip
_DRAFT_HEADERS = ("编号", "索引号", *(field.label for field in _KNOWN if field.name != "index_number"))


def _items(agency: Agency) -> QuerySet[InformationItem]:
    items = InformationItem.objects.filter(agency=agency).order_by("pk")
    return items.select_related("column__parent", "created_by", "imported").prefetch_related("attachments__document")


def _item_row(item: InformationItem) -> Row:
    column = item.column
    files = "；".join(packed_name(a.document_id, a.document.filename) for a in item.attachments.all())
    return (
        item.pk,
        item.state_label(),
        f"{column.parent.name}/{column.name}" if column.parent else column.name,
        *(item_cell(item, field.name) for field in _KNOWN),
        files,
        _plain_value(item.published_on),
        item.get_validity_display(),
        _plain_value(item.first_published_at),
        _plain_value(item.withdrawn_at),
        item.withdrawal_reason,
        str(item.created_by or ""),
        "是" if hasattr(item, "imported") else "否",
    )


def _draft_rows(agency: Agency) -> Iterable[Row]:
    """Live items whose newest draft is not public yet."""
    changed = InformationItem.objects.filter(agency=agency, live=True, has_unpublished_changes=True).order_by("pk")
    for item in changed.select_related("agency", "column").iterator(chunk_size=_CHUNK):
        draft = item.draft()
        yield (item.pk, item.index_number, *(item_cell(draft, f.name) for f in _KNOWN if f.name != "index_number"))


def item_cell(item: InformationItem, name: str) -> object:
    """A field of the item as its people write it."""
    value = getattr(item, name)
    if name == "exemption_reason":
        return item.get_exemption_reason_display().split("（条例")[0]
    return as_text(name, value) if name == "attribute" else _plain_value(value)


def _plain(label: str, rows: QuerySet[Any], *, skip: Iterable[str] = (), key: str = "") -> Table:
    """Every column of a model under its Chinese name; what a column refers to by number and by name."""
    left_out = {*skip, "agency"}
    fields = [field for field in rows.model._meta.concrete_fields if field.name not in left_out]
    headers = tuple("编号" if field.primary_key else str(field.verbose_name) for field in fields)
    headers = tuple(
        name if headers.count(name) == 1 else f"{name}（{field.name}）"
        for name, field in zip(headers, fields, strict=True)
    )
    ordered = rows.order_by(key or "pk", "pk")
    return Table(label, headers, lambda: (_row(found, fields) for found in ordered.iterator(chunk_size=_CHUNK)))


def _row(found: Model, fields: Iterable[Any]) -> Row:
    return tuple(_value(found, field) for field in fields)


def _value(found: Model, field: Any) -> object:
    if field.is_relation:
        other = getattr(found, field.name)
        return f"{other.pk} {other}" if other is not None else ""
    if field.choices:
        return str(getattr(found, f"get_{field.name}_display")())
    return _plain_value(field.value_from_object(found))


def _plain_value(value: object) -> object:
    """Times in local time, yes and no in Chinese, structures as JSON; numbers stay numbers."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if value is None or isinstance(value, (int, str)):
        return value
    return _json(value) if isinstance(value, (list, dict)) else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
