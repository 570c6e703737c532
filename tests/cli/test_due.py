"""`gongkai due`: the clocks of one application, as text and as JSON, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.cli.main import main


def clocks(*words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    assert main(["due", *words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "gongkai/due/1"
    return {clock["key"]: clock for clock in document["clocks"]}


@pytest.mark.parametrize(
    ("words", "correction", "answer"),
    [
        (["--received", "2024-09-13"], "2024-09-25", "2024-10-17"),
        (["--received", "2025-01-20"], "2025-02-05", "2025-02-21"),
        (["--received", "2025-01-20", "--extended"], "2025-02-05", "2025-03-21"),
        (["--received", "2025-09-25"], "2025-10-11", "2025-10-29"),
        (["--received", "2025-12-31"], "2026-01-12", "2026-01-29"),
        (["--event", "received=2026-02-06"], "2026-02-24", "2026-03-12"),
        (["--received", "2025-01-20", "--extended", "--extension-days", "5"], "2025-02-05", "2025-02-28"),
    ],
)
def test_due_dates(words: list[str], correction: str, answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = clocks(*words, capsys=capsys)
    assert (found["correction_notice"]["due"], found["answer"]["due"]) == (correction, answer)


def test_the_clock_of_a_derivation_holds_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    answer = clocks("--received", "2024-09-13", capsys=capsys)["answer"]
    assert (answer["limit"], answer["unit"], answer["citation"]) == (20, "workday", "条例第三十三条第二款")
    assert answer["steps"][0] == {
        "date": "2024-09-14",
        "weekday": "星期六",
        "workday": True,
        "kind": "swapped",
        "kind_label": "调休上班",
        "holiday": "中秋节",
        "reason": "中秋节调休上班（国办发明电〔2023〕7号）",
        "notice": {
            "title": "国务院办公厅关于2024年部分节假日安排的通知",
            "number": "国办发明电〔2023〕7号",
            "published": "2023-10-25",
        },
        "provisional": False,
        "counted": True,
        "number": 1,
    }
    assert answer["steps"][-1]["date"] == "2024-10-17"


def test_a_correction_starts_the_clock_anew(capsys: pytest.CaptureFixture[str]) -> None:
    events = ("--event", "correction-asked=2025-01-22", "--event", "corrected=2025-02-10")
    found = clocks("--received", "2025-01-20", *events, capsys=capsys)
    assert (found["answer"]["start"], found["answer"]["due"]) == ("2025-02-10", "2025-03-10")
    assert (found["correction_notice"]["state"], found["correction_notice"]["done_on"]) == ("met", "2025-01-22")


def test_a_clock_that_waits_has_no_due_date(capsys: pytest.CaptureFixture[str]) -> None:
    answer = clocks("--received", "2025-01-20", "--event", "correction-asked=2025-01-22", capsys=capsys)["answer"]
    assert (answer["due"], answer["state"], answer["state_label"], answer["steps"]) == (None, "waiting", "中止计时", [])


def test_looking_from_a_day_counts_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    answer = clocks("--received", "2025-03-03", "--as-of", "2025-03-12", capsys=capsys)["answer"]
    assert (answer["used"], answer["left"], answer["state"]) == (7, 13, "running")


def test_looking_from_a_day_uses_the_notices_of_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    then = clocks("--received", "2020-01-20", "--as-of", "2020-01-20", capsys=capsys)
    assert then["answer"]["due"] == "2020-02-21"
    assert clocks("--received", "2020-01-20", capsys=capsys)["answer"]["due"] == "2020-02-25"


def test_replied_is_another_word_for_answered(capsys: pytest.CaptureFixture[str]) -> None:
    found = clocks("--received", "2025-03-03", "--event", "replied=2025-03-31", capsys=capsys)
    assert (found["answer"]["state"], found["answer"]["done_on"]) == ("met", "2025-03-31")


def test_events_go_by_their_chinese_names_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = clocks("--received", "2025-03-03", "--event", "作出答复=2025-04-01", capsys=capsys)
    assert found["answer"]["state"] == "late"


def test_the_text_begins_with_the_clocks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--received", "2025-03-03", "--as-of", "2025-03-12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        "2025-03-03 收到申请。办理中。",
        "",
        "补正告知　　　　　　2025-03-12（星期三），计时中，第 7/7 个工作日，还有 0 个工作日（条例第三十条）",
        "答复　　　　　　　　2025-03-31（星期一），计时中，第 7/20 个工作日，还有 13 个工作日（条例第三十三条第二款）",
    ]
    assert "  2025-03-31 星期一  第 20 日" in lines


def test_what_is_not_confirmed_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["due", "--received", "2025-03-03", "--event", "fee-notified=2025-03-10", "--event", "paid=2025-03-12"])
    assert "  未经核对原文：缴费后重新起算（信息处理费管理办法第七条）" in capsys.readouterr().out.splitlines()


def test_a_provisional_due_date_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["due", "--received", "2026-12-14"])
    out = capsys.readouterr().out
    assert "2027-01-12（星期二）〔推定〕" in out
    assert out.rstrip().endswith("公布后日期可能变动。")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "没有给出收到申请的日期"),
        (["--received", "2024-13-01"], "--received 的日期“2024-13-01”无法识别"),
        (["--received", "2025-01-20", "--event", "corrected"], "--event 应当写作“名称=日期”，而不是“corrected”"),
        (["--received", "2025-01-20", "--event", "lost=2025-02-10"], "没有名为“lost”的事件"),
        (["--received", "2025-01-20", "--event", "corrected=2025-02-10"], "须先告知补正（条例第三十条）"),
        (["--received", "2025-01-20", "--event", "paid=2025-01-10"], "须先送达收费通知"),
        (["--received", "2025-01-20", "--event", "extended=2025-03-10"], "答复期限已于 2025-02-21 届满"),
        (["--received", "2025-01-20", "--extended", "--event", "extended=2025-02-10"], "重复"),
        (["--received", "2025-01-20", "--extended", "--extension-days", "21"], "最长不得超过20个工作日"),
        (["--received", "2025-01-20", "--extended", "--extension-days", "-1"], "--extension-days 不能为负数"),
        (["--received", "2025-01-20", "--extension-days", "5"], "却没有延期"),
        (["--received", "2025-01-20", "--as-of", "2025-01-10"], "晚于所看之日 2025-01-10"),
        (["--received", "2025-01-20", "--region", "火星"], "没有登记“火星”的地方节日"),
        (["--received", "2008-04-30"], "“答复”尚无规定（2008-05-01 起施行"),
        (["--received", "9999-12-31"], "超出日历范围"),
    ],
)
def test_misuse_is_told_in_chinese(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
