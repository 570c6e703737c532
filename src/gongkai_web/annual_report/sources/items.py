"""Figures about what was published: items in all and by column, interpretations, files that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.sources.registry import (
    Family,
    Figure,
    Member,
    RecordLine,
    Source,
    register,
    register_family,
)
from gongkai_web.information.models import InformationItem, Interpretation, MediaPost
from gongkai_web.proactive.models import Column

PROACTIVE, MANAGEMENT, PLATFORM = "主动公开", "政府信息管理", "政府信息公开平台建设"


def _published(agency: Agency, year: int) -> QuerySet[Any]:
    """Items of the year that are public; the order is the one of the portal's lists."""
    return InformationItem.objects.public().filter(agency=agency, published_on__year=year)


def published(agency: Agency, year: int) -> Figure:
    """主动公开政府信息."""
    rows = _published(agency, year)
    number = rows.order_by().count()
    return Figure(number, number, partial(_items, rows) if number else None)


def by_column(agency: Agency, year: int) -> list[Member]:
    """One figure for each column that got something this year, the fullest first.

    Counted column by column on the index of their lists, not over the agency's items: of a million items that index
    alone is read.
    """
    columns = {column.pk: column for column in Column.objects.filter(agency=agency).for_items()}
    counted = (
        InformationItem.objects.filter(live=True, column__in=columns, published_on__year=year)
        .order_by()
        .values("column")
        .annotate(number=Count("pk"))
        .values_list("column", "number")
    )
    members = [
        _column_member(columns[pk], number, _published(agency, year).filter(column=pk)) for pk, number in counted
    ]
    return sorted(members, key=lambda member: (-member.figure.count, member.key))


def _column_member(column: Column, number: int, rows: QuerySet[Any]) -> Member:
    name = "".join(sign for sign in column.name if sign not in "；;：:÷{}\n")
    return Member(f"items.column.{column.slug}", f"{name}信息", "条", Figure(number, number, partial(_items, rows)))


def _items(rows: QuerySet[Any], offset: int, limit: int) -> Iterable[RecordLine]:
    for item in rows.only("pk", "title", "index_number", "published_on")[offset : offset + limit]:
        url = reverse("information_item", args=[item.pk])
        yield RecordLine(item.title, url, f"{item.index_number}　{item.published_on:%Y年%-m月%-d日}")


def interpretations(agency: Agency, year: int) -> Figure:
    """Interpretations that are public and were published in the year."""
    rows = InformationItem.objects.public().filter(
        pk__in=Interpretation.objects.filter(interpreting__agency=agency).values("interpreting"),
        published_on__year=year,
    )
    number = rows.order_by().count()
    return Figure(number, number, partial(_items, rows) if number else None)


def withdrawn(agency: Agency, year: int) -> Figure:
    """Items that were taken back in the year."""
    rows = InformationItem.objects.tombstones().filter(live=False, agency=agency, withdrawn_at__year=year)
    number = rows.order_by().count()
    return Figure(number, number, partial(_withdrawn, rows) if number else None)


def _withdrawn(rows: QuerySet[Any], offset: int, limit: int) -> Iterable[RecordLine]:
    for item in rows.order_by("pk")[offset : offset + limit]:
        yield RecordLine(item.title, reverse("information_item", args=[item.pk]), item.withdrawal_reason)


def posts(agency: Agency, year: int) -> Figure:
    """New-media posts that were reviewed here and sent."""
    number = MediaPost.objects.filter(agency=agency, live=True, first_published_at__year=year).count()
    return Figure(number, number)


def columns(agency: Agency, year: int) -> Figure:
    """Columns that the portal shows; the year is the present one, for no history of columns is kept."""
    number = Column.objects.filter(agency=agency).shown().count()
    return Figure(number, number)


register(Source("items.published", "主动公开政府信息", "条", published, PROACTIVE))
register_family(Family("items.column", "各栏目公开信息", by_column, PROACTIVE))
register(Source("items.interpretations", "政策解读", "篇", interpretations, PROACTIVE))
register(Source("items.withdrawn", "撤回政府信息", "条", withdrawn, MANAGEMENT))
register(Source("items.posts", "经签审的新媒体发布", "条", posts, PLATFORM))
register(Source("site.shown_columns", "门户公开栏目", "个", columns, PLATFORM))
