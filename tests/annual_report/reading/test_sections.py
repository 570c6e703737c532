"""Headings of the six parts, however they are worded, numbered or glued."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading.sections import heading_of, headings_within, ordinal_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("一、总体情况", "overview"),
        ("一 、 总 体 情 况", "overview"),
        ("第一部分 总体情况", "overview"),
        ("二．主动公开政府信息情况", "proactive"),
        ("三、收到和处理政府信息公开申请情况", "applications"),
        ("三、依申请公开办理情况", "applications"),
        ("四、政府信息公开行政复议、行政诉讼情况", "remedies"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "remedies"),
        ("五、存在问题及改进情况", "problems"),
        ("五、存在的主要问题及整改措施", "problems"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("六、其它需要报告的事项。", "other_matters"),
        ("四、其他需要报告的事项", "other_matters"),  # the wording decides, not a wrong number
        ("其他需要报告的事项", "other_matters"),
    ],
)
def test_a_heading_is_known_by_its_words(text: str, key: str) -> None:
    assert heading_of(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "（一）主动公开政府信息情况",
        "（二）依申请公开情况",
        "一是主动公开情况",
        "二是依申请公开情况",
        "一、主动公开政府信息441条，其中规范性文件2条，其他信息439条。",
        "2024年政府信息公开工作年度报告",
        "",
    ],
)
def test_row_labels_sub_headings_and_sentences_are_no_headings(text: str) -> None:
    assert heading_of(text) is None


def test_a_heading_of_unknown_wording_has_the_key_of_its_number() -> None:
    assert ordinal_of("五、下一步工作打算") == "problems"
    assert ordinal_of("四、结转下年度继续办理") is None
    assert ordinal_of("七、附件") is None


def test_headings_glued_into_text_are_found_with_both_ends() -> None:
    text = (
        "报告如下。一、总体情况2019年，工作有序。二、主动公开政府信息情况 第二十条第（一）项规章000"
        "三、收到和处理政府信息公开申请情况（本列"
    )
    assert [(mark.key, mark.text) for mark in headings_within(text)] == [
        ("overview", "一、总体情况"),
        ("proactive", "二、主动公开政府信息情况"),
        ("applications", "三、收到和处理政府信息公开申请情况"),
    ]
    assert [text[mark.start : mark.end] for mark in headings_within(text)][2] == "三、收到和处理政府信息公开申请情况"


def test_a_heading_right_after_glued_numbers_is_found() -> None:
    text = "总计10203120001200000五、存在的主要问题及改进情况（一）解读不足。六、其他需要报告的事项2021年，无。"
    assert [mark.key for mark in headings_within(text)] == ["problems", "other_matters"]


def test_a_list_of_the_parts_in_a_sentence_is_no_heading() -> None:
    text = "本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况和其他需要报告的事项等部分。"
    assert list(headings_within(text)) == []
