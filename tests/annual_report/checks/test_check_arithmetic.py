"""CF-ROW, CF-OUTCOMES, CF-BALANCE, CF-REMEDY: what the equations find, and where they stay silent."""

from __future__ import annotations

import pytest
from check_cases import ABSENT_COLUMN, AMBIGUOUS, BLANK, codes, column, found, only, report
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.model import Cell, CellState, Doubt, Report

SIX_IN_SIX_GRANTED = {
    "applications.received.natural_person": 6,
    "applications.received.total": 6,
    "applications.granted.natural_person": 6,
    "applications.granted.total": 6,
    "applications.total.natural_person": 6,
    "applications.total.total": 6,
}


def test_a_report_that_adds_up_is_clean() -> None:
    assert check(report(SIX_IN_SIX_GRANTED)) == []


def test_wrong_row_total_names_the_row_and_what_it_should_be() -> None:
    finding = only("CF-ROW", check(report({"remedies.reconsideration.total": 0, "applications.carried_in.other": 2})))
    assert finding.to_json() == {
        "code": "CF-ROW",
        "severity": "error",
        "place": "applications.carried_in.*",
        "rule": "总计 = 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他",
        "left": 2,
        "right": 0,
        "message": "表三 · 二、上年结转政府信息公开申请数量：六类申请人相加为 2，总计列填的是 0，相差 2。",
        "hint": "若“表三 · 二、上年结转政府信息公开申请数量 · 其他”为 0，各处合计都相符；请先核对这一格。",
        "citation": "国办公开办函〔2021〕30号 表三",
        "fingerprint": finding.fingerprint,
    }


def test_outcomes_that_do_not_add_up_to_seven() -> None:
    figures = SIX_IN_SIX_GRANTED | {"applications.granted.natural_person": 5, "applications.granted.total": 5}
    findings = check(report(figures))
    assert [(f.code, f.place, f.left, f.right) for f in findings] == [
        ("CF-OUTCOMES", "applications.*.natural_person", 5, 6),
        ("CF-OUTCOMES", "applications.*.total", 5, 6),
    ]
    assert findings[0].message == "表三 · 自然人列：三（一）至（六）各项相加为 5，三（七）总计填的是 6，相差 1。"
    assert findings[0].hint == "各项若无误，总计应为 5；否则改正填错的一项。"


def test_balance_of_the_contract_example() -> None:
    figures = SIX_IN_SIX_GRANTED | {
        "applications.carried_in.natural_person": 1,
        "applications.carried_in.total": 1,
    }
    finding = next(f for f in check(report(figures)) if f.place == "applications.*.natural_person")
    assert (finding.code, finding.rule, finding.left, finding.right) == ("CF-BALANCE", "一 + 二 = 三（七） + 四", 7, 6)


def test_remedy_total_of_zero_beside_eleven_decisions() -> None:
    finding = only(
        "CF-REMEDY", check(report({"remedies.reconsideration.upheld": 10, "remedies.reconsideration.corrected": 1}))
    )
    assert (finding.place, finding.left, finding.right) == ("remedies.reconsideration.*", 11, 0)
    assert finding.message == "表四 · 行政复议：四种结果相加为 11，总计填的是 0，相差 11。"


def test_one_mistyped_cell_is_pointed_at_from_its_row_and_its_column() -> None:
    findings = check(report(SIX_IN_SIX_GRANTED | {"applications.granted.natural_person": 9}))
    assert [(f.code, f.place) for f in findings] == [
        ("CF-OUTCOMES", "applications.*.natural_person"),
        ("CF-ROW", "applications.granted.*"),
    ]
    advice = "若“表三 · 三（一）予以公开 · 自然人”为 6，各处合计都相符；请先核对这一格。"
    assert [f.hint for f in findings] == [advice, advice]


def test_the_2019_form_adds_its_single_row_of_other_outcomes() -> None:
    figures = SIX_IN_SIX_GRANTED | {
        "applications.granted.natural_person": 4,
        "applications.granted.total": 4,
        "applications.other_outcome.natural_person": 2,
        "applications.other_outcome.total": 2,
    }
    assert check(report(figures, form="2019")) == []


def test_an_absent_column_is_no_arithmetic_error_while_the_rest_fits() -> None:
    findings = check(report(SIX_IN_SIX_GRANTED | column("other", ABSENT_COLUMN)))
    assert codes(findings) == ["CELL-ABSENT"]


def test_blank_cells_may_hold_what_is_missing_from_the_total() -> None:
    figures = SIX_IN_SIX_GRANTED | {"applications.received.natural_person": 4, "applications.received.other": BLANK}
    assert "CF-ROW" not in codes(check(report(figures)))


def test_stated_cells_beyond_the_total_are_an_error_whatever_the_blanks_hold() -> None:
    figures = {"applications.carried_in.natural_person": 3, "applications.carried_in.total": 1}
    blank = {"applications.carried_in.other": BLANK}
    finding = only("CF-ROW", check(report(figures | blank)))
    assert "六类申请人相加为 3（另有 1 格没有数字），总计列填的是 1" in finding.message


def test_a_cell_that_could_be_two_things_accuses_nobody() -> None:
    figures = {"applications.carried_in.natural_person": 3, "applications.carried_in.total": AMBIGUOUS}
    assert found("CF-ROW", report(figures)) == []
    figures = {"applications.carried_in.natural_person": 3, "applications.carried_in.other": AMBIGUOUS}
    assert found("CF-ROW", report(figures)) == []


def test_a_cell_printed_with_two_numbers_accuses_nobody() -> None:
    figures = {"applications.carried_in.natural_person": 3, "applications.carried_in.total": 3}
    doubt = Doubt("conflicting-values", "", None, ("applications.carried_in.total",), ("3", "4"))
    assert found("CF-BALANCE", report(figures))[1].place == "applications.*.total"
    assert [f.place for f in found("CF-BALANCE", report(figures, doubts=(doubt,)))] == ["applications.*.natural_person"]


def test_figures_recognised_from_an_image_give_a_warning() -> None:
    recognised = Cell(5, CellState.OCR)
    finding = only("CF-REMEDY", check(report({"remedies.litigation_direct.upheld": recognised})))
    assert finding.severity is Severity.WARNING
    assert finding.hint.startswith("数字由图像识别得到")


def consistent(draw: st.DrawFn) -> Report:
    """A report whose inner cells are drawn and whose totals are computed from them."""
    form = formats.load("2021")
    applicants = [column.key for column in form.columns[:-1]]
    figures: dict[str, int] = {}
    for key in applicants:
        outcomes = {row: draw(st.integers(0, 30)) for row in form.leaf_rows}
        carried_in = draw(st.integers(0, sum(outcomes.values())))
        carried_out = draw(st.integers(0, 9))
        rows = outcomes | {"total": sum(outcomes.values()), "carried_in": carried_in, "carried_out": carried_out}
        rows["received"] = rows["total"] + carried_out - carried_in
        figures |= {f"applications.{row}.{key}": value for row, value in rows.items()}
    for row in form.rows:
        figures[f"applications.{row.key}.total"] = sum(figures[f"applications.{row.key}.{key}"] for key in applicants)
    for group in form.remedy_groups:
        parts = {key: draw(st.integers(0, 99)) for key in ("upheld", "corrected", "other", "pending")}
        figures |= {f"remedies.{group.key}.{key}": value for key, value in parts.items()}
        figures[f"remedies.{group.key}.total"] = sum(parts.values())
    return report(figures)


@settings(max_examples=25, deadline=None)
@given(st.composite(consistent)())
def test_consistent_reports_are_clean(drawn: Report) -> None:
    assert check(drawn) == []


@settings(max_examples=40, deadline=None)
@given(
    st.composite(consistent)(),
    st.sampled_from(
        sorted(path for path in formats.load("2021").cells if path.startswith(("applications", "remedies")))
    ),
    st.integers(1, 50),
)
def test_one_broken_cell_is_found_in_its_row_or_column(drawn: Report, path: str, more: int) -> None:
    stated = drawn.cells[path].value
    assert stated is not None
    drawn.cells[path].value = stated + more
    findings = check(drawn)
    table, row, column_key = path.split(".", maxsplit=1)[0], path.rpartition(".")[0], path.rpartition(".")[2]
    assert {f.place for f in findings} <= {f"{row}.*", f"{table}.*.{column_key}"}
    assert findings
    assert all(code.startswith("CF-") for code in codes(findings))
    if table == "applications":
        assert {f.place for f in findings} == {f"{row}.*", f"{table}.*.{column_key}"}
        assert all(f"为 {stated}，各处合计都相符" in finding.hint for finding in findings)


@pytest.mark.parametrize("unsplit", [True, False])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_every_equation_of_a_form_has_a_code_and_a_place(*, form: str, unsplit: bool) -> None:
    ones = {path: Cell(1) for path in formats.load(form, unsplit=unsplit).cells}
    findings = check(Report("测试市卫生健康委员会", None, formats.load(form, unsplit=unsplit), ones))
    rows = 25 - 2 * unsplit
    counted = [code for code in codes(findings) if code.startswith("CF-")]
    assert [counted.count(code) for code in ("CF-ROW", "CF-OUTCOMES", "CF-BALANCE", "CF-REMEDY")] == [rows, 7, 0, 3]
