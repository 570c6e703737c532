"""From the draft to the superior agency, at the level of the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from gongkai.annual_report.checks import Severity
from gongkai.annual_report.reading import read
from gongkai.annual_report.receipt import holds, load, verify
from gongkai.applications import ApplicantType
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import AnnualReport, ReportState
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services import freezing, submission
from gongkai_web.annual_report.services.draft import DraftRefused, open_report, save_texts
from gongkai_web.applications.selectors.figures import reported_carry
from gongkai_web.information.models import ReviewCase
from gongkai_web.information.services.publication import withdraw
from gongkai_web.information.services.review import give_back

REVIEWERS = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
SignNext = Callable[..., ReviewCase]


def published(report: AnnualReport, officer: User, staff: dict[Role, User], sign_next: SignNext) -> AnnualReport:
    case = submission.send_to_review(report, by=officer)
    for role in REVIEWERS:
        sign_next(case, staff[role])
        case.refresh_from_db()
    report.refresh_from_db()
    return report


def test_cells_are_computed_from_the_records_and_carry_their_number(written: AnnualReport) -> None:
    draft = draft_of(written)
    assert draft.report.value("proactive.permits.decisions") == 7
    assert draft.cells["proactive.permits.decisions"].locked
    assert draft.cells["proactive.permits.decisions"].count == 1
    assert draft.report.value("applications.received.total") == 0


def test_figures_in_the_text_follow_the_records(written: AnnualReport) -> None:
    overview = draft_of(written).report.sections["overview"]
    assert "全年作出行政许可决定7件" in overview
    assert "组织培训2次" in overview


def test_section_six_states_the_fee_without_being_told(written: AnnualReport) -> None:
    assert draft_of(written).report.sections["other_matters"].endswith("本年度未收取信息处理费。")


def test_the_written_draft_has_no_error(written: AnnualReport) -> None:
    found = judge(draft_of(written))
    assert [one.finding.message for one in found.of(Severity.ERROR)] == []
    assert found.draft.binding_problems == []


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_to_the_superior_agency(
    frozen: AnnualReport, officer: User, staff: dict[Role, User], sign_next: SignNext, government: Agency
) -> None:
    assert frozen.state == ReportState.FROZEN
    report = published(frozen, officer, staff, sign_next)
    assert report.state == ReportState.PUBLISHED
    assert report.item is not None
    assert report.item.live
    event = submission.submit(report, by=officer)
    assert event.to_agency == government
    assert (report.state, report.submitted_version) == (ReportState.SUBMITTED, report.published_version)
    assert list(report.events.values_list("kind", flat=True)) == ["opened", "frozen", "sent", "published", "submitted"]


def test_every_file_gives_the_frozen_report_back_and_fits_the_receipt(frozen: AnnualReport) -> None:
    version = frozen.versions.get()
    assert [proof["format"] for proof in version.proofs] == ["docx", "pdf", "html", "xlsx", "md", "json"]
    assert all(proof["holds"] for proof in version.proofs)
    files = {file.format: file.document.file.read() for file in version.files.all()}
    receipt = load(files.pop("receipt"))
    assert receipt.root == version.sha256
    assert [entry.format for entry in receipt.files] == ["docx", "pdf", "xlsx", "json"]
    assert holds(verify(receipt, {entry.name: files[entry.format] for entry in receipt.files}))
    (again,) = read(files["docx"], name="x.docx")
    assert again.value("proactive.penalties.decisions") == 14


def test_the_officer_and_whoever_wrote_cannot_sign(
    frozen: AnnualReport, officer: User, staff: dict[Role, User]
) -> None:
    case = submission.send_to_review(frozen, by=officer)
    assert officer in case.authors.all()


def test_a_returned_report_opens_again_and_becomes_version_two(
    frozen: AnnualReport, officer: User, staff: dict[Role, User]
) -> None:
    case = submission.send_to_review(frozen, by=officer)
    give_back(case, by=staff[Role.REVIEWER_1], seen=case.fingerprint, opinion="第五部分请补充措施")
    frozen.refresh_from_db()
    assert frozen.state == ReportState.RETURNED
    assert frozen.events.last().comment == "第五部分请补充措施"
    save_texts(frozen, {"problems": "主要问题：解读单一。改进情况：已增加图解，并按月检查栏目更新。"}, by=officer)
    version = freezing.freeze(frozen, by=officer)
    assert version.number == 2
    assert version.receipt["previous"] == frozen.versions.get(number=1).sha256


@pytest.mark.django_db(transaction=True)
def test_a_correction_leaves_the_published_version_until_it_is_signed(
    frozen: AnnualReport,
    officer: User,
    staff: dict[Role, User],
    sign_next: SignNext,
    explain_all: Callable[[AnnualReport], int],
) -> None:
    report = published(frozen, officer, staff, sign_next)
    submission.correct(report, by=officer, reason="处罚数量有误")
    save_texts(report, {"other_matters": "无其他需要报告的事项，请予审阅。"}, by=officer)
    with pytest.raises(DraftRefused, match="更正说明"):
        freezing.freeze(report, by=officer)
    freezing.freeze(report, by=officer, note="更正第六部分的文字")
    report.item.refresh_from_db()
    assert "请予审阅" not in report.item.body
    published(report, officer, staff, sign_next)
    assert report.published_version.number == 2
    report.item.refresh_from_db()
    assert "更正说明：</strong>更正第六部分的文字" in report.item.body


def test_a_running_year_is_provisional_and_cannot_be_frozen(
    recorded: Agency, officer: User, explain_all: Callable[[AnnualReport], int]
) -> None:
    report = open_report(recorded, timezone.localdate().year, by=officer)
    assert draft_of(report).provisional
    with pytest.raises(DraftRefused, match="还没有结束"):
        freezing.freeze(report, by=officer)


def test_the_signature_day_is_the_day_of_freezing_when_none_is_given(report: AnnualReport, officer: User) -> None:
    assert draft_of(report).report.signed_on is None
    assert draft_of(report, today=date(2025, 1, 20)).provisional is False


def test_the_carry_over_is_kept_by_number_at_the_freeze(frozen: AnnualReport) -> None:
    assert set(reported_carry(frozen.agency, 2024) or {}) == {kind.value for kind in ApplicantType}


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_report_is_published_no_more(
    frozen: AnnualReport, officer: User, staff: dict[Role, User], sign_next: SignNext
) -> None:
    report = published(frozen, officer, staff, sign_next)
    withdraw(report.item, by=staff[Role.REVIEWER_3], reason="有一处数据错误")
    report.refresh_from_db()
    assert (report.state, report.published_version) == (ReportState.DRAFT, None)
    assert "有一处数据错误" in report.events.last().comment
    with pytest.raises(DraftRefused, match="已经撤回"):
        freezing.freeze(report, by=officer)
