"""`gongkai workday`: the answer, its derivation, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.cli.main import main


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["workday", *words])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def document(*words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    status, out, _ = run(*words, "--json", capsys=capsys)
    assert status == 0
    parsed: dict[str, Any] = json.loads(out)
    return parsed


def test_a_made_up_workday_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run("2026-02-14", capsys=capsys)
    assert (status, out) == (0, "2026-02-14（星期六）是工作日：春节调休上班（国办发明电〔2025〕7号）\n")


def test_a_plain_workday_needs_no_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("2026-03-03", capsys=capsys)[1] == "2026-03-03（星期二）是工作日\n"


def test_a_day_off_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run("2026-02-16", capsys=capsys)
    assert (status, out) == (0, "2026-02-16（星期一）不是工作日：春节放假（国办发明电〔2025〕7号）\n")


def test_the_document_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert document("2026-02-14", capsys=capsys) == {
        "schema": "gongkai/workday/1",
        "date": "2026-02-14",
        "weekday": "星期六",
        "workday": True,
        "kind": "swapped",
        "kind_label": "调休上班",
        "holiday": "春节",
        "reason": "春节调休上班（国办发明电〔2025〕7号）",
        "notice": {
            "title": "国务院办公厅关于2026年部分节假日安排的通知",
            "number": "国办发明电〔2025〕7号",
            "published": "2025-11-04",
        },
        "provisional": False,
        "region": None,
        "as_of": None,
    }


def test_adding_workdays_shows_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    found = document("--add", "20", "2025-01-20", capsys=capsys)
    assert (found["from"], found["workdays"], found["date"]) == ("2025-01-20", 20, "2025-02-21")
    assert len(found["steps"]) == 32
    assert [step["number"] for step in found["steps"] if step["counted"]] == list(range(1, 21))


def test_adding_workdays_as_text_ends_on_the_due_date(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("--add", "7", "2025-09-25", capsys=capsys)
    lines = out.splitlines()
    assert lines[0] == "2025-09-25 之后第 7 个工作日：2025-10-11（星期六）"
    assert lines[-1] == "  2025-10-11 星期六  第  7 日  国庆节、中秋节调休上班（国办发明电〔2024〕12号）"


def test_adding_nothing_is_the_day_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert document("--add", "0", "2025-01-20", capsys=capsys)["date"] == "2025-01-20"
    assert run("--add", "0", "2025-01-20", capsys=capsys)[1] == "2025-01-20 当日（0 个工作日）\n"


def test_a_provisional_year_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("--add", "5", "2027-03-01", capsys=capsys)
    assert "2027-03-08（星期一）〔推定〕" in out
    assert "尚未公布或者尚未录入" in out
    assert document("2027-03-01", capsys=capsys)["provisional"] is True


def test_one_can_look_from_a_former_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert document("2020-01-31", "--as-of", "2020-01-20", capsys=capsys)["workday"] is True
    assert document("2020-01-31", capsys=capsys)["workday"] is False


def test_a_region_adds_its_holidays(capsys: pytest.CaptureFixture[str]) -> None:
    found = document("2021-05-13", "--region", "宁夏", capsys=capsys)
    assert (found["kind"], found["holiday"], found["region"]) == ("local_holiday", "开斋节", "宁夏")


@pytest.mark.parametrize("text", ["2026-02-14", "2026/2/14", "2026.2.14", "20260214", "2026年2月14日"])
def test_dates_are_read_as_people_write_them(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert document(text, capsys=capsys)["date"] == "2026-02-14"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "没有给出日期"),
        (("2026-02-30",), "日期“2026-02-30”无法识别"),
        (("202611",), "日期“202611”无法识别"),
        (("明天",), "日期“明天”无法识别"),
        (("2026-02-14", "--add", "-3"), "--add 不能为负数：-3"),
        (("2026-02-14", "--add", "三"), "--add 应当是整数，而不是“三”"),
        (("2026-02-14", "--add", "999999"), "--add 过大：999999"),
        (("2100-12-30", "--add", "20"), "超出日历范围"),
        (("2026-02-14", "--region", "火星"), "没有登记“火星”的地方节日"),
        (("2026-02-14", "--as-of", "x"), "--as-of 的日期“x”无法识别"),
    ],
)
def test_misuse_is_told_in_chinese(words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(*words, capsys=capsys)
    assert (status, out) == (2, "")
    assert message in err
