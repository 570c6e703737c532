"""DATE-…: the days of a report against Art 49 and Art 26."""

from __future__ import annotations

from datetime import date

import pytest
from check_cases import codes, found, only, report

from gongkai.annual_report.checks import Severity, check


def test_a_department_that_signs_in_february_is_late() -> None:
    finding = only("DATE-LATE", check(report(signed_on=date(2024, 2, 8))))
    assert (finding.left, finding.right, finding.severity) == ("2024-02-08", "2024-01-31", Severity.ERROR)
    assert finding.message == "落款日期 2024年2月8日，晚于 2024年1月31日。"
    assert finding.rule == "部门于次年 1 月 31 日前公布"
    assert finding.citation == "《政府信息公开条例》第四十九条"


def test_the_last_day_is_in_time() -> None:
    assert check(report(signed_on=date(2024, 1, 31))) == []


def test_a_government_has_until_the_end_of_march() -> None:
    assert check(report(agency="淮安市洪泽区人民政府", signed_on=date(2024, 3, 31))) == []
    finding = only("DATE-LATE", check(report(agency="淮安市洪泽区人民政府", signed_on=date(2024, 4, 2))))
    assert finding.right == "2024-03-31"


def test_a_name_of_open_rank_is_judged_by_the_later_date() -> None:
    assert check(report(agency="平潭综合实验区", year=2021, published_on=date(2022, 2, 8))) == []


def test_townships_are_not_named_by_the_article() -> None:
    assert found("DATE-LATE", report(agency="某某县某某镇人民政府", signed_on=date(2024, 6, 1))) == []


def test_a_late_page_with_a_timely_signature_may_be_a_republication() -> None:
    late_page = report(signed_on=date(2024, 1, 22), published_on=date(2024, 2, 6))
    finding = only("DATE-LATE", check(late_page))
    assert (finding.place, finding.severity) == ("published_on", Severity.WARNING)


def test_the_first_workday_after_a_last_day_off_is_a_note() -> None:
    # 31 January 2021 was a Sunday.
    assert (
        only("DATE-LATE", check(report(year=2020, form="2019", signed_on=date(2021, 2, 1)))).severity is Severity.NOTE
    )


def test_a_draft_still_missing_after_the_last_day() -> None:
    finding = only("DATE-LATE", check(report(), on=date(2024, 2, 20)))
    assert (finding.place, finding.left, finding.right) == ("published_on", None, "2024-01-31")
    assert finding.fingerprint == only("DATE-LATE", check(report(), on=date(2024, 2, 21))).fingerprint
    assert (finding.message, finding.severity) == (
        "尚未见到公布日期，检查日期 2024年2月20日，晚于 2024年1月31日。",
        Severity.WARNING,
    )
    assert check(report()) == []


@pytest.mark.parametrize(
    ("year", "last_workday"),
    [(2019, "2020-01-23"), (2020, "2021-01-29"), (2021, "2022-01-30"), (2024, "2025-01-27"), (2025, "2026-01-30")],
)
def test_the_last_workday_before_a_last_day_off(year: int, last_workday: str) -> None:
    finding = only("DATE-LAST-WORKDAY", check(report(year=year), on=date(year + 1, 1, 10)))
    assert (finding.left, finding.right, finding.severity) == (last_workday, f"{year + 1}-01-31", Severity.NOTE)


def test_a_last_day_that_is_a_workday_needs_no_note() -> None:
    assert check(report(year=2023), on=date(2024, 1, 10)) == []


def test_what_is_published_needs_no_reminder() -> None:
    assert check(report(year=2024, published_on=date(2025, 1, 20)), on=date(2025, 1, 21)) == []


def test_signed_before_the_year_was_over() -> None:
    finding = only("DATE-EARLY", check(report(signed_on=date(2023, 12, 20))))
    assert finding.message == "落款日期 2023年12月20日，早于统计期满 2023年12月31日。"
    assert codes(check(report(signed_on=date(2023, 12, 31)))) == []


def test_published_before_it_was_signed() -> None:
    finding = only("DATE-ORDER", check(report(signed_on=date(2024, 1, 25), published_on=date(2024, 1, 22))))
    assert (finding.left, finding.right) == ("2024-01-22", "2024-01-25")
    assert check(report(signed_on=date(2024, 1, 22), published_on=date(2024, 1, 22))) == []


def test_published_long_after_it_was_signed() -> None:
    government = "淮安市洪泽区人民政府"
    late = report(agency=government, signed_on=date(2024, 1, 22), published_on=date(2024, 3, 20))
    finding = only("DATE-GAP", check(late))
    assert finding.message == "2024年1月22日落款，2024年3月20日才发布，超过了2024年2月22日（第 20 个工作日）。"
    soon = report(agency=government, signed_on=date(2024, 1, 22), published_on=date(2024, 2, 22))
    assert check(soon) == []
