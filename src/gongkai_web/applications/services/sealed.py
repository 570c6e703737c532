"""Everything that this app keeps sealed: which columns, and how they are sealed anew or emptied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from cryptography.fernet import Fernet
from django.apps import apps
from django.db import connection, models, transaction

from gongkai_web.applications.crypto import EncryptedTextField, blind, reseal
from gongkai_web.applications.files import path_of, write_sealed
from gongkai_web.applications.models import Applicant, Case, CaseFile, Party
from gongkai_web.audit import guards

_BATCH = 500
_Named = TypeVar("_Named", Applicant, Party)


def sealed_columns() -> dict[type[models.Model], list[str]]:
    """The sealed columns of every model of the app, also of those that others add to it."""
    found = {
        model: [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
        for model in apps.get_app_config("applications").get_models()
    }
    return {model: names for model, names in found.items() if names}


def reseal_rows() -> int:
    """Seal every row with the first key, in batches of their own; how many rows. Can be broken off and begun again."""
    return sum(_reseal_model(model, names) for model, names in sealed_columns().items())


def reseal_files() -> int:
    """Seal the content of every file with the first key; how many. Each is replaced whole."""
    count = 0
    for stored in CaseFile.objects.order_by("pk").values_list("stored", flat=True).iterator():
        path = path_of(stored)
        if path.exists():
            write_sealed(path, reseal(path.read_bytes()))
            count += 1
    return count


def reseal_binaries() -> int:
    """Seal every binary column with the first key; how many rows. In this app such columns hold sealed content only."""
    return sum(
        _reseal_binary(model, field.name)
        for model in apps.get_app_config("applications").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    )


def reindex() -> int:
    """Make the blind indexes anew with the first key; how many rows."""
    return _reindex(Applicant, _index_applicant) + _reindex(Party, _index_party)


def new_key() -> str:
    """A key to put before the others."""
    return Fernet.generate_key().decode("ascii")


def empty(case: Case) -> None:
    """Blank every sealed column of the case and of what belongs to it."""
    for model, names in sealed_columns().items():
        rows = _of_case(model, case)
        if rows is not None:
            with _unguarded(model):
                rows.update(**dict.fromkeys(names, ""))
    Applicant.objects.filter(case=case).update(same_person="", name_index="", id_kind="")
    Party.objects.filter(case=case).update(name_index="")


def _index_applicant(applicant: Applicant) -> dict[str, str]:
    person = blind(f"person:{applicant.id_kind}", applicant.id_number)
    return {"same_person": person, "name_index": blind("name", applicant.name)}


def _index_party(party: Party) -> dict[str, str]:
    return {"name_index": blind("party", party.name)}


def _reindex(model: type[_Named], indexes: Callable[[_Named], dict[str, str]]) -> int:
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(model._default_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:_BATCH])
            if not rows:
                return count
            for row in rows:
                model._default_manager.filter(pk=row.pk).update(**indexes(row))
            count, last = count + len(rows), rows[-1].pk


def _of_case(model: type[models.Model], case: Case) -> models.QuerySet[models.Model] | None:
    """The rows that belong to the case, past the managers that refuse changes; None for a model that knows no case."""
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    if model is Case:
        return rows.filter(pk=case.pk)
    return rows.filter(case=case) if any(field.name == "case" for field in model._meta.fields) else None


def _reseal_binary(model: type[models.Model], name: str) -> int:
    count = 0
    for pk in list(model._default_manager.values_list("pk", flat=True)):
        with transaction.atomic():
            row = model._default_manager.select_for_update().filter(pk=pk).first()
            if row is not None and (token := bytes(getattr(row, name) or b"")):
                model._default_manager.filter(pk=pk).update(**{name: reseal(token)})
                count += 1
    return count


def _reseal_model(model: type[models.Model], names: list[str]) -> int:
    count, last = 0, 0
    while True:
        with transaction.atomic(), _unguarded(model):
            ids = list(model._default_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH])
            if not ids:
                return count
            count += _reseal_batch(model, names, ids)
            last = ids[-1]


def _reseal_batch(model: type[models.Model], names: list[str], ids: list[int]) -> int:
    """Column by column as the database has it, under a lock: what is read is what is written."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [str(field.column) for field in model._meta.concrete_fields if field.name in names]
    listed = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(ids))
    locking = " FOR UPDATE" if connection.features.has_select_for_update else ""
    setting = ", ".join(f"{quote(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {listed} FROM {quote(table)} WHERE id IN ({marks}){locking}", ids)  # noqa: S608  # names of our own columns
        rows = [([_resealed(token) for token in row[1:]], row[0]) for row in cursor.fetchall()]
        cursor.executemany(
            f"UPDATE {quote(table)} SET {setting} WHERE id = %s",  # noqa: S608  # names of our own columns
            [(*tokens, pk) for tokens, pk in rows],
        )
    return len(rows)


def _resealed(token: str | None) -> str | None:
    return reseal(token.encode("ascii")).decode("ascii") if token else token


@contextmanager
def _unguarded(model: type[models.Model]) -> Iterator[None]:
    """The guards against changes step aside for this transaction; if it fails, they stand as they stood."""
    table = model._meta.db_table
    standing = [guard for guard in guards.registered() if guard.table == table and guard.event == "UPDATE"]
    with connection.cursor() as cursor:
        for guard in standing:
            cursor.execute(guard.drop_sql(connection.vendor))
        yield
        for guard in standing:
            for statement in guard.create_sql(connection.vendor):
                cursor.execute(statement)
