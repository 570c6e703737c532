"""Rows of lists: what a line of a list shows of an item, read without building the whole item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from gongkai.information.normative import Validity
from gongkai_web.information.models import InformationItem
from gongkai_web.portal.paging import Paged, paginate
from gongkai_web.portal.selectors.structure import Structure

FIELDS = ("pk", "title", "published_on", "document_number", "validity", "agency_id", "column_id", "summary")
ORDER = ("-published_on", "-id")
"""The order of the indexes of the item's table: every list reads from one of them."""


@cache
def _item_address() -> str:
    return reverse("portal:item", args=[0])


def item_url(pk: int) -> str:
    """Address of an item's page. The pattern is resolved once: doing it per row costs more than the rest of the row."""
    return _item_address().replace("0", str(pk))


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line. `stamp` only where a reader must know that the text is not simply in force."""

    pk: int
    title: str
    published_on: date
    stamp: Validity | None
    about: tuple[str, ...]
    summary: str

    @property
    def url(self) -> str:
        """The item's page."""
        return item_url(self.pk)


def public_items() -> QuerySet[InformationItem]:
    """Everything the portal may show, newest first."""
    items: QuerySet[InformationItem] = InformationItem.objects.public().order_by(*ORDER)
    return items


def item_rows(
    items: Iterable[dict[str, Any]],
    *,
    agencies: Structure,
    say_agency: bool = True,
    every_stamp: bool = False,
    summaries: bool = False,
) -> list[ItemRow]:
    """Lines from `values(*FIELDS)`. `every_stamp` shows 现行有效 too, as the policy library does."""
    return [
        _row(
            values,
            agency=agencies.by_pk[values["agency_id"]].short_name if say_agency else "",
            every_stamp=every_stamp,
            summary=values["summary"] if summaries else "",
        )
        for values in items
    ]


def newest(items: QuerySet[InformationItem], number: int, *, agencies: Structure, **shown: bool) -> list[ItemRow]:
    """The first lines of a list."""
    return item_rows(items.values(*FIELDS)[:number], agencies=agencies, **shown)


def page_of_rows(
    items: QuerySet[InformationItem], query: QueryDict, *, agencies: Structure, **shown: bool
) -> Paged[ItemRow]:
    """The lines of the page that the query asks for."""
    page = paginate(items.values(*FIELDS), query)
    return Paged(item_rows(page.rows, agencies=agencies, **shown), page.pager)


def stamp_of(value: str, *, every: bool = False) -> Validity | None:
    """The validity to show: everything but 现行有效, or that too."""
    if not value:
        return None
    validity = Validity(value)
    return validity if every or validity is not Validity.IN_FORCE else None


def _row(values: dict[str, Any], *, agency: str, every_stamp: bool, summary: str) -> ItemRow:
    about: Sequence[str] = [part for part in (values["document_number"], agency) if part]
    return ItemRow(
        pk=values["pk"],
        title=values["title"],
        published_on=values["published_on"],
        stamp=stamp_of(values["validity"], every=every_stamp),
        about=tuple(about),
        summary=summary,
    )
