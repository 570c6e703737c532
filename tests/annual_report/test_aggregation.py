"""Members' reports added up: open sums, double counts, drill-down, and equations that go on holding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.annual_report.aggregation import JointDocument, Member, Rules, aggregate
from gongkai.annual_report.checks import check
from gongkai.annual_report.model import Cell, Number, Report, blank_report

FORM = formats.load("2021")
ISSUED = "proactive.normative_documents.issued"
IN_FORCE = "proactive.normative_documents.in_force"


def zeros(agency: str, **values: Number) -> Report:
    """A report with 0 in every cell but the given ones; `__` in a name stands for the dot of a path."""
    cells = {path: Cell(0) for path in FORM.cells}
    cells |= {path.replace("__", "."): Cell(value) for path, value in values.items()}
    return replace(blank_report(FORM, agency=agency, year=2024), cells=cells)


def member(key: str, **values: Number) -> Member:
    return Member(key, f"{key}局", zeros(f"{key}局", **values))


def test_every_cell_is_the_sum_of_the_members_and_opens_them() -> None:
    summed = aggregate(
        [
            member("甲", proactive__permits__decisions=7, proactive__fees__amount_wan=Decimal("113.372")),
            member("乙", proactive__permits__decisions=461, proactive__fees__amount_wan=Decimal("73.65")),
        ],
        year=2024,
    )
    assert summed.sums["proactive.permits.decisions"].value == 468
    assert summed.sums["proactive.fees.amount_wan"].value == Decimal("187.022")
    assert [(share.name, share.counted) for share in summed.shares("proactive.permits.decisions")] == [
        ("甲局", 7),
        ("乙局", 461),
    ]


def test_a_cell_that_one_member_leaves_blank_stays_open_and_names_it() -> None:
    blank = Member("丙", "丙局", blank_report(FORM, agency="丙局", year=2024))
    summed = aggregate([member("甲", proactive__permits__decisions=7), blank], year=2024)
    one = summed.sums["proactive.permits.decisions"]
    assert (one.value, one.partial, one.unstated) == (None, 7, ("丙局",))
    doubts = summed.report(agency="某市人民政府").doubts
    assert doubts[0].code == "SUM-OPEN"
    assert "1个单位没有填报（丙局）" in doubts[0].message


def test_a_joint_document_counts_for_its_lead_agency_only() -> None:
    document = JointDocument("公共场所控烟办法", lead="甲", partners=("乙",))
    members = [member("甲", **{ISSUED.replace(".", "__"): 2}), member("乙", **{ISSUED.replace(".", "__"): 1})]
    once = aggregate(members, year=2024, rules=Rules((document,)))
    assert once.sums[ISSUED].value == 2
    share = once.shares(ISSUED)[1]
    assert (share.stated, share.counted) == (1, 0)
    assert share.deductions[0].reason == "《公共场所控烟办法》由甲局牵头制发，只计牵头机关"
    assert aggregate(members, year=2024, rules=Rules((document,), joint_once=False)).sums[ISSUED].value == 3


def test_nothing_is_deducted_from_a_partner_that_did_not_count_the_document() -> None:
    document = JointDocument("公共场所控烟办法", lead="甲", partners=("乙",), columns=("issued",))
    summed = aggregate(
        [member("甲", **{ISSUED.replace(".", "__"): 1}), member("乙")], year=2024, rules=Rules((document,))
    )
    assert summed.sums[ISSUED].value == 1
    assert summed.remarks == ("“乙局”没有计入联合制发的《公共场所控烟办法》，未作扣减。",)


def test_a_lead_agency_outside_the_members_is_reported_not_guessed() -> None:
    document = JointDocument("公共场所控烟办法", lead="外", partners=("乙",))
    summed = aggregate([member("乙", **{ISSUED.replace(".", "__"): 1})], year=2024, rules=Rules((document,)))
    assert summed.sums[ISSUED].value == 1
    assert "牵头机关不在汇总范围内" in summed.remarks[0]


def test_members_that_a_lower_summary_has_counted_are_left_out() -> None:
    county = replace(member("县", proactive__permits__decisions=10), covers=frozenset({"县教育"}))
    summed = aggregate([county, member("县教育", proactive__permits__decisions=4)], year=2024)
    assert summed.sums["proactive.permits.decisions"].value == 10
    assert [(one.name, one.reason) for one in summed.left_out] == [("县教育局", "已计入“县局”的汇总报告，不重复计算。")]


def test_reports_of_another_year_are_left_out_with_the_reason() -> None:
    late = Member("乙", "乙局", replace(zeros("乙局"), year=2023))
    assert aggregate([member("甲"), late], year=2024).left_out[0].reason == "是2023年度的报告，不是2024年度的。"


def test_a_member_in_the_old_form_leaves_gaps_where_the_forms_differ() -> None:
    old = formats.load("2019")
    cells = {path: Cell(1) for path in old.cells}
    summed = aggregate([Member("甲", "甲局", Report("甲局", 2024, old, cells))], year=2024)
    assert summed.sums["proactive.permits.decisions"].value == 1
    assert summed.sums[IN_FORCE].value is None
    assert summed.sums["applications.other_outcome.other.total"].value is None


def test_a_broken_equation_names_the_members_that_break_it() -> None:
    wrong = member("乙", applications__received__natural_person=3, applications__received__total=4)
    found = aggregate([member("甲"), wrong], year=2024).broken()
    assert [(one.identity.name, one.left, one.right, one.members) for one in found] == [
        ("row-sum:received", 3, 4, ("乙局",)),
        ("balance:natural_person", 3, 0, ("乙局",)),
        ("balance:total", 4, 0, ("乙局",)),
    ]


def test_the_own_report_of_the_body_is_held_against_the_sums() -> None:
    summed = aggregate([member("甲", proactive__permits__decisions=7)], year=2024)
    own = zeros("某市人民政府", proactive__permits__decisions=8)
    assert [(one.path, one.stated, one.summed) for one in summed.differences(own)] == [
        ("proactive.permits.decisions", 8, 7)
    ]


def test_without_members_every_sum_is_open() -> None:
    assert aggregate([], year=2024).sums["proactive.permits.decisions"].value is None


@st.composite
def balanced(draw: st.DrawFn) -> Report:
    """A report whose equations hold: leaves and what is carried out are drawn, the rest follows."""
    cells = {path: Cell(0) for path in FORM.cells}
    columns = [column.key for column in FORM.columns[:-1]]

    def put(row: str, column: str, value: int) -> None:
        cells[f"applications.{row}.{column}"] = Cell(value)

    sums: dict[str, int] = {}
    for column in columns:
        leaves = draw(st.lists(st.integers(0, 9), min_size=21, max_size=21))
        out = draw(st.integers(0, 9))
        rows = {**dict(zip(FORM.leaf_rows, leaves, strict=True)), "total": sum(leaves), "carried_out": out}
        carried_in = draw(st.integers(0, sum(leaves) + out))
        rows |= {"carried_in": carried_in, "received": sum(leaves) + out - carried_in}
        for row, value in rows.items():
            put(row, column, value)
            sums[row] = sums.get(row, 0) + value
    for row, value in sums.items():
        put(row, "total", value)
    return replace(blank_report(FORM, agency="某市甲局", year=2024), cells=cells)


@settings(max_examples=25, deadline=None)
@given(st.lists(balanced(), min_size=1, max_size=4))
def test_equations_that_hold_for_every_member_hold_for_the_sum(reports: list[Report]) -> None:
    members = [Member(str(number), f"{number}局", report) for number, report in enumerate(reports)]
    summed = aggregate(members, year=2024)
    assert summed.broken() == []
    errors = [finding.code for finding in check(summed.report(agency="某市人民政府")) if finding.severity == "error"]
    assert [code for code in errors if code.startswith("CF-")] == []
