"""FORM-…: edition, headings, parts, title, labels, script, date."""

from __future__ import annotations

from datetime import date
from typing import Any

from check_cases import codes, found, only, report

from gongkai.annual_report import formats
from gongkai.annual_report.checks import Severity, check
from gongkai.annual_report.model import Heading, Report

HEADINGS = tuple(Heading(section.key, section.full_heading) for section in formats.load("2021").sections)
TITLE = "测试市卫生健康委员会2023年政府信息公开工作年度报告"


def published(**members: Any) -> Report:
    """A report with headings, title and date in order."""
    return report(**({"headings": HEADINGS, "title": TITLE, "signed_on": date(2024, 1, 22)} | members))


def test_a_report_in_form_is_clean() -> None:
    assert check(published()) == []


def test_the_trial_form_after_2020_is_an_error() -> None:
    finding = only("FORM-EDITION", check(report(form="2019", year=2022)))
    assert (finding.left, finding.right, finding.severity) == ("2019", "2021", Severity.ERROR)
    assert finding.message == "2022 年度报告用的是 2019 年格式，应当用 2021 年格式。"
    assert finding.citation == "国办公开办函〔2021〕30号"
    assert found("FORM-EDITION", report(form="2019", year=2020)) == []


def test_the_newer_form_for_an_older_year_is_a_warning() -> None:
    assert only("FORM-EDITION", check(report(form="2021", year=2020))).severity is Severity.WARNING


def test_other_outcomes_in_one_row() -> None:
    finding = only("FORM-VARIANT", check(report(unsplit=True)))
    assert (finding.severity, finding.left, finding.right) == (Severity.WARNING, "1 行", "3 行")
    assert finding.message == "表三：（六）其他处理为一行，格式规定分为三行。"
    assert only("FORM-VARIANT", check(report(form="2019", unsplit=False))).left == "3 行"
    assert found("FORM-VARIANT", report(form="2019", unsplit=True)) == []


def test_a_missing_heading() -> None:
    finding = only("FORM-HEADING-MISSING", check(published(headings=HEADINGS[:-1])))
    assert (finding.place, finding.right) == ("headings.other_matters", "六、其他需要报告的事项")


def test_a_draft_without_any_heading_is_not_accused() -> None:
    assert check(report()) == []


def test_headings_out_of_order() -> None:
    swapped = (*HEADINGS[:4], HEADINGS[5], HEADINGS[4])
    finding = only("FORM-HEADING-ORDER", check(published(headings=swapped)))
    assert finding.message == "“五、存在的主要问题及改进情况”排在“六、其他需要报告的事项”之后。"


def test_a_heading_in_other_words() -> None:
    worded = (*HEADINGS[:4], Heading("problems", "五、存在问题及改进情况"), HEADINGS[5])
    finding = only("FORM-HEADING-WORDING", check(published(headings=worded)))
    assert (finding.left, finding.right) == ("五、存在问题及改进情况", "五、存在的主要问题及改进情况")


def test_spacing_and_width_of_a_heading_do_not_count() -> None:
    spaced = (*HEADINGS[:3], Heading("remedies", "四、 政府信息公开行政复议,行政诉讼情况 "), *HEADINGS[4:])
    assert found("FORM-HEADING-WORDING", published(headings=spaced)) == []


OVERVIEW = "本机关主动公开信息若干，受理依申请公开若干，严格审核发布内容，维护网站专栏，接受社会监督。"


def test_an_overview_that_leaves_out_two_parts() -> None:
    text = OVERVIEW.replace("受理依申请公开若干，", "").replace("，接受社会监督", "")
    finding = only("FORM-PARTS", check(published(sections={"overview": text})))
    assert finding.message == "“一、总体情况”未写到：依申请公开、监督保障。"


def test_an_excerpt_of_an_overview_is_not_judged() -> None:
    assert found("FORM-PARTS", published(sections={"overview": "全年主动公开信息若干。……"})) == []


def test_an_overview_with_all_parts() -> None:
    assert found("FORM-PARTS", published(sections={"overview": OVERVIEW})) == []


def test_no_title() -> None:
    assert only("FORM-TITLE-MISSING", check(published(title=None))).right == TITLE


def test_a_title_without_the_full_name() -> None:
    finding = only("FORM-TITLE", check(published(title="市卫生健康委员会2023年政府信息公开工作年度报告")))
    assert (finding.severity, finding.right) == (Severity.WARNING, TITLE)
    assert "没有写机关全称" in finding.message


def test_a_title_of_another_year_and_one_of_no_year() -> None:
    wrong = only("FORM-TITLE", check(published(title=TITLE.replace("2023", "2022"))))
    assert "年份与报告年度 2023 不符" in wrong.message
    assert "没有写年份" in only("FORM-TITLE", check(published(title=TITLE.replace("2023年", "")))).message


def test_a_title_in_other_words_is_a_note() -> None:
    finding = only("FORM-TITLE", check(published(title=TITLE.replace("工作年度", "年度"))))
    assert finding.severity is Severity.NOTE
    assert found("FORM-TITLE", published(title=TITLE.replace("2023年", " 2023 年度"))) == []


def test_a_label_in_other_words_is_a_note() -> None:
    labels = {"applications.refused.prohibited_by_law": "2.其他法律法规禁止公开"}
    finding = only("FORM-LABEL", check(published(labels=labels)))
    assert (finding.left, finding.right) == ("2.其他法律法规禁止公开", "2.其他法律行政法规禁止公开")
    assert finding.severity is Severity.NOTE


def test_labels_of_columns_and_groups() -> None:
    labels = {
        "applications.columns.social_organisation": "社会公益机构",
        "applications.groups.refused": "（三）不予公布",
    }
    findings = found("FORM-LABEL", published(labels=labels))
    assert [(f.place, f.right) for f in findings] == [
        ("applications.*.social_organisation", "社会公益组织"),
        ("applications.refused", "（三）不予公开"),
    ]
    assert findings[1].message.startswith("表三 · 三（三）不予公开：印作“（三）不予公布”")


def test_a_lost_row_number_is_no_other_label() -> None:
    labels = {"applications.received": "本年新收政府信息公开申请数量", "applications.granted": "(一) 予以公开"}
    assert found("FORM-LABEL", published(labels=labels)) == []


def test_width_and_quotes_of_a_label_do_not_count() -> None:
    labels = {
        "applications.refused.security_stability": '3、危及"三安全一稳定"',
        "applications.columns.natural_person": "自 然 人",
    }
    assert found("FORM-LABEL", published(labels=labels)) == []


def test_traditional_script_and_inserted_pinyin() -> None:
    assert codes(check(published(traits=frozenset({"traditional", "pinyin"})))) == ["FORM-SCRIPT", "FORM-PINYIN"]


def test_mojibake_in_the_text() -> None:
    finding = only("FORM-MOJIBAKE", check(published(sections={"problems": "公开不够及时\ufffd\ufffd，锟斤拷改进。"})))
    assert (finding.place, finding.left) == ("sections.problems", 2)
    assert finding.message == "五、存在的主要问题及改进情况有 2 处乱码。"


def test_no_date_anywhere() -> None:
    assert codes(check(published(signed_on=None))) == ["FORM-DATE"]
    assert found("FORM-DATE", published(signed_on=None, published_on=date(2024, 1, 22))) == []
