"""Public statistics: what the published reports of all agencies say together, and where there are gaps.

Governments' own summaries are left out of the sums: their members stand in them already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Count, Max, Q, Sum

from gongkai.annual_report import formats
from gongkai.annual_report.comparison import THEMES, Theme, short_label
from gongkai.annual_report.crosswalk import gap, label, unit, value_at
from gongkai.annual_report.model import Number, Report
from gongkai.annual_report.writing.layout import number_text
from gongkai_web.accounts.models import Agency, AgencyKind
from gongkai_web.annual_report.models import AnnualReport, ImportedCorrection, ImportedReport, ImportedState
from gongkai_web.annual_report.supervision.bars import Bars, bars
from gongkai_web.annual_report.supervision.filed import Filed, public_reports, years_with_reports
from gongkai_web.portal import versions
from gongkai_web.portal.charts import BarChart, bar_chart

MOST_BARS = 20
_RECEIVED = "applications.received.total"
_TREND = (_RECEIVED, "applications.total.total")


@dataclass(frozen=True)
class Figure:
    """One sum over the agencies. `stated` of `reports` reports state it; `why` says why others do not."""

    label: str
    unit: str
    value: Number | None
    stated: int
    why: str = ""

    @property
    def text(self) -> str:
        """The sum as it is printed; a stroke where no report states it."""
        return "—" if self.value is None else number_text(self.value)


@dataclass(frozen=True)
class YearOfAll:
    """All public reports of one year."""

    year: int
    reports: dict[int, Filed]

    @cached_property
    def members(self) -> list[Filed]:
        """Those that are no summaries of others."""
        return [one for one in self.reports.values() if one.agency.kind != AgencyKind.GOVERNMENT]

    @cached_property
    def _read(self) -> list[Report]:
        return [one.report for one in self.members]

    def figure(self, path: str) -> Figure:
        """The sum over the members that state it."""
        values = [value for report in self._read if (value := value_at(report, path)) is not None]
        value = sum(values[1:], start=values[0]) if values else None
        reasons = {gap(path, form_id=report.format.id) for report in self._read} - {None}
        why = next((reason for reason in reasons if reason), "") if len(values) < len(self._read) else ""
        return Figure(short_label(path), unit(path), value, len(values), why)

    def theme(self, theme: Theme) -> tuple[list[Figure], Bars | None]:
        """The figures of a theme; a chart where they are parts of a whole."""
        found = [self.figure(path) for path in theme.paths]
        drawn = [(one.label, one.value, one.why or "没有数") for one in found]
        chart = (
            bars(f"{self.year}年{theme.title}（件）", drawn)
            if theme.parts and any(one.value for one in found)
            else None
        )
        return found, chart

    def by_agency(self, path: str) -> Bars | None:
        """The agencies by one figure, the largest first; for looking at, not for ranking."""
        values = [(one.agency.short_name, value_at(one.report, path), "没有填写") for one in self.members]
        ordered = sorted(values, key=lambda one: -(one[1] if one[1] is not None else -1))
        title = f"{self.year}年{short_label(path)}（{unit(path)}）"
        return bars(title, ordered[:MOST_BARS]) if any(value for _, value, _ in values) else None

    def rows(self) -> Iterator[Sequence[object]]:
        """One row per report for the data file; what is not stated stays empty."""
        paths = list(formats.for_year(self.year).cells)
        for one in self.reports.values():
            report = one.report
            values = [value_at(report, path) for path in paths]
            yield (one.agency.name, self.year, report.format.id, *("" if v is None else v for v in values))

    def headers(self) -> tuple[str, ...]:
        """The columns of `rows`."""
        return ("机关", "年度", "格式", *(label(path) for path in formats.for_year(self.year).cells))


@dataclass(frozen=True)
class Summary:
    """What the page shows of one year: sums and charts, without the reports, so that every year can be kept."""

    year: int
    reports: int
    themes: tuple[tuple[Theme, list[Figure], Bars | None], ...]
    by_agency: Bars | None
    trend: dict[str, Number | None]


def summaries() -> list[Summary]:
    """The years with public reports, the newest first."""
    found = [summary(year) for year in years_with_reports(list(Agency.objects.all()))]
    return [one for one in found if one.trend]


def summary(year: int) -> Summary:
    """The year as it stands now. Only what has changed since it was last asked for is read again."""
    return _summary(year, _mark(year))


@lru_cache(maxsize=64)
def _summary(year: int, _mark: tuple[object, ...]) -> Summary:
    found = year_of_all(year)
    return Summary(
        year,
        len(found.members),
        tuple(themes_of(found)),
        found.by_agency(_RECEIVED),
        {path: found.figure(path).value for path in _TREND} if found.reports else {},
    )


def _mark(year: int) -> tuple[object, ...]:
    """Changes with everything that a year's figures are made of: versions, imports, corrections, names of agencies."""
    own = AnnualReport.objects.filter(year=year).exclude(published_version=None).order_by()
    imports = ImportedReport.objects.filter(year=year).order_by()
    corrections = ImportedCorrection.objects.filter(report__year=year).order_by()
    return (
        versions.read().structure,
        *own.aggregate(count=Count("pk"), total=Sum("published_version")).values(),
        *imports.aggregate(count=Count("pk"), total=Sum("pk"), whose=Sum("agency"), doubts=Sum("open_doubts")).values(),
        *imports.aggregate(
            ready=Sum("pk", filter=Q(state=ImportedState.READY)),
            aside=Sum("pk", filter=Q(state=ImportedState.SET_ASIDE)),
        ).values(),
        *corrections.aggregate(count=Count("pk"), newest=Max("pk")).values(),
    )


def years() -> list[int]:
    """Years with public reports, the newest first."""
    return [one.year for one in summaries()]


def year_of_all(year: int) -> YearOfAll:
    """Every public report of the year."""
    return YearOfAll(year, public_reports(Agency.objects.order_by("path"), year))


def themes_of(found: YearOfAll) -> list[tuple[Theme, list[Figure], Bars | None]]:
    """All themes of which anything is stated."""
    drawn = [(theme, *found.theme(theme)) for theme in THEMES]
    return [(theme, figures, chart) for theme, figures, chart in drawn if any(one.value is not None for one in figures)]


def trend(shown: Sequence[Summary]) -> list[BarChart]:
    """What came in and what was decided, over the years."""
    every = sorted(shown, key=lambda one: one.year)
    charts = []
    for path in _TREND:
        values = [(str(one.year), int(value)) for one in every if (value := one.trend[path]) is not None]
        if len(values) > 1:
            charts.append(bar_chart(f"历年{short_label(path)}（件）", values, head=("年度", "件")))
    return charts
