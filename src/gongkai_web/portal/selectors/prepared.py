"""A query that is compiled once: for the one page that is asked for most, building the SQL costs ten times its run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=tuple[Any, ...])
_STAND_IN = 7_403_200_318_991_101
"""Takes the number's place while the query is compiled; no constant of a query looks like it."""


@dataclass(frozen=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    compiler: SQLCompiler
    converters: Any

    def run(self, number: int) -> list[Any]:
        params = [number if value == _STAND_IN else value for value in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return list(self.compiler.apply_converters(rows, self.converters)) if self.converters else rows


class Prepared(Generic[Row]):
    """`build` makes a `values_list` queryset for a number; `rows` runs it for any other number."""

    def __init__(self, build: Callable[[int], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, number: int) -> list[Row]:
        """The rows, values converted as the queryset would."""
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = self._compile()
        return compiled.run(number)

    def _compile(self) -> _Compiled:
        compiler = self._build(_STAND_IN).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        selected = [entry[0] for entry in compiler.select or ()]
        return _Compiled(sql, tuple(params), compiler, compiler.get_converters(selected))
