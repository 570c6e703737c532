"""How an entry lies in tantivy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import tantivy

from gongkai_web.search.backend import Entry, Facets

APART = "\x1f"
"""Stands between the names in `shelf` and between year and validity in `standing`; no name holds it."""
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
