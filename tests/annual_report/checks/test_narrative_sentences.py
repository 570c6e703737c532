"""Cutting a narrative into sentences and finding the quantities in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report.checks.narrative.sentences import Quantity, split


def _quantities(text: str) -> list[Quantity]:
    return [quantity for sentence in split({"overview": text}) for quantity in sentence.quantities]


@pytest.mark.parametrize(
    ("text", "value", "unit", "exact"),
    [
        ("公开信息1143条", 1143, "条", True),
        ("公开信息 1,143 条", 1143, "条", True),
        ("公开信息１１４３条", 1143, "条", True),
        ("公开信息1143余条", 1143, "条", False),
        ("阅读量5.1万人次", 51000, "人次", False),
        ("收费113.372万元", Decimal("113.372"), "万元", True),
        ("占比8.7%", Decimal("8.7"), "%", True),
        ("占比８.７％", Decimal("8.7"), "％", True),
        ("约30条", 30, "条", False),
        ("超过30条", 30, "条", False),
        ("30条以上", 30, "条", False),
        ("各30条", 30, "条", False),
        ("收到申请三件", 3, "件", True),
        ("收到申请十余件", 10, "件", False),
        ("收到申请一百二十件", 120, "件", True),
        ("提高3.5个百分点", Decimal("3.5"), "个百分点", True),
        ("增至30件", 30, "件", True),
    ],
)
def test_a_quantity_has_value_unit_and_exactness(text: str, value: object, unit: str, exact: bool) -> None:  # noqa: FBT001  # a column of the table
    (found,) = _quantities(text)
    assert (found.value, found.unit, found.exact) == (value, unit, exact)


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月23日",
        "第36条第2项",
        "国办公开办函〔2021〕30号",
        "12345热线，电话0517-87222589",
        "《关于2023年5件实事的通知》",
        "受理第一件、每一件申请",
        "3-5件",
        "9" * 5000 + "件",
    ],
)
def test_dates_numbers_of_documents_and_ranges_are_no_quantities(text: str) -> None:
    assert _quantities(text) == []


@pytest.mark.parametrize("text", ["公开信息 1 143 条", "公开信息1，143条"])
def test_a_number_that_may_be_two_is_none(text: str) -> None:
    assert _quantities(text) == []


def test_a_comma_after_words_is_a_comma() -> None:
    assert [quantity.value for quantity in _quantities("2023年，143条")] == [143]


def test_lines_cut_by_the_page_are_joined_and_headings_are_not() -> None:
    text = (
        "（二）依申请公开情况\n2023年全区进一步规范依申请公开流程畅通受理渠道共收到政府信息公\n开申请21件。\n（三）管理"
    )
    assert [sentence.printed for sentence in split({"overview": text})] == [
        "（二）依申请公开情况",
        "2023年全区进一步规范依申请公开流程畅通受理渠道共收到政府信息公开申请21件",
        "（三）管理",
    ]


def test_the_topic_of_a_sentence_is_the_heading_above_it() -> None:
    _, second = split({"overview": "（二）依申请公开\n全年共收到2件。"})
    assert second.topic == "（二）依申请公开"


def test_words_to_the_left_and_right_end_at_commas_and_quantities() -> None:
    (sentence,) = split({"overview": "我局（本级）收到6件政府信息公开申请，答复5件"})
    six, five = sentence.quantities
    assert (sentence.left(six), sentence.right(six)) == ("收到", "政府信息公开申请")
    assert (sentence.left(five), sentence.right(five)) == ("答复", "")
