"""Text with live figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report.binding import ACTS, BoundFigure, pieces, references, render, to_keys, to_names

NEW = BoundFigure("applications.received.total", "表三 一、本年新收 · 总计", "件", 12, previous=8)
A = BoundFigure("a", "甲", "件", 7, previous=10)
B = BoundFigure("b", "乙", "件", 5, previous=5)
MONEY = BoundFigure("m", "收费", "万元", Decimal("113.3720"))
EMPTY = BoundFigure("e", "培训", "次", None)
ZERO = BoundFigure("z", "零", "件", 0, previous=0)
FIGURES = (NEW, A, B, MONEY, EMPTY, ZERO)


def said(text: str) -> str:
    return render(text, FIGURES).text


def codes(text: str) -> list[str]:
    return [problem.code for problem in render(text, FIGURES).problems]


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("收到{{ 甲 }}件。", "收到7件。"),
        ("收到{{a}}件。", "收到7件。"),
        ("收费{{ m }}万元", "收费113.372万元"),
        ("合计{{ sum: a；b }}件", "合计12件"),
        ("{{ 列举：甲；乙 }}", "甲7件、乙5件"),
        ("共{{ 分项：甲；乙 }}。", "共12件，其中甲7件、乙5件。"),
        ("占{{ 占比：甲 ÷ applications.received.total }}", "占58.3%"),
        ("比上年{{ 增减：甲 }}", "比上年减少3件"),
        ("比上年{{ change: b }}", "比上年持平"),
        ("比上年{{ 增幅：applications.received.total }}", "比上年增长50%"),
        ("{{ 表三 一、本年新收 · 总计 }}", "12"),
        ("没有引用", "没有引用"),
        ("", ""),
    ],
)
def test_a_reference_reads_as_its_number(written: str, rendered: str) -> None:
    assert said(written) == rendered
    assert codes(written) == []


@pytest.mark.parametrize(
    ("written", "code", "rendered"),
    [
        ("{{ 丙 }}", "BIND-UNKNOWN", "{{ 丙 }}"),
        ("{{ 培训 }}次", "BIND-EMPTY", "〔未填报：培训〕次"),
        ("{{ 合计：甲；收费 }}", "BIND-UNITS", "{{ 合计：甲；收费 }}"),
        ("{{ 占比：甲 }}", "BIND-FORM", "{{ 占比：甲 }}"),
        ("{{ 占比：甲 ÷ 零 }}", "BIND-ZERO", "{{ 占比：甲 ÷ 零 }}"),
        ("{{ 增减：收费 }}", "BIND-NO-YEAR-BEFORE", "{{ 增减：收费 }}"),
        ("{{ 合计： }}", "BIND-FORM", "{{ 合计： }}"),
        ("{{ 平均：甲 }}", "BIND-UNKNOWN", "{{ 平均：甲 }}"),
        ("收到{{ 甲 件", "BIND-BRACES", "收到{{ 甲 件"),
        ("收到 甲 }}件", "BIND-BRACES", "收到 甲 }}件"),
    ],
)
def test_what_cannot_be_rendered_is_named_and_left_visible(written: str, code: str, rendered: str) -> None:
    assert codes(written) == [code]
    assert said(written) == rendered


def test_parts_of_a_breakdown_follow_a_change_of_one_of_them() -> None:
    changed = BoundFigure("a", "甲", "件", 8)
    assert render("{{ 分项：甲；乙 }}", (changed, B)).text == "13件，其中甲8件、乙5件"


def test_a_list_calls_its_parts_by_their_short_labels() -> None:
    part = BoundFigure("applications.received.natural_person", "表三 本年新收 · 自然人", "件", 3, label="自然人")
    assert render("{{ 列举：表三 本年新收 · 自然人；甲 }}", (part, A)).text == "自然人3件、甲7件"


def test_references_are_stored_by_key_and_shown_by_name() -> None:
    shown = "新收{{ 表三 一、本年新收 · 总计 }}件，{{ 分项：甲；乙 }}，占{{ 占比：甲 ÷ 乙 }}"
    stored = "新收{{ applications.received.total }}件，{{ breakdown: a；b }}，占{{ share: a ÷ b }}"
    assert to_keys(shown, FIGURES) == stored
    assert to_names(stored, FIGURES) == shown
    assert to_keys(stored, FIGURES) == stored


def test_what_nobody_knows_survives_the_translation() -> None:
    assert to_keys("{{ 丙 }}与{{ 未闭合", FIGURES) == "{{ 丙 }}与{{ 未闭合"


def test_the_pieces_tell_written_text_from_numbers() -> None:
    found = list(pieces("收到{{ 甲 }}件。", FIGURES))
    assert [(piece.text, [figure.key for figure in piece.figures]) for piece in found] == [
        ("收到", []),
        ("7", ["a"]),
        ("件。", []),
    ]


def test_references_are_listed_once_in_order() -> None:
    assert references("{{ b }}{{ sum: a；b }}{{ a }}") == ("b", "a")


def test_a_name_that_a_reference_could_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not usable"):
        BoundFigure("x", "甲；乙", "件", 1)


def test_every_act_has_a_word_of_its_own() -> None:
    assert len(set(ACTS.values())) == len(ACTS) == 6
