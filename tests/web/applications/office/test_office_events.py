"""Recording what happened to a case, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from office_screens import address_of, confirm, text_of

from gongkai.applications import details as d
from gongkai.law.events import EventKind
from gongkai_web.applications.models import Case, LedgerRecord
from gongkai_web.applications.selectors import derived
from gongkai_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_every_event_shows_its_effect_before_it_is_recorded(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    address = address_of(case, "record/extended/")
    said = {"on": "2025-03-20", "days": 20, "approved_by": "赵主任", "seen": 1, "key": "k", "act": "preview"}
    shown = desk.post(address, said)
    assert "由2025年3月31日改为2025年4月28日届满" in text_of(shown)
    assert "延期答复告知书" in text_of(shown)
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
    assert confirm(desk, case, address, **said)["Location"] == address_of(case)
    case.refresh_from_db()
    assert (case.records, case.phase) == (2, phase)


def test_the_fee_is_worked_out_and_shown_with_its_bands(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    confirm(desk, case, "record/fee-notified/", on="2025-03-05", basis="items", quantity=1, before=30)
    said = derived(case).entries[-1].details
    assert isinstance(said, d.FeeNotified)
    assert str(said.amount) == "200"


def test_a_free_quantity_is_not_charged(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    said = {"on": "2025-03-05", "basis": "pages", "quantity": 30, "seen": 1, "key": "k", "act": "preview"}
    answer = desk.post(address_of(case, "record/fee-notified/"), said)
    assert answer.status_code == 422
    assert "应收为 0 的不发收费通知" in text_of(answer)


def test_a_consulted_party_is_shown_by_name_and_kept_by_its_label(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    confirm(desk, case, "record/third-party-asked/", on="2025-03-05", party="晨光公司")
    case.refresh_from_db()
    form = desk.get(address_of(case, "record/third-party-answered/")).context["form"]
    assert form.fields["party"].choices == [("第三方甲", "晨光公司（意见期限到2025年3月26日）")]
    said = {"on": "2025-03-12", "party": "第三方甲", "opinion": "reasonable", "key": "another"}
    confirm(desk, case, "record/third-party-answered/", **said)
    assert "不同意公开，且有合理理由" in text_of(desk.get(address_of(case)))
    assert not LedgerRecord.objects.filter(data__icontains="晨光").exists()


def test_a_clock_that_waits_for_an_opinion_stands_still_and_says_so(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    today = timezone.localdate()
    case = make_case(on=today - timedelta(days=2))
    happen(case, EventKind.THIRD_PARTY_ASKED, today, d.Asked("晨光公司"))
    bars = {bar.clock.key: bar.state for bar in desk.get(address_of(case)).context["bars"]}
    assert (bars["answer"], bars["third_party"]) == ("中止计时", "计时中")


def test_confirming_twice_is_one_record(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    said = {"on": "2025-03-05", "seen": 1, "key": "the-same", "act": "confirm"}
    first, second = (desk.post(address_of(case, "record/withdrawn/"), said) for _ in range(2))
    assert first["Location"] == second["Location"] == address_of(case)
    assert LedgerRecord.objects.filter(case=case).count() == 2


def test_who_acts_on_what_somebody_else_has_changed_is_told_to_look_again(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    answer = desk.post(
        address_of(case, "record/withdrawn/"), {"on": "2025-03-07", "seen": 1, "key": "k", "act": "confirm"}
    )
    assert answer.status_code == 422
    assert "别人刚刚办理过" in text_of(answer)


def test_a_day_to_come_is_refused(desk: Client, make_case: Callable[..., Case]) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    case = make_case()
    answer = desk.post(address_of(case, "record/withdrawn/"), {"on": tomorrow.isoformat(), "seen": 1, "act": "preview"})
    assert "晚于今天" in answer.context["form"].errors["on"][0]


def test_an_unlawful_order_is_refused_with_its_article(desk: Client, make_case: Callable[..., Case]) -> None:
    answer = desk.post(
        address_of(make_case(), "record/paid/"), {"on": "2025-03-05", "seen": 1, "key": "k", "act": "preview"}
    )
    assert "须先送达收费通知（信息处理费管理办法第六条" in text_of(answer)


@pytest.mark.parametrize("kind", ["nonsense", "answered", "split", "merged", "transferred", "received"])
def test_events_with_screens_of_their_own_have_no_plain_form(
    desk: Client, make_case: Callable[..., Case], kind: str
) -> None:
    assert desk.get(address_of(make_case(), f"record/{kind}/")).status_code == 404


def test_a_wrong_record_is_struck_with_its_reason_and_stays_on_the_page(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    desk.post(address_of(case, "strike/1/"), {"reason": "登记到了别的申请。", "seen": 2, "key": "k"})
    case.refresh_from_db()
    assert case.records == 3
    page = text_of(desk.get(address_of(case)))
    assert "登记到了别的申请。" in page
    assert "已作废" in page


def test_striking_without_a_reason_is_refused(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    happen(case, EventKind.REASONS_ASKED, date(2025, 3, 6))
    desk.post(address_of(case, "strike/1/"), {"reason": " ", "seen": 2, "key": "k"})
    assert LedgerRecord.objects.filter(case=case).count() == 2


def test_the_kind_of_applicant_changes_with_a_reason_and_in_the_log(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {"entrance": "in_person", "submitted_on": "2025-03-03", "applicant_type": "enterprise", "seen": 1}
    assert desk.post(address_of(case, "correct/"), {**said, "reason": ""}).status_code == 422
    desk.post(address_of(case, "correct/"), {**said, "reason": "证照表明申请人是公司。"})
    case.refresh_from_db()
    assert case.applicant_type == "enterprise"
    assert AuditEvent.objects.filter(action="applications.type_changed").count() == 1
