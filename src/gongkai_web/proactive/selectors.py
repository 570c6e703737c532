"""Reads about columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.proactive.columns import COLUMN_SETS, ColumnKind, ColumnSet, ColumnTemplate
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
        .select_related("agency", "parent", "owner_office", "owner")
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


def with_newest(columns: QuerySet[Column]) -> QuerySet[Column]:
    """Each column with `newest`, the day of the newest public item in it or, for a parent, below it; else `None`."""
    items = apps.get_model("information", "InformationItem")  # that app knows this one
    public = items._default_manager.public().order_by("-published_on").values("published_on")
    return columns.annotate(
        own_newest=Subquery(public.filter(column=OuterRef("pk"))[:1]),
        newest_below=Subquery(public.filter(column__parent=OuterRef("pk"))[:1]),
    )


def newest_of(column: Column) -> date | None:
    """Of a column annotated by `with_newest`."""
    days = (getattr(column, name, None) for name in ("own_newest", "newest_below"))
    return max((day for day in days if day), default=None)


@dataclass(frozen=True)
class SetState:
    """A ready-made set as an agency has it: each column of the set, and the agency's own row of it or `None`."""

    column_set: ColumnSet
    columns: Sequence[tuple[ColumnTemplate, Column | None]]

    @property
    def missing(self) -> int:
        """How many the agency does not have yet."""
        return sum(column is None for _, column in self.columns)


def sets_of(agency: Agency) -> list[SetState]:
    """Every ready-made set, compared with the agency's columns."""
    held = {column.code: column for column in agency.columns.exclude(code="")}
    return [
        SetState(one, [(template, held.get(template.code)) for template in one.columns])
        for one in COLUMN_SETS.values()
    ]  # fmt: skip


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
