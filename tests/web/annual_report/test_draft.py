"""What may be written into a draft, by whom, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.annual_report.forms import read_number, with_paragraph
from gongkai_web.annual_report.models import AnnualReport, Explanation
from gongkai_web.annual_report.paragraphs import mended, offers
from gongkai_web.annual_report.selectors.cells import Origin
from gongkai_web.annual_report.selectors.deadline import deadline_of
from gongkai_web.annual_report.selectors.draft import current, draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.annual_report.services import explaining
from gongkai_web.annual_report.services.draft import DraftRefused
from gongkai_web.annual_report.sources import Figure, Source, register, registry

RECEIVED = "applications.received.natural_person"
PERMITS = "proactive.permits.decisions"
CONTRADICTING = "全年作出行政许可决定9件。"
"""Table 二 says 7."""


def test_a_draft_is_there_before_anybody_opened_it(recorded: Agency) -> None:
    draft = current(recorded, 2024)
    assert draft.row.pk is None
    assert draft.report.value(PERMITS) == 7
    assert draft.report.value("applications.total.total") == 0


def test_a_year_that_has_not_begun_is_refused(recorded: Agency, officer: User) -> None:
    with pytest.raises(DraftRefused, match="不能建立2090年"):
        drafting.open_report(recorded, 2090, by=officer)


def test_who_does_not_keep_reports_opens_none(recorded: Agency, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        drafting.open_report(recorded, 2024, by=staff[Role.REVIEWER_1])


@pytest.mark.parametrize(
    ("path", "value", "reason", "words"),
    [
        (PERMITS, Decimal(8), "另有一件", "由记录计算，不能手工填写"),
        ("applications.granted.total", Decimal(1), "台账", "由记录计算"),
        ("no.such.cell", Decimal(1), "台账", "没有“no.such.cell”这一格"),
    ],
)
def test_a_computed_cell_is_locked(
    report: AnnualReport, officer: User, path: str, value: Decimal, reason: str, words: str
) -> None:
    with pytest.raises(DraftRefused, match=words):
        drafting.enter_cells(report, {path: (value, reason)}, by=officer)


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (Decimal("1.5"), "台账", "应为整数"),
        (Decimal(-1), "台账", "不能是负数"),
        (Decimal(3), " ", "没有写明数据来源"),
    ],
)
def test_a_cell_by_hand_needs_a_whole_number_and_a_source(
    report: AnnualReport, officer: User, value: Decimal, reason: str, words: str
) -> None:
    drafting.open_table(report, "applications", reason="台账在旧系统", by=officer)
    with pytest.raises(DraftRefused, match=words):
        drafting.enter_cells(report, {RECEIVED: (value, reason)}, by=officer)


def test_a_table_by_hand_keeps_its_sums_computed(report: AnnualReport, officer: User) -> None:
    drafting.open_table(report, "applications", reason="台账在旧系统", by=officer)
    form = report.format
    paths = [path for path in form.cells if path.startswith("applications.") and not path.endswith(".total")]
    entries = {path: (Decimal(0), "旧系统导出") for path in paths if not path.startswith("applications.total.")}
    granted = "applications.granted.natural_person"
    entries |= {RECEIVED: (Decimal(6), "旧系统导出"), granted: (Decimal(6), "旧系统导出")}
    drafting.enter_cells(report, entries, by=officer)
    draft = draft_of(report)
    assert draft.report.value("applications.received.total") == 6
    assert draft.report.value("applications.total.natural_person") == 6
    assert draft.report.value("applications.total.total") == 6
    assert draft.cells["applications.total.total"].origin is Origin.SUM
    assert draft.cells[RECEIVED].manual is not None
    assert draft.cells[RECEIVED].manual.by == officer
    assert [one.finding.code for one in judge(draft).blocking if one.anchor.startswith("cell-applications")] == []


def test_closing_a_table_brings_the_records_back(report: AnnualReport, officer: User) -> None:
    drafting.open_table(report, "applications", reason="台账在旧系统", by=officer)
    drafting.enter_cells(report, {RECEIVED: (Decimal(6), "旧系统导出")}, by=officer)
    drafting.close_table(report, "applications", by=officer)
    assert draft_of(report).report.value(RECEIVED) == 0
    assert not report.manual_cells.exists()


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(report: AnnualReport, officer: User) -> None:
    seen = report.revision
    drafting.save_texts(report, {"problems": "甲的文字"}, by=officer, seen=seen)
    with pytest.raises(DraftRefused, match="别人刚刚修改过"):
        drafting.save_texts(report, {"problems": "乙的文字"}, by=officer, seen=seen)
    assert report.narratives.get().text == "甲的文字"


def test_references_are_stored_by_key(report: AnnualReport, officer: User) -> None:
    drafting.save_texts(report, {"overview": "许可{{ 表二 行政许可 · 本年处理决定数量 }}件"}, by=officer)
    assert report.narratives.get().text == f"许可{{{{ {PERMITS} }}}}件"


def test_a_figure_by_hand_needs_evidence(report: AnnualReport, officer: User) -> None:
    with pytest.raises(DraftRefused, match="没有写明依据"):
        drafting.enter_figures(report, {"training.sessions": (Decimal(2), "")}, by=officer)
    with pytest.raises(DraftRefused, match="没有可以手工填报的指标"):
        drafting.enter_figures(report, {"items.published": (Decimal(2), "台账")}, by=officer)


def test_a_contradicting_number_in_the_text_blocks(written: AnnualReport, officer: User) -> None:
    drafting.save_texts(written, {"overview": CONTRADICTING}, by=officer)
    found = [one for one in judge(draft_of(written)).judged if "行政许可" in one.finding.message]
    assert found
    assert found[0].anchor == "text-overview"


def test_an_explanation_holds_while_the_finding_is_the_same(
    written: AnnualReport, officer: User, explain_all: Callable[[AnnualReport], int]
) -> None:
    drafting.save_texts(written, {"overview": CONTRADICTING}, by=officer)
    assert explain_all(written) >= 1
    assert judge(draft_of(written)).blocking == []
    drafting.save_texts(written, {"problems": "主要问题：人手不足。改进情况：已增加专人，按月通报。"}, by=officer)
    assert judge(draft_of(written)).blocking == []


def test_an_error_cannot_be_explained_away(report: AnnualReport, officer: User) -> None:
    drafting.open_table(report, "remedies", reason="旧系统", by=officer)
    error = next(one for one in judge(draft_of(report)).judged if not one.may_be_explained)
    with pytest.raises(DraftRefused, match="错误须改正"):
        explaining.explain(report, error.finding.fingerprint, text="情况属实，请谅解。", by=officer)


def test_a_signed_explanation_cannot_be_changed_even_in_the_database(
    written: AnnualReport, officer: User, explain_all: Callable[[AnnualReport], int]
) -> None:
    drafting.save_texts(written, {"overview": CONTRADICTING}, by=officer)
    explain_all(written)
    assert Explanation.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE annual_report_explanation SET text = '改'")


def test_another_app_takes_a_figure_over_by_registering_it(report: AnnualReport) -> None:
    kept = registry.source("training.sessions")
    assert kept is not None
    try:
        register(Source("training.sessions", "政府信息公开培训", "次", lambda _agency, _year: Figure(5, 5), "监督保障"))
        figure = next(one for one in draft_of(report).figures if one.key == "training.sessions")
        assert figure.value == 5
    finally:
        register(kept)


def test_paragraphs_are_offered_only_for_what_is_recorded(report: AnnualReport, officer: User) -> None:
    before = {offer.part: offer.text for offer in offers(draft_of(report).figures)}
    assert "培训" not in before.get("监督保障", "")
    assert before["依申请公开"].startswith("本年度未收到政府信息公开申请。")
    drafting.enter_figures(report, {"training.sessions": (Decimal(2), "签到表")}, by=officer)
    after = {offer.part: offer.text for offer in offers(draft_of(report).figures)}
    assert after["监督保障"] == "组织政府信息公开培训{{ training.sessions }}次。"


def test_last_years_problems_ask_what_was_done() -> None:
    last = "一是解读形式单一。二是更新不够及时。下一步，将增加图解，加强检查。"
    assert mended(last) == (
        "上一年度报告指出：解读形式单一。改进情况：〔待填写〕\n上一年度报告指出：更新不够及时。改进情况：〔待填写〕"
    )
    assert mended("") == ""


def test_a_paragraph_finds_its_sub_block(report: AnnualReport) -> None:
    text = "（一）主动公开。甲。\n（三）政府信息管理。丙。"
    assert with_paragraph(text, report, "主动公开", "乙。") == "（一）主动公开。甲。乙。\n（三）政府信息管理。丙。"
    assert with_paragraph(text, report, "依申请公开", "乙。").splitlines()[1] == "（二）依申请公开。乙。"
    assert with_paragraph("", report, "监督保障", "戊。") == "（五）监督保障。戊。"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("１，２３４", Decimal(1234)), (" 7 ", Decimal(7)), ("", None), ("−3", Decimal(-3)), ("0.5", Decimal("0.5"))],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: Decimal | None) -> None:
    assert read_number(typed, "某格") == number


@pytest.mark.parametrize("typed", ["七", "1e3000", "NaN", "1.2.3", "/", "9" * 40, "0.12345678"])
def test_anything_else_is_refused_with_the_name_of_the_cell(typed: str) -> None:
    with pytest.raises(DraftRefused, match="某格应填数字"):
        read_number(typed, "某格")


def test_the_deadline_names_the_last_workday(agency: Agency, government: Agency) -> None:
    found = deadline_of(agency, 2024, today=date(2025, 1, 20))
    assert found is not None
    assert (found.due, found.last_workday) == (date(2025, 1, 31), date(2025, 1, 27))
    assert (found.light.value, found.days_left) == ("normal", 6)
    assert "最后一个工作日是1月27日" in found.sentence
    late = deadline_of(agency, 2024, today=date(2025, 2, 1))
    assert late is not None
    assert late.light.value == "overdue"
    governments = deadline_of(government, 2024, today=date(2025, 3, 31))
    assert governments is not None
    assert (governments.due, governments.light.value) == (date(2025, 3, 31), "today")
