"""YEAR-…: one report against the report of the year before."""

from __future__ import annotations

from decimal import Decimal

from check_cases import codes, found, only, report

from gongkai.annual_report.checks import Severity, check


def test_two_years_that_fit_are_clean() -> None:
    last = report({"proactive.normative_documents.in_force": 3}, year=2022)
    this = report(
        {
            "proactive.normative_documents.issued": 2,
            "proactive.normative_documents.repealed": 1,
            "proactive.normative_documents.in_force": 4,
        }
    )
    assert check(this, previous=last) == []


def test_carried_in_differs_from_what_was_carried_out() -> None:
    last = report({"applications.carried_out.natural_person": 2, "applications.carried_out.total": 2}, year=2022)
    findings = found("YEAR-CARRY", report(), previous=last)
    assert [(f.place, f.left, f.right, f.severity) for f in findings] == [
        ("applications.carried_in.natural_person", 0, 2, Severity.ERROR),
        ("applications.carried_in.total", 0, 2, Severity.ERROR),
    ]
    assert findings[1].message == (
        "表三 · 二、上年结转政府信息公开申请数量 · 总计：本年填 0 件，上年报告结转下年度的是 2 件。"
    )


def test_another_applicant_type_with_the_same_total_is_a_warning() -> None:
    last = report({"applications.carried_out.natural_person": 1, "applications.carried_out.total": 1}, year=2022)
    this = report({"applications.carried_in.enterprise": 1, "applications.carried_in.total": 1})
    findings = found("YEAR-CARRY", this, previous=last)
    assert [(f.place, f.severity) for f in findings] == [
        ("applications.carried_in.natural_person", Severity.WARNING),
        ("applications.carried_in.enterprise", Severity.WARNING),
    ]


def test_carrying_over_is_compared_from_one_form_to_the_next() -> None:
    last = report({"applications.carried_out.total": 1}, form="2019", year=2020)
    assert codes(found("YEAR-CARRY", report(year=2021), previous=last)) == ["YEAR-CARRY"]


def test_register_that_does_not_roll_forward() -> None:
    last = report({"proactive.normative_documents.in_force": 3}, year=2022)
    this = report({"proactive.normative_documents.in_force": 9})
    finding = only("YEAR-REGISTER", check(this, previous=last))
    assert (finding.place, finding.left, finding.right) == ("proactive.normative_documents.in_force", 9, 3)
    assert finding.severity is Severity.ERROR


def test_a_clean_up_told_in_the_text_softens_the_register() -> None:
    last = report({"proactive.normative_documents.in_force": 30}, year=2022)
    told = {"proactive": "全年开展规范性文件清理，宣布一批文件失效。"}
    this = report({"proactive.normative_documents.in_force": 9}, sections=told)
    assert found("YEAR-REGISTER", this, previous=last)[0].severity is Severity.WARNING


def test_registers_of_different_forms_are_not_compared() -> None:
    last = report({"proactive.normative_documents.total_disclosed": 30}, form="2019", year=2020)
    assert check(report({"proactive.normative_documents.in_force": 9}, year=2021), previous=last) == []


def test_items_of_the_2019_form_that_do_not_roll_forward() -> None:
    last = report({"proactive.penalties.previous_items": 155, "proactive.penalties.change": 5}, form="2019", year=2019)
    this = report({"proactive.penalties.previous_items": 165}, form="2019", year=2020)
    finding = only("YEAR-ITEMS", check(this, previous=last))
    assert (finding.place, finding.left, finding.right) == ("proactive.penalties.previous_items", 165, 160)
    fitting = report({"proactive.penalties.previous_items": 160}, form="2019", year=2020)
    assert check(fitting, previous=last) == []


def test_pending_cases_that_vanish() -> None:
    last = report({"remedies.reconsideration.pending": 1, "remedies.reconsideration.total": 1}, year=2022)
    finding = only("YEAR-PENDING", check(report(), previous=last))
    assert (finding.place, finding.left, finding.right) == ("remedies.reconsideration.total", 0, 1)
    ended = report({"remedies.reconsideration.upheld": 1, "remedies.reconsideration.total": 1})
    assert check(ended, previous=last) == []


def test_yuan_written_for_wan_yuan() -> None:
    last = report({"proactive.fees.amount_wan": Decimal("113.372")}, year=2022)
    this = report({"proactive.fees.amount_wan": Decimal(1276800)})
    finding = only("YEAR-UNIT", check(this, previous=last))
    assert (finding.place, finding.severity) == ("proactive.fees.amount_wan", Severity.WARNING)
    assert "YEAR-JUMP" not in codes(check(this, previous=last))


def test_a_tenfold_jump_is_a_note() -> None:
    last = report({"proactive.penalties.decisions": 14}, year=2022)
    finding = only("YEAR-JUMP", check(report({"proactive.penalties.decisions": 415}), previous=last))
    assert (finding.left, finding.right, finding.severity) == (415, 14, Severity.NOTE)
    assert check(report({"proactive.penalties.decisions": 90}), previous=last) == []


def test_a_report_that_is_not_the_year_before_is_compared_with_nothing() -> None:
    older = report({"applications.carried_out.total": 5}, year=2020)
    findings = check(report(), previous=older)
    assert codes(findings) == ["YEAR-PAIR"]
    assert findings[0].message == (
        "给出的上年报告是“测试市卫生健康委员会 2020 年度”，不是“测试市卫生健康委员会 2022 年度”，未作跨年比对。"
    )


def test_another_agency_s_report_is_compared_with_nothing() -> None:
    other = report({"applications.carried_out.total": 5}, year=2022, agency="别处市卫生健康委员会")
    assert codes(check(report(), previous=other)) == ["YEAR-PAIR"]


def test_a_shortened_agency_name_is_the_same_agency() -> None:
    last = report(year=2022, agency="市卫健委")
    assert check(report(), previous=last) == []
