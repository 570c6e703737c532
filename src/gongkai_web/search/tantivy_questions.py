"""How a question is put to tantivy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import tantivy
from tantivy import Occur

from gongkai_web.search.backend import Query
from gongkai_web.search.tantivy_schema import SCHEMA
from gongkai_web.search.text import pairs

_TITLE_WEIGHT = 4.0
_KEY_WEIGHT = 1000.0

Gram = tuple[str, str]
"""A field, and a pair of characters or a single one that may stand in it."""


def ranked(query: Query) -> tantivy.Query:
    """The question with its filters, and beside what is required what only ranks."""
    return _all_of([*_required(query), *_filters(query)], better=list(_ranking(query)))


def unranked(query: Query) -> tantivy.Query:
    """The question with its filters: for counting, and for an order of its own."""
    return _all_of([*_required(query), *_filters(query)])


def tiers(query: Query) -> list[tantivy.Query]:
    """The question cut into what comes first, second, …; each hit of `unranked` is one of exactly one of them.

    By relevance: a 文号 or 索引号 that was asked for as a whole, then titles with every term, then the rest.
    """
    if query.newest_first or query.title_only or not query.terms:
        return [unranked(query)]
    first = [_equals("key", query.key)] if query.key else []
    first.append(_all_of([part for term in query.terms for part in _term(term, in_title=True)]))
    kept = list(_filters(query))
    cut = [_all_of([part, *kept], never=first[:number]) for number, part in enumerate(first)]
    return [*cut, _all_of([*_required(query), *kept], never=first)]


def of_year(part: tantivy.Query, year: int) -> tantivy.Query:
    """What of it was published in that year."""
    return _all_of([part, _equals("year", year)])


def grams(query: Query) -> list[Gram]:
    """The entries of the dictionary that the terms are made of."""
    return [gram for term in query.terms for gram in _grams(term, in_title=query.title_only)]


def _grams(term: str, *, in_title: bool) -> list[Gram]:
    if len(term) == 1:
        return [("title_characters" if in_title else "characters", term)]
    return [("title" if in_title else "text", pair) for pair in pairs(term)]


def _required(query: Query) -> list[tantivy.Query]:
    terms = [part for term in query.terms for part in _term(term, in_title=query.title_only)]
    if not terms or not query.key:
        return terms
    return [tantivy.Query.boolean_query([(Occur.Should, _all_of(terms)), (Occur.Should, _equals("key", query.key))])]


def _term(term: str, *, in_title: bool) -> list[tantivy.Query]:
    option = "basic" if len(term) == 1 else "freq"
    return [_equals(field, gram, option) for field, gram in _grams(term, in_title=in_title)]


def _ranking(query: Query) -> Iterator[tantivy.Query]:
    if query.newest_first or query.title_only:
        return
    for term in query.terms:
        yield tantivy.Query.boost_query(_all_of(_term(term, in_title=True)), _TITLE_WEIGHT)
    if query.key:
        yield tantivy.Query.boost_query(_equals("key", query.key), _KEY_WEIGHT)


def _filters(query: Query) -> Iterator[tantivy.Query]:
    if query.agencies is not None:
        yield _any_of("agency", query.agencies)
    for field, value in (("column", query.column), ("year", query.year), ("validity", query.validity)):
        if value is not None:
            yield _unscored(_equals(field, value))


def _any_of(field: str, values: Collection[int]) -> tantivy.Query:
    if not values:
        return tantivy.Query.empty_query()
    return _unscored(tantivy.Query.term_set_query(SCHEMA, field, list(values)))


def _equals(field: str, value: str | int, option: str = "basic") -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, field, value, option)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    """A filter must not rank: a rare agency is no better answer."""
    return tantivy.Query.const_score_query(query, 0.0)


def _all_of(
    parts: Sequence[tantivy.Query], *, never: Iterable[tantivy.Query] = (), better: Iterable[tantivy.Query] = ()
) -> tantivy.Query:
    """What holds all of `parts` and none of `never`; everything where there are no parts."""
    return tantivy.Query.boolean_query(
        [
            *((Occur.Must, part) for part in parts or [tantivy.Query.all_query()]),
            *((Occur.MustNot, part) for part in never),
            *((Occur.Should, part) for part in better),
        ]
    )
