"""Years and agencies side by side: series with honest gaps, outcomes as shares, and rankings only where they are fair.

A point of a series is a number or the reason why there is none; nothing is interpolated. Agencies are ranked by a rate
only, over a denominator that is large enough, and never by volume: how much the public asks says nothing of how well
an agency answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from gongkai.annual_report.crosswalk import gap, label, total, unit, value_at
from gongkai.annual_report.model import Number, Report

NO_REPORT = "没有这一年的报告。"
NOT_STATED = "报告没有填写。"


@dataclass(frozen=True, slots=True)
class Theme:
    """Figures that are looked at together. `parts`: they are shares of one whole, in one chart."""

    key: str
    title: str
    paths: tuple[str, ...]
    parts: bool = False


def _total(*rows: str) -> tuple[str, ...]:
    return tuple(f"applications.{row}.total" for row in rows)


THEMES: tuple[Theme, ...] = (
    Theme("applications", "申请的收到、办结和结转", _total("received", "carried_in", "total", "carried_out")),
    Theme(
        "outcomes",
        "办理结果",
        _total("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_outcome"),
        parts=True,
    ),
    Theme(
        "refusals",
        "不予公开的理由",
        _total(
            *(
                f"refused.{reason}"
                for reason in (
                    *("state_secret", "prohibited_by_law", "security_stability", "third_party_rights"),
                    *("internal_affairs", "deliberative", "enforcement_file", "administrative_query"),
                )
            )
        ),
        parts=True,
    ),
    Theme(
        "applicants",
        "申请人",
        tuple(
            f"applications.received.{column}"
            for column in (
                *("natural_person", "enterprise", "research_institution"),
                *("social_organisation", "legal_service", "other"),
            )
        ),
        parts=True,
    ),
    Theme(
        "remedies",
        "行政复议和行政诉讼",
        tuple(
            f"remedies.{group}.{column}"
            for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
            for column in ("total", "corrected")
        ),
    ),
    Theme(
        "decisions",
        "行政许可、处罚和强制",
        tuple(f"proactive.{row}.decisions" for row in ("permits", "penalties", "coercive_measures")),
    ),
    Theme(
        "documents",
        "规章和行政规范性文件",
        tuple(
            f"proactive.{row}.{column}"
            for row in ("rules", "normative_documents")
            for column in ("issued", "repealed", "in_force")
        ),
    ),
    Theme("fees", "行政事业性收费", ("proactive.fees.amount_wan",)),
)


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one year or agency; `why` says in Chinese why there is none."""

    key: str
    value: Number | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over years or agencies. `unit` as on the form: 件, 项, 万元."""

    path: str
    label: str
    unit: str
    points: tuple[Point, ...]

    @property
    def changes(self) -> tuple[Number | None, ...]:
        """Against the point before; None for the first one and beside a gap."""
        values = [point.value for point in self.points]
        return (None, *(_difference(value, before) for before, value in pairwise(values)))

    @property
    def has_numbers(self) -> bool:
        return any(point.value is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a whole: `share` from 0 to 1, None where the whole is 0."""

    path: str
    label: str
    value: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio by which agencies may be ranked. `least`: a smaller denominator is chance; `why` says why it is fair."""

    key: str
    label: str
    over: tuple[str, ...]
    under: tuple[str, ...]
    least: int
    why: str
    less: tuple[str, ...] = ()


_REMEDIES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RATES: tuple[Rate, ...] = (
    Rate(
        "corrected",
        "复议、诉讼纠正率",
        over=tuple(f"remedies.{group}.corrected" for group in _REMEDIES),
        under=tuple(f"remedies.{group}.total" for group in _REMEDIES),
        less=tuple(f"remedies.{group}.pending" for group in _REMEDIES),
        least=5,
        why="复议机关和法院按同一部法律审查，比的是已审结案件中被纠正的比例，与案件多少无关。",
    ),
    Rate(
        "unclear",
        "补正后仍不明确的比例",
        over=_total("unavailable.still_unclear"),
        under=_total("total"),
        least=20,
        why="补正告知应当写清如何修改，比的是办结申请中补正后仍无法办理的比例，与申请多少无关。",
    ),
)
UNFAIR = (
    "申请数量、公开件数、行政处罚数量等取决于职能和公众的需要，多不说明好，少不说明差；"
    "予以公开的比例取决于申请了什么。这些数只并列，不排名。"
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One agency's place, counted from 1; equal rates share a place."""

    place: int
    key: str
    over: int
    under: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.over, self.under)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Agencies by a rate, the lowest first; `unranked` maps the others to the reason."""

    rate: Rate
    places: tuple[Ranked, ...]
    unranked: Mapping[str, str]


def series(reports: Mapping[str, Report | None], path: str) -> Series:
    """The figure `path` of each report, under the keys given (years, or agencies), in their order.

    >>> series({"2020": None}, "proactive.permits.decisions").points[0].why
    '没有这一年的报告。'
    """
    points = tuple(_point(key, report, path) for key, report in reports.items())
    return Series(path, short_label(path), unit(path), points)


def themes(reports: Mapping[str, Report | None], *, keys: Sequence[str] = ()) -> list[tuple[Theme, list[Series]]]:
    """All themes, or those of `keys`, with their series; a theme without a single number is left out."""
    wanted = [theme for theme in THEMES if not keys or theme.key in keys]
    drawn = [(theme, [series(reports, path) for path in theme.paths]) for theme in wanted]
    return [(theme, lines) for theme, lines in drawn if any(line.has_numbers for line in lines)]


def shares(report: Report, theme: Theme) -> list[Slice] | None:
    """The parts of a whole; None where one of them is not stated, for then no share is known."""
    values = [value_at(report, path) for path in theme.paths]
    whole = total(values)
    if whole is None:
        return None
    return [
        Slice(path, short_label(path), int(value), Fraction(int(value), int(whole)) if whole else None)
        for path, value in zip(theme.paths, values, strict=True)
        if value is not None
    ]


def rank(rate: Rate, reports: Mapping[str, Report | None]) -> Ranking:
    """Agencies by `rate`, lowest first; those with too few cases or without the figures are named, not placed."""
    found: list[tuple[Fraction, str, int, int]] = []
    unranked: dict[str, str] = {}
    for key, report in reports.items():
        over, under = _ratio(rate, report)
        if over is None or under is None:
            unranked[key] = NO_REPORT if report is None else NOT_STATED
        elif under < rate.least:
            unranked[key] = f"只有{under}件，不足{rate.least}件，比例没有意义。"
        else:
            found.append((Fraction(over, under), key, over, under))
    found.sort()
    ordered = [one[0] for one in found]
    places = tuple(Ranked(ordered.index(value) + 1, key, over, under) for value, key, over, under in found)
    return Ranking(rate, places, unranked)


def short_label(path: str) -> str:
    """The figure's name without the number of its table.

    >>> short_label("applications.received.total"), short_label("applications.received.enterprise")
    ('本年新收政府信息公开申请数量', '商业企业')
    """
    parts = label(path).split(" · ")[1:]
    if path.startswith("applications.received.") and not path.endswith(".total"):
        return parts[-1]
    if path.startswith("applications.total."):
        return "办理结果总计"
    if path.startswith("applications."):
        return _unnumbered(parts[0])
    return " · ".join(parts)


def _unnumbered(name: str) -> str:
    """一、本年新收… and 三（三）不予公开 5.属于… without their ordinals: a chart has no room for them."""
    name = name.split(" ", 1)[-1]
    for mark in ("、", "）", "."):
        head, found, rest = name.partition(mark)
        if found and len(head) <= 3:
            return rest
    return name


def _point(key: str, report: Report | None, path: str) -> Point:
    if report is None:
        return Point(key, None, NO_REPORT)
    value = value_at(report, path)
    if value is not None:
        return Point(key, value)
    return Point(key, None, gap(path, form_id=report.format.id) or NOT_STATED)


def _ratio(rate: Rate, report: Report | None) -> tuple[int | None, int | None]:
    if report is None:
        return None, None
    over, under, less = (
        total(value_at(report, path) for path in paths) for paths in (rate.over, rate.under, rate.less)
    )
    if over is None or under is None or (rate.less and less is None):
        return None, None
    return int(over), int(under - (less or 0))


def _difference(value: Number | None, before: Number | None) -> Number | None:
    return None if value is None or before is None else value - before
