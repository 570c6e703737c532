"""The search by PostgreSQL: an array of characters and pairs of characters per item under a GIN index.

`pg_trgm` would not do: a word of two characters has no trigram, and every question for one would read the whole table.
"""

# ruff: noqa: S608 — names of tables and columns are constants of this module, every value is a parameter

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from gongkai_web.search.backend import Entry, Facets, Hit, Query, RebuildRunning, Results, SearchUnavailable
from gongkai_web.search.text import pairs

TABLE = "search_entry_v2"
"""A changed layout gets another name; a table of another name no longer counts."""
_NEW = f"{TABLE}_new"
_WRITE_LOCK, _REBUILD_LOCK = 0x676B_7301, 0x676B_7302  # "gks": numbers of advisory locks
_COLUMNS = (
    "id", "title", "folded", "display", "grams", "keys", "agency", "columns", "year", "validity", "recency", "stamp",
)  # fmt: skip
_TYPES = (
    "bigint PRIMARY KEY", "text", "text", "text", "text[]", "text[]", "bigint", "text[]", "int", "text", "bigint",
    "bigint",
)  # fmt: skip
_KEY_WEIGHT, _TITLE_WEIGHT = 1000, 4


class PostgresqlBackend:
    """A table in the database of the installation."""

    def exists(self) -> bool:
        """Is the table there?"""
        return bool(_fetch("SELECT to_regclass(%s) IS NOT NULL", [TABLE])[0][0])

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Waits until nobody else writes. What is written becomes visible at the end of the outermost transaction."""
        with transaction.atomic():
            _execute("SELECT pg_advisory_xact_lock(%s)", [_WRITE_LOCK])
            yield

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`. Raises: `SearchUnavailable`."""
        self._require()
        _update(TABLE, entries, remove)

    @contextmanager
    def rebuild(self) -> Iterator[PostgresqlRebuild]:
        """A new table; thrown away unless it was switched to. Raises: `RebuildRunning`."""
        if not _fetch("SELECT pg_try_advisory_lock(%s)", [_REBUILD_LOCK])[0][0]:
            raise RebuildRunning("SEARCH-REBUILDING", "检索索引正在重建。", "请等待本次重建完成。")
        try:
            _create(_NEW)
            yield PostgresqlRebuild()
            _execute(f"DROP TABLE IF EXISTS {_NEW}")
        finally:
            # After an error inside a transaction nothing more is answered; the lock then ends with the connection.
            if not connection.needs_rollback:
                _execute("SELECT pg_advisory_unlock(%s)", [_REBUILD_LOCK])

    def query(self, query: Query) -> Results:
        """The answer. Raises: `SearchUnavailable`."""
        self._require()
        where, parameters = _condition(query)
        rank, ranking = _rank(query)
        order = "recency DESC" if query.newest_first or not query.terms else "rank DESC, recency DESC"
        found = _fetch(
            f"WITH found AS MATERIALIZED (SELECT id, agency, columns, year, validity, recency, {rank} AS rank "
            f"FROM {TABLE} WHERE {where}), "
            f"page AS (SELECT id FROM found ORDER BY {order} OFFSET %s LIMIT %s) "
            f"SELECT (SELECT count(*) FROM found), (SELECT array_agg(id) FROM page), {_facet_columns(query)}",
            [*ranking, *parameters, query.offset, query.limit],
        )[0]
        return Results(_hits(found[1] or []), found[0], facets=_facets(found[2:]))

    def stamps(self) -> dict[int, int]:
        """Number → stamp of all items in the index. Raises: `SearchUnavailable`."""
        self._require()
        return dict(_fetch(f"SELECT id, stamp FROM {TABLE}"))

    def _require(self) -> None:
        if not self.exists():
            raise SearchUnavailable(
                "SEARCH-NO-INDEX", "检索索引尚未建立。", "请运行 python -m gongkai_web search_rebuild 建立索引。"
            )


class PostgresqlRebuild:
    """A new table beside the one in use."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these up; none of them is in the new table yet."""
        with connection.cursor() as cursor, cursor.copy(f"COPY {_NEW} ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for entry in entries:
                copy.write_row(_row(entry))

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`: what has changed while the new table was filled."""
        _update(_NEW, entries, remove)

    def switch(self) -> None:
        """From the end of this transaction on this one is in use."""
        for column in ("grams", "keys"):
            _execute(f"CREATE INDEX ON {_NEW} USING gin ({column}) WITH (fastupdate = off)")
        _execute(f"CREATE INDEX ON {_NEW} (recency)")
        _execute(f"DROP TABLE IF EXISTS {TABLE}")
        _execute(f"ALTER TABLE {_NEW} RENAME TO {TABLE}")
        _execute(f"ANALYZE {TABLE}")


def _create(table: str) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(_COLUMNS, _TYPES, strict=True))
    _execute(f"DROP TABLE IF EXISTS {table}")
    _execute(f"CREATE TABLE {table} ({columns})")


def _update(table: str, entries: Iterable[Entry], remove: Collection[int]) -> None:
    entries = list(entries)
    gone = {*remove, *(entry.id for entry in entries)}
    _execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(gone)])
    marks = ", ".join(["%s"] * len(_COLUMNS))
    for entry in entries:
        _execute(f"INSERT INTO {table} ({', '.join(_COLUMNS)}) VALUES ({marks})", _row(entry))


def _row(entry: Entry) -> list[Any]:
    text = entry.folded
    grams = [*pairs(text), *set(text)]
    title = text[: len(entry.title)]
    return [
        entry.id, title, text, entry.display, grams, list(entry.keys), entry.agency,
        list(entry.columns),        entry.published_on.year, entry.validity, entry.recency, entry.stamp,
    ]  # fmt: skip


def _condition(query: Query) -> tuple[str, list[Any]]:
    parts: list[str] = []
    parameters: list[Any] = []
    if query.terms:
        wanted, parameters = _wanted(query)
        parts.append(f"({wanted})")
    if query.agencies is not None:
        parts.append("agency = ANY(%s)")
        parameters.append(list(query.agencies))
    if query.column is not None:
        parts.append("columns @> ARRAY[%s]")
        parameters.append(query.column)
    for column, value in (("year", query.year), ("validity", query.validity)):
        if value is not None:
            parts.append(f"{column} = %s")
            parameters.append(value)
    return " AND ".join(parts) or "TRUE", parameters


def _wanted(query: Query) -> tuple[str, list[Any]]:
    """A pair or a character is decided by the index; a longer term is compared with the text as well."""
    grams = [gram for term in query.terms for gram in (pairs(term) if len(term) > 1 else [term])]
    parts, parameters = ["grams @> %s::text[]"], [grams]
    field = "title" if query.title_only else "folded"
    compared = [term for term in query.terms if query.title_only or len(term) > 2]
    parts += [f"strpos({field}, %s) > 0" for _ in compared]
    every = " AND ".join(parts)
    if not query.key:
        return every, [*parameters, *compared]
    return f"({every}) OR keys @> ARRAY[%s]", [*parameters, *compared, query.key]


def _rank(query: Query) -> tuple[str, list[Any]]:
    """A 文号 before titles before texts; what ranks alike stands newest first."""
    parts = [f"(strpos(title, %s) > 0)::int * {_TITLE_WEIGHT}" for _ in query.terms]
    parameters: list[Any] = list(query.terms)
    if query.key:
        parts.append(f"(keys @> ARRAY[%s])::int * {_KEY_WEIGHT}")
        parameters.append(query.key)
    return " + ".join(parts) or "0", parameters


def _facet_columns(query: Query) -> str:
    if not query.with_facets:
        return "NULL, NULL, NULL, NULL"
    return ", ".join(
        f"(SELECT json_object_agg(value, n) FROM (SELECT {value} AS value, count(*) AS n FROM found GROUP BY 1) f)"
        for value in ("agency", "unnest(columns)", "year", "validity")
    )


def _facets(found: Iterable[dict[str, int] | None]) -> Facets:
    agencies, columns, years, validities = (counts or {} for counts in found)
    return Facets(_numbered(agencies), columns, _numbered(years), {key: n for key, n in validities.items() if key})


def _numbered(counts: dict[str, int]) -> dict[int, int]:
    """JSON has only strings for keys."""
    return {int(key): n for key, n in counts.items()}


def _hits(ids: list[int]) -> tuple[Hit, ...]:
    sql = f"SELECT id, display, length(title), keys, stamp FROM {TABLE} WHERE id = ANY(%s)"
    rows = _fetch(sql, [ids]) if ids else []
    found = {row[0]: Hit(row[0], row[1], row[2], tuple(row[3]), row[4]) for row in rows}
    return tuple(found[number] for number in ids if number in found)


def _fetch(sql: str, parameters: Collection[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        rows: list[Any] = cursor.fetchall()
        return rows


def _execute(sql: str, parameters: Collection[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters) or None)
