"""Reads about columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from gongkai.proactive.columns import ColumnKind
from gongkai.proactive.duty import is_stale
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.proactive.models import Column


def shown_columns(agency: Agency) -> QuerySet[Column]:
    """The columns of the agency's 政府信息公开 area, top level first, children with them."""
    return agency.columns.filter(is_shown=True, parent=None).prefetch_related("children")


@dataclass(frozen=True)
class StaleColumn:
    """A column without anything new for longer than its interval; `newest` is `None` for a blank one."""

    column: Column
    newest: date | None


def stale_columns(agencies: QuerySet[Agency], *, today: date | None = None) -> list[StaleColumn]:
    """应更新未更新 and 空白栏目 of these agencies. A parent counts the items of its children."""
    today = today or timezone.localdate()
    public = Q(items__live=True, items__withdrawn_at=None)
    columns = list(
        Column.objects.filter(agency__in=agencies, is_shown=True)
        .exclude(kind=ColumnKind.APPLICATION.value)
        .select_related("agency", "parent", "owner_office")
    )
    days = Column.objects.filter(pk__in=[column.pk for column in columns]).annotate(
        newest=Max("items__published_on", filter=public)
    )
    newest = _with_children(dict(days.values_list("pk", "newest")), columns)
    return [
        StaleColumn(column, newest[column.pk])
        for column in columns
        if is_stale(newest[column.pk], interval_days=column.update_interval_days, today=today)
    ]


def my_stale_columns(user: User) -> list[StaleColumn]:
    """Those of the agencies for which the person drafts or keeps columns."""
    mine = agencies_for(user, Capability.DRAFT) | agencies_for(user, Capability.MANAGE_COLUMNS)
    return stale_columns(mine)


def _with_children(own: Mapping[int, date | None], columns: list[Column]) -> dict[int, date | None]:
    newest = dict(own)
    for column in columns:
        parent = column.parent_id
        if parent is not None and parent in newest:
            newest[parent] = max((day for day in (newest[parent], own[column.pk]) if day), default=None)
    return newest
