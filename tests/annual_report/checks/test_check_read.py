"""Reading and checking together, on the published files: only what their agencies published is an arithmetic error."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_cases import codes

from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.reading import read

pytestmark = pytest.mark.shared

FILES = [
    "reports/shuyang_fgj_2023.html",
    "reports/hangzhou_2025_fixture.html",
    "reports/shuyang_county_2025_ocr.md",
    "reports/pingtan_2019_glued.txt",
    "reports/pingtan_2021_glued.txt",
    "seeds/000_c11e980676f7b3fb.txt",
    "seeds/001_8819132e5f94e15d.txt",
    "seeds/002_289990b226e32aad.txt",
    "seeds/003_3bbe8f1fcb5da8b5.txt",
    "seeds/004_2c1132c7924dd3e8.txt",
]


def test_hongze_has_two_errors_both_in_table_four(shared: Path) -> None:
    path = shared / "reports" / "hongze_2023.pdf"
    (report,) = read(path.read_bytes(), name=path.name)
    errors = [finding for finding in check(report) if finding.severity is Severity.ERROR]
    assert [(f.code, f.place, f.left, f.right) for f in errors] == [
        ("CF-REMEDY", "remedies.reconsideration.*", 11, 0),
        ("CF-REMEDY", "remedies.litigation_after_reconsideration.*", 5, 0),
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_other_files_have_no_arithmetic_error(shared: Path, name: str) -> None:
    path = shared / name
    (report,) = read(path.read_bytes(), name=path.name)
    assert [code for code in codes(check(report)) if code.startswith(("CF-", "NUM-"))] == []


def test_a_lost_column_is_told_from_an_arithmetic_error(shared: Path) -> None:
    path = shared / "seeds" / "003_3bbe8f1fcb5da8b5.txt"
    (report,) = read(path.read_bytes(), name=path.name)
    places = [finding.place for finding in check(report) if finding.code == "CELL-ABSENT"]
    assert places == ["applications.*.other"]


def test_traditional_script_and_pinyin_of_one_site(shared: Path) -> None:
    path = shared / "seeds" / "001_8819132e5f94e15d.txt"
    (report,) = read(path.read_bytes(), name=path.name)
    assert {"FORM-SCRIPT", "FORM-PINYIN"} <= set(codes(check(report)))
