"""Series, shares and rankings: gaps are told, small denominators are not ranked."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gongkai.annual_report import formats
from gongkai.annual_report.comparison import RATES, THEMES, rank, series, shares, themes
from gongkai.annual_report.crosswalk import has
from gongkai.annual_report.model import Cell, Number, Report, blank_report

CORRECTED = next(rate for rate in RATES if rate.key == "corrected")
OUTCOMES = next(theme for theme in THEMES if theme.key == "outcomes")


def report(form_id: str = "2021", values: dict[str, Number] | None = None) -> Report:
    blank = blank_report(formats.load(form_id), agency="某市卫生健康局", year=2024)
    cells = {path: Cell(0) for path in blank.cells}
    return replace(blank, cells=cells | {path: Cell(value) for path, value in (values or {}).items()})


def test_a_series_tells_a_missing_report_from_a_form_without_the_figure() -> None:
    path = "proactive.fees.amount_wan"
    reports = {"2020": report("2019"), "2021": None, "2022": report(values={path: 5}), "2023": report(values={path: 8})}
    line = series(reports, path)
    assert [point.value for point in line.points] == [None, None, 5, 8]
    assert [point.why for point in line.points] == [
        "2019年格式填行政事业性收费的项目数量，2021年格式填收费金额，不作换算。",
        "没有这一年的报告。",
        "",
        "",
    ]
    assert line.changes == (None, None, None, 3)


def test_a_blank_cell_is_told_as_not_filled_in() -> None:
    blank = blank_report(formats.load("2021"), agency="某局", year=2024)
    assert series({"2024": blank}, "proactive.permits.decisions").points[0].why == "报告没有填写。"


def test_shares_of_outcomes_add_up_to_one() -> None:
    found = shares(
        report(values={"applications.granted.total": 3, "applications.refused.state_secret.total": 1}), OUTCOMES
    )
    assert found is not None
    assert [(part.label, part.value) for part in found][:3] == [("予以公开", 3), ("部分公开", 0), ("不予公开", 1)]
    assert sum(part.share or 0 for part in found) == 1


def test_no_share_is_known_of_nothing() -> None:
    found = shares(report(), OUTCOMES)
    assert found is not None
    assert {part.share for part in found} == {None}


def test_a_rate_over_few_cases_is_not_ranked() -> None:
    group = "remedies.reconsideration"
    ranking = rank(
        CORRECTED,
        {
            "甲": report(values={f"{group}.corrected": 3, f"{group}.total": 12, f"{group}.pending": 2}),
            "乙": report(values={f"{group}.corrected": 1, f"{group}.total": 20}),
            "丙": report(values={f"{group}.corrected": 1, f"{group}.total": 2}),
            "丁": None,
        },
    )
    assert [(one.place, one.key, one.rate) for one in ranking.places] == [
        (1, "乙", Fraction(1, 20)),
        (2, "甲", Fraction(3, 10)),
    ]
    assert ranking.unranked == {"丙": "只有2件，不足5件，比例没有意义。", "丁": "没有这一年的报告。"}


def test_equal_rates_share_a_place() -> None:
    same = report(values={"remedies.reconsideration.total": 6})
    assert [one.place for one in rank(CORRECTED, {"甲": same, "乙": same}).places] == [1, 1]


def test_every_theme_names_figures_of_a_form() -> None:
    assert all(has(path, form_id="2021") for theme in THEMES for path in theme.paths)


def test_a_theme_without_any_number_is_left_out() -> None:
    drawn = themes({"2020": report("2019")}, keys=["fees", "decisions"])
    assert [theme.key for theme, _ in drawn] == ["decisions"]
