"""Markdown: pipe tables whose numbers keep their columns, text that is no markup."""

from __future__ import annotations

import json

import pytest
from one_report import BLANK, one_report

from gongkai.annual_report.writing import WRITERS, WritingError, write
from gongkai.annual_report.writing.markdown import escaped


def lines(overview: str = "全年12条。") -> list[str]:
    return write(one_report(overview=overview), to="md").decode().splitlines()


def test_headings_and_blocks_of_table_two() -> None:
    text = "\n".join(lines())
    assert text.startswith(
        "# 云溪市卫生健康委员会2024年政府信息公开工作年度报告\n\n## 一、总体情况\n\n全年12条。\n\n## 二、"
    )
    assert (
        "| 第二十条第（一）项 |  |  |  |\n|---|---|---|---|\n"
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 0 | 0 | 0 |\n\n| 第二十条第（五）项 |  |\n|---|---|\n"
    ) in text


def test_the_label_of_a_row_stands_beside_its_numbers() -> None:
    rows = [line for line in lines() if line.startswith("|")]
    assert "|  |  | 一、本年新收政府信息公开申请数量 | 6 | 0 | 0 | 0 | 0 | 0 | 0 |" in rows
    assert "| 三、本年度办理结果 |  | （一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |" in rows


def test_a_blank_value_keeps_its_column() -> None:
    text = write(one_report(applications__received__enterprise=BLANK), to="md").decode()
    assert "| 一、本年新收政府信息公开申请数量 | 6 |  | 0 | 0 | 0 | 0 | 0 |" in text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("1.公开", "1\\.公开"),
        ("2024年公开", "2024年公开"),
        ("# 专栏", "\\# 专栏"),
        ("- 甲|乙", "\\- 甲\\|乙"),
        ("*重点*_a_`b`", "\\*重点\\*\\_a\\_\\`b\\`"),
        ("[指南](a)<br>&lt;", "\\[指南\\](a)\\<br\\>\\&lt;"),
        ("C:\\公开", "C:\\\\公开"),
        ("3-5个，占1.5%", "3-5个，占1.5%"),
    ],
)
def test_what_looks_like_markup_is_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_json_is_the_document_of_the_contract() -> None:
    document = json.loads(write(one_report(), to="json"))
    assert (document["schema"], document["agency"], document["year"], document["format"]) == (
        "gongkai/annual-report/1",
        "云溪市卫生健康委员会",
        2024,
        "2021",
    )
    assert document["applications"]["received"]["natural_person"] == 6


def test_json_holds_what_utf_8_cannot() -> None:
    assert json.loads(write(one_report(overview="公\ud800开"), to="json"))["sections"]["overview"] == "公\ud800开"


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(WritingError, match="不能写成“wps”格式") as refused:
        write(one_report(), to="wps")
    assert refused.value.hint == f"可选的格式：{'、'.join(WRITERS)}。"
