"""NUM-NEGATIVE, NUM-FRACTION, NUM-DECIMALS, RULES-POWER, REGISTER-FLOOR."""

from __future__ import annotations

from decimal import Decimal

import pytest
from check_cases import found, only, report

from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.checks.agency_kind import AgencyKind, agency_kind, lacks_rule_power


def test_negative_count() -> None:
    finding = only("NUM-NEGATIVE", check(report({"proactive.penalties.decisions": -3})))
    assert (finding.place, finding.left) == ("proactive.penalties.decisions", -3)
    assert finding.message == "表二 · 行政处罚 · 本年处理决定数量 填的是 -3，件数和金额不能为负。"


def test_only_the_change_of_the_2019_form_may_be_negative() -> None:
    assert check(report({"proactive.penalties.change": -3}, form="2019")) == []


def test_fraction_of_a_case() -> None:
    finding = only("NUM-FRACTION", check(report({"proactive.permits.decisions": Decimal("113.372")})))
    assert (finding.place, finding.left) == ("proactive.permits.decisions", Decimal("113.372"))


def test_whole_decimals_and_money_are_no_fractions() -> None:
    figures = {"proactive.permits.decisions": Decimal("7"), "proactive.fees.amount_wan": Decimal("113.372")}
    assert check(report(figures)) == []


def test_money_finer_than_a_cent() -> None:
    finding = only("NUM-DECIMALS", check(report({"proactive.fees.amount_wan": Decimal("24252.3110825")})))
    assert finding.message.startswith("表二 · 行政事业性收费 · 本年收费金额 填的是 24252.3110825 万元")


def test_a_very_long_amount_is_judged_by_its_digits() -> None:
    digits = "1" * 40
    assert check(report({"proactive.fees.amount_wan": Decimal(f"{digits}.123456")})) == []
    assert found("NUM-DECIMALS", report({"proactive.fees.amount_wan": Decimal(f"{digits}.1234567")}))


def test_money_to_the_cent_with_trailing_zeros() -> None:
    assert check(report({"proactive.fees.amount_wan": Decimal("24252.3110820")})) == []


def test_a_health_commission_makes_no_rules() -> None:
    finding = only("RULES-POWER", check(report({"proactive.rules.in_force": 3})))
    assert (finding.severity, finding.left, finding.right) == (Severity.WARNING, 3, 0)
    assert "测试市卫生健康委员会 没有规章制定权" in finding.message


def test_a_city_government_makes_rules() -> None:
    figures = {"proactive.rules.in_force": 74}
    assert found("RULES-POWER", report(figures, agency="杭州市人民政府")) == []
    assert found("RULES-POWER", report(figures, agency=None)) == []


@pytest.mark.parametrize(
    "agency",
    [
        "洛阳市卫生健康委员会",
        "盐池县卫生健康局",
        "河南省卫生健康委员会",
        "宁夏回族自治区卫生健康委员会",
        "沭阳县人民政府",
        "淮安市洪泽区人民政府",
        "苏州市常熟市人民政府",
        "某某县某某镇人民政府",
        "某某区某某街道办事处",
        "某某经济技术开发区管理委员会",
        "市卫生健康委员会",
    ],
)
def test_names_that_prove_the_lack_of_rule_power(agency: str) -> None:
    assert lacks_rule_power(agency)


@pytest.mark.parametrize(
    "agency",
    [
        "杭州市人民政府",
        "测试市",
        "贵州省遵义市人民政府",
        "恩施土家族苗族自治州人民政府",
        "广西壮族自治区人民政府",
        "国家卫生健康委员会",
        "国家市场监督管理总局",
        "交通运输部",
        "平潭综合实验区",
        "常熟市人民政府",
        "某某大学",
    ],
)
def test_names_that_leave_rule_power_open(agency: str) -> None:
    assert not lacks_rule_power(agency)


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("沭阳县发展和改革局", AgencyKind.DEPARTMENT),
        ("某某市人民政府国有资产监督管理委员会", AgencyKind.DEPARTMENT),
        ("某某市城市管理委员会", AgencyKind.DEPARTMENT),
        ("淮安市洪泽区人民政府", AgencyKind.GOVERNMENT),
        ("测试市", AgencyKind.GOVERNMENT),
        ("新乡市人民政府", AgencyKind.GOVERNMENT),
        ("某某区某某街道办事处", AgencyKind.TOWNSHIP),
        ("平潭综合实验区", AgencyKind.ZONE),
        ("某某市人民医院", AgencyKind.UNKNOWN),
        ("某某市人民政府办公室", AgencyKind.UNKNOWN),
        ("某某省人民政府办公厅", AgencyKind.UNKNOWN),
        ("某某省水利厅", AgencyKind.DEPARTMENT),
        ("某某市人民政府外事办公室", AgencyKind.DEPARTMENT),
    ],
)
def test_rank_shown_by_a_name(agency: str, kind: AgencyKind) -> None:
    assert agency_kind(agency) is kind


def test_fewer_documents_in_force_than_the_year_added() -> None:
    figures = {
        "proactive.normative_documents.issued": 8,
        "proactive.normative_documents.repealed": 1,
        "proactive.normative_documents.in_force": 5,
    }
    finding = only("REGISTER-FLOOR", check(report(figures)))
    assert (finding.place, finding.left, finding.right) == ("proactive.normative_documents.in_force", 5, 7)
    assert finding.severity is Severity.WARNING


def test_documents_in_force_from_earlier_years() -> None:
    figures = {"proactive.normative_documents.repealed": 5, "proactive.normative_documents.in_force": 5}
    assert check(report(figures)) == []
