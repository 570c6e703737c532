"""The lists that a reader can narrow: columns, the policy library, annual reports."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem
from gongkai_web.information.models.normative import NormativeKind
from gongkai_web.portal.selectors.rows import public_items
from gongkai_web.portal.selectors.structure import ColumnTree
from gongkai_web.proactive.models import Column

Items = QuerySet[InformationItem]
OTHER_POLICY = "other"
"""A document with a 发文字号 that is not in the register."""


def in_column(tree: ColumnTree, column: Column) -> Items:
    """The items of a column and of the columns below it."""
    return public_items().filter(column__in=tree.with_children(column))


def of_agency(agency: Agency) -> Items:
    """Every public item of the agency."""
    return public_items().filter(agency=agency)


def policies() -> Items:
    """政策文件: what is in the register, and every other document with a 发文字号."""
    return public_items().filter(~Q(validity="") | ~Q(document_number=""))


def of_kind(items: Items, kind: str) -> Items:
    """Policies that are 规章 or 行政规范性文件 by the register, or other documents."""
    if kind == OTHER_POLICY:
        return items.filter(normative=None)
    return items.filter(normative__kind=kind) if kind in NormativeKind.values else items


def published_in(items: Items, year: int) -> Items:
    """Those published in the year; a range, so that the index serves it."""
    return items.filter(published_on__gte=date(year, 1, 1), published_on__lte=date(year, 12, 31))


def reporting_on(items: Items, year: int) -> Items:
    """Annual reports on the year: their titles name it; one whose title names none was published in the year after."""
    silent = ~Q(title__regex=r"20[0-9][0-9]年") & Q(published_on__year=year + 1)
    return items.filter(Q(title__contains=f"{year}年") | silent)


def naming(items: Items, text: str) -> Items:
    """Those with every word of the text in title or 发文字号."""
    for word in text.split()[:5]:
        items = items.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return items


def annual_reports(agency: Agency | None = None) -> Items:
    """What stands in the columns 政府信息公开年报, of one agency or of all."""
    items = public_items().filter(column__kind=ColumnKind.ANNUAL_REPORT.value, column__is_shown=True)
    return items if agency is None else items.filter(agency=agency)


def years_of(items: Items) -> list[int]:
    """From the newest year with an item down to the oldest."""
    newest = items.values_list("published_on", flat=True).first()
    oldest = items.order_by("published_on").values_list("published_on", flat=True).first()
    return list(range(newest.year, oldest.year - 1, -1)) if newest and oldest else []
