"""Applying in steps: nothing typed is lost, nothing unlawful is asked, nothing is submitted twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from applying import CARD, NAME, PHONE, Person, delivery, describe, identity, proof
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.files import open_file
from gongkai_web.applications.models import Case, Draft, FileKind
from gongkai_web.applications.public import drafts, steps
from gongkai_web.applications.public.forms import DeliveryForm, DescribeForm, IdentityForm
from gongkai_web.information.models import InformationItem

pytestmark = pytest.mark.django_db


def test_agencies_are_offered_where_none_is_named(client: Client, agency: Agency, other_agency: Agency) -> None:
    page = client.get("/apply/?description=河道整治").content.decode()
    assert f"?agency={agency.slug}&amp;description=%E6%B2%B3%E9%81%93%E6%95%B4%E6%B2%BB" in page
    assert other_agency.name in page


def test_an_agency_without_the_column_takes_no_applications_here(client: Client, agency: Agency) -> None:
    agency.columns.filter(kind="application").update(is_shown=False)
    assert agency.name not in client.get("/apply/").content.decode()
    assert "没有开通在线申请" in client.get(f"/apply/?agency={agency.slug}").content.decode()
    assert client.post(f"/apply/to/{agency.slug}/").status_code == 404


def test_what_is_public_already_is_shown_before_the_form(
    client: Client, own_search: None, live_item: InformationItem, agency: Agency
) -> None:
    page = client.get(f"/apply/?agency={agency.slug}&description=夏季防疫").content.decode()
    assert live_item.get_absolute_url() in page
    assert "上面没有我要的，继续申请" in page


def test_the_law_s_fields_are_asked_and_no_purpose() -> None:
    asked = [name for form in (DescribeForm, IdentityForm, DeliveryForm) for name in form.base_fields]
    assert asked == [
        "subject", "document_number", "features",
        "applicant_type", "name", "id_kind", "id_number", "legal_representative", "contact_name", "phone", "email",
        "address", "postcode", "needs_help",
        "delivery", "media",
    ]  # fmt: skip


def test_the_question_of_the_search_becomes_the_subject(person: Person) -> None:
    person.start("滨河路改造")
    assert 'value="滨河路改造"' in person.client.get(person.address("describe")).content.decode()


def test_wrong_input_stays_and_is_told(person: Person) -> None:
    person.start()
    answer = person.fill("describe", describe(subject="", features="只有特征"))
    assert answer.status_code == 200
    assert "请填写所需政府信息的名称。" in answer.content.decode()
    assert "只有特征" in person.client.get(person.address("describe")).content.decode()


def test_going_back_keeps_what_was_typed(person: Person) -> None:
    person.start()
    answer = person.fill("identity", {"name": "只填了名字"}, go="back")
    assert answer.url == person.address("describe")
    assert "只填了名字" in person.client.get(person.address("identity")).content.decode()


def test_saving_does_not_ask_for_anything_to_be_right(person: Person) -> None:
    person.start()
    answer = person.fill("delivery", {"delivery": "", "media": ""}, go="save")
    assert answer.url == person.address("delivery") + "?saved=1"
    assert "已保存" in person.client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"applicant_type": "alien"}, "applicant_type"),
        ({"id_number": "110105194912310021"}, "id_number"),
        ({"id_kind": "credit_code"}, "id_kind"),
        ({"applicant_type": "enterprise", "id_kind": "credit_code", "id_number": "91110000000000000X"}, "id_number"),
        ({"phone": ""}, "phone"),
        ({"email": "nowhere"}, "email"),
        ({"postcode": "12a456"}, "postcode"),
    ],
)
def test_an_identity_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    form = IdentityForm(identity(**changes))
    assert list(form.errors) == [field]


def test_any_one_way_of_contact_is_enough() -> None:
    for way in ({"phone": PHONE}, {"email": "a@example.cn"}, {"address": "某街1号"}):
        assert IdentityForm({**identity(phone=""), **way}).is_valid()


@pytest.mark.parametrize(
    ("changes", "others", "field"),
    [
        ({"delivery": "post", "media": "paper"}, {}, "delivery"),
        ({"delivery": "email"}, {"phone": PHONE}, "delivery"),
        ({"media": "paper"}, {}, "media"),
        ({"delivery": "post"}, {"address": "某街1号"}, "media"),
        ({"delivery": "fax"}, {}, "delivery"),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(changes: dict[str, str], others: dict[str, str], field: str) -> None:
    assert list(DeliveryForm(delivery(**changes), others=others).errors) == [field]


def test_the_whole_way_makes_a_case_with_everything_typed(person: Person) -> None:
    person.start()
    person.fill("describe", describe(document_number="某建发〔2024〕3号"))
    person.fill("identity", identity(proof=proof(), needs_help="on", id_number="11010519491231002x"))
    person.fill("delivery", delivery())
    answer = person.submit()
    assert answer.url == person.address("receipt")
    case = Case.objects.get()
    assert (case.subject, case.delivery, case.media) == ("滨河路改造工程验收报告", "net", "electronic")
    assert case.description.splitlines()[:2] == ["文号：某建发〔2024〕3号", "2024年下半年验收。"]
    assert "条例第四十三条" in case.description
    assert (case.applicant.name, case.applicant.id_number, case.applicant.phone) == (NAME, CARD, PHONE)
    assert (case.received_on, case.entrance) == (timezone.localdate(), "web_form")
    file = case.files.get()
    assert (file.kind, open_file(file, by=None)[:4]) == (FileKind.PROOF, b"\x89PNG")


def test_an_incomplete_application_is_not_submitted_and_says_what_is_missing(person: Person) -> None:
    person.start()
    person.fill("describe", describe())
    page = person.submit().content.decode()
    assert "还不能提交" in page
    assert "请填写姓名或者名称。" in page
    assert Case.objects.count() == 0


def test_submitting_twice_gives_one_case_and_the_same_receipt(person: Person) -> None:
    person.fill_all()
    held = person.draft
    whole = steps.whole(_valid(held))
    first, second = drafts.submit(held, whole), drafts.submit(held, whole)
    assert first == second
    assert person.submit().url == person.address("receipt")
    assert Case.objects.count() == 1


def test_the_receipt_shows_the_secret_until_it_is_noted_down(person: Person) -> None:
    number, secret = person.apply()
    page = person.client.get(person.address("receipt"))
    assert number in page.content.decode()
    assert secret in page.content.decode()
    assert person.note_down().url == "/apply/track/"
    assert person.client.get(person.address("receipt")).url == "/apply/track/"
    assert Draft.objects.count() == 0


def test_a_receipt_has_to_be_noted_down_before_the_next_application(person: Person) -> None:
    number, _ = person.apply()
    answer = person.start()
    assert answer.url == person.address("receipt") + "?again=1"
    assert "这是您上一件申请的回执" in person.client.get(answer.url).content.decode()
    person.note_down()
    assert person.start().url == person.address("describe")
    assert person.apply()[0] != number


def test_a_second_window_neither_loses_a_step_nor_the_receipt(person: Person) -> None:
    person.fill_all()
    stale = Draft.objects.get(pk=person.draft.pk)
    person.fill("describe", describe(subject="另一个窗口改过"))
    drafts.keep(stale, "delivery", delivery(delivery="in_person"))
    assert drafts.data_of(person.draft)["describe"]["subject"] == "另一个窗口改过"
    person.submit()
    drafts.keep(stale, "describe", describe())
    assert set(drafts.data_of(person.draft)) == {"receipt"}


def test_another_browser_sees_neither_draft_nor_receipt(person: Person, another: Callable[[], Person]) -> None:
    person.apply()
    stranger = another()
    assert stranger.client.get(stranger.address("receipt")).status_code == 302
    stranger.client.cookies[drafts.COOKIE] = "guessed"
    assert stranger.client.get(stranger.address("describe")).status_code == 302
    assert stranger.client.get(f"/apply/to/{stranger.agency.slug}/receipt.pdf").status_code == 302


def test_nothing_of_a_draft_lies_in_clear_in_the_database(person: Person) -> None:
    person.start()
    person.fill("identity", identity(proof=proof(content=b"\x89PNG\r\n\x1a\n" + NAME.encode())))
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner, data FROM applications_draft")
        (owner, data), *_ = cursor.fetchall()
        cursor.execute("SELECT name, sealed FROM applications_draftfile")
        name, sealed = cursor.fetchone()
    assert not any(text in data for text in (NAME, CARD, PHONE))
    assert "身份证" not in name
    assert NAME.encode() not in bytes(sealed)
    assert owner != person.client.cookies[drafts.COOKIE].value


def test_the_draft_forgets_the_person_once_it_is_submitted(person: Person) -> None:
    person.apply()
    assert set(drafts.data_of(person.draft)) == {"receipt"}
    assert person.draft.files.count() == 0


def test_an_expired_draft_is_gone(person: Person) -> None:
    person.start()
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = person.client.get(person.address("describe"))
    assert "gone=1" in answer.url
    assert "没有找到您的草稿" in person.client.get(answer.url).content.decode()
    assert drafts.run_daily() == "已清除到期的申请草稿1份。"
    assert drafts.run_daily() == ""


def test_a_draft_can_be_thrown_away(person: Person) -> None:
    person.fill_all()
    person.client.post(f"/apply/to/{person.agency.slug}/discard/")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"MZ" + b"0" * 50, "内容与扩展名不符"),
        ("a.exe", b"MZ" + b"0" * 50, "不是 PDF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * (5 * 1024 * 1024), "超过限制"),
    ],
)
def test_a_proof_that_is_none_is_refused(person: Person, name: str, content: bytes, told: str) -> None:
    person.start()
    answer = person.fill("identity", identity(proof=proof(name, content)))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert person.draft.files.count() == 0


def test_no_more_than_four_proofs_are_kept(person: Person) -> None:
    person.start()
    answer = person.fill("identity", identity(proof=[proof(f"{n}.png") for n in range(5)]))
    assert "已有 4 个文件" in answer.content.decode()
    assert person.draft.files.count() == 4


def test_a_proof_is_removed_by_its_own_browser_only(person: Person, another: Callable[[], Person]) -> None:
    person.start()
    person.fill("identity", identity(proof=proof()))
    file = person.draft.files.get()
    stranger = another()
    stranger.start()
    stranger.client.post(stranger.address("identity"), {"remove": file.pk})
    assert file.draft.files.count() == 1
    person.client.post(person.address("identity"), {"remove": file.pk})
    assert file.draft.files.count() == 0


def test_a_program_is_told_apart_without_a_picture_to_read(person: Person, settings: Any) -> None:
    person.fill_all()
    assert "请留空" in person.submit(website="http://example.cn").content.decode()
    settings.GONGKAI_APPLY_SECONDS = 3600
    assert "提交得太快了" in person.submit().content.decode()
    assert Case.objects.count() == 0


def test_whoever_submits_too_often_waits_and_loses_nothing(person: Person, settings: Any) -> None:
    settings.GONGKAI_APPLY_PER_HOUR = {"submit": 1}
    person.apply()
    person.note_down()
    person.fill_all()
    answer = person.submit()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "分钟后重试" in answer.content.decode()
    settings.GONGKAI_APPLY_PER_HOUR = {"submit": 0}
    assert person.submit().status_code == 302


def test_no_page_of_this_section_is_kept_by_any_cache(person: Person) -> None:
    number, secret = person.apply()
    person.enter(number, secret)
    for address in ("/apply/", f"/apply/?agency={person.agency.slug}", person.address("receipt"), "/apply/case/"):
        assert person.client.get(address).headers["Cache-Control"] == "private, no-store"


def _valid(draft: Draft) -> dict[str, steps.Step]:
    forms = steps.filled(drafts.data_of(draft))
    assert all(form.is_valid() for form in forms.values())
    return forms
