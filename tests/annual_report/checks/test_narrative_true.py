"""Many paragraphs in the manner of real reports: those that are true find no fault, those that are not are found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from narrative_cases import Figures, told

from gongkai.annual_report.checks.narrative import audit

# 自然人, 商业企业, 其他
_DEPARTMENT = {
    "received": (10, 2, 0),
    "carried_in": (1, 0, 0),
    "granted": (4, 1, 0),
    "partly_granted": (2, 0, 0),
    "refused.third_party_rights": (1, 0, 0),
    "unavailable.not_held": (2, 1, 0),
    "not_processed.petition": (1, 0, 0),
    "total": (10, 2, 0),
    "carried_out": (1, 0, 0),
}
_COUNTY = {
    "received": (280, 20, 12),
    "carried_in": (9, 0, 0),
    "granted": (150, 0, 0),
    "partly_granted": (30, 0, 0),
    "refused.third_party_rights": (12, 0, 0),
    "refused.deliberative": (8, 0, 0),
    "unavailable.not_held": (70, 0, 0),
    "unavailable.needs_creation": (10, 0, 0),
    "unavailable.still_unclear": (5, 0, 0),
    "not_processed.petition": (8, 0, 0),
    "not_processed.repeated": (3, 0, 0),
    "other_outcome.not_corrected": (12, 0, 0),
    "total": (276, 20, 12),
    "carried_out": (13, 0, 0),
}


def rows(numbers: dict[str, tuple[int, int, int]]) -> dict[str, int]:
    return {
        f"applications.{row}.{column}": value
        for row, parts in numbers.items()
        for column, value in zip(("natural_person", "enterprise", "other", "total"), (*parts, sum(parts)), strict=True)
    }


REPORTS: dict[str, tuple[str, Figures]] = {
    "department": (
        "青河市卫生健康委员会",
        rows(_DEPARTMENT)
        | {
            "remedies.reconsideration.upheld": 1,
            "remedies.reconsideration.corrected": 1,
            "remedies.reconsideration.total": 2,
            "remedies.litigation_direct.pending": 1,
            "remedies.litigation_direct.total": 1,
            "proactive.permits.decisions": 345,
            "proactive.penalties.decisions": 67,
            "proactive.coercive_measures.decisions": 8,
            "proactive.fees.amount_wan": Decimal("12.34"),
            "proactive.normative_documents.issued": 3,
            "proactive.normative_documents.repealed": 1,
            "proactive.normative_documents.in_force": 20,
        },
    ),
    "county": (
        "临江县人民政府",
        rows(_COUNTY)
        | {
            "remedies.reconsideration.upheld": 10,
            "remedies.reconsideration.corrected": 4,
            "remedies.reconsideration.other": 3,
            "remedies.reconsideration.pending": 2,
            "remedies.reconsideration.total": 19,
            "remedies.litigation_direct.upheld": 3,
            "remedies.litigation_direct.total": 3,
            "remedies.litigation_after_reconsideration.upheld": 2,
            "remedies.litigation_after_reconsideration.pending": 1,
            "remedies.litigation_after_reconsideration.total": 3,
            "proactive.permits.decisions": 45210,
            "proactive.penalties.decisions": 8123,
            "proactive.coercive_measures.decisions": 456,
            "proactive.fees.amount_wan": Decimal("15234.56"),
            "proactive.normative_documents.issued": 12,
            "proactive.normative_documents.repealed": 5,
            "proactive.normative_documents.in_force": 98,
        },
    ),
    "zeros": ("南屏县教育局", {}),
}
# What a single paragraph cannot say: these are about what a section leaves out.
_LEFT_OUT = {"FEE-MISSING", "PROBLEMS-MISSING", "IMPROVEMENT-MISSING"}


def paragraphs(name: str) -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    parts = [line.split("|", 2) for line in lines if line and not line.startswith("#")]
    return [(report, section, text.replace("\\n", "\n")) for report, section, text in parts]


def codes(report: str, section: str, text: str) -> set[str]:
    agency, figures = REPORTS[report]
    return {finding.code for finding in audit(told(text, figures, section=section, agency=agency))} - _LEFT_OUT


@pytest.mark.parametrize(("report", "section", "text"), paragraphs("true_paragraphs.txt"))
def test_a_true_paragraph_finds_no_fault(report: str, section: str, text: str) -> None:
    assert codes(report, section, text) == set()


@pytest.mark.parametrize(("report", "section", "text"), paragraphs("false_paragraphs.txt"))
def test_a_contradiction_is_found(report: str, section: str, text: str) -> None:
    found = codes(report, section, text)
    assert found
    assert found <= {
        *("TEXT-APPLICATIONS", "TEXT-REMEDIES", "TEXT-PROACTIVE", "TEXT-LIST", "TEXT-SHARE"),
        *("TEXT-GROWTH", "TEXT-TWICE", "FEE-AMOUNT"),
    }
