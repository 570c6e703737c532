"""The search by tantivy: its index on disk, who writes it, and who reads it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import tantivy

from gongkai_web.search import tantivy_schema as schema
from gongkai_web.search.backend import Entry, Query, RebuildRunning, Results, SearchUnavailable
from gongkai_web.search.generations import Generations, Stamp, discard
from gongkai_web.search.tantivy_answers import answer

log = logging.getLogger(__name__)

_PIECES_JOINED = 8
"""So many pieces of about the same size, all below ten thousand items among them, make tantivy join them."""


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
        return answer(self._searcher(), query)

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
        self._last: deque[Entry] = deque()
        self._filled = False

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these up; none of them is in the new index yet. Not after `complete`."""
        for entry in entries:
            self._last.append(entry)
            if len(self._last) > _PIECES_JOINED:
                self._writer.add_document(schema.document(self._last.popleft()))

    def complete(self) -> None:
        """All is added: what was written is joined into fewer pieces.

        Up to seven pieces of some thousand items are left, which tantivy joins as soon as there is an eighth. The last
        items are written one by one: else the first to publish something would have those behind them wait for that.
        """
        if self._filled:
            return
        self._writer.commit()
        self._writer.wait_merging_threads()
        for entry in self._last:
            self._put([entry], remove=[])
        self._filled = True

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`: what has changed while the new index was made."""
        self.complete()
        self._put(entries, remove=remove)

    def switch(self) -> None:
        """From now on this one is in use, for every process."""
        self.complete()
        with self._generations.locked("merge"):  # nobody works any more on the generation that goes
            self._generations.switch(self._path)
        self.switched = True

    def _put(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        writer = schema.updating_writer(self._index)
        _write(writer, entries, remove)
        writer.wait_merging_threads()


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


def _unavailable() -> SearchUnavailable:
    return SearchUnavailable(
        "SEARCH-NO-INDEX", "检索索引尚未建立。", "请运行 python -m gongkai_web search_rebuild 建立索引。"
    )
