"""`gongkai fee`: the fee, its bands, and what it refuses."""

from __future__ import annotations

import json

import pytest

from gongkai.cli.main import main


def test_the_fee_by_items_is_added_up_band_by_band(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "--items", "31"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "按件计收 31 件（自然月）：信息处理费 2200 元",
        "  第 1 至 10 件：10 件 × 0 元 = 0 元",
        "  第 11 至 30 件：20 件 × 100 元 = 2000 元",
        "  第 31 至 31 件：1 件 × 200 元 = 200 元",
        "依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条；条例第四十二条第一款（可以收取）。",
        "未核对原文：施行日期。",
    ]


def test_the_document_of_a_fee_by_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "--pages", "68", "--on", "2025-03-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "gongkai/fee/1",
        "basis": "pages",
        "quantity": 68,
        "unit": "页",
        "period": "单件申请",
        "total": "380",
        "currency": "CNY",
        "bands": [
            {"from": 1, "to": 30, "units": 30, "price": "0", "amount": "0"},
            {"from": 31, "to": 68, "units": 38, "price": "10", "amount": "380"},
        ],
        "on": "2025-03-01",
        "citation": "信息处理费管理办法第五条",
        "unverified": "施行日期；A4及以下幅面单面为1页、各件申请的页数不累加",
        "note": "信息已主动公开的不按量计收",
    }


def test_nothing_costs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", "--items", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == "0"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "没有给出件数或页数"),
        (["--items", "3", "--pages", "4"], "按件和按量不能同时计收（信息处理费管理办法第三条）"),
        (["--items", "-3"], "--items 不能为负数：-3"),
        (["--pages", "很多"], "--pages 应当是整数，而不是“很多”"),
        (["--pages", "999999999"], "页数过大"),
        (["--items", "11", "--on", "2020-12-31"], "尚无规定（2021-01-01 起施行"),
        (["--items", "11", "--on", "昨天"], "--on 的日期“昨天”无法识别"),
    ],
)
def test_misuse_is_told_in_chinese(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fee", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
