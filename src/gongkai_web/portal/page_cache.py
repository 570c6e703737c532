"""Finished pages, kept in each worker's memory under the tokens they were built from."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer."""

    body: bytes
    content_type: str
    status: int = 200


class PageCache:
    """Least recently used pages go first; `limit` is in bytes of bodies, `seconds` the longest stay.

    The key carries the tokens, so nothing has to be removed when content changes: old keys are never asked for again.

    >>> cache = PageCache(limit=10, seconds=60)
    >>> cache.put("a", Page(b"12345678", "text/html")); cache.put("b", Page(b"12345678", "text/html"))
    >>> cache.get("a") is None, cache.get("b") is None
    (True, False)
    """

    def __init__(self, *, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._size = 0
        self._pages: OrderedDict[object, tuple[float, Page]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Page | None:
        """The page, unless it was never kept, has gone or is too old."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            if found[0] < time.monotonic():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return found[1]

    def put(self, key: object, page: Page) -> None:
        """Keep the page; one that is larger than everything allowed is not kept."""
        if len(page.body) > self._limit:
            return
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = (time.monotonic() + self._seconds, page)
            self._size += len(page.body)
            while self._size > self._limit:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _drop(self, key: object) -> None:
        self._size -= len(self._pages.pop(key)[1].body)
