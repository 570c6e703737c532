"""The officer's screens: each way of acting, what is refused, and who sees what."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.applications import details as d
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Office, Role, User
from gongkai_web.applications.models import Case, Delivery, LedgerRecord
from gongkai_web.applications.selectors import derived
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import InformationItem

pytestmark = pytest.mark.django_db
ROOT = "/admin/applications/"


@pytest.fixture
def desk(officer: User, sign_in: Callable[[User], Client]) -> Client:
    """The officer's browser."""
    return sign_in(officer)


def _url(case: Case, rest: str = "") -> str:
    return f"{ROOT}case/{case.pk}/{rest}"


def _text(response: Any) -> str:
    text: str = response.content.decode()
    return text


def _confirm(desk: Client, case: Case, address: str, **said: Any) -> Any:
    """Fill in, look at the effect, confirm: what the page of the effect carries is sent again."""
    form = desk.get(_url(case, address)).context["form"]
    values = {"on": form.fields["on"].initial, "seen": case.records, "key": "a-key-of-this-test", **said}
    shown = desk.post(_url(case, address), {**values, "act": "preview"})
    assert shown.status_code == 200, shown.context["form"].errors
    assert shown.context["effect"] is not None, shown.context["form"].errors
    carried: dict[str, list[str]] = {}
    for name, value in shown.context["said"]:
        carried.setdefault(name, []).append(value)
    return desk.post(_url(case, address), {**carried, "seen": case.records, "key": values["key"], "act": "confirm"})


# --- registration ----------------------------------------------------------------------------------------------------

_LETTER = {
    "entrance": "ordinary_mail", "confirmed_on": "2025-03-05", "submitted_on": "2025-03-01",
    "applicant_type": "natural_person", "name": "李某某", "phone": "13900001111",
    "subject": "河道整治工程预算", "delivery": Delivery.POST, "carrier": "paper",
}  # fmt: skip


def test_a_plain_letter_counts_from_the_day_of_confirmation_and_says_so_before_it_is_registered(
    desk: Client, agency: Agency
) -> None:
    shown = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "act": "check"})
    assert "2025年3月5日" in _text(shown)
    assert "条例第三十一条" in _text(shown)
    assert Case.objects.count() == 0
    done = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "act": "register"})
    case = Case.objects.get()
    assert done["Location"] == _url(case)
    assert (case.received_on, case.due_on) == (date(2025, 3, 5), date(2025, 4, 2))


def test_an_oral_application_is_one_made_in_person(desk: Client, agency: Agency) -> None:
    said = {**_LETTER, "agency": agency.pk, "entrance": "oral", "confirmed_on": "", "submitted_on": "2025-03-04"}
    desk.post(f"{ROOT}new/", {**said, "shown": "2025-03-04", "act": "register"})
    case = Case.objects.get()
    assert (case.entrance, case.received_on) == ("in_person", date(2025, 3, 4))


def test_a_letter_without_the_day_that_counts_is_asked_for_it_with_the_article(desk: Client, agency: Agency) -> None:
    answer = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "confirmed_on": "", "act": "register"})
    assert answer.status_code == 422
    assert "尚无与申请人确认之日" in answer.context["form"].errors["confirmed_on"][0]
    assert Case.objects.count() == 0


def test_the_same_applicant_asking_for_the_same_is_shown_before_it_is_registered_again(
    desk: Client, agency: Agency
) -> None:
    said = {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "act": "register"}
    desk.post(f"{ROOT}new/", said)
    shown = desk.post(f"{ROOT}new/", said)
    assert "是否重复申请（条例第三十六条）" in _text(shown)
    assert Case.objects.count() == 1
    desk.post(f"{ROOT}new/", {**said, "checked": "on"})
    assert Case.objects.count() == 2


def test_a_day_that_was_changed_after_it_was_shown_is_shown_again(desk: Client, agency: Agency) -> None:
    said = {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "confirmed_on": "2025-03-06", "act": "register"}
    assert "2025年3月6日" in _text(desk.post(f"{ROOT}new/", said))
    assert Case.objects.count() == 0


def test_an_agency_that_is_not_the_officers_cannot_be_registered_for(desk: Client, other_agency: Agency) -> None:
    answer = desk.post(f"{ROOT}new/", {**_LETTER, "agency": other_agency.pk, "act": "register"})
    assert answer.status_code == 422
    assert Case.objects.count() == 0


# --- events ----------------------------------------------------------------------------------------------------------


def test_every_event_shows_its_effect_before_it_is_recorded(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    address = _url(case, "record/extended/")
    said = {"on": "2025-03-20", "days": 20, "approved_by": "赵主任", "seen": 1, "key": "k", "act": "preview"}
    shown = desk.post(address, said)
    assert "由2025年3月31日改为2025年4月28日届满" in _text(shown)
    assert "延期答复告知书" in _text(shown)
    assert LedgerRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "said", "phase"),
    [
        ("record/correction-asked/", {"on": "2025-03-05", "missing": "写明年份。", "until": "2025-03-20"},
         "awaiting_correction"),
        ("record/reasons-asked/", {"on": "2025-03-05"}, "running"),
        ("record/third-party-asked/", {"on": "2025-03-05", "party": "晨光公司"}, "running"),
        ("record/coauthor-asked/", {"on": "2025-03-05", "party": "市财政局"}, "running"),
        ("record/extended/", {"on": "2025-03-20", "days": 10, "approved_by": "赵主任"}, "running"),
        ("record/fee-notified/", {"on": "2025-03-05", "basis": "pages", "quantity": 68}, "awaiting_payment"),
        ("record/withdrawn/", {"on": "2025-03-05"}, "withdrawn"),
        ("record/remedy-filed/", {"on": "2025-04-05", "group": "reconsideration", "number": "复1", "body": "市政府"},
         "running"),
    ],
)  # fmt: skip
def test_events_are_recorded_in_three_clicks(
    desk: Client, make_case: Callable[..., Case], address: str, said: dict[str, Any], phase: str
) -> None:
    case = make_case()
    assert _confirm(desk, case, address, **said)["Location"] == _url(case)
    case.refresh_from_db()
    assert (case.records, case.phase) == (2, phase)


def test_the_fee_is_worked_out_and_shown_with_its_bands(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    _confirm(desk, case, "record/fee-notified/", on="2025-03-05", basis="items", quantity=1, before=30)
    said = derived(case).entries[-1].details
    assert isinstance(said, d.FeeNotified)
    assert str(said.amount) == "200"


def test_a_free_quantity_is_not_charged(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    said = {"on": "2025-03-05", "basis": "pages", "quantity": 30, "seen": 1, "key": "k", "act": "preview"}
    answer = desk.post(_url(case, "record/fee-notified/"), said)
    assert answer.status_code == 422
    assert "应收为 0 的不发收费通知" in _text(answer)


def test_a_consulted_party_is_shown_by_name_and_kept_by_its_label(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    _confirm(desk, case, "record/third-party-asked/", on="2025-03-05", party="晨光公司")
    case.refresh_from_db()
    form = desk.get(_url(case, "record/third-party-answered/")).context["form"]
    assert form.fields["party"].choices == [("第三方甲", "晨光公司（意见期限到2025年3月26日）")]
    said = {"on": "2025-03-12", "party": "第三方甲", "opinion": "reasonable", "key": "another"}
    _confirm(desk, case, "record/third-party-answered/", **said)
    assert "不同意公开，且有合理理由" in _text(desk.get(_url(case)))
    assert not LedgerRecord.objects.filter(data__icontains="晨光").exists()


def test_a_clock_that_waits_for_an_opinion_stands_still_and_says_so(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    today = timezone.localdate()
    case = make_case(on=today - timedelta(days=2))
    happen(case, EventKind.THIRD_PARTY_ASKED, today, d.Asked("晨光公司"))
    bars = {bar.clock.key: bar.state for bar in desk.get(_url(case)).context["bars"]}
    assert (bars["answer"], bars["third_party"]) == ("中止计时", "计时中")


def test_confirming_twice_is_one_record(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    said = {"on": "2025-03-05", "seen": 1, "key": "the-same", "act": "confirm"}
    first, second = (desk.post(_url(case, "record/withdrawn/"), said) for _ in range(2))
    assert first["Location"] == second["Location"] == _url(case)
    assert LedgerRecord.objects.filter(case=case).count() == 2


def test_who_acts_on_what_somebody_else_has_changed_is_told_to_look_again(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    answer = desk.post(_url(case, "record/withdrawn/"), {"on": "2025-03-07", "seen": 1, "key": "k", "act": "confirm"})
    assert answer.status_code == 422
    assert "别人刚刚办理过" in _text(answer)


def test_a_day_to_come_is_refused(desk: Client, make_case: Callable[..., Case]) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    case = make_case()
    answer = desk.post(_url(case, "record/withdrawn/"), {"on": tomorrow.isoformat(), "seen": 1, "act": "preview"})
    assert "晚于今天" in answer.context["form"].errors["on"][0]


def test_an_unlawful_order_is_refused_with_its_article(desk: Client, make_case: Callable[..., Case]) -> None:
    answer = desk.post(_url(make_case(), "record/paid/"), {"on": "2025-03-05", "seen": 1, "key": "k", "act": "preview"})
    assert "须先送达收费通知（信息处理费管理办法第六条" in _text(answer)


@pytest.mark.parametrize("kind", ["nonsense", "answered", "split", "merged", "transferred", "received"])
def test_events_with_screens_of_their_own_have_no_plain_form(
    desk: Client, make_case: Callable[..., Case], kind: str
) -> None:
    assert desk.get(_url(make_case(), f"record/{kind}/")).status_code == 404


# --- the answer ------------------------------------------------------------------------------------------------------


def test_the_facts_of_the_chosen_outcome_are_asked_for(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    page = desk.get(_url(case, "answer/answered/?outcome=refused.deliberative"))
    assert list(page.context["form"].items[0].fields) == ["item", "outcome", "fact-reason", "fact-category"]


def test_several_items_with_different_outcomes_are_answered_with_severance(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {
        "on": "2025-03-20", "items": "2",
        "item0-item": "招标公告", "item0-outcome": "granted", "item0-fact-how": "随函寄送复印件",
        "item1-item": "评标报告", "item1-outcome": "refused.deliberative",
        "item1-fact-reason": "属于内部讨论记录", "item1-fact-category": "讨论记录",
    }  # fmt: skip
    _confirm(desk, case, "answer/answered/", **said)
    case.refresh_from_db()
    assert (case.outcome, case.phase) == ("partly_granted", "answered")
    page = _text(desk.get(_url(case)))
    assert "应当先申请行政复议" in page


def test_a_fact_that_the_outcome_requires_is_missed(desk: Client, make_case: Callable[..., Case]) -> None:
    said = {"on": "2025-03-20", "items": "1", "item0-item": "一", "item0-outcome": "unavailable.not_held",
            "item0-fact-reason": "没有制作过", "seen": 1, "key": "k", "act": "preview"}  # fmt: skip
    answer = desk.post(_url(make_case(), "answer/answered/"), said)
    assert answer.status_code == 422
    assert "缺少：检索记录（检索的范围、方法和经过），或者负责公开的机关名称" in _text(answer)


def test_items_are_added_and_taken_away_without_losing_what_was_written(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {"items": "1", "item0-item": "招标公告", "item0-outcome": "granted", "seen": 1, "key": "k"}
    more = desk.post(_url(case, "answer/answered/"), {**said, "act": "more"})
    assert len(more.context["form"].items) == 2
    assert "招标公告" in _text(more)
    fewer = desk.post(_url(case, "answer/answered/"), {**said, "items": "2", "act": "fewer"})
    assert len(fewer.context["form"].items) == 1


def test_the_seven_questions_lead_to_an_outcome_and_its_form(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    first = desk.get(_url(case, "questions/"))
    assert first.context["question"].name == "补不补"
    answers = "complete=complete&is_application=yes&whose=ours&exists=not_found"
    page = desk.get(_url(case, f"questions/?{answers}"))
    assert [one["outcome"].key for one in page.context["outcomes"]] == ["unavailable.not_held"]
    last = desk.get(_url(case, f"questions/?{answers}&answer=ready"))
    assert f"{_url(case, 'answer/answered/')}?outcome=unavailable.not_held" in _text(last)


def test_an_answer_that_a_question_does_not_have_is_not_found(desk: Client, make_case: Callable[..., Case]) -> None:
    assert desk.get(_url(make_case(), "questions/?complete=nonsense")).status_code == 404


# --- striking and correcting -----------------------------------------------------------------------------------------


def test_a_wrong_record_is_struck_with_its_reason_and_stays_on_the_page(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    desk.post(_url(case, "strike/1/"), {"reason": "登记到了别的申请。", "seen": 2, "key": "k"})
    case.refresh_from_db()
    assert case.records == 3
    page = _text(desk.get(_url(case)))
    assert "登记到了别的申请。" in page
    assert "已作废" in page


def test_striking_without_a_reason_is_refused(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    desk.post(_url(case, "strike/1/"), {"reason": " ", "seen": 2, "key": "k"})
    assert LedgerRecord.objects.filter(case=case).count() == 2


def test_the_kind_of_applicant_changes_with_a_reason_and_in_the_log(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {"entrance": "in_person", "submitted_on": "2025-03-03", "applicant_type": "enterprise", "seen": 1}
    assert desk.post(_url(case, "correct/"), {**said, "reason": ""}).status_code == 422
    desk.post(_url(case, "correct/"), {**said, "reason": "证照表明申请人是公司。"})
    case.refresh_from_db()
    assert case.applicant_type == "enterprise"
    assert AuditEvent.objects.filter(action="applications.type_changed").count() == 1


# --- acts on cases as wholes -----------------------------------------------------------------------------------------


def test_splitting_makes_cases_with_the_same_day_of_receipt(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    desk.post(_url(case, "split/"), {"on": "2025-03-06", "parts": "招标公告\n\n评标报告\n", "seen": 1})
    made = Case.objects.exclude(pk=case.pk).order_by("pk")
    assert [one.subject for one in made] == ["招标公告", "评标报告"]
    assert {one.received_on for one in made} == {date(2025, 3, 3)}


def test_merging_into_a_number_that_does_not_exist_says_so(desk: Client, make_case: Callable[..., Case]) -> None:
    answer = desk.post(_url(make_case(), "merge/"), {"on": "2025-03-06", "into": "2025-999-00001", "seen": 1})
    assert "没有受理编号为“2025-999-00001”的其他申请" in _text(answer)


def test_merging_and_transfer_end_a_case(desk: Client, make_case: Callable[..., Case]) -> None:
    first, second, third = make_case(), make_case(), make_case()
    desk.post(_url(second, "merge/"), {"on": "2025-03-06", "into": first.number, "seen": 1})
    desk.post(_url(third, "transfer/"), {"on": "2025-03-06", "body": "市水务局", "contact": "某路1号", "seen": 1})
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.phase, third.phase) == ("merged", "transferred")


def test_what_was_disclosed_becomes_a_draft_without_the_applicant(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    answered = d.Answered((d.Decision("一", "granted", {"how": "复印件"}),))
    happen(case, EventKind.ANSWERED, date(2025, 3, 20), answered)
    desk.post(_url(case, "proactive/"), {"title": "某路段招标公告", "body": "公告全文<b>", "seen": 2})
    item = InformationItem.objects.get()
    assert (item.draft().title, item.live) == ("某路段招标公告", False)
    assert "王某某" not in item.draft().body
    assert "<b>" not in item.draft().body


def test_ticked_cases_are_handed_out_together_and_the_person_is_told(
    desk: Client, make_case: Callable[..., Case], make_user: Callable[..., User], agency: Agency
) -> None:
    colleague = make_user(Role.OFFICER, agency)
    office = Office.objects.create(agency=agency, name="政策法规科")
    cases = [make_case(), make_case()]
    sent = {"case": [one.pk for one in cases], "assignee": colleague.pk, "office": office.pk, "back": ROOT}
    desk.post(f"{ROOT}assign/", sent)
    assert {one.assignee for one in Case.objects.all()} == {colleague}
    assert colleague.application_notices.filter(kind="assigned").count() == 2


def test_a_drafter_is_nobody_to_hand_cases_to(
    desk: Client, make_case: Callable[..., Case], staff: dict[Role, User], officer: User
) -> None:
    case = make_case()
    desk.post(f"{ROOT}assign/", {"case": case.pk, "assignee": staff[Role.DRAFTER].pk, "back": "https://elsewhere/"})
    case.refresh_from_db()
    assert case.assignee == officer


def test_files_are_kept_sealed_and_handed_on_as_downloads(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    upload = SimpleUploadedFile("检索记录.txt", "检索了档案系统。".encode(), content_type="text/plain")
    desk.post(_url(case, "files/"), {"kind": "search_record", "file": upload})
    stored = case.files.get()
    answer = desk.get(_url(case, f"files/{stored.pk}/"))
    assert _text(answer) == "检索了档案系统。"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_not_what_its_name_says_is_refused(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    upload = SimpleUploadedFile("检索记录.pdf", b"MZ\x90", content_type="application/pdf")
    desk.post(_url(case, "files/"), {"kind": "search_record", "file": upload})
    assert case.files.count() == 0


# --- reading ---------------------------------------------------------------------------------------------------------


def test_the_day_by_day_derivation_cites_the_holiday_notice(desk: Client, make_case: Callable[..., Case]) -> None:
    page = _text(desk.get(_url(make_case(on=date(2025, 9, 25)), "derivation/")))
    assert "国庆节、中秋节放假（国办发明电〔2024〕12号）" in page
    assert "2025年10月29日" in page


def test_the_applicant_is_masked_until_somebody_looks_and_the_look_is_logged(
    desk: Client, make_case: Callable[..., Case], officer: User
) -> None:
    case = make_case(name="欧阳某某", phone="13800001234")
    page = _text(desk.get(_url(case)))
    assert "欧***" in page
    assert "欧阳某某" not in page
    assert "13800001234" in _text(desk.get(_url(case, "applicant/")))
    seen = AuditEvent.objects.get(action="applications.applicant_read")
    assert (seen.actor, seen.personal_data) == (officer, True)


def test_a_supervisor_reads_masked_and_finds_no_button(
    make_case: Callable[..., Case], staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    case = make_case(name="欧阳某某", phone="13800001234", description="我住在某街1号。")
    desk = sign_in(staff[Role.SUPERVISOR])
    for address in (_url(case), _url(case, "applicant/"), ROOT, f"{ROOT}print/"):
        page = _text(desk.get(address))
        assert "欧阳某某" not in page
        assert "13800001234" not in page
        assert "我住在某街1号" not in page
    assert desk.get(_url(case)).context["steps"] == []
    assert desk.get(_url(case, "record/withdrawn/"))["Location"] == "/admin/"


def test_the_register_is_narrowed_by_its_address_and_sorted_by_days_left(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    early, late = make_case(on=date(2025, 3, 3)), make_case(on=date(2025, 3, 10), subject="水费调价听证记录")
    every = desk.get(f"{ROOT}?sort=due").context["page"].object_list
    assert list(every) == [early, late]
    assert list(desk.get(f"{ROOT}?q=听证").context["page"].object_list) == [late]
    assert list(desk.get(f"{ROOT}?light=overdue").context["page"].object_list) == [late, early]
    assert list(desk.get(f"{ROOT}?year=2024").context["page"].object_list) == []
    assert "没有符合条件的申请" in _text(desk.get(f"{ROOT}?year=2024"))


def test_nonsense_in_the_address_narrows_nothing(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case()
    page = desk.get(f"{ROOT}?year=abc&light=nonsense&agency=999999&received_from=31.2.&page=x")
    assert page.context["page"].paginator.count == 1


@pytest.mark.parametrize("queue", ["mine", "office", "unassigned", "waiting", "due_week", "overdue", "all"])
def test_every_queue_opens_with_its_count(desk: Client, make_case: Callable[..., Case], queue: str) -> None:
    make_case()
    assert desk.get(f"{ROOT}?queue={queue}&q=某路段").status_code == 200
    assert desk.get(f"{ROOT}?queue=nonsense").status_code == 404


def _sheet(response: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


def test_the_export_names_applicants_only_for_whoever_may_read_them(
    desk: Client, make_case: Callable[..., Case], staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    make_case(name="欧阳某某", subject="=HYPERLINK(1)")
    own = _sheet(desk.get(f"{ROOT}export.xlsx"))
    assert "欧阳某某" in own
    assert "=HYPERLINK(1)" in own
    others = _sheet(sign_in(staff[Role.SUPERVISOR]).get(f"{ROOT}export.xlsx"))
    assert "欧阳某某" not in others
    assert "欧***" in others
    assert AuditEvent.objects.filter(action="applications.register_exported", personal_data=True).count() == 1


def test_the_remedies_register_shows_the_day_of_the_agencys_defence(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    filed = d.RemedyFiled("复1号", d.RemedyGroup.RECONSIDERATION, "市政府", date(2025, 4, 7))
    happen(make_case(), EventKind.REMEDY_FILED, date(2025, 4, 3), filed)
    page = desk.get(f"{ROOT}remedies/?group=reconsideration&stage=pending&year=2025")
    assert [one.defence.due_on for one in page.context["page"]] == [date(2025, 4, 21)]
    assert list(desk.get(f"{ROOT}remedies/?stage=decided").context["page"]) == []


def test_each_cell_of_the_table_opens_its_cases(desk: Client, make_case: Callable[..., Case], agency: Agency) -> None:
    case = make_case()
    page = desk.get(f"{ROOT}figures/?year=2025")
    cells = {path: number for row in page.context["rows"] for path, number in row["cells"]}
    assert cells["applications.received.natural_person"] == 1
    assert len(page.context["rows"]) == 25
    path = "applications.received.total"
    cell = desk.get(f"{ROOT}figures/cases/?agency={agency.pk}&year=2025&path={path}")
    assert [one for one, _ in cell.context["entries"]] == [case]
    assert cell.context["label"] == "一、本年新收政府信息公开申请数量　总计"
    assert desk.get(f"{ROOT}figures/cases/?agency={agency.pk}&year=2025&path=nonsense").status_code == 404


def test_the_carry_is_proven_for_each_kind_of_applicant(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case(on=date(2024, 12, 20))
    rows = {row.column: row for row in desk.get(f"{ROOT}figures/?year=2025").context["carry"]}
    assert rows["natural_person"].holds
    assert len(rows["natural_person"].carried_in) == 1


def test_the_form_of_2019_has_one_row_for_other_outcomes(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case(on=date(2020, 3, 2))
    rows = desk.get(f"{ROOT}figures/?year=2020").context["rows"]
    assert [row["label"] for row in rows][-3:] == ["（六）其他处理", "（七）总计", "四、结转下年度继续办理"]
    assert len(rows) == 23
