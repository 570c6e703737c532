"""Titles, dates and signatures in the ways pages print them: full-width digits, below the title, all on one line."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.model import Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.reading.agency import Evidence, identify

TABLES = """\
二、主动公开政府信息情况
信息内容\t本年处理决定数量
行政处罚\t3
行政强制\t0
五、存在的主要问题及改进情况
解读形式不够多样。
六、其他需要报告的事项
本年度未收取信息处理费。
"""


def read_one(text: str) -> Report:
    (report,) = read(text.encode(), name="report.txt")
    return report


def test_full_width_digits_tell_year_and_date() -> None:
    report = read_one(
        "测试市教育局２０２３年政府信息公开工作年度报告\n一、总体情况\n２０２３年有序推进。\n"
        + TABLES
        + "测试市教育局\n２０２４年１月２６日\n"
    )
    assert (report.agency, report.year) == ("测试市教育局", 2023)
    assert (report.signed_by, report.signed_on) == ("测试市教育局", date(2024, 1, 26))


def test_full_width_digits_in_the_text_alone_tell_the_year() -> None:
    report = read_one("统计期限为２０２２年１月１日至１２月３１日。\n一、总体情况\n本机关有序推进。\n" + TABLES)
    assert report.year == 2022


def test_a_signature_below_the_title_is_not_joined_with_its_date() -> None:
    agency = "内蒙古自治区鄂尔多斯市伊金霍洛旗人民政府"
    report = read_one(
        f"{agency}2022年政府信息公开工作年度报告\n{agency}\n(2023年1月14日)\n一、总体情况\n2022年有序推进。\n{TABLES}"
    )
    assert (report.signed_by, report.signed_on) == (agency, date(2023, 1, 14))


def test_a_signature_glued_before_the_preamble_is_found() -> None:
    report = read_one(
        "榆林市榆阳区镇川镇人民政府2025年政府信息公开工作年度报告 榆林市榆阳区镇川镇人民政府 (2026年3月25日) "
        "依据条例编制本报告。 一、总体情况 2025年有序推进。\n" + TABLES
    )
    assert (report.signed_by, report.signed_on) == ("榆林市榆阳区镇川镇人民政府", date(2026, 3, 25))
    assert report.sections["preamble"] == "依据条例编制本报告。"


def test_a_ministry_signs() -> None:
    report = read_one(
        "自然资源部2024年政府信息公开工作年度报告\n一、总体情况\n2024年有序推进。\n"
        + TABLES
        + "自然资源部\n2025年1月20日\n"
    )
    assert (report.signed_by, report.signed_on) == ("自然资源部", date(2025, 1, 20))


@pytest.mark.parametrize(
    "name", ["自然资源部", "审计署", "中国南方电网有限责任公司", "山东黄河河务局", "厦门水务集团有限公司"]
)
def test_a_name_that_begins_with_a_province_or_the_nation_lacks_no_place(name: str) -> None:
    assert identify(Evidence(title=name, body="有序推进公开工作。")) == (name, [])


@pytest.mark.parametrize("name", ["宣传部", "卫生健康局", "昆山水务集团有限公司"])
def test_other_names_without_a_place_are_a_doubt(name: str) -> None:
    assert [doubt.code for doubt in identify(Evidence(title=name, body="有序推进公开工作。"))[1]] == [
        "agency-incomplete"
    ]
