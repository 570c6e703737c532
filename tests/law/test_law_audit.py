"""The audit lists what is unchecked, unconfirmed in part, stale or missing, and never fails."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.audit import concerns, main


def problems(on: date) -> dict[str, str]:
    return {one.name: one.problem for one in concerns(on=on)}


def test_an_unchecked_value_is_listed() -> None:
    assert problems(date(2025, 6, 1))["deadline.fee_restart 2021-01-01"] == "未核对原文"


def test_a_value_confirmed_in_part_says_which_part_is_not() -> None:
    assert problems(date(2025, 6, 1))["fee.items 2021-01-01"] == "部分未核对：施行日期"


def test_a_checked_value_is_listed_only_when_it_was_long_ago() -> None:
    assert "deadline.answer 2019-05-15" not in problems(date(2027, 4, 30))
    assert problems(date(2027, 5, 1))["deadline.answer 2019-05-15"] == "久未核对（上次 2025-04-30）"


def test_a_value_no_longer_in_force_does_not_grow_stale() -> None:
    assert "remedy.refusal 2019-05-15" not in problems(date(2030, 1, 1))


def test_next_years_notice_is_missed_from_november_on() -> None:
    assert "calendar.2027" not in problems(date(2026, 10, 31))
    assert problems(date(2026, 11, 1))["calendar.2027"] == "尚未录入，该年的期限均为推定"
    assert {"calendar.2027", "calendar.2028"} <= set(problems(date(2028, 1, 5)))


def test_a_text_that_was_read_in_part_is_listed() -> None:
    assert problems(date(2025, 6, 1))["source.report_form_2019"] == "未读到原文"


def test_the_table_is_printed_and_the_status_is_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--on", "2025-06-01"]) == 0
    printed = capsys.readouterr().out
    assert "法律数据核对清单（2025-06-01" in printed
    assert "deadline.fee_restart" in printed
