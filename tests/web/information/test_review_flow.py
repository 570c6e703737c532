"""The chain from the back office: every screen a person would use, as that person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import InformationItem, MediaPost, ReviewCase, ReviewChain, ReviewChainStep
from gongkai_web.information.models.reviewed import PublicationRefused
from gongkai_web.information.services.drafting import save_draft, save_post
from gongkai_web.information.services.publication import send_post, withdraw
from gongkai_web.information.services.review import chain_for, latest_case, submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CHAIN = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)


def newest_case(item: InformationItem) -> ReviewCase:
    case = latest_case(item)
    assert case is not None
    return case


def sign_on_screen(client: Client, case: ReviewCase, **changes: object) -> str:
    """Open the page, confirm every point on it, press the button; returns the page that follows."""
    page = client.get(f"/admin/review/{case.pk}/")
    step = page.context["step"]
    data = {"act": "sign", "seen": case.fingerprint, "opinion": "同意", "checked": step.checklist, **changes}
    return client.post(f"/admin/review/{case.pk}/act/", data, follow=True).content.decode()


def item_form(agency: Agency, **changes: object) -> dict[str, object]:
    """What the browser sends for a new item."""
    return {
        "title": "关于开展健康促进活动的通知",
        "agency": agency.pk,
        "column": agency.columns.get(code="statutory").pk,
        "body": '<p onclick="x()">正文<script>alert(1)</script></p>',
        "formed_on": "2025-06-03",
        "attribute": "proactive",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "attachments-MIN_NUM_FORMS": "0",
        "attachments-MAX_NUM_FORMS": "1000",
        **changes,
    }


def test_from_the_form_to_the_public_through_four_signatures(
    agency: Agency, staff: dict[Role, User], sign_in: SignIn
) -> None:
    drafter = sign_in(staff[Role.DRAFTER])
    drafter.post("/admin/items/add/", item_form(agency, **{"action-submit-review": "1"}))
    item = InformationItem.objects.get()
    assert item.index_number == f"{agency.organisation_code}/{timezone.localdate().year}-00001"
    assert item.body == "<p>正文</p>"
    case = newest_case(item)
    for role in CHAIN[:3]:
        assert "已签审，转下一环节" in sign_on_screen(sign_in(staff[role]), case)
    item.refresh_from_db()
    assert not item.live
    assert "签审完成" in sign_on_screen(sign_in(staff[Role.CONFIDENTIALITY]), case)
    item.refresh_from_db()
    assert item.live
    assert [act.by for act in case.acts.all()] == [staff[role] for role in CHAIN]


def test_the_author_sees_no_sign_button_even_as_reviewer(
    agency: Agency, make_item: Callable[..., InformationItem], make_user: Callable[..., User], sign_in: SignIn
) -> None:
    both = make_user(Role.DRAFTER, agency, Role.REVIEWER_1, agency)
    case = submit(make_item(by=both), by=both)
    page = sign_in(both).get(f"/admin/review/{case.pk}/").content.decode()
    assert "不能自己审自己" in page
    assert "同意并签审" not in page
    response = sign_in(both).post(
        f"/admin/review/{case.pk}/act/", {"act": "sign", "seen": case.fingerprint}, follow=True
    )
    assert "不能自己审自己" in response.content.decode()
    assert case.acts.count() == 0


def test_whoever_changed_the_text_is_an_author_too(
    make_item: Callable[..., InformationItem], agency: Agency, staff: dict[Role, User], make_user: Callable[..., User]
) -> None:
    editor = make_user(Role.DRAFTER, agency, Role.REVIEWER_2, agency)
    item = make_item()
    draft = item.draft()
    draft.body = "<p>改过的正文。</p>"
    save_draft(draft, by=editor)
    case = submit(item, by=staff[Role.DRAFTER])
    assert set(case.authors.all()) == {staff[Role.DRAFTER], editor}


def test_an_unchecked_point_and_a_missing_reason_are_refused_in_words(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: SignIn
) -> None:
    case = submit(make_item(), by=staff[Role.DRAFTER])
    reviewer = sign_in(staff[Role.REVIEWER_1])
    assert "审核要点尚未逐项确认" in sign_on_screen(reviewer, case, checked=[])
    assert "退回须写明理由" in sign_on_screen(reviewer, case, act="return", opinion="")
    case.refresh_from_db()
    assert (case.state, case.acts.count()) == ("open", 0)


def test_a_returned_item_goes_through_the_whole_chain_again(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: SignIn
) -> None:
    item = make_item()
    case = submit(item, by=staff[Role.DRAFTER])
    sign_on_screen(sign_in(staff[Role.REVIEWER_1]), case)
    sign_on_screen(sign_in(staff[Role.REVIEWER_2]), case, act="return", opinion="依据文号有误")
    case.refresh_from_db()
    assert case.state == "returned"
    again = submit(item, by=staff[Role.DRAFTER])
    assert again.number == 2
    assert again.waiting_for == Role.REVIEWER_1


def test_a_change_during_review_voids_the_signatures_given(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: SignIn
) -> None:
    item = make_item()
    case = submit(item, by=staff[Role.DRAFTER])
    reviewer = sign_in(staff[Role.REVIEWER_2])
    sign_on_screen(sign_in(staff[Role.REVIEWER_1]), case)
    page = reviewer.get(f"/admin/review/{case.pk}/")
    draft = item.draft()
    draft.title = "改了标题"
    save_draft(draft, by=staff[Role.DRAFTER])
    data = {"act": "sign", "seen": case.fingerprint, "checked": page.context["step"].checklist}
    answer = reviewer.post(f"/admin/review/{case.pk}/act/", data, follow=True).content.decode()
    assert "内容已变更，须重新签审" in answer
    case.refresh_from_db()
    assert case.state == "reopened"


def test_a_change_that_went_round_the_service_is_noticed_at_the_next_signature(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: SignIn
) -> None:
    item = make_item()
    case = submit(item, by=staff[Role.DRAFTER])
    item.body = "<p>在命令行里改的。</p>"
    item.save()
    reviewer = sign_in(staff[Role.REVIEWER_1])
    assert "本次签审作废" in reviewer.get(f"/admin/review/{case.pk}/").content.decode()
    sign_on_screen(reviewer, case)
    case.refresh_from_db()
    assert case.state == "reopened"


def test_the_reviewer_sees_what_changed_since_the_last_signature(
    live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    draft = live_item.draft()
    draft.body = "<p>新的正文。</p>"
    save_draft(draft, by=staff[Role.DRAFTER])
    case = submit(live_item, by=staff[Role.DRAFTER])
    page = sign_in(staff[Role.REVIEWER_1]).get(f"/admin/review/{case.pk}/").content.decode()
    assert "与已签审内容的对比" in page
    assert "<ins>新的</ins>正文" in page


def test_a_doubtful_item_waits_for_the_supervisor_above(
    government: Agency,
    make_item: Callable[..., InformationItem],
    make_user: Callable[..., User],
    staff: dict[Role, User],
    sign_in: SignIn,
) -> None:
    supervisor = make_user(Role.SUPERVISOR, government)
    case = submit(make_item(), by=staff[Role.DRAFTER])
    sign_on_screen(sign_in(staff[Role.REVIEWER_1]), case, act="refer", opinion="是否属于工作秘密？")
    client = sign_in(supervisor)
    assert case.title in client.get("/admin/review/?queue=undetermined").content.decode()
    answer = {"outcome": "open", "opinion": "某市保密局复函〔2025〕3号"}
    client.post(f"/admin/review/{case.pk}/determine/", answer)
    case.refresh_from_db()
    assert (case.state, case.waiting_for) == ("open", "reviewer_1")


def test_an_agency_takes_its_own_chain_and_its_units_inherit_it(
    agency: Agency,
    make_agency: Callable[..., Agency],
    make_item: Callable[..., InformationItem],
    staff: dict[Role, User],
) -> None:
    unit = make_agency(agency)
    chain = ReviewChain.objects.create(agency=agency)
    for order, (code, role) in enumerate([("one", "reviewer_1"), ("secrecy", "confidentiality")]):
        ReviewChainStep.objects.create(
            chain=chain, code=code, label=code, role=role, sort_order=order, checklist="甲\n乙"
        )
    assert [step.code for step in chain_for(unit, "information.informationitem")] == ["one", "secrecy"]
    case = submit(make_item(), by=staff[Role.DRAFTER])
    assert case.steps_required == 2
    chain.delete()
    assert [step["code"] for step in ReviewCase.objects.get(pk=case.pk).steps] == ["one", "secrecy"]


def test_a_chain_without_confidentiality_review_cannot_be_stored(
    agency: Agency, staff: dict[Role, User], sign_in: SignIn
) -> None:
    data = {
        "agency": agency.pk, "subject_type": "", "steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0",
        "steps-MIN_NUM_FORMS": "1", "steps-MAX_NUM_FORMS": "1000", "steps-0-code": "one", "steps-0-label": "一审",
        "steps-0-role": "reviewer_1", "steps-0-checklist": "", "steps-0-ORDER": "1", "steps-0-id": "",
        "steps-0-DELETE": "",
    }  # fmt: skip
    page = sign_in(staff[Role.ADMINISTRATOR]).post("/admin/chains/add/", data).content.decode()
    assert "缺少保密审查环节" in page
    assert not ReviewChain.objects.exists()


def test_the_sign_off_sheet_is_a_pdf(live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn) -> None:
    case = newest_case(live_item)
    response = sign_in(staff[Role.DRAFTER]).get(f"/admin/review/{case.pk}/sheet.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_a_sheet_with_a_character_of_no_font_is_refused_by_name(
    make_item: Callable[..., InformationItem],
    sign_all: Callable[..., ReviewCase],
    sign_in: SignIn,
    staff: dict[Role, User],
) -> None:
    case = sign_all(make_item(title="带有\ue000的标题"))
    response = sign_in(staff[Role.DRAFTER]).get(f"/admin/review/{case.pk}/sheet.pdf", follow=True)
    assert "U+E000" in response.content.decode()


def test_a_post_passes_the_same_chain(
    agency: Agency, staff: dict[Role, User], sign_all: Callable[..., ReviewCase]
) -> None:
    post = MediaPost(agency=agency, channel="wechat", account="健康某市", title="预防流感", body="勤洗手，常通风。")
    save_post(post, by=staff[Role.DRAFTER])
    with pytest.raises(PublicationRefused):
        send_post(post, by=staff[Role.DRAFTER])
    sign_all(post)
    send_post(post, by=staff[Role.DRAFTER], url="https://mp.example.cn/s/1")
    post.refresh_from_db()
    assert post.live
    post.body = "没有审过的话"
    with pytest.raises(PublicationRefused):
        save_post(post, by=staff[Role.DRAFTER])


def test_withdrawing_on_screen_says_its_effect_first_and_leaves_an_event(
    live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.REVIEWER_3])
    assert "原网址显示撤回说明" in client.get(f"/admin/item/{live_item.pk}/withdraw/").content.decode()
    client.post(f"/admin/item/{live_item.pk}/withdraw/", {"reason": "数据有误"})
    live_item.refresh_from_db()
    assert (live_item.live, live_item.withdrawal_reason) == (False, "数据有误")
    event = AuditEvent.objects.get(action="information.withdrawn")
    assert (event.actor, event.agency, event.details["reason"]) == (
        staff[Role.REVIEWER_3],
        live_item.agency,
        "数据有误",
    )


def test_the_forms_publish_button_is_gone_for_superusers_too(
    live_item: InformationItem, make_user: Callable[..., User], sign_in: SignIn
) -> None:
    root = sign_in(make_user(is_superuser=True))
    page = root.get(f"/admin/items/edit/{live_item.pk}/").content.decode()
    assert "action-publish" not in page
    assert "action-submit-review" in page
    assert root.get(f"/admin/items/unpublish/{live_item.pk}/").status_code == 404


def test_publishing_by_a_forged_form_only_saves_a_draft(
    agency: Agency, make_user: Callable[..., User], sign_in: SignIn
) -> None:
    root = sign_in(make_user(is_superuser=True))
    root.post("/admin/items/add/", item_form(agency, **{"action-publish": "1"}))
    item = InformationItem.objects.get()
    assert not item.live


def test_a_closed_item_needs_its_reason_on_the_form(agency: Agency, staff: dict[Role, User], sign_in: SignIn) -> None:
    page = sign_in(staff[Role.DRAFTER]).post("/admin/items/add/", item_form(agency, attribute="not_open"))
    assert "须选择法定理由" in page.content.decode()
    assert not InformationItem.objects.exists()


def test_the_workbench_shows_what_waits_for_whom(
    make_item: Callable[..., InformationItem], staff: dict[Role, User], sign_in: SignIn
) -> None:
    item = make_item(title="等待一审的信息", formed_on=timezone.localdate() - timedelta(days=60))
    submit(item, by=staff[Role.DRAFTER])
    drafter = sign_in(staff[Role.DRAFTER]).get("/admin/").content.decode()
    assert "临期和逾期的主动公开（1）" in drafter
    assert "已逾期" in drafter
    assert "等待一审的信息" in sign_in(staff[Role.REVIEWER_1]).get("/admin/").content.decode()
    assert "没有等待您签审的信息" in sign_in(staff[Role.REVIEWER_2]).get("/admin/").content.decode()


def test_a_withdrawn_item_becomes_public_again_only_by_way_of_a_draft_and_a_new_chain(
    live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn, sign_all: Callable[..., ReviewCase]
) -> None:
    withdraw(live_item, by=staff[Role.REVIEWER_3], reason="数据有误")
    drafter = sign_in(staff[Role.DRAFTER])
    assert "已经撤回" in drafter.post(f"/admin/item/{live_item.pk}/submit/", follow=True).content.decode()
    drafter.post(f"/admin/item/{live_item.pk}/redraft/")
    sign_all(live_item)
    live_item.refresh_from_db()
    assert live_item.live
    assert newest_case(live_item).number == 2
