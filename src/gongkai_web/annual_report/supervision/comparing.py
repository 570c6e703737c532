"""Years of one body, or bodies of one year, laid out for the screens: tables with gaps told, and charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.comparison import THEMES, Series, Theme, shares, themes
from gongkai.annual_report.model import Number, Report
from gongkai.annual_report.writing.layout import number_text
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.supervision.bars import Bars, bars
from gongkai_web.annual_report.supervision.filed import filed, years_with_reports
from gongkai_web.portal.charts import BarChart, bar_chart

MOST_YEARS = 8
MOST_BARS = 30
"""Bodies in one chart; the table beside it has all of them."""


@dataclass(frozen=True)
class Part:
    """One theme: its table, the charts beside it, and why points are missing (each reason once)."""

    theme: Theme
    head: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    columns: tuple[BarChart, ...] = ()
    bars: tuple[Bars, ...] = ()
    gaps: tuple[str, ...] = ()


def reports_by_year(agency: Agency) -> dict[str, Report | None]:
    """The body's reports of its last years, the oldest first; a year between without one is None."""
    years = years_with_reports([agency])[:MOST_YEARS]
    if not years:
        return {}
    found = {year: filed([agency], year).get(agency.pk) for year in range(years[-1], years[0] + 1)}
    return {str(year): one.report if one else None for year, one in found.items()}


def reports_by_agency(agencies: Iterable[Agency], year: int) -> dict[str, Report | None]:
    """The reports for `year` under the bodies' short names, those without one among them."""
    bodies = list(agencies)
    found = filed(bodies, year)
    return {body.short_name: found[body.pk].report if body.pk in found else None for body in bodies}


def over_years(reports: Mapping[str, Report | None]) -> list[Part]:
    """One row per figure, one column per year; the first figure of each theme as a chart, and the last year's parts."""
    newest = next((report for report in reversed(list(reports.values())) if report is not None), None)
    return [_years_part(theme, lines, newest) for theme, lines in themes(reports)]


def over_agencies(reports: Mapping[str, Report | None], *, theme: str) -> Part | None:
    """One row per body, one column per figure of the theme; its first figure as a chart."""
    chosen = themes(reports, keys=[theme])
    if not chosen:
        return None
    found, lines = chosen[0]
    first = lines[0]
    rows = tuple(
        (key, "", tuple(_cell(line.points[number].value) for line in lines)) for number, key in enumerate(reports)
    )
    ordered = sorted(first.points, key=lambda point: -(point.value if point.value is not None else -1))
    chart = bars(
        f"{first.label}（{first.unit}）", [(point.key, point.value, point.why) for point in ordered[:MOST_BARS]]
    )
    head = ("机构", *(f"{line.label}（{line.unit}）" for line in lines))
    return Part(found, head, rows, bars=(chart,), gaps=_gaps(lines, by_year=False))


def theme_choices() -> list[tuple[str, str]]:
    """Key and title of every theme."""
    return [(theme.key, theme.title) for theme in THEMES]


def _years_part(theme: Theme, lines: list[Series], newest: Report | None) -> Part:
    rows = tuple((line.label, line.unit, tuple(_with_change(line))) for line in lines if line.has_numbers)
    head = ("项目", "单位", *(point.key for point in lines[0].points))
    parts = shares(newest, theme) if theme.parts and newest is not None else None
    drawn: tuple[Bars, ...] = ()
    if parts and any(part.value for part in parts):
        year = f"{newest.year}年" if newest is not None and newest.year else "最近一年"
        drawn = (bars(f"{year}{theme.title}（件）", [(part.label, part.value, "") for part in parts]),)
    return Part(theme, head, rows, _charts(theme, lines), drawn, _gaps(lines, by_year=True))


def _charts(theme: Theme, lines: list[Series]) -> tuple[BarChart, ...]:
    """A chart of the theme's first figure that is a count; a gap has no bar, the table says why."""
    line = next((one for one in lines if one.has_numbers), None)
    if line is None or theme.parts:
        return ()
    values = [(point.key, int(point.value)) for point in line.points if point.value is not None]
    if len(values) < 2 or line.unit == "万元":
        return ()
    return (bar_chart(f"{line.label}（{line.unit}）", values, head=("年度", line.unit)),)


def _with_change(line: Series) -> Iterable[str]:
    for point, change in zip(line.points, line.changes, strict=True):
        text = _cell(point.value)
        yield (
            text
            if change in (None, 0)
            else f"{text}（{'+' if Decimal(change or 0) > 0 else ''}{number_text(change or 0)}）"
        )


def _cell(value: Number | None) -> str:
    return "—" if value is None else number_text(value)


def _gaps(lines: list[Series], *, by_year: bool) -> tuple[str, ...]:
    """Why there are strokes, each reason once with the years (or the number of bodies) it is about."""
    found: dict[str, list[str]] = {}
    for line in lines:
        for point in line.points:
            if point.value is None and point.key not in found.setdefault(point.why, []):
                found[point.why].append(point.key)
    return tuple(
        f"{'、'.join(keys) if by_year else f'{len(keys)}个单位'}：{why}" for why, keys in found.items() if keys
    )
