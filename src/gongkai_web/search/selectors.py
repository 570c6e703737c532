"""Reads of the search page. The index proposes, the database decides: only what is public this moment is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Q

from gongkai.information.normative import Validity
from gongkai_web.information.models import InformationItem
from gongkai_web.portal.paging import Pager
from gongkai_web.portal.selectors.rows import stamp_of as validity_stamp
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.search import services
from gongkai_web.search.asked import MOST_PAGES, PER_PAGE, Asked
from gongkai_web.search.backend import Hit, Query, Results, SearchUnavailable
from gongkai_web.search.columns import ColumnNames, in_column
from gongkai_web.search.engine import engine
from gongkai_web.search.entries import stamp_of
from gongkai_web.search.highlight import Piece, pieces, snippet
from gongkai_web.search.narrowing import Choice, Group, Platform, groups, matching_columns
from gongkai_web.search.nearby import offers
from gongkai_web.search.parsing import key_of, terms_of
from gongkai_web.search.text import tidy

_SUGGESTED = 8


@dataclass(frozen=True)
class Found:
    """One line of the answer."""

    url: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    published_on: date | None
    stamp: Validity | None
    about: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """`degraded` where there is no index and only titles and numbers were looked through."""

    rows: Sequence[Found]
    total: int
    exact: bool
    pager: Pager
    groups: Sequence[Group] = ()
    columns: Sequence[Choice] = field(default_factory=tuple)
    nearby: Sequence[Choice] = ()
    degraded: bool = False


def search(asked: Asked, *, platform: Platform) -> Answer:
    """The answer to what was asked, one page of it."""
    services.catch_up()
    query = _query(asked, platform)
    try:
        services.ensure()
        results = engine().query(query)
        nearby = () if results.total else _nearby(asked, query)
    except SearchUnavailable:
        return _by_titles(asked, query, platform)
    return Answer(
        rows=_rows(results.hits, query, platform.structure),
        total=results.total,
        exact=results.exact,
        pager=_pager(asked, results),
        groups=groups(asked, results.facets, platform),
        columns=matching_columns(asked, platform.columns),
        nearby=nearby,
    )


def _nearby(asked: Asked, query: Query) -> Sequence[Choice]:
    """Questions like this one that are answered, within the same filters."""

    def count(terms: tuple[str, ...]) -> int:
        return engine().query(replace(query, terms=terms, key="", with_facets=False, offset=0, limit=1)).total

    return offers(asked, query.terms, count=count)


def suggest(typed: str, *, columns: ColumnNames) -> list[str]:
    """Names of columns and titles that contain what was typed, for completing it."""
    terms = terms_of(typed)
    if not terms:
        return []
    query = Query(terms, title_only=True, newest_first=True, with_facets=False, limit=_SUGGESTED)
    try:
        found = [hit.id for hit in engine().query(query).hits]
    except SearchUnavailable:
        found = []
    titles = dict(InformationItem.objects.public().filter(pk__in=found).values_list("pk", "title"))
    named = columns.like(typed.strip(), most=2)
    return list(dict.fromkeys([*named, *(titles[number] for number in found if number in titles)]))[:_SUGGESTED]


def _query(asked: Asked, platform: Platform) -> Query:
    agency = platform.agency(asked.agency)
    unknown = (asked.agency and not agency) or (asked.column and asked.column not in platform.columns.names)
    return Query(
        terms=terms_of(asked.question),
        key=key_of(asked.question),
        agencies=[] if unknown else [agency.pk] if agency else None,
        column=asked.column or None,
        year=asked.year,
        validity=asked.validity or None,
        newest_first=asked.newest_first,
        offset=(asked.page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )


def _rows(hits: Iterable[Hit], query: Query, structure: Structure) -> list[Found]:
    """What of the hits is public this moment, and in the column asked for: the index may not have heard of it yet."""
    hits = list(hits)
    items = InformationItem.objects.public().defer("body")
    if query.column is not None:
        items = items.filter(in_column(query.column))
    found = items.in_bulk([hit.id for hit in hits])
    return [_found(found[hit.id], hit, query.terms, structure) for hit in hits if hit.id in found]


def _found(item: InformationItem, hit: Hit, terms: Sequence[str], structure: Structure) -> Found:
    agency = structure.by_pk.get(item.agency_id)
    about = (item.document_number, agency.short_name if agency else "")
    return Found(
        url=item.get_absolute_url(),
        title=pieces(item.title, terms),
        snippet=snippet(_text(item, hit), terms),
        published_on=item.published_on,
        stamp=validity_stamp(item.validity),
        about=tuple(part for part in about if part),
    )


def _text(item: InformationItem, hit: Hit) -> str:
    """What the index has is shown only while it is what is public: a replaced text must not live on in a snippet."""
    current = hit.stamp == stamp_of(item.signed_fingerprint, item.validity)
    return hit.display[hit.title_length + 1 :] if current else tidy(item.summary)


def _pager(asked: Asked, results: Results) -> Pager:
    pages = min(max(-(-results.total // PER_PAGE), 1), MOST_PAGES)
    return Pager(min(asked.page, pages), pages, results.total, asked.address()[1:])


def _by_titles(asked: Asked, query: Query, platform: Platform) -> Answer:
    """Without an index: titles and numbers as the database finds them, newest first."""
    words = asked.question.split()[:5]
    named = [Q(title__icontains=word) | Q(document_number__icontains=word) for word in words]
    items = InformationItem.objects.public().filter(reduce(and_, named, Q()))
    if query.agencies is not None:
        items = items.filter(agency__in=query.agencies)
    if query.column is not None:
        items = items.filter(in_column(query.column))
    if query.year is not None:
        items = items.filter(published_on__year=query.year)
    if query.validity is not None:
        items = items.filter(validity=query.validity)
    total = items.count()
    page = items.order_by("-published_on", "-pk")[query.offset : query.offset + query.limit]
    hits = tuple(Hit(item.pk, item.title, len(item.title)) for item in page)
    rows = _rows(hits, query, platform.structure)
    return Answer(rows, total, True, _pager(asked, Results(hits, total)), degraded=True)  # noqa: FBT003
