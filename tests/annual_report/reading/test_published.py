"""The published reports kept beside the repository: who, when, which form, which text, and every number."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report.model import Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.serialisation import to_json

pytestmark = pytest.mark.shared

PARTS = ["overview", "proactive", "applications", "remedies", "problems", "other_matters"]
EXPECTED_FILES = (
    "hongze_2023.pdf",
    "shuyang_fgj_2023.html",
    "hangzhou_2025_fixture.html",
    "shuyang_county_2025_ocr.md",
    "pingtan_2019_glued.txt",
    "pingtan_2021_glued.txt",
)


def read_one(path: Path) -> Report:
    (report,) = read(path.read_bytes(), name=path.name)
    return report


def seed(shared: Path, number: str) -> Report:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return read_one(path)


@pytest.mark.parametrize(
    ("number", "agency", "year", "form", "unsplit"),
    [
        ("000", "洛阳市卫生健康委员会", 2022, "2021", False),
        ("001", "朝阳市卫生健康委员会", 2022, "2021", False),
        ("002", "盐池县卫生健康局", 2020, "2019", True),
        ("003", "平顶山市卫生健康委员会", 2024, "2021", False),
        ("004", "保山市卫生健康委员会", 2021, "2021", False),
    ],
)
def test_the_seeds_say_who_when_and_in_which_form(
    shared: Path, number: str, agency: str, year: int, form: str, *, unsplit: bool
) -> None:
    report = seed(shared, number)
    assert (report.agency, report.year, report.format.id) == (agency, year, form)
    assert report.format.unsplit is unsplit
    assert [heading.key for heading in report.headings] == PARTS


@pytest.mark.parametrize(
    ("number", "key", "begins", "ends"),
    [
        ("000", "overview", "2022年，洛阳市卫健委", "防控意识和应对能力。"),
        ("000", "other_matters", "依据《政府信息公开信息处理费管理办法》", "收取信息处理费为0元。"),
        ("001", "overview", "一是主动公开情况", "保障人民群众的监督权。"),
        ("002", "preamble", "根据《中华人民共和国政府信息公开条例》第五十条", "制作本报告。"),
        ("002", "other_matters", "无。", "无。"),
        ("003", "problems", "(一) 存在问题。", "健康科普内容。"),
        ("004", "preamble", "2021年,保山市卫生健康委员会以", "积极作用。"),
        ("004", "proactive", "(一)公开信息范围及数量", "有序、有效开展。"),
        ("004", "remedies", "2021年,我委没有因", "情况发生。"),
    ],
)
def test_the_parts_of_the_seeds_begin_and_end_with_their_text(
    shared: Path, number: str, key: str, begins: str, ends: str
) -> None:
    text = seed(shared, number).sections[key]
    assert text.startswith(begins)
    assert text.endswith(ends)


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_no_table_is_left_in_the_text_of_its_part(shared: Path, number: str) -> None:
    sections = seed(shared, number).sections
    assert [sections[key] for key in ("proactive", "applications", "remedies")] == ["", "", ""]


def test_a_paragraph_parted_by_a_page_break_is_whole(shared: Path) -> None:
    assert "栏目，每周一期，每期 30 分钟" in seed(shared, "002").sections["overview"]


def test_the_signature_of_a_seed_without_title(shared: Path) -> None:
    report = seed(shared, "004")
    assert (report.title, report.signed_by, report.signed_on) == (None, "保山市卫生健康委员会", date(2022, 1, 24))


def test_a_traditional_report_with_pinyin_says_so(shared: Path) -> None:
    assert seed(shared, "001").traits == {"pinyin", "traditional"}


@pytest.mark.parametrize("name", EXPECTED_FILES)
def test_every_number_is_the_one_expected_or_openly_in_doubt(shared: Path, name: str) -> None:
    reports = shared / "reports"
    expected = json.loads((reports / "expected.json").read_text("utf-8"))[name]["expected"]
    report = read_one(reports / name)
    document = to_json(report)
    head = ("agency", "year", "format")
    assert [document[key] for key in head] == [expected[key] for key in head]
    doubtful = {path for doubt in report.doubts for path in doubt.cells}
    wrong = {
        path: (value, expected_value)
        for path, value, expected_value in _pairs(document, expected)
        if value != expected_value and not (value is None and path in doubtful)
    }
    assert wrong == {}


def _pairs(document: dict[str, Any], expected: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [
        (f"{table}.{row}.{key}", document[table].get(row, {}).get(key, "missing"), value)
        for table in ("proactive", "applications", "remedies")
        for row, cells in expected[table].items()
        for key, value in cells.items()
    ]


def test_a_misread_county_is_put_right_with_a_doubt(shared: Path) -> None:
    report = read_one(shared / "reports" / "shuyang_county_2025_ocr.md")
    assert report.agency == "沭阳县人民政府"
    assert "agency-spelling" in {doubt.code for doubt in report.doubts}


def test_the_day_of_publication_comes_from_the_page(shared: Path) -> None:
    reports = shared / "reports"
    assert read_one(reports / "shuyang_fgj_2023.html").published_on == date(2024, 1, 17)
    assert read_one(reports / "pingtan_2021_glued.txt").published_on == date(2022, 2, 8)


def test_page_furniture_glued_to_a_report_is_no_text_of_it(shared: Path) -> None:
    sections = read_one(shared / "reports" / "pingtan_2021_glued.txt").sections
    assert sections["preamble"].startswith("根据《中华人民共和国政府信息公开条例》")
    assert sections["other_matters"] == "2021年，无收取信息处理费情况。"
