"""How an entry lies in tantivy, and how a question is put to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur

from gongkai_web.search.backend import Entry, Facets, Hit, Query
from gongkai_web.search.text import folded, pairs

APART = "\x1f"
"""Stands between the names in `shelf` and between year and validity in `standing`; no name holds it."""
_HAN = re.compile("[\u3400-\u9fff]+")  # folding leaves such a term as it is
_TITLE_WEIGHT = 4.0
_KEY_WEIGHT = 1000.0
_BUILDING_THREADS = 2
_BUILDING_MEMORY = 200_000_000
_UPDATING_MEMORY = 15_000_000  # the least that tantivy accepts


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="pairs", index_option="freq")
    builder.add_text_field("title", tokenizer_name="pairs", index_option="freq")
    # For questions of one character: each character of the text once, without places or frequencies.
    builder.add_text_field("characters", tokenizer_name="characters", index_option="basic")
    builder.add_text_field("title_characters", tokenizer_name="characters", index_option="basic")
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    # A column by its name: six thousand columns of three hundred agencies have some eighty names, and to count so many
    # values of a field costs more than to find the items.
    for name in ("validity", "column"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", stored=True)
    builder.add_unsigned_field("year", indexed=True, stored=True)
    builder.add_unsigned_field("agency", indexed=True, fast=True, stored=True)
    # For counting alone, one value an item: several cost eight times as much, and two fields twice as much as one.
    for name in ("shelf", "standing"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("recency", fast=True)
    builder.add_unsigned_field("stamp", stored=True, fast=True)
    builder.add_unsigned_field("title_length", stored=True)
    builder.add_bytes_field("display", stored=True)
    return builder.build()


SCHEMA = _schema()


def open_index(path: Path) -> tantivy.Index:
    """The index in `path`, made there if there is none."""
    index = tantivy.Index(SCHEMA, path=str(path))
    for name, length in (("pairs", 2), ("characters", 1)):
        ngram = tantivy.Tokenizer.ngram(length, length, prefix_only=False)
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(ngram).build())
    # A reader looks by itself before each question; tantivy's own watching would take a thread and half a second.
    index.config_reader(reload_policy="manual")
    return index


def building_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """For many entries at once."""
    return index.writer(_BUILDING_MEMORY, _BUILDING_THREADS)


def updating_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """For a few entries."""
    return index.writer(_UPDATING_MEMORY, 1)


def document(entry: Entry) -> tantivy.Document:
    """The entry in tantivy's terms. Numbers are added one by one: `Document(id=…)` would make them signed."""
    result = tantivy.Document()
    text = entry.folded
    title = text[: len(entry.title)]
    result.add_unsigned("id", entry.id)
    result.add_text("text", text)
    result.add_text("title", title)
    result.add_text("characters", "".join(set(text)))
    result.add_text("title_characters", "".join(set(title)))
    for key in entry.keys:
        result.add_text("key", key)
    result.add_text("validity", entry.validity)
    result.add_unsigned("agency", entry.agency)
    for name in entry.columns:
        result.add_text("column", name)
    result.add_text("shelf", APART.join(entry.columns))
    result.add_text("standing", f"{entry.published_on.year}{APART}{entry.validity}")
    result.add_unsigned("year", entry.published_on.year)
    result.add_unsigned("recency", entry.recency)
    result.add_unsigned("stamp", entry.stamp)
    result.add_unsigned("title_length", len(entry.title))
    result.add_bytes("display", entry.display.encode())
    return result


def counted(documents: Sequence[tantivy.Document]) -> Facets:
    """The facets of a few documents, by what is stored of each."""
    validities = Counter(str(document.get_first("validity") or "") for document in documents)
    return Facets(
        agencies=Counter(int(document.get_first("agency") or 0) for document in documents),
        columns=Counter(name for document in documents for name in document.get_all("column")),
        years=Counter(int(document.get_first("year") or 0) for document in documents),
        validities={name: number for name, number in validities.items() if name},
    )


def asked(query: Query, *, ranked: bool = True) -> tantivy.Query:
    """The question with its filters. What only ranks stands beside what is required, unless no order is wanted."""
    required = [*_wanted(query), *_filters(query)]
    if not required:
        return tantivy.Query.all_query()
    ranking = [] if query.newest_first or query.title_only or not ranked else _ranking(query)
    return tantivy.Query.boolean_query(
        [*((Occur.Must, part) for part in required), *((Occur.Should, part) for part in ranking)]
    )


def answers(query: Query, hit: Hit) -> bool:
    """Does the text really hold every term? All pairs of a longer term may be there without the term itself."""
    if query.key and query.key in hit.keys:
        return True
    text = hit.display[: hit.title_length] if query.title_only else hit.display
    return all(term in text or (not _HAN.fullmatch(term) and term in folded(text)) for term in query.terms)


def is_exact(query: Query) -> bool:
    """Can the index alone answer? A pair or a character is one entry of its dictionary; more is several."""
    return all(len(term) <= 2 for term in query.terms)


def _wanted(query: Query) -> Iterable[tantivy.Query]:
    terms = [_term(term, in_title=query.title_only) for term in query.terms]
    if not terms or not query.key:
        return terms
    every = tantivy.Query.boolean_query([(Occur.Must, term) for term in terms])
    return [tantivy.Query.boolean_query([(Occur.Should, every), (Occur.Should, _equals("key", query.key))])]


def _term(term: str, *, in_title: bool) -> tantivy.Query:
    if len(term) == 1:
        return _equals("title_characters" if in_title else "characters", term)
    field = "title" if in_title else "text"
    return tantivy.Query.boolean_query([(Occur.Must, _equals(field, pair, "freq")) for pair in pairs(term)])


def _ranking(query: Query) -> Iterable[tantivy.Query]:
    for term in query.terms:
        yield tantivy.Query.boost_query(_term(term, in_title=True), _TITLE_WEIGHT)
    if query.key:
        yield tantivy.Query.boost_query(_equals("key", query.key), _KEY_WEIGHT)


def _filters(query: Query) -> Iterable[tantivy.Query]:
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
