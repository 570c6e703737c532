"""Pages by cursor: the next page starts after the last row shown, whatever is published in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Q
from django.http import HttpRequest

from gongkai_web.information.models import InformationItem

MOST = 100
USUAL = 20
Row = TypeVar("Row")


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of one page and the cursor of the next; empty on the last page."""

    rows: Sequence[Row]
    cursor: str


def cut(rows: Sequence[Row], *, limit: int, cursor_of: Callable[[Row], str]) -> Slice[Row]:
    """The page from `limit + 1` rows that were read.

    >>> cut([1, 2, 3], limit=2, cursor_of=str)
    Slice(rows=[1, 2], cursor='2')
    """
    page = rows[:limit]
    return Slice(page, cursor_of(page[-1]) if len(rows) > limit else "")


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """The whole address of the next page, filters kept."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def item_cursor(item: InformationItem) -> str:
    """Where the item stands in the order of lists: its day of publication (counted from the year 1) and its number."""
    assert item.published_on is not None  # noqa: S101  # the database holds it for every live item
    return f"{item.published_on.toordinal()}-{item.pk}"


def after(cursor: str) -> Q:
    """The condition for what stands after the cursor, newest first."""
    ordinal, _, number = cursor.partition("-")
    day, pk = date.fromordinal(int(ordinal)), int(number)
    # The plain bound lets the database start in the index; the rest is checked on what it finds there.
    return Q(published_on__lte=day) & (Q(published_on__lt=day) | Q(pk__lt=pk))
