"""Guards: triggers that hold a rule in the database itself, so that neither a shell nor raw SQL goes round it.

A guard is one statement of the form "before this happens to this table, refuse when this condition holds". The
condition is SQL that SQLite and PostgreSQL both understand, with `OLD` and `NEW`. Apps call `register` when they load;
`migrate` lifts all guards before it alters tables and restores them at its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """`event` is `INSERT`, `UPDATE` or `DELETE`; `message` is what the refused caller reads (ASCII quotes doubled)."""

    name: str
    table: str
    event: str
    condition: str
    message: str

    def create_sql(self, vendor: str) -> list[str]:
        """The statements that put the guard in place."""
        return _postgresql(self) if vendor == "postgresql" else _sqlite(self)

    def drop_sql(self, vendor: str) -> str:
        """The statement that lifts it; harmless when it is not there."""
        return (
            f'DROP TRIGGER IF EXISTS "{self.name}" ON "{self.table}"'
            if vendor == "postgresql"
            else f'DROP TRIGGER IF EXISTS "{self.name}"'
        )


_GUARDS: dict[str, Guard] = {}


def register(*guards: Guard) -> None:
    """Have these guards put in place by the next `migrate`."""
    _GUARDS.update({guard.name: guard for guard in guards})


def append_only(table: str, *, message: str) -> None:
    """Rows of the table can be added, never changed or removed."""
    register(
        Guard(f"{table}_no_update", table, "UPDATE", "TRUE", message),
        Guard(f"{table}_no_delete", table, "DELETE", "TRUE", message),
    )


def registered() -> list[Guard]:
    """Every guard, by name."""
    return [_GUARDS[name] for name in sorted(_GUARDS)]


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take away all guards whose tables exist."""
    with connection.cursor() as cursor:
        for guard in _on_existing_tables(connection):
            cursor.execute(guard.drop_sql(connection.vendor))


def restore(connection: BaseDatabaseWrapper) -> None:
    """Put all guards in place whose tables exist; replaces what stands."""
    with connection.cursor() as cursor:
        for guard in _on_existing_tables(connection):
            cursor.execute(guard.drop_sql(connection.vendor))
            for statement in guard.create_sql(connection.vendor):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that ought to stand in this database and do not."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [guard.name for guard in _on_existing_tables(connection) if guard.name not in standing]


def lift_before_migration(using: str, **_: Any) -> None:
    """Signal handler: a rebuilt table must not meet a trigger that names its old self."""
    if apps.ready:
        lift(connections[using])


def restore_after_migration(using: str, **_: Any) -> None:
    """Signal handler: runs after every `migrate`, also one that had nothing to do."""
    restore(connections[using])


def _on_existing_tables(connection: BaseDatabaseWrapper) -> Iterable[Guard]:
    tables = set(connection.introspection.table_names())
    return [guard for guard in registered() if guard.table in tables]


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _for_sqlite(condition: str) -> str:
    """SQLite learnt `IS DISTINCT FROM` in 3.39; its own `IS NOT` compares with NULL just the same."""
    return condition.replace(" IS DISTINCT FROM ", " IS NOT ")


def _head(guard: Guard) -> str:
    return f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH ROW'


def _sqlite(guard: Guard) -> list[str]:
    body = f"SELECT RAISE(ABORT, '{_quoted(guard.message)}')"
    return [f"{_head(guard)} WHEN {_for_sqlite(guard.condition)} BEGIN {body}; END"]


def _postgresql(guard: Guard) -> list[str]:
    """The condition stands in the function because a WHEN clause of PostgreSQL takes no sub-query."""
    result = "OLD" if guard.event == "DELETE" else "NEW"
    message = _quoted(guard.message).replace("%", "%%")
    refusal = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {guard.condition} THEN {refusal}; END IF; RETURN {result}; END"
    return [
        f'CREATE OR REPLACE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ {body} $guard$',
        f'{_head(guard)} EXECUTE FUNCTION "{guard.name}"()',
    ]
