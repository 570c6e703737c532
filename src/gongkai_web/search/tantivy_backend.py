"""The search by tantivy: pairs of characters, all required; the hits shown are compared with the text."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import tantivy

from gongkai_web.search import tantivy_schema as schema
from gongkai_web.search.backend import Entry, Facets, Hit, Query, RebuildRunning, Results, SearchUnavailable
from gongkai_web.search.generations import Generations, Stamp, discard

log = logging.getLogger(__name__)

_CHECKED = 100
"""Up to so many candidates all are compared with their text, so that the count is exact; a reader leafs no further."""
_FACET_SIZES = {"agency": 2000, "shelf": 10_000, "standing": 2000}


class TantivyBackend:
    """An index in `root`; one object may be asked by many threads."""

    def __init__(self, root: Path) -> None:
        self.generations = Generations(root)
        self._reading = threading.Lock()
        self._opened: tuple[Path, tantivy.Index] | None = None
        self._stamp: Stamp | None = None

    def exists(self) -> bool:
        """Is there an index that this version of the program can read?"""
        return self.generations.current() is not None

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Waits until nobody else writes, in whatever process."""
        with self.generations.locked("write"):
            yield

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`, at once for every reader. Raises: `SearchUnavailable`.

        Pieces of the index that have become too many are merged behind the caller's back: now and then that takes a
        second, and who publishes shall not wait for it. The next to write waits.
        """
        with ExitStack() as merging:
            merging.enter_context(self.generations.locked("merge"))
            path = self.generations.current()
            if path is None:
                raise _unavailable()
            writer = schema.updating_writer(schema.open_index(path))
            _write(writer, entries, remove)
            threading.Thread(target=_finish_merging, args=(writer, merging.pop_all()), name="search-merging").start()

    @contextmanager
    def rebuild(self) -> Iterator[TantivyRebuild]:
        """A new index; thrown away unless it was switched to. Raises: `RebuildRunning`."""
        with self.generations.locked("rebuild", wait=False) as mine:
            if not mine:
                raise RebuildRunning("SEARCH-REBUILDING", "检索索引正在重建。", "请等待本次重建完成。")
            path = self.generations.begin()
            building = TantivyRebuild(self.generations, path)
            try:
                yield building
            finally:
                if not building.switched:
                    discard(path)

    def query(self, query: Query) -> Results:
        """The answer. Raises: `SearchUnavailable`."""
        searcher = self._searcher()
        asked = schema.asked(query)
        if schema.is_exact(query):
            return _page(searcher, query, asked)
        found = _search(searcher, query, asked, offset=0, limit=_CHECKED)
        if _count(found) > _CHECKED:
            return _estimated(searcher, query, asked)
        candidates = [(document, _hit(document)) for document in _documents(searcher, found)]
        return _checked(query, [candidate for candidate in candidates if schema.answers(query, candidate[1])])

    def stamps(self) -> dict[int, int]:
        """Number → stamp of all items in the index. Raises: `SearchUnavailable`."""
        searcher = self._searcher()
        found = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs), count=False)
        addresses = [address for _, address in found.hits]
        numbers, stamps = (searcher.fast_field_values(name, addresses) for name in ("id", "stamp"))
        return {int(number or 0): int(stamp or 0) for number, stamp in zip(numbers, stamps, strict=True)}

    def _searcher(self) -> tantivy.Searcher:
        """A view of the newest commit of the generation in use. Raises: `SearchUnavailable`."""
        with self._reading:
            stamp = self.generations.stamp()
            if stamp is None or stamp != self._stamp or self._opened is None:
                self._opened = self._reopened()
                self._stamp = stamp
            return self._opened[1].searcher()

    def _reopened(self) -> tuple[Path, tantivy.Index]:
        path = self.generations.current()
        if path is None:
            raise _unavailable()
        try:
            opened = self._opened if self._opened and self._opened[0] == path else (path, schema.open_index(path))
            opened[1].reload()
        except ValueError as error:  # what tantivy says of files that are damaged or gone
            log.exception("the search index in %s cannot be read", path.name)
            raise _unavailable() from error
        return opened


class TantivyRebuild:
    """A new generation of the index."""

    def __init__(self, generations: Generations, path: Path) -> None:
        self.switched = False
        self._generations = generations
        self._path = path
        self._index = schema.open_index(path)
        self._writer = schema.building_writer(self._index)
        self._filled = False

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these up; none of them is in the new index yet. Not after `update` or `switch`."""
        for entry in entries:
            self._writer.add_document(schema.document(entry))

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`: what has changed while the new index was made."""
        self._finish()
        writer = schema.updating_writer(self._index)
        _write(writer, entries, remove)
        writer.wait_merging_threads()

    def switch(self) -> None:
        """From now on this one is in use, for every process."""
        self._finish()
        with self._generations.locked("merge"):  # nobody works any more on the generation that goes
            self._generations.switch(self._path)
        self.switched = True

    def _finish(self) -> None:
        if not self._filled:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._filled = True


def _write(writer: tantivy.IndexWriter, entries: Iterable[Entry], remove: Collection[int]) -> None:
    entries = list(entries)
    gone = {*remove, *(entry.id for entry in entries)}
    if gone:
        # Not by `delete_documents_by_term`, which takes the number for a signed one and removes nothing.
        writer.delete_documents_by_query(tantivy.Query.term_set_query(schema.SCHEMA, "id", list(gone)))
    for entry in entries:
        writer.add_document(schema.document(entry))
    writer.commit()


def _finish_merging(writer: tantivy.IndexWriter, held: ExitStack) -> None:
    """A writer that goes away takes its merges with it, and the index falls into ever more pieces: it has to wait."""
    with held:
        try:
            writer.wait_merging_threads()
        except ValueError:  # the pieces stay as they are, and all that was written with them
            log.exception("pieces of the search index could not be merged")


def _page(searcher: tantivy.Searcher, query: Query, asked: tantivy.Query) -> Results:
    """Where the index alone answers."""
    found = _search(searcher, query, asked, offset=query.offset, limit=query.limit)
    hits = tuple(map(_hit, _documents(searcher, found)))
    return Results(hits, _count(found), facets=_facets(searcher, query))


def _checked(query: Query, found: Sequence[tuple[tantivy.Document, Hit]]) -> Results:
    """Where every candidate was compared with its text: these are the ones that stood the comparison."""
    page = tuple(hit for _, hit in found[query.offset : query.offset + query.limit])
    facets = schema.counted([document for document, _ in found]) if query.with_facets else Facets()
    return Results(page, len(found), facets=facets)


def _estimated(searcher: tantivy.Searcher, query: Query, asked: tantivy.Query) -> Results:
    """Where there are too many candidates to compare all: those on the page are, the numbers count the others too."""
    page = _page(searcher, query, asked)
    hits = tuple(hit for hit in page.hits if schema.answers(query, hit))
    return Results(hits, page.total, exact=False, facets=page.facets)


def _search(
    searcher: tantivy.Searcher, query: Query, asked: tantivy.Query, *, offset: int, limit: int
) -> tantivy.SearchResult:
    by = "recency" if query.newest_first or not query.terms else None
    return searcher.search(asked, limit=limit, offset=offset, order_by_field=by)


def _count(found: tantivy.SearchResult) -> int:
    number: int = found.count  # type: ignore[attr-defined]  # the package's types do not name it
    return number


def _documents(searcher: tantivy.Searcher, found: tantivy.SearchResult) -> Iterator[tantivy.Document]:
    return (searcher.doc(address) for _, address in found.hits)


def _hit(document: tantivy.Document) -> Hit:
    return Hit(
        id=int(document.get_first("id") or 0),
        display=bytes(document.get_first("display") or b"").decode(),
        title_length=int(document.get_first("title_length") or 0),
        keys=tuple(document.get_all("key")),
        stamp=int(document.get_first("stamp") or 0),
    )


def _facets(searcher: tantivy.Searcher, query: Query) -> Facets:
    if not query.with_facets:
        return Facets()
    wanted = {name: {"terms": {"field": name, "size": size}} for name, size in _FACET_SIZES.items()}
    found = searcher.aggregate(schema.asked(query, ranked=False), wanted)
    columns, years, validities = Counter[str](), Counter[int](), Counter[str]()
    for names, number in _counts(found["shelf"]):
        columns.update(dict.fromkeys(filter(None, names.split(schema.APART)), number))
    for standing, number in _counts(found["standing"]):
        year, validity = standing.split(schema.APART)
        years[int(year)] += number
        validities.update({validity: number} if validity else {})
    # tantivy gives keys that are numbers as floats.
    return Facets({int(key): number for key, number in _counts(found["agency"])}, columns, years, validities)


def _counts(facet: Any) -> list[tuple[Any, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in facet["buckets"]]


def _unavailable() -> SearchUnavailable:
    return SearchUnavailable(
        "SEARCH-NO-INDEX", "检索索引尚未建立。", "请运行 python -m gongkai_web search_rebuild 建立索引。"
    )
