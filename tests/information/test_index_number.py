"""索引号."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.information.index_number import GUIDELINE_PATTERN, IndexNumberError, IndexRule, Publisher

HEALTH = Publisher("000014349", "11341702486344515H")


def test_the_guidelines_form() -> None:
    assert IndexRule().issue(HEALTH, on=date(2017, 11, 2), serial=110) == "000014349/2017-00110"


def test_a_monthly_serial_with_the_credit_code() -> None:
    rule = IndexRule("{credit}/{year}{month:02}-{serial:05}")
    assert rule.issue(HEALTH, on=date(2021, 10, 8), serial=13) == "11341702486344515H/202110-00013"
    assert rule.period(date(2021, 10, 8)) == "2021-10"


def test_serials_count_by_year_unless_the_pattern_shows_no_year() -> None:
    assert IndexRule().period(date(2021, 10, 8)) == "2021"
    assert IndexRule("{org}-{serial:08}").period(date(2021, 10, 8)) == ""


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{org}/{year}", "IDX-SERIAL"),
        ("{serial}{serial}", "IDX-SERIAL"),
        ("{org}/{name}-{serial}", "IDX-FIELD"),
        ("{serial:>5}", "IDX-WIDTH"),
        ("{serial", "IDX-PATTERN"),
    ],
)
def test_a_pattern_that_cannot_work_is_refused_with_its_reason(pattern: str, code: str) -> None:
    with pytest.raises(IndexNumberError) as caught:
        IndexRule(pattern)
    assert caught.value.code == code


def test_an_agency_without_the_code_gets_no_number() -> None:
    with pytest.raises(IndexNumberError, match="没有填写组织机构代码"):
        IndexRule().issue(Publisher(), on=date(2025, 1, 2), serial=1)


@given(st.integers(1, 99999), st.dates(date(2008, 5, 1), date(2099, 12, 31)))
def test_the_rule_recognises_what_it_issues(serial: int, on: date) -> None:
    rule = IndexRule(GUIDELINE_PATTERN)
    assert rule.fits(rule.issue(HEALTH, on=on, serial=serial))
