"""CELL-BLANK, CELL-DASH, CELL-ABSENT, CELL-UNREADABLE: one finding for one omission."""

from __future__ import annotations

from check_cases import ABSENT_COLUMN, BLANK, DASH, UNREADABLE, codes, column, only, report

from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.model import Cell, CellState, Source, blank_report


def test_a_blank_column_is_one_finding() -> None:
    finding = only("CELL-BLANK", check(report(column("enterprise", BLANK))))
    assert (finding.place, finding.left, finding.right) == ("applications.*.enterprise", 25, 25)
    assert finding.severity is Severity.ERROR
    assert finding.message == "表三 · 商业企业列 全部 25 格留空。"


def test_a_printed_zero_is_no_blank() -> None:
    assert check(report()) == []


def test_five_blank_columns_are_five_findings() -> None:
    keys = ("enterprise", "research_institution", "social_organisation", "legal_service", "other")
    figures = {path: state for key in keys for path, state in column(key, BLANK).items()}
    assert [f.place for f in check(report(figures))] == [f"applications.*.{key}" for key in keys]


def test_a_column_with_one_figure_left_is_still_one_finding() -> None:
    figures = column("enterprise", BLANK) | {"applications.total.enterprise": 0}
    finding = only("CELL-BLANK", check(report(figures)))
    assert (finding.place, finding.left, finding.right) == ("applications.*.enterprise", 24, 25)


def test_single_blanks_and_blank_rows_are_named() -> None:
    figures = {
        "applications.granted.other": BLANK,
        "proactive.rules.issued": BLANK,
        "proactive.rules.repealed": BLANK,
        "proactive.fees.amount_wan": BLANK,
    }
    findings = check(report(figures))
    assert findings[0].message == "表二 · 规章 3 格中有 2 格留空。"
    assert findings[1].message == "表二 · 行政事业性收费 · 本年收费金额 留空。"
    assert [(f.place, f.left, f.right) for f in findings] == [
        ("proactive.rules.*", 2, 3),
        ("proactive.fees.amount_wan", None, None),
        ("applications.granted.other", None, None),
    ]


def test_blanks_all_over_a_table_are_one_finding_about_the_table() -> None:
    rows = ["received", "granted", "refused.state_secret", "refused.deliberative", "not_processed.repeated", "total"]
    figures = {f"applications.{row}.other": BLANK for row in [*rows, "carried_out"]}
    finding = only("CELL-BLANK", check(report(figures)))
    assert (finding.place, finding.left, finding.right) == ("applications.*.*", 7, 175)


def test_an_empty_form_is_three_findings() -> None:
    findings = check(blank_report())
    assert [(f.code, f.place) for f in findings] == [
        ("CELL-BLANK", "proactive.*.*"),
        ("CELL-BLANK", "applications.*.*"),
        ("CELL-BLANK", "remedies.*.*"),
    ]


def test_strokes_in_place_of_zero() -> None:
    figures = {
        f"remedies.litigation_direct.{key}": DASH for key in ("upheld", "corrected", "other", "pending", "total")
    }
    finding = only("CELL-DASH", check(report(figures)))
    assert (finding.place, finding.severity) == ("remedies.litigation_direct.*", Severity.ERROR)
    assert finding.message == "表四 · 行政诉讼（未经复议直接起诉） 全部 5 格填的是“/”“—”“无”一类符号，不是数字。"


def test_a_missing_column_is_a_warning() -> None:
    finding = only("CELL-ABSENT", check(report(column("other", ABSENT_COLUMN))))
    assert (finding.place, finding.left, finding.severity) == ("applications.*.other", 25, Severity.WARNING)
    assert finding.message == "表三 · 其他列：未见这一列，25 个数字没有说明。"


def test_a_missing_row_is_a_warning() -> None:
    absent = {f"proactive.rules.{key}": CellState.ABSENT_ROW for key in ("issued", "repealed", "in_force")}
    assert only("CELL-ABSENT", check(report(absent))).message == "表二 · 规章：未见这一行，3 个数字没有说明。"


def test_words_in_place_of_a_number() -> None:
    figures = {"proactive.permits.decisions": Cell(None, UNREADABLE, raw="详见附件")}
    finding = only("CELL-UNREADABLE", check(report(figures)))
    assert (finding.place, finding.left) == ("proactive.permits.decisions", "详见附件")
    assert finding.message == "表二 · 行政许可 · 本年处理决定数量 印的是“详见附件”，不是数字。"


def test_a_gap_in_a_text_export_is_only_a_warning() -> None:
    export = Source("report.txt", "text/plain", "")
    page = Source("report.html", "text/html", "")
    gap = {"applications.granted.other": BLANK}
    assert only("CELL-BLANK", check(report(gap, source=export))).severity is Severity.WARNING
    assert only("CELL-BLANK", check(report(gap, source=page))).severity is Severity.ERROR


def test_a_gap_beside_recognised_figures_is_only_a_warning() -> None:
    figures = {"applications.granted.other": BLANK, "applications.granted.total": Cell(0, CellState.OCR)}
    assert only("CELL-BLANK", check(report(figures))).severity is Severity.WARNING


def test_a_cell_that_could_be_two_things_is_reading_s_doubt_not_a_gap() -> None:
    assert codes(check(report({"applications.granted.other": CellState.AMBIGUOUS}))) == []
