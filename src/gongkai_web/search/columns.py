"""Columns by name. Every agency has its own columns, but a reader looks for 财政预决算, whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from gongkai_web.proactive.models import Column


@dataclass(frozen=True)
class ColumnNames:
    """The names of the columns of all agencies, each once."""

    names: tuple[str, ...] = ()

    def like(self, text: str, *, most: int = 5) -> list[str]:
        """Names that contain the text, those that begin with it first, then the shorter ones."""
        found = [name for name in self.names if text in name] if text else []
        return sorted(found, key=lambda name: (not name.startswith(text), len(name), name))[:most]


@lru_cache(maxsize=1)
def column_names(version: int) -> ColumnNames:
    """The shown columns as of `version`, the portal's token of its structure; kept until it changes."""
    return ColumnNames(tuple(Column.objects.shown().order_by("name").values_list("name", flat=True).distinct()))


def in_column(name: str) -> Q:
    """The items that readers see under a column of this name, or under one below it."""
    own = Q(column__name=name, column__is_shown=True)
    return own | Q(column__parent__name=name, column__parent__is_shown=True)
