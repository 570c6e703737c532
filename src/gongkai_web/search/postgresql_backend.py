"""The search by PostgreSQL: a table in the database of the installation, who writes it, and what it answers."""

# ruff: noqa: S608 — names of tables and columns are constants, every value is a parameter

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from gongkai_web.search import postgresql_schema as schema
from gongkai_web.search.backend import Entry, Facets, Hit, Query, RebuildRunning, Results, SearchUnavailable
from gongkai_web.search.comparing import CHECKED, answers, is_exact
from gongkai_web.search.postgresql_questions import Condition, condition, tiers
from gongkai_web.search.postgresql_schema import NEW, TABLE, execute, fetch

_WRITE_LOCK, _REBUILD_LOCK = 0x676B_7301, 0x676B_7302  # "gks": numbers of advisory locks
_ROWS_LOOKED_AT = 1000
"""So many hits are found and sorted in the time in which one item is gone through with what lies beside the table."""


class PostgresqlBackend:
    """A table in the database of the installation."""

    def exists(self) -> bool:
        """Is the table there?"""
        return bool(fetch("SELECT to_regclass(%s) IS NOT NULL", [TABLE])[0][0])

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Waits until nobody else writes. What is written becomes visible at the end of the outermost transaction."""
        with transaction.atomic():
            execute("SELECT pg_advisory_xact_lock(%s)", [_WRITE_LOCK])
            yield

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`. Raises: `SearchUnavailable`."""
        self._require()
        _update(TABLE, entries, remove)

    @contextmanager
    def rebuild(self) -> Iterator[PostgresqlRebuild]:
        """A new table; thrown away unless it was switched to. Raises: `RebuildRunning`."""
        if not fetch("SELECT pg_try_advisory_lock(%s)", [_REBUILD_LOCK])[0][0]:
            raise RebuildRunning("SEARCH-REBUILDING", "检索索引正在重建。", "请等待本次重建完成。")
        try:
            schema.create(NEW)
            yield PostgresqlRebuild()
            execute(f"DROP TABLE IF EXISTS {NEW}")
        finally:
            # After an error inside a transaction nothing more is answered; the lock then ends with the connection.
            if not connection.needs_rollback:
                execute("SELECT pg_advisory_unlock(%s)", [_REBUILD_LOCK])

    def query(self, query: Query) -> Results:
        """The answer. Raises: `SearchUnavailable`."""
        self._require()
        with _planned(for_terms=bool(query.terms)):
            return _answer(query)

    def stamps(self) -> dict[int, int]:
        """Number → stamp of all items in the index. Raises: `SearchUnavailable`."""
        self._require()
        return dict(fetch(f"SELECT id, stamp FROM {TABLE}"))

    def _require(self) -> None:
        if not self.exists():
            raise SearchUnavailable(
                "SEARCH-NO-INDEX", "检索索引尚未建立。", "请运行 python -m gongkai_web search_rebuild 建立索引。"
            )


class PostgresqlRebuild:
    """A new table beside the one in use."""

    def __init__(self) -> None:
        self._filled = False

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these up; none of them is in the new table yet. Not after `complete`."""
        schema.add(NEW, entries)

    def complete(self) -> None:
        """All is added: make the indexes."""
        if not self._filled:
            schema.make_indexes(NEW)
            self._filled = True

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`: what has changed while the new table was filled."""
        self.complete()
        _update(NEW, entries, remove)

    def switch(self) -> None:
        """From the end of this transaction on this one is in use."""
        self.complete()
        execute(f"DROP TABLE IF EXISTS {TABLE}")
        execute(f"ALTER TABLE {NEW} RENAME TO {TABLE}")
        schema.drop_older()


def _update(table: str, entries: Iterable[Entry], remove: Collection[int]) -> None:
    entries = list(entries)
    schema.remove(table, {*remove, *(entry.id for entry in entries)})
    schema.add(table, entries)


@contextmanager
def _planned(*, for_terms: bool) -> Iterator[None]:
    """PostgreSQL takes comparing an array for as cheap as comparing a number, and for a word of many texts would read
    the whole table with what lies beside it: forty times as slow as its index. Compiling a question takes longer than
    answering it. Both settings end with the transaction."""
    within_another = connection.in_atomic_block
    with transaction.atomic():
        _allow(scanning=not for_terms, compiling=False)
        yield
        if within_another:
            _allow(scanning=True, compiling=True)


def _allow(*, scanning: bool, compiling: bool) -> None:
    values = ["on" if allowed else "off" for allowed in (scanning, compiling)]
    execute("SELECT set_config('enable_seqscan', %s, true), set_config('jit', %s, true)", values)


def _answer(query: Query) -> Results:
    """Few candidates for a longer term are all compared with their text; of many, those that are shown."""
    compared = False
    facets = _facets(query, condition(query, compared=False))
    if not is_exact(query) and (compared := facets.total <= CHECKED):
        facets = _facets(query, condition(query, compared=True))
    hits = _page(query, tiers(query, compared=compared), total=facets.total)
    if not (exact := compared or is_exact(query)):
        hits = [hit for hit in hits if answers(query, hit)]
    return Results(tuple(hits), facets.total, exact=exact, facets=facets if query.with_facets else Facets())


def _page(query: Query, parts: Sequence[Condition], *, total: int) -> list[Hit]:
    """The hits of the page, tier by tier, the newest first in each."""
    found: list[Hit] = []
    offset, behind = query.offset, total
    for part in parts:
        left = query.limit - len(found)
        if not left:
            break
        few = part is not parts[-1] or behind < (offset + left) * _ROWS_LOOKED_AT
        some = _newest(part, offset=offset, limit=left, few=few)
        found += some
        if len(some) < left:
            number = offset + len(some) if some or not offset else _count(part)
            offset, behind = max(0, offset - number), behind - number
    return found


def _newest(part: Condition, *, offset: int, limit: int, few: bool) -> list[Hit]:
    """Of `few` hits all are looked up and sorted; of many, the newest items are gone through until there are enough."""
    rows = fetch(
        f"SELECT id, display, title_length, keys, stamp FROM {TABLE} WHERE {part.sql} "
        f"ORDER BY recency{' + 0' if few else ''} DESC OFFSET %s LIMIT %s",
        [*part.values, offset, limit],
    )
    return [Hit(number, display, length, tuple(keys), stamp) for number, display, length, keys, stamp in rows]


def _count(part: Condition) -> int:
    number: int = fetch(f"SELECT count(*) FROM {TABLE} WHERE {part.sql}", part.values)[0][0]
    return number


def _facets(query: Query, asked: Condition) -> Facets:
    """All counts of the question in one pass; of one that wants none the years alone."""
    names = ("(agency), (columns), (year, validity)") if query.with_facets else "(year, validity)"
    rows = fetch(
        f"SELECT {'agency, columns' if query.with_facets else 'NULL, NULL'}, year, validity, count(*) FROM {TABLE} "
        f"WHERE {asked.sql} GROUP BY GROUPING SETS ({names})",
        asked.values,
    )
    agencies, columns, years, validities = Counter[int](), Counter[str](), Counter[int](), Counter[str]()
    for agency, names_of_columns, year, validity, number in rows:
        if agency is not None:
            agencies[agency] = number
        elif names_of_columns is not None:
            columns.update(dict.fromkeys(names_of_columns, number))
        else:
            years[year] += number
            validities.update({validity: number} if validity else {})
    return Facets(agencies, columns, years, validities)
