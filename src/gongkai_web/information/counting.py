"""Counts of items from the records: by disclosure attribute, by column or agency, by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from gongkai.information.disclosure import DisclosureAttribute
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem
from gongkai_web.information.selectors import counts_by_year
from gongkai_web.proactive.models import Column

ATTRIBUTES = tuple(DisclosureAttribute)


@dataclass(frozen=True)
class CountRow:
    """`numbers` by attribute in the order of `ATTRIBUTES`; `public`: how many of them the portal shows now."""

    label: str
    numbers: Sequence[int]
    public: int
    filters: dict[str, object] = field(default_factory=dict)
    """What chooses exactly these items in the list."""

    @property
    def total(self) -> int:
        """All attributes together."""
        return sum(self.numbers)


def by_year(agencies: QuerySet[Agency]) -> list[CountRow]:
    """A row per year of forming, the newest first."""
    public = dict(_public(agencies).values_list("formed_on__year").annotate(Count("pk")).order_by())
    return [
        CountRow(f"{year}年", _in_order(counted), public.get(year, 0), {"formed": year})
        for year, counted in counts_by_year(agencies).items()
    ]


def by_agency(agencies: QuerySet[Agency], *, year: int | None) -> list[CountRow]:
    """A row per agency in the order of the tree, empty ones too; `year` is the year of forming."""
    counted, public = _grouped(agencies, year, "agency")
    return [
        CountRow(agency.name, _in_order(counted.get(agency.pk, Counter())), public.get(agency.pk, 0),
                 _with_year({"agency": agency.pk}, year))
        for agency in agencies.order_by("path")
    ]  # fmt: skip


def by_column(agency: Agency, *, year: int | None) -> list[CountRow]:
    """A row per column of the agency, empty ones too: 空白栏目 is a finding."""
    agencies = Agency.objects.filter(pk=agency.pk)
    counted, public = _grouped(agencies, year, "column")
    columns: Iterable[Column] = agency.columns.select_related("parent").exclude(kind="application")
    return [
        CountRow(str(column), _in_order(counted.get(column.pk, Counter())), public.get(column.pk, 0),
                 _with_year({"agency": agency.pk, "column": column.pk}, year))
        for column in columns
    ]  # fmt: skip


def sum_of(rows: Sequence[CountRow]) -> CountRow:
    """The last line of a table."""
    numbers = [sum(column) for column in zip(*(row.numbers for row in rows), strict=True)] or [0] * len(ATTRIBUTES)
    return CountRow("合计", numbers, sum(row.public for row in rows))


def years_of(agencies: QuerySet[Agency]) -> list[int]:
    """The years in which anything was formed, the newest first."""
    return list(counts_by_year(agencies))


def _grouped(agencies: QuerySet[Agency], year: int | None, by: str) -> tuple[dict[int, Counter[str]], dict[int, int]]:
    items = InformationItem.objects.filter(agency__in=agencies, withdrawn_at=None)
    if year is not None:
        items = items.filter(formed_on__year=year)
    counted: dict[int, Counter[str]] = {}
    for key, attribute, live, number in items.values_list(by, "attribute", "live").annotate(Count("pk")).order_by():
        group = counted.setdefault(key, Counter())
        group[attribute] += number
        group["live"] += number if live else 0
    return counted, {key: group.pop("live", 0) for key, group in counted.items()}


def _public(agencies: QuerySet[Agency]) -> QuerySet[InformationItem]:
    found: QuerySet[InformationItem] = InformationItem.objects.public().filter(agency__in=agencies)
    return found


def _in_order(counted: Counter[str]) -> list[int]:
    return [counted[attribute.value] for attribute in ATTRIBUTES]


def _with_year(filters: dict[str, object], year: int | None) -> dict[str, object]:
    return filters if year is None else {**filters, "formed": year}
