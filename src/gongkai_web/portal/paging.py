"""Pages of a list, with addresses that keep the filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

PER_PAGE = 20
_NEIGHBOURS = 2
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; neither current nor with an address: a gap."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Pager:
    """Where the reader is among the pages; addresses are relative to the list."""

    number: int
    pages: int
    total: int
    query: str

    @property
    def many(self) -> bool:
        """Is there more than one page?"""
        return self.pages > 1

    @property
    def previous(self) -> str:
        """Address of the page before; empty on the first."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """Address of the page after; empty on the last."""
        return self.url(self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last, and the neighbours of the current page, with gaps between."""
        near = range(self.number - _NEIGHBOURS, self.number + _NEIGHBOURS + 1)
        shown = sorted({1, self.pages, *(page for page in near if 1 <= page <= self.pages)})
        links: list[PageLink] = []
        for before, page in zip([0, *shown], shown, strict=False):
            if page - before > 1:
                links.append(PageLink("…"))
            links.append(PageLink(str(page), "" if page == self.number else self.url(page), page == self.number))
        return links

    def url(self, page: int) -> str:
        """The address of a page; the first carries no number, so that it has one address only."""
        parts = [part for part in (self.query, f"page={page}" if page > 1 else "") if part]
        return f"?{'&'.join(parts)}" if parts else "."


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of rows."""

    rows: Sequence[Row]
    pager: Pager


def page_number(query: QueryDict) -> int:
    """The page asked for; nonsense is the first one."""
    text = query.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def paginate(queryset: QuerySet[Any, Row], query: QueryDict, *, per_page: int = PER_PAGE) -> Paged[Row]:
    """The rows of the page that the query asks for; beyond the last page it is the last."""
    total = queryset.count()
    pages = max(-(-total // per_page), 1)
    number = min(page_number(query), pages)
    start = (number - 1) * per_page
    return Paged(list(queryset[start : start + per_page]), Pager(number, pages, total, _without_page(query)))


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    for name in [name for name, values in kept.lists() if values == [""]]:
        kept.pop(name)
    return kept.urlencode()
