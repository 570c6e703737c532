"""The officer's way through a letter, the signer's, and who may not see one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from gongkai.applications.letters import LetterKind, kinds
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case, Letter, LetterSettings, LetterState
from gongkai_web.applications.services import letters
from gongkai_web.applications.services.letter_sources import said
from gongkai_web.audit.models import AuditEvent

PUBLICATION = {"item": "全部", "outcome": "not_processed.publication", "facts": {"where": "市图书馆"}}


def url(name: str, *args: Any) -> str:
    return reverse(f"applications_letter_{name}", args=args)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_every_kind_of_letter_can_be_begun_and_shown(
    case: Case, officer: User, sign_in: Callable[[User], Client], letter_settings: LetterSettings
) -> None:
    browser = sign_in(officer)
    for kind in kinds():
        begun = browser.post(url("new", case.pk), {"kind": kind.key.value, "key": kind.key.value}, follow=True)
        assert kind.label in text_of(begun)
        letter = Letter.objects.get(case=case, key=kind.key.value)
        assert kind.title in text_of(browser.get(url("preview", letter.pk)))


def test_the_officer_fills_in_sends_up_and_the_signer_signs(
    case: Case, officer: User, signer: User, sign_in: Callable[[User], Client], letter_settings: LetterSettings
) -> None:
    browser = sign_in(officer)
    browser.post(url("new", case.pk), {"kind": "reply", "key": "k"})
    letter = Letter.objects.get(case=case)
    page = text_of(browser.get(url("edit", letter.pk)))
    assert "【待填：办理结果】" in page
    said = {"items": "1", "item0-item": "全部", "item0-outcome": "granted", "court": "云溪市清河区人民法院",
            "reconsideration_body": "云溪市人民政府", "service_channel": "in_person"}  # fmt: skip
    chosen = text_of(browser.post(url("edit", letter.pk), {**said, "act": "save"}, follow=True))
    assert "item0-fact-how" in chosen
    assert "【待填：提供的方式，或者公开的地点、途径】" in chosen
    refused = browser.post(url("edit", letter.pk), {**said, "act": "submit"}, follow=True)
    assert "文书缺少：提供的方式，或者公开的地点、途径（在“本文书”填写）" in text_of(refused)
    browser.post(url("edit", letter.pk), {**said, "item0-fact-how": "随本答复书附上复印件", "act": "submit"})
    letter.refresh_from_db()
    assert letter.state == LetterState.REVIEW
    assert "签发后编定文号" not in text_of(browser.get(url("preview", letter.pk)))
    other = sign_in(signer)
    assert case.number in text_of(other.get(reverse("applications_letters_waiting")))
    signed = text_of(other.post(url("sign", letter.pk), {"act": "sign"}, follow=True))
    letter.refresh_from_db()
    assert f"已签发，文号为{letter.number}。" in signed


def test_serving_says_what_it_will_record_and_records_it(
    write: Callable[..., Letter], sign: Callable[[Letter], Letter], officer: User, sign_in: Callable[[User], Client],
    case: Case, today: Any,
) -> None:  # fmt: skip
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    browser = sign_in(officer)
    page = text_of(browser.get(url("serve", letter.pk)))
    assert "将记入台账" in page
    assert "申请人知悉之日起，复议和起诉的期限开始计算" in page
    bad = browser.post(url("serve", letter.pk), {"channel": "post", "sent_on": today.isoformat()})
    assert bad.status_code == 422
    assert "没有通过邮政企业" in bad.content.decode()
    said = {"channel": "post", "sent_on": today.isoformat(), "postal": "on", "waybill": "EA1"}
    assert "送达已经登记。" in text_of(browser.post(url("serve", letter.pk), said, follow=True))
    received = browser.post(url("receive", letter.pk), {"received_on": today.isoformat()}, follow=True)
    assert "签收之日已经登记。" in text_of(received)
    case.refresh_from_db()
    assert case.phase == "served"


def test_downloads_are_files_and_are_logged(
    write: Callable[..., Letter], officer: User, sign_in: Callable[[User], Client]
) -> None:
    letter = write(LetterKind.REGISTRATION)
    browser = sign_in(officer)
    assert browser.get(url("file", letter.pk, "pdf")).content.startswith(b"%PDF")
    assert browser.get(url("file", letter.pk, "docx")).content.startswith(b"PK")
    assert browser.get(url("file", letter.pk, "exe")).status_code == 404
    logged = AuditEvent.objects.filter(action="applications.letter_downloaded", personal_data=True)
    assert [one.details for one in logged.order_by("id")] == [{"format": "pdf"}, {"format": "docx"}]


def test_who_may_not_see_the_applicant_sees_no_letter(
    write: Callable[..., Letter], staff: dict[Role, User], make_user: Callable[..., User], other_agency: Agency,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    letter = write(LetterKind.REGISTRATION)
    stranger = make_user(Role.OFFICER, other_agency)
    assert sign_in(stranger).get(url("preview", letter.pk)).status_code == 404
    supervisor = sign_in(staff[Role.SUPERVISOR]).get(url("preview", letter.pk))
    assert supervisor.status_code in (302, 403)
    assert "王某某" not in supervisor.content.decode()


def test_wrong_input_never_breaks_the_form(
    write: Callable[..., Letter], officer: User, sign_in: Callable[[User], Client]
) -> None:
    letter = write(LetterKind.REPLY)
    browser = sign_in(officer)
    said = {"items": "九" * 30, "item0-outcome": "no.such", "court": "x" * 9000, "act": "what"}
    assert browser.post(url("edit", letter.pk), said, follow=True).status_code == 200
    fee = write(LetterKind.FEE_NOTICE)
    for quantity in ("-1", "99999999", "一"):
        answer = browser.post(url("edit", fee.pk), {"fee_basis": "pages", "fee_quantity": quantity}, follow=True)
        assert answer.status_code == 200
    assert browser.post(url("act", letter.pk), {"act": "x"}).status_code == 404
    assert browser.post(url("new", letter.case_id), {"kind": "x"}).status_code == 404
    assert "日期无法识别" in text_of(browser.post(url("receive", letter.pk), {"received_on": "x"}, follow=True))


def test_the_settings_fill_new_letters(
    case: Case, officer: User, agency: Agency, sign_in: Callable[[User], Client]
) -> None:
    page = f"{reverse('applications_letter_settings')}?agency={agency.pk}"
    told = text_of(sign_in(officer).post(page, {"court": "云溪市清河区人民法院"}, follow=True))
    assert "文书设置已保存。" in told
    letter = letters.draft(case, LetterKind.REPLY, by=officer)
    assert said(letter)["values"]["court"] == "云溪市清河区人民法院"


def test_the_case_page_lists_its_letters(
    write: Callable[..., Letter], officer: User, sign_in: Callable[[User], Client], case: Case
) -> None:
    write(LetterKind.RECEIPT)
    page = text_of(sign_in(officer).get(reverse("applications_case", args=[case.pk])))
    assert "接收回执" in page
    assert url("new", case.pk) in page
