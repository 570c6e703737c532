"""How an entry lies in PostgreSQL: one table, its pairs of characters as an array of numbers under a GIN index.

`pg_trgm` would not do: a word of two characters has no trigram, and every question for one would read the whole table.
What is long lies beside the table, so that counting and filtering read little.
"""

# ruff: noqa: S608 — names of tables and columns are constants of this module, every value is a parameter

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import connection, transaction

from gongkai_web.search.backend import Entry

TABLE = "search_entry_v3"
"""A changed layout gets another name; a table of another name no longer counts."""
NEW = f"{TABLE}_new"
_COLUMNS = {
    "id": "bigint PRIMARY KEY",
    "agency": "bigint NOT NULL",
    "year": "int NOT NULL",
    "recency": "bigint NOT NULL",
    "stamp": "bigint NOT NULL",
    "title_length": "int NOT NULL",
    "validity": "text NOT NULL",
    "columns": "text[] NOT NULL",
    "keys": "text[] NOT NULL",
    "pairs": "bigint[] NOT NULL",
    "characters": "bigint[] NOT NULL",
    "title_grams": "bigint[] NOT NULL",
    "folded": "text NOT NULL",
    "display": "text NOT NULL",
}
_SHORT = ("validity", "columns", "keys")
_LONG = ("pairs", "characters", "title_grams")
_STORAGE = dict.fromkeys(_SHORT, "MAIN") | dict.fromkeys(_LONG, "EXTERNAL")
_INDEXES = (
    "USING gin (pairs) WITH (fastupdate = off)",
    "USING gin (characters) WITH (fastupdate = off)",
    "USING gin (title_grams) WITH (fastupdate = off)",
    "USING gin (keys) WITH (fastupdate = off)",
    "(recency)",
)
_AT_ONCE = 2
_BUILDING_MEMORY = "256MB"
_SHIFT = 21
"""Bits of a character."""


def execute(sql: str, parameters: Iterable[Any] = ()) -> None:
    """A statement without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters) or None)


def fetch(sql: str, parameters: Iterable[Any] = ()) -> list[Any]:
    """The rows of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        rows: list[Any] = cursor.fetchall()
        return rows


def create(table: str) -> None:
    """An empty table without indexes, in the place of whatever has that name."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    storage = ", ".join(f"ALTER {name} SET STORAGE {kind}" for name, kind in _STORAGE.items())
    execute(f"DROP TABLE IF EXISTS {table}")
    execute(f"CREATE TABLE {table} ({columns}) WITH (toast_tuple_target = 128)")
    execute(f"ALTER TABLE {table} {storage}")


def drop_older() -> None:
    """The tables of earlier layouts, which no longer count."""
    sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ '^search_entry_v[0-9]+$'"
    for (name,) in fetch(sql):
        if name != TABLE:
            execute(f"DROP TABLE IF EXISTS {name}")


def make_indexes(table: str) -> None:
    """Once the table is filled: an index that grows row by row takes several times as long. Two are made at a time."""
    if connection.in_atomic_block:  # nobody else sees the table yet
        for index in _INDEXES:
            _make_index(table, index)
        execute(f"ANALYZE {table}")
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(partial(_make_index_apart, table), _INDEXES))
    execute(f"VACUUM (ANALYZE) {table}")  # else the first who search mark each row as committed


def _make_index_apart(table: str, index: str) -> None:
    """On a connection of this thread."""
    try:
        _make_index(table, index)
    finally:
        connection.close()


def _make_index(table: str, index: str) -> None:
    with transaction.atomic():
        execute("SELECT set_config('maintenance_work_mem', %s, true)", [_BUILDING_MEMORY])
        execute(f"CREATE INDEX ON {table} {index}")


def add(table: str, entries: Iterable[Entry]) -> None:
    """Take these up; none of them is in the table."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for entry in entries:
            copy.write_row(_row(entry))


def remove(table: str, numbers: Iterable[int]) -> None:
    """Forget these items."""
    execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(numbers)])


def grams(text: str) -> list[int]:
    """The characters and the pairs of neighbours of a folded text, as numbers, in order.

    >>> grams("aab") == [97, 98, 97 << 21 | 97, 97 << 21 | 98]
    True
    """
    codes = list(map(ord, text))
    # In order, since PostgreSQL sorts them: what is sorted already costs it little.
    return sorted({*codes, *(first << _SHIFT | second for first, second in pairwise(codes))})


def grams_of_term(term: str) -> list[int]:
    """What a text must have to hold the term: its pairs, or the single character that it is."""
    return [gram for gram in grams(term) if len(term) == 1 or gram >> _SHIFT]


def parted(numbers: Iterable[int]) -> tuple[list[int], list[int]]:
    """The pairs and the characters among them: their indexes are made at the same time."""
    numbers = list(numbers)
    return [number for number in numbers if number >> _SHIFT], [number for number in numbers if not number >> _SHIFT]


def _row(entry: Entry) -> list[Any]:
    text, length = entry.folded, len(entry.title)
    arrays = (*parted(grams(text)), grams(text[:length]))
    return [
        entry.id, entry.agency, entry.published_on.year, entry.recency, entry.stamp, length, entry.validity,
        list(entry.columns), list(entry.keys), *map(_literal, arrays), text, entry.display,
    ]  # fmt: skip


def _literal(numbers: list[int]) -> str:
    """An array in PostgreSQL's notation: to adapt hundreds of numbers one by one takes longer than to find them."""
    return f"{{{str(numbers)[1:-1]}}}"
