"""Queries that are compiled once. For the page that is asked for most, building the SQL costs ten times its run; and
on SQLite, where a query is a call and no journey, Django's cursors cost three times its run, so the driver is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.utils import DEFAULT_DB_ALIAS

Row = TypeVar("Row", bound=tuple[Any, ...])
_STAND_IN = 7_403_200_318_991_101
"""Takes the number's place while the query is compiled; no constant of a query looks like it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`sql` names its parameters as Django's cursors do, `native` as SQLite does."""

    sql: str
    native: str

    @classmethod
    def of(cls, sql: str, names: tuple[str, ...] = ()) -> Statement:
        """A statement from SQL with a `%s` for each name."""
        return cls(sql % tuple(f"%({name})s" for name in names), sql % tuple(f":{name}" for name in names))

    def rows(self, values: Mapping[str, Any] | None = None) -> list[Any]:
        """What the database answers, values as its driver gives them. Raises: `django.db.DatabaseError`."""
        database = connections[DEFAULT_DB_ALIAS]
        if database.vendor == "sqlite" and not database.queries_logged:
            return self._asked_directly(database, values)
        with database.cursor() as cursor:
            cursor.execute(self.sql, values)
            return list(cursor.fetchall())

    def _asked_directly(self, database: BaseDatabaseWrapper, values: Mapping[str, Any] | None) -> list[Any]:
        if database.connection is None:
            database.ensure_connection()
        with database.wrap_database_errors:
            found: list[Any] = database.connection.execute(self.native, values or {}).fetchall()
            return found


@dataclass(frozen=True)
class _Compiled:
    statement: Statement
    constants: dict[str, Any]
    asked: tuple[str, ...]
    compiler: SQLCompiler
    converters: Any

    def run(self, number: int) -> list[Any]:
        rows = self.statement.rows(self.constants | dict.fromkeys(self.asked, number))
        return list(self.compiler.apply_converters(rows, self.converters)) if self.converters else rows


class Prepared(Generic[Row]):
    """`build` makes a `values_list` queryset for a number; `rows` runs it for any other number."""

    def __init__(self, build: Callable[[int], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, number: int) -> list[Row]:
        """The rows, values converted as the queryset would."""
        database = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(database.vendor)
        if compiled is None:
            compiled = self._compiled[database.vendor] = self._compile(database)
        return compiled.run(number)

    def _compile(self, database: BaseDatabaseWrapper) -> _Compiled:
        compiler = self._build(_STAND_IN).query.get_compiler(connection=database)
        sql, params = compiler.as_sql()
        selected = [entry[0] for entry in compiler.select or ()]
        named = {f"p{position}": value for position, value in enumerate(params)}
        return _Compiled(
            Statement.of(sql, tuple(named)),
            constants={name: value for name, value in named.items() if value != _STAND_IN},
            asked=tuple(name for name, value in named.items() if value == _STAND_IN),
            compiler=compiler,
            converters=compiler.get_converters(selected),
        )
