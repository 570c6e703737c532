"""Agencies and columns as the portal shows them, kept in memory until one of them changes.

A platform has hundreds of agencies and a few dozen columns each; every page names some of them and they change
a few times a year. The objects are shared between requests: nobody changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings
from django.urls import reverse

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.portal import versions
from gongkai_web.proactive.models import Column


@dataclass(frozen=True)
class ColumnTree:
    """The shown columns of one agency: `top` in order, `children` by the parent's primary key."""

    top: tuple[Column, ...]
    children: dict[int, tuple[Column, ...]]

    @cached_property
    def by_slug(self) -> dict[str, Column]:
        """Every shown column by its address."""
        return {column.slug: column for column in self}

    @cached_property
    def by_pk(self) -> dict[int, Column]:
        """Every shown column by its key."""
        return {column.pk: column for column in self}

    def __iter__(self) -> Iterator[Column]:
        for column in self.top:
            yield column
            yield from self.children.get(column.pk, ())

    def of_kind(self, kind: ColumnKind) -> Column | None:
        """The agency's column of a statutory kind, e.g. its guide."""
        return next((column for column in self.top if column.kind == kind.value), None)

    def with_children(self, column: Column) -> list[int]:
        """The keys of a column and of what stands below it: its list shows both."""
        return [column.pk, *(child.pk for child in self.children.get(column.pk, ()))]


@dataclass
class Structure:
    """The tree of agencies in order of path, and the columns of those that were asked for."""

    version: int
    agencies: tuple[Agency, ...]
    _columns: dict[int, ColumnTree] = field(default_factory=dict)

    @cached_property
    def by_pk(self) -> dict[int, Agency]:
        """Agencies by key."""
        return {agency.pk: agency for agency in self.agencies}

    @cached_property
    def by_slug(self) -> dict[str, Agency]:
        """Agencies by address."""
        return {agency.slug: agency for agency in self.agencies}

    @cached_property
    def root(self) -> Agency | None:
        """Whose platform it is; `None` on an empty installation."""
        return self.agencies[0] if self.agencies else None

    @cached_property
    def _below(self) -> dict[int | None, tuple[Agency, ...]]:
        below: dict[int | None, list[Agency]] = {}
        for agency in self.agencies:
            below.setdefault(agency.parent_id, []).append(agency)
        return {parent: tuple(children) for parent, children in below.items()}

    def children(self, agency: Agency | None) -> tuple[Agency, ...]:
        """The agencies directly below; those without a superior for `None`."""
        return self._below.get(agency.pk if agency else None, ())

    def columns(self, agency: Agency) -> ColumnTree:
        """The agency's shown columns, read on first use."""
        tree = self._columns.get(agency.pk)
        if tree is None:
            tree = self._columns[agency.pk] = _read_columns(agency)
        return tree

    def site_code(self, agency: Agency | None = None) -> str:
        """网站标识码 of the agency, or of the nearest one above that has one; empty when none does."""
        while agency is not None:
            if agency.site_code:
                return agency.site_code
            agency = self.by_pk.get(agency.parent_id or 0)
        return self.root.site_code if self.root else ""


_kept: Structure | None = None


def structure(version: int | None = None) -> Structure:
    """The agencies as of the given token (as of now when none is given)."""
    global _kept  # noqa: PLW0603  # one per process, replaced whole: threads see the old one or the new one
    version = versions.read().structure if version is None else version
    if _kept is None or _kept.version != version:
        _kept = Structure(version, tuple(Agency.objects.order_by("path")))
    return _kept


def agency_url(agency: Agency) -> str:
    """The agency's 政府信息公开 area."""
    return _address("portal:agency", agency.slug)


def application_url(agencies: Structure, agency: Agency) -> str:
    """The agency's page on applying; empty where it does not show that column."""
    column = agencies.columns(agency).of_kind(ColumnKind.APPLICATION)
    return column_url(agency, column) if column else ""


def column_url(agency: Agency, column: Column) -> str:
    """The column's page."""
    return _address("portal:column", agency.slug, column.slug)


@lru_cache(maxsize=8192)
def _address(name: str, *parts: str) -> str:
    """Kept, since a breadcrumb and a menu of forty columns would resolve the same names for every page."""
    return reverse(name, args=parts)


def site_name() -> str:
    """The portal's name."""
    return str(settings.GONGKAI_SITE_NAME)


def _read_columns(agency: Agency) -> ColumnTree:
    shown: Sequence[Column] = list(Column.objects.shown().filter(agency=agency).order_by("position", "pk"))
    top = tuple(column for column in shown if column.parent_id is None)
    children: dict[int, list[Column]] = {column.pk: [] for column in top}
    for column in shown:
        if column.parent_id in children:
            children[column.parent_id].append(column)
    return ColumnTree(top, {key: tuple(found) for key, found in children.items()})
