"""The narrative audit on published reports: what it has to find, and where it has to keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.annual_report.checks.narrative import audit
from gongkai.annual_report.reading import read

Told = tuple[str, str, str, object, object]

# Contradictions that the agencies published themselves: section, code, severity, the two values.
PUBLISHED: dict[str, list[Told]] = {
    "seeds/000_c11e980676f7b3fb.txt": [],
    "seeds/001_8819132e5f94e15d.txt": [("overview", "TEXT-TWICE", "warning", 1143, 818)],
    "seeds/002_289990b226e32aad.txt": [
        ("overview", "TEXT-PROACTIVE", "error", 203, 0),
        ("overview", "TEXT-ITEMS", "error", "无增减", "+5"),
    ],
    "seeds/003_3bbe8f1fcb5da8b5.txt": [],
    "seeds/004_2c1132c7924dd3e8.txt": [("proactive", "TEXT-LIST", "error", 504, 705)],
    "reports/pingtan_2019_glued.txt": [],
    "reports/pingtan_2021_glued.txt": [],
    "reports/shuyang_county_2025_ocr.md": [],
    "reports/hongze_2023.pdf": [],
    # Their sections 五 name problems only.
    "reports/shuyang_fgj_2023.html": [("problems", "IMPROVEMENT-MISSING", "warning", None, "改进情况")],
    "reports/hangzhou_2025_fixture.html": [("problems", "IMPROVEMENT-MISSING", "warning", None, "改进情况")],
}


@pytest.mark.shared
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_report(shared: Path, name: str) -> None:
    (report,) = read((shared / name).read_bytes(), name=Path(name).name)
    found = audit(report)
    assert [
        (one.place.removeprefix("sections."), one.code, one.severity.value, one.left, one.right) for one in found
    ] == PUBLISHED[name]
