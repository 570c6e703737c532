"""Counts and newest lists of the whole platform and of one agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.db.models.functions import ExtractYear
from django.utils import timezone

from gongkai.information.normative import Validity
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem, NormativeRecord
from gongkai_web.portal.charts import BarChart, bar_chart
from gongkai_web.portal.selectors.rows import public_items
from gongkai_web.portal.selectors.structure import ColumnTree, Structure

_CHART_YEARS = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """How many public items, and when the newest was published; `None` when there is none."""

    number: int = 0
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures of the home page."""

    items: int
    this_year: int
    in_force: int
    agencies: int


def tallies_by_agency() -> dict[int, Tally]:
    """Primary key of the agency → its tally; read from one index."""
    rows = public_items().order_by().values_list("agency_id").annotate(Count("pk"), Max("published_on"))
    return {key: Tally(number, newest) for key, number, newest in rows}


def tallies_by_column(tree: ColumnTree) -> dict[int, Tally]:
    """Primary key of the column → its tally; an upper column counts what stands below it."""
    own = _column_tallies([column.pk for column in tree])
    return {column.pk: _sum([own[key] for key in tree.with_children(column) if key in own]) for column in tree}


def figures(agencies: Structure, tallies: dict[int, Tally], *, today: date | None = None) -> Figures:
    """The figures of the platform."""
    today = today or timezone.localdate()
    binding = [validity.value for validity in Validity if validity.binds]
    return Figures(
        items=sum(tally.number for tally in tallies.values()),
        this_year=public_items().filter(published_on__gte=date(today.year, 1, 1)).count(),
        in_force=NormativeRecord.objects.filter(item__live=True, validity__in=binding).count(),
        agencies=sum(agency.is_active(today) for agency in agencies.agencies),
    )


def years_chart(agency: Agency) -> BarChart | None:
    """Items published per year, the last ten years with any; `None` below two years: one bar tells nothing."""
    items = InformationItem.objects.public().filter(agency=agency).order_by()
    rows = items.annotate(year=ExtractYear("published_on")).values_list("year").annotate(Count("pk")).order_by("year")
    found = [(str(year), number) for year, number in rows][-_CHART_YEARS:]
    return bar_chart("历年公开信息数量", found, head=("年份", "件")) if len(found) > 1 else None


def _column_tallies(keys: list[int]) -> dict[int, Tally]:
    items = public_items().order_by().filter(column__in=keys)
    rows = items.values_list("column_id").annotate(Count("pk"), Max("published_on"))
    return {key: Tally(number, newest) for key, number, newest in rows}


def _sum(tallies: list[Tally]) -> Tally:
    days = [tally.newest for tally in tallies if tally.newest]
    return Tally(sum(tally.number for tally in tallies), max(days, default=None))
