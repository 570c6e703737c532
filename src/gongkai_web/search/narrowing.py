"""How an answer can be narrowed: by agency, column, year and validity, and by the columns that bear the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.information.normative import Validity
from gongkai_web.accounts.models import Agency
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.search.asked import Asked
from gongkai_web.search.backend import Facets
from gongkai_web.search.columns import ColumnNames

_MOST_CHOICES = 12


@dataclass(frozen=True)
class Platform:
    """The agencies and columns that an answer names."""

    structure: Structure
    columns: ColumnNames

    def agency(self, slug: str) -> Agency | None:
        """The agency of that address."""
        return self.structure.by_slug.get(slug)

    def agency_name(self, slug: str) -> str:
        """Its short name; an address that nobody has is shown as it came."""
        agency = self.agency(slug)
        return agency.short_name if agency else slug


@dataclass(frozen=True)
class Choice:
    """A value by which the answer can be narrowed, or the one by which it is; `count` in items."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Group:
    """The values of one filter; `chosen` is the one set, and its address takes it away."""

    label: str
    choices: Sequence[Choice] = ()
    chosen: Choice | None = None


@dataclass(frozen=True)
class _Filter:
    """`field` of what was asked, what its values are called, and what stands in it when nothing is chosen."""

    label: str
    field: str
    naming: Callable[[str], str]
    unset: str | None = ""


def groups(asked: Asked, facets: Facets, platform: Platform) -> list[Group]:
    """The filters with what remains under each of their values."""
    agencies = {agency.slug: facets.agencies.get(agency.pk, 0) for agency in platform.structure.agencies}
    # A column that was just renamed or hidden still stands in the index.
    columns = {name: number for name, number in facets.columns.items() if name in platform.columns.names}
    years = {str(year): facets.years[year] for year in sorted(facets.years, reverse=True)}
    return [
        _group(asked, _Filter("机关", "agency", platform.agency_name), _most_first(agencies)),
        _group(asked, _Filter("栏目", "column", str), _most_first(columns)),
        _group(asked, _Filter("发布年份", "year", "{}年".format, None), years),
        _group(asked, _Filter("有效性", "validity", _validity), _most_first(facets.validities)),
    ]


def matching_columns(asked: Asked, names: ColumnNames) -> list[Choice]:
    """Columns whose name holds the question: who asks for 财政预决算 may want the column rather than a text."""
    if asked.column or asked.page > 1 or len(asked.question) < 2:
        return []
    return [Choice(name, Asked(column=name, agency=asked.agency).address()) for name in names.like(asked.question)]


def _group(asked: Asked, by: _Filter, counts: Mapping[str, int]) -> Group:
    """A filter that is set offers only to be taken away; one that would change nothing is not offered."""
    if value := getattr(asked, by.field):
        return Group(by.label, chosen=Choice(by.naming(value), asked.address(**{by.field: by.unset})))
    found = [(value, number) for value, number in counts.items() if number]
    choices = [Choice(by.naming(v), asked.address(**{by.field: v}), number) for v, number in found[:_MOST_CHOICES]]
    return Group(by.label, choices if len(found) > 1 else ())


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def _validity(value: str) -> str:
    return Validity(value).label
