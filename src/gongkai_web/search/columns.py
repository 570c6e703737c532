"""Columns by name. Every agency has its own columns, but a reader looks for 财政预决算, whoever keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai_web.proactive.models import Column


@dataclass(frozen=True)
class ColumnNames:
    """The columns of all agencies: name, parent and agency by number."""

    names: Mapping[int, str] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)
    agencies: Mapping[int, int] = field(default_factory=dict)

    def numbers(self, name: str, *, agency: int | None = None) -> list[int]:
        """The columns of that name, of one agency or of all, with the columns below them."""
        own = {number for number, found in self.names.items() if found == name and self._is_of(number, agency)}
        below = [number for number, parent in self.parents.items() if parent in own]
        return sorted({*own, *below})

    def counts(self, by_number: Mapping[int, int]) -> Counter[str]:
        """Items per name of column; what lies in a column below counts for the one above as well."""
        counted: Counter[str] = Counter()
        for number, items in by_number.items():
            above = self.parents.get(number, number)
            for name in {self.names.get(number, ""), self.names.get(above, "")} - {""}:
                counted[name] += items
        return counted

    def like(self, text: str, *, most: int = 5) -> list[str]:
        """Names that contain the text, those that begin with it first, then the shorter ones."""
        found = {name for name in self.names.values() if text in name} if text else set()
        return sorted(found, key=lambda name: (not name.startswith(text), len(name), name))[:most]

    def _is_of(self, number: int, agency: int | None) -> bool:
        return agency is None or self.agencies[number] == agency


@lru_cache(maxsize=1)
def column_names(version: int) -> ColumnNames:
    """The shown columns as of `version`, the portal's token of its structure; kept until it changes."""
    rows = list(Column.objects.shown().values_list("pk", "name", "parent_id", "agency_id"))
    return ColumnNames(
        names={number: name for number, name, _, _ in rows},
        parents={number: parent for number, _, parent, _ in rows if parent},
        agencies={number: agency for number, _, _, agency in rows},
    )
