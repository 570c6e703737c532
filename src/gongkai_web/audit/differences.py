"""What a change changed, for the details of its event."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Field, ForeignKey, Model

_LONGEST = 200
"""Characters of a value that the log keeps; it is not a second place for whole texts."""


def stored(obj: Model) -> Model | None:
    """The row as it stands in the database; `None` for one that is only being made."""
    return type(obj)._base_manager.filter(pk=obj.pk).first() if obj.pk else None


def differences(before: Model | None, after: Model, *, names_only: bool = False) -> dict[str, list[str]]:
    """Name of the field on the form → value before and after, for the fields that differ; `{}` for a new row.

    `names_only`: no values, for personal data, which must not lie in the log for ever.
    """
    if before is None:
        return {}
    changed = (field for field in _compared(after) if _value(before, field) != _value(after, field))
    return {
        str(field.verbose_name): [] if names_only else [_text(before, field), _text(after, field)] for field in changed
    }


def _compared(obj: Model) -> Collection[Field[Any, Any]]:
    return [field for field in obj._meta.concrete_fields if field.editable and not field.primary_key]


def _value(obj: Model, field: Field[Any, Any]) -> object:
    return field.value_from_object(obj)


def _text(obj: Model, field: Field[Any, Any]) -> str:
    """As a person reads it: the label of a choice, the name of a row, 是 and 否."""
    value = getattr(obj, field.name) if isinstance(field, ForeignKey) else _value(obj, field)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        value = getattr(obj, f"get_{field.name}_display")()
    return str(value)[:_LONGEST]
