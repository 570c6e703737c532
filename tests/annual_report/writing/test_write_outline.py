"""Title, paragraphs, numbered leads and signature of what is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from one_report import AGENCY, TITLE, one_report

from gongkai.annual_report.writing.outline import outline, signature_indents, title_lines, title_of


def test_headings_are_the_six_of_the_form() -> None:
    assert [part.heading for part in outline(one_report()).parts] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_a_numbered_lead_is_told_from_the_text_after_it() -> None:
    passages = (
        outline(one_report(overview="（一）主动公开。全年12条。\n（二）依申请公开\n一是办结。")).parts[0].passages
    )
    assert [(one.text[: one.lead], one.heading) for one in passages] == [
        ("（一）主动公开。", False),
        ("（二）依申请公开", True),
        ("", False),
    ]


def test_blank_lines_make_no_paragraphs() -> None:
    assert [one.text for one in outline(one_report(overview="\n甲\n \n　乙 \n")).parts[0].passages] == ["甲", "乙"]


def test_a_missing_title_is_the_statutory_one() -> None:
    assert title_of(replace(one_report(), title=None)) == TITLE


def test_a_title_without_the_year_is_replaced() -> None:
    assert title_of(replace(one_report(), title="政府信息公开工作年度报告")) == TITLE


def test_a_title_with_the_year_in_chinese_is_kept() -> None:
    title = "云溪市卫健委二〇二四年政府信息公开年报"
    assert title_of(replace(one_report(), title=title)) == title


def test_an_unknown_agency_and_year_still_give_a_title() -> None:
    assert title_of(replace(one_report(), title=None, agency=None, year=None)) == "政府信息公开工作年度报告"


def test_the_agency_signs_where_the_title_shortens_its_name() -> None:
    report = replace(one_report(), title="市卫生健康委2024年政府信息公开工作年度报告", signed_by=None)
    assert outline(report).signed_by == AGENCY


def test_nobody_signs_where_the_title_says_it_all() -> None:
    assert outline(replace(one_report(), signed_by=None, signed_on=None)).signed_by == ""


def test_the_name_stands_centred_over_a_date_four_characters_from_the_edge() -> None:
    text = outline(replace(one_report(), signed_by="云溪市卫健委", signed_on=date(2025, 1, 20)))
    assert signature_indents(text) == (4.25, 4)


def test_a_name_longer_than_the_line_of_the_date_moves_the_date_in() -> None:
    text = outline(replace(one_report(), signed_by="云" * 20))
    assert signature_indents(text) == (0, 6.75)


def test_a_title_that_fits_stays_on_one_line() -> None:
    assert title_lines("云溪市2024年政府信息公开年报", room=20) == ("云溪市2024年政府信息公开年报",)


def test_a_title_without_a_year_is_left_to_the_line_breaker() -> None:
    assert title_lines("云" * 30, room=20) == ("云" * 30,)
