"""The screens of a report: what they show, what they take, whom they refuse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import AnnualReport, ReportState
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.information.models import InformationItem, ReviewCase

SignIn = Callable[[User], Client]


def address(report: AnnualReport, rest: str = "") -> str:
    return f"/admin/annual-reports/{report.pk}/{rest}"


def test_the_list_opens_a_report(recorded: Agency, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    response = client.post("/admin/annual-reports/open/", {"agency": recorded.pk, "year": "2024"})
    report = AnnualReport.objects.get()
    assert response["Location"] == address(report)
    assert "2025年1月31日前（最后一个工作日1月27日）" in client.get("/admin/annual-reports/").content.decode()


def test_the_form_shows_computed_cells_with_their_records(
    written: AnnualReport, officer: User, sign_in: SignIn
) -> None:
    page = sign_in(officer).get(address(written)).content.decode()
    assert "第二十条第（五）项" in page
    assert 'name="cell:proactive.permits.decisions"' not in page
    assert "?key=proactive.permits.decisions" in page
    assert "（本列数据的勾稽关系为" in page
    assert "{{ 表二 行政许可 · 本年处理决定数量 }}" in page


def test_the_records_of_a_cell_are_listed(written: AnnualReport, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    page = client.get(address(written, "records/?key=proactive.penalties.decisions")).content.decode()
    assert "2024年 行政处罚：14件" in page.replace("全年", "年").replace("2024年年", "2024年")
    assert client.get(address(written, "records/?key=no.such.cell")).status_code == 404
    assert client.get(address(written, "records/?key=items.published")).status_code == 404  # nothing was published


def test_records_of_published_items_are_paged(
    written: AnnualReport, officer: User, sign_in: SignIn, live_item: InformationItem
) -> None:
    report = drafting.open_report(written.agency, live_item.published_on.year, by=officer)
    page = sign_in(officer).get(address(report, "records/?key=items.published&page=7")).content.decode()
    assert live_item.title in page


def test_typing_is_saved_and_judged(written: AnnualReport, officer: User, sign_in: SignIn) -> None:
    sent = {"seen": str(written.revision), "text:overview": "全年作出行政许可决定9件。", "signed_on": "2025-01-20"}
    answer = sign_in(officer).post(address(written, "autosave/"), sent)
    body = answer.json()
    assert answer.status_code == 200
    assert body["revision"] == written.revision + 1
    assert "行政许可" in body["findings"]
    assert body["previews"]["overview"].strip() == "全年作出行政许可决定9件。"


def test_a_stale_screen_saves_nothing_and_loses_nothing(written: AnnualReport, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    old = str(written.revision)
    drafting.save_texts(written, {"problems": "别人的文字"}, by=officer)
    answer = client.post(address(written, "autosave/"), {"seen": old, "text:problems": "我的文字"})
    assert (answer.status_code, answer.json()["code"]) == (422, "REPORT-STALE")
    page = client.post(address(written), {"seen": old, "text:problems": "我的文字"})
    assert page.status_code == 422
    assert "我的文字" in page.content.decode()
    assert written.narratives.get(section="problems").text == "别人的文字"


def test_a_wrong_number_is_named_and_kept_on_the_screen(report: AnnualReport, officer: User, sign_in: SignIn) -> None:
    drafting.open_table(report, "applications", reason="旧系统", by=officer)
    report.refresh_from_db()
    sent = {
        "seen": str(report.revision),
        "cell:applications.received.natural_person": "六",
        "reason:applications": "旧",
    }
    page = sign_in(officer).post(address(report), sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert "自然人应填数字，填的是“六”" in text
    assert 'value="六"' in text


def test_markup_in_the_text_stays_text(written: AnnualReport, officer: User, sign_in: SignIn) -> None:
    drafting.save_texts(written, {"overview": "<script>alert(1)</script>"}, by=officer)
    client = sign_in(officer)
    for rest in ("", "preview/"):
        assert "<script>alert(1)" not in client.get(address(written, rest)).content.decode()
    answer = client.post(address(written, "autosave/"), {"seen": "", "text:problems": "甲"})
    assert "<script>" not in answer.json()["previews"]["overview"]


def test_a_ready_paragraph_is_taken_over(report: AnnualReport, officer: User, sign_in: SignIn) -> None:
    sign_in(officer).post(address(report), {"seen": str(report.revision), "text:overview": "", "take": "依申请公开"})
    assert report.narratives.get(section="overview").text.startswith("（二）依申请公开。本年度未收到政府信息公开申请。")


def test_figures_by_hand_are_refused_without_evidence(report: AnnualReport, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    page = client.post(address(report, "figures/"), {"figure:media.wechat": "120", "evidence:media.wechat": ""})
    assert page.status_code == 422
    assert "“微信公众号发布信息”没有写明依据" in page.content.decode()
    client.post(address(report, "figures/"), {"figure:media.wechat": "120", "evidence:media.wechat": "后台统计"})
    assert report.manual_figures.get().value == Decimal(120)


def test_freezing_shows_the_proof(
    written: AnnualReport, officer: User, sign_in: SignIn, explain_all: Callable[[AnnualReport], int]
) -> None:
    explain_all(written)
    client = sign_in(officer)
    response = client.post(address(written, "act/"), {"act": "freeze", "seen": ""}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == address(written, "versions/1/")
    assert page.count("<td>一致</td>") == 6
    assert "gongkai verify health-2024-v1-receipt.json" in page
    assert AnnualReport.objects.get().state == ReportState.FROZEN


def test_an_unready_report_says_what_is_missing(report: AnnualReport, officer: User, sign_in: SignIn) -> None:
    page = sign_in(officer).post(address(report, "act/"), {"act": "freeze"}, follow=True).content.decode()
    assert "“一、总体情况”还没有写。" in page
    assert AnnualReport.objects.get().state == ReportState.DRAFT


def test_readers_read_and_strangers_find_nothing(
    written: AnnualReport,
    staff: dict[Role, User],
    make_user: Callable[..., User],
    other_agency: Agency,
    sign_in: SignIn,
) -> None:
    reader = sign_in(staff[Role.REVIEWER_1])
    assert 'name="text:overview"' not in reader.get(address(written)).content.decode()
    assert reader.post(address(written), {"text:overview": "改"}).status_code in (302, 403)
    assert reader.post(address(written, "act/"), {"act": "freeze"}).status_code in (302, 403)
    stranger = sign_in(make_user(Role.OFFICER, other_agency))
    assert stranger.get(address(written)).status_code == 404
    assert not written.narratives.filter(text="改").exists()


def test_a_draft_can_be_taken_to_paper(written: AnnualReport, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    assert client.get(address(written, "draft.docx")).content.startswith(b"PK")
    assert client.get(address(written, "draft.exe")).status_code == 404


def test_the_reviewer_sees_the_report_as_it_will_be_published(
    frozen: AnnualReport, officer: User, staff: dict[Role, User], sign_in: SignIn
) -> None:
    sign_in(officer).post(address(frozen, "act/"), {"act": "send"})
    case = ReviewCase.objects.get()
    page = sign_in(staff[Role.REVIEWER_1]).get(f"/admin/review/{case.pk}/").content.decode()
    assert "全年作出行政许可决定7件" in page
    assert "校验凭证" in page
