"""Whole reports in the layouts of published ones (`tests/annual_report/reports`), their prose written for the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.annual_report.model import CellState, Report
from gongkai.annual_report.reading import read

REPORTS = Path(__file__).parents[1] / "reports"
PARTS = ["overview", "proactive", "applications", "remedies", "problems", "other_matters"]


def report(name: str) -> Report:
    path = REPORTS / name
    (only,) = read(path.read_bytes(), name=name)
    return only


@pytest.mark.parametrize(
    ("name", "agency", "year", "form", "numbers"),
    [
        (
            "shifted_tabs_2022.txt",
            "宜昌市卫生健康委员会",
            2022,
            "2021",
            {
                "proactive.normative_documents.repealed": 11,
                "proactive.permits.decisions": 3916,
                "proactive.fees.amount_wan": Decimal("276.024"),
                "applications.received.natural_person": 11,
                "applications.granted.natural_person": 11,
                "applications.granted.enterprise": 0,
                "applications.granted.total": 11,
                "applications.total.total": 11,
                "remedies.reconsideration.total": 0,
            },
        ),
        (
            "traditional_pinyin_2022.txt",
            "朝阳市卫生健康委员会",
            2022,
            "2021",
            {
                "proactive.normative_documents.in_force": 1,
                "proactive.penalties.decisions": 16,
                "proactive.fees.amount_wan": Decimal("73.65"),
                "applications.unavailable.not_held.natural_person": 1,
                "applications.carried_out.total": 0,
            },
        ),
        (
            "form_2019_broken_rows_2020.txt",
            "盐池县卫生健康局",
            2020,
            "2019",
            {
                "proactive.other_services.previous_items": 44,
                "proactive.penalties.change": 5,
                "proactive.penalties.decisions": 27,
                "applications.other_outcome.total": 0,
                "remedies.litigation_direct.total": 0,
            },
        ),
        (
            "absent_column_2024.txt",
            "平顶山市卫生健康委员会",
            2024,
            "2021",
            {
                "applications.received.natural_person": 6,
                "applications.carried_in.total": 1,
                "applications.unavailable.not_held.natural_person": 4,
                "applications.received.other": None,
                "remedies.reconsideration.other": 1,
            },
        ),
        (
            "stacked_cells_2021.txt",
            "保山市卫生健康委员会",
            2021,
            "2021",
            {
                "proactive.permits.decisions": 185,
                "proactive.fees.amount_wan": Decimal("127.68"),
                "applications.received.total": 0,
                "remedies.litigation_after_reconsideration.pending": 0,
            },
        ),
        (
            "glued_2021.txt",
            "平潭综合实验区",
            2021,
            "2021",
            {
                "proactive.normative_documents.issued": None,
                "proactive.penalties.decisions": 1282,
                "applications.received.natural_person": 64,
                "applications.received.social_organisation": 2,
                "applications.unavailable.not_held.other": 3,
                "applications.total.total": 69,
                "remedies.litigation_direct.upheld": 12,
            },
        ),
    ],
)
def test_agency_year_form_parts_and_numbers(
    name: str, agency: str, year: int, form: str, numbers: dict[str, int | Decimal | None]
) -> None:
    read_one = report(name)
    assert (read_one.agency, read_one.year, read_one.format.id) == (agency, year, form)
    assert [heading.key for heading in read_one.headings] == PARTS
    assert {path: read_one.value(path) for path in numbers} == numbers


def test_the_text_of_a_report_with_shifted_tables() -> None:
    sections = report("shifted_tabs_2022.txt").sections
    assert sections["overview"].split("\n")[1:3] == [
        "（一）政府信息主动公开",
        "全年通过网站公开信息468条。新媒体平台发布信息3443条，其中公众号2088条，视频号463条，短视频892条。",
    ]
    assert [sections[key] for key in PARTS[1:4]] == ["", "", ""]
    assert sections["other_matters"] == "2022年，本机关收取信息处理费0元。"


def test_a_traditional_report_is_simplified_and_says_so() -> None:
    read_one = report("traditional_pinyin_2022.txt")
    assert read_one.traits == {"pinyin", "traditional"}
    assert read_one.sections["problems"] == "解读形式还不够多样,下一步将增加图解。"
    assert read_one.title == "朝阳市卫生健康委员会2022年度政府信息公开年度报告"


def test_a_paragraph_over_a_page_break_is_whole() -> None:
    assert "健康专栏每周一期，全年播出 33 期。" in report("form_2019_broken_rows_2020.txt").sections["overview"]


def test_a_missing_column_is_absent_and_not_zero() -> None:
    read_one = report("absent_column_2024.txt")
    assert read_one.cells["applications.received.other"].state is CellState.ABSENT_COLUMN
    assert {doubt.code for doubt in read_one.doubts} == {"absent-column"}


def test_a_report_without_a_title_is_signed_and_keeps_its_opening() -> None:
    read_one = report("stacked_cells_2021.txt")
    assert read_one.title is None
    assert (read_one.signed_by, read_one.signed_on) == ("保山市卫生健康委员会", date(2022, 1, 24))
    assert read_one.sections["preamble"].startswith("2021年,保山市卫生健康委员会")
    assert read_one.sections["proactive"] == "(一)公开信息的范围及数量\n全年公开信息504条。"


def test_a_glued_report_keeps_its_text_and_doubts_only_what_has_several_readings() -> None:
    read_one = report("glued_2021.txt")
    assert read_one.sections["overview"] == "2021年，我区共收到70件申请，办结69件，1件结转下年度继续办理。"
    assert read_one.sections["other_matters"] == "2021年，无收取信息处理费情况。"
    assert read_one.published_on == date(2022, 2, 8)
    (doubt,) = read_one.doubts
    assert set(doubt.cells) == {f"proactive.normative_documents.{key}" for key in ("issued", "repealed", "in_force")}
