"""How a question is put to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai_web.search.backend import Query
from gongkai_web.search.postgresql_schema import TABLE, grams_of_term, parted


@dataclass(frozen=True)
class Condition:
    """What stands after WHERE, with the values of its marks."""

    sql: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"({self.sql}) AND ({other.sql})", (*self.values, *other.values))

    def __or__(self, other: Condition) -> Condition:
        return Condition(f"({self.sql}) OR ({other.sql})", (*self.values, *other.values))

    def __invert__(self) -> Condition:
        return Condition(f"NOT ({self.sql})", self.values)


_ANYTHING = Condition("TRUE")


def condition(query: Query, *, compared: bool) -> Condition:
    """The question with its filters; `compared` also compares longer terms with the text itself."""
    return _filters(query) & (_terms(query, compared=compared) | _key(query))


def tiers(query: Query, *, compared: bool) -> list[Condition]:
    """The question cut into what comes first, second, …; each hit of `condition` is one of exactly one of them.

    By relevance: a 文号 or 索引号 that was asked for as a whole, then titles with every term, then the rest.
    """
    whole = condition(query, compared=compared)
    if query.newest_first or query.title_only or not query.terms:
        return [whole]
    terms, key, in_title = _terms(query, compared=compared), _key(query), _grams(query, in_title=True)
    titles = in_title & terms if compared else in_title
    elsewhere = _among(in_title, of="id NOT IN")
    rest = _filters(query) & terms & elsewhere
    if not query.key:
        return [_filters(query) & titles, rest]
    return [_filters(query) & key, _filters(query) & titles & ~key, rest & ~key]


def _terms(query: Query, *, compared: bool) -> Condition:
    result = _grams(query, in_title=query.title_only)
    text = "left(folded, title_length)" if query.title_only else "folded"
    for term in query.terms:
        if compared and len(term) > 2:
            result &= Condition(f"strpos({text}, %s) > 0", (term,))
    return result


def _grams(query: Query, *, in_title: bool) -> Condition:
    """Filled by the index alone."""
    wanted = [gram for term in query.terms for gram in grams_of_term(term)]
    if in_title:
        return _holds("title_grams", wanted)
    pairs, characters = parted(wanted)
    if not pairs or not characters:
        return _holds("pairs", pairs) if pairs else _holds("characters", characters)
    # PostgreSQL would find by one of the indexes and look into the text of each item for the other.
    return _holds("pairs", pairs) & _among(_holds("characters", characters))


def _holds(column: str, wanted: list[int]) -> Condition:
    return Condition(f"{column} @> %s::bigint[]", (wanted,)) if wanted else _ANYTHING


def _among(part: Condition, *, of: str = "id IN") -> Condition:
    """The items that `part` finds by an index, or with `NOT IN` all others: nothing beside the table is looked at."""
    return Condition(f"{of} (SELECT id FROM {TABLE} WHERE {part.sql})", part.values)  # noqa: S608  # a constant


def _key(query: Query) -> Condition:
    return Condition("keys @> ARRAY[%s]", (query.key,)) if query.key and query.terms else Condition("FALSE")


def _filters(query: Query) -> Condition:
    """These come first: PostgreSQL looks at a row in this order, and what follows lies beside the table."""
    result = _ANYTHING
    for part in _each_filter(query):
        result &= part
    return result


def _each_filter(query: Query) -> Iterator[Condition]:
    if query.agencies is not None:
        yield Condition("agency = ANY(%s)", (list(query.agencies),))
    if query.column is not None:
        yield Condition("columns @> ARRAY[%s]", (query.column,))
    for column, value in (("year", query.year), ("validity", query.validity)):
        if value is not None:
            yield Condition(f"{column} = %s", (value,))
