"""What tantivy answers: the hits of a page, their number, and what they can be narrowed by.

Ranking looks at the text of every hit. Where a question is made of pairs that stand in a good part of all texts that
takes long and tells little; such a question is *broad*. Its hits are counted without being ranked, the titles that hold
it come first and the newest first of all, and of the years of publication only those are looked at that fill the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import tantivy

from gongkai_web.search import tantivy_questions as questions
from gongkai_web.search import tantivy_schema as schema
from gongkai_web.search.backend import Facets, Hit, Query, Results
from gongkai_web.search.comparing import CHECKED, answers, is_exact

BROAD_SHARE = 0.1
BROAD_NUMBER = 100_000
"""A pair is broad that stands in more than this share of the texts, or in more than this number of them."""
_MANY = 20_000
"""So many hits are looked at year by year."""
_FACET_SIZES = {"agency": 2000, "shelf": 10_000, "standing": 2000}


def answer(searcher: tantivy.Searcher, query: Query) -> Results:
    """The page of the question, with facets if they are wanted."""
    exact = is_exact(query)
    if _is_broad(searcher, query):
        facets = _facets(searcher, query)
        if exact or facets.total > CHECKED:
            return _shown(query, _broad_hits(searcher, query, facets), facets.total, facets)
    found = _search(searcher, query, limit=max(query.offset + query.limit, 0 if exact else CHECKED))
    if not exact and _count(found) <= CHECKED:
        return _checked(query, _documents(searcher, found.hits))
    page = found.hits[query.offset : query.offset + query.limit]
    facets = _facets(searcher, query) if query.with_facets else Facets()
    return _shown(query, map(_hit, _documents(searcher, page)), _count(found), facets)


def _is_broad(searcher: tantivy.Searcher, query: Query) -> bool:
    """Does every pair that is asked for stand in a good part of all texts? No terms ask for everything."""
    limit = min(BROAD_SHARE * searcher.num_docs, BROAD_NUMBER)
    return all(searcher.doc_freq(field, gram) > limit for field, gram in questions.grams(query))


def _broad_hits(searcher: tantivy.Searcher, query: Query, facets: Facets) -> Iterator[Hit]:
    """The hits of the page, tier by tier, the newest first in each."""
    years = sorted(facets.years, reverse=True) if facets.total > _MANY else []
    offset, left = query.offset, query.limit
    for tier in questions.tiers(query):
        for part in [questions.of_year(tier, year) for year in years] or [tier]:
            if not left:
                return
            found = searcher.search(part, limit=left, offset=offset, order_by_field="recency")
            yield from map(_hit, _documents(searcher, found.hits))
            offset, left = max(0, offset - _count(found)), left - len(found.hits)


def _shown(query: Query, hits: Iterable[Hit], total: int, facets: Facets) -> Results:
    """What the index has found; of a longer term each hit is compared with its text."""
    facets = facets if query.with_facets else Facets()
    if is_exact(query):
        return Results(tuple(hits), total, facets=facets)
    return Results(tuple(hit for hit in hits if answers(query, hit)), total, exact=False, facets=facets)


def _checked(query: Query, candidates: Iterable[tantivy.Document]) -> Results:
    """Where every candidate is compared with its text: those that stand the comparison, and their number."""
    found = [(document, hit) for document in candidates if answers(query, hit := _hit(document))]
    page = tuple(hit for _, hit in found[query.offset : query.offset + query.limit])
    facets = schema.counted([document for document, _ in found]) if query.with_facets else Facets()
    return Results(page, len(found), facets=facets)


def _search(searcher: tantivy.Searcher, query: Query, *, limit: int) -> tantivy.SearchResult:
    by = "recency" if query.newest_first or not query.terms else None
    asked = questions.unranked(query) if by else questions.ranked(query)
    return searcher.search(asked, limit=max(1, limit), order_by_field=by)


def _count(found: tantivy.SearchResult) -> int:
    number: int = found.count  # type: ignore[attr-defined]  # the package's types do not name it
    return number


def _documents(
    searcher: tantivy.Searcher, hits: Iterable[tuple[Any, tantivy.DocAddress]]
) -> Iterator[tantivy.Document]:
    return (searcher.doc(address) for _, address in hits)


def _hit(document: tantivy.Document) -> Hit:
    return Hit(
        id=int(document.get_first("id") or 0),
        display=bytes(document.get_first("display") or b"").decode(),
        title_length=int(document.get_first("title_length") or 0),
        keys=tuple(document.get_all("key")),
        stamp=int(document.get_first("stamp") or 0),
    )


def _facets(searcher: tantivy.Searcher, query: Query) -> Facets:
    """All counts of the question; of one that wants none the years alone."""
    names = _FACET_SIZES if query.with_facets else ["standing"]
    wanted = {name: {"terms": {"field": name, "size": _FACET_SIZES[name]}} for name in names}
    found = searcher.aggregate(questions.unranked(query), wanted)
    columns, years, validities = Counter[str](), Counter[int](), Counter[str]()
    for standing, number in _counts(found["standing"]):
        year, validity = standing.split(schema.APART)
        years[int(year)] += number
        validities.update({validity: number} if validity else {})
    for shelf, number in _counts(found.get("shelf")):
        columns.update(dict.fromkeys(filter(None, shelf.split(schema.APART)), number))
    # tantivy gives keys that are numbers as floats.
    agencies = {int(key): number for key, number in _counts(found.get("agency"))}
    return Facets(agencies, columns, years, validities)


def _counts(facet: Any) -> list[tuple[Any, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in facet["buckets"]] if facet else []
