"""What is kept closed is looked at again (条例 §18): the interval, the list, the results that stay on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from gongkai.law.deadlines import months_after
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import ClosureOutcome, ClosureReview, InformationItem
from gongkai_web.information.services.closure import interval_of, next_review_day, review_closed, set_interval
from gongkai_web.information.services.drafting import DraftRejected, save_draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MakeItem = Callable[..., InformationItem]


@pytest.fixture
def closed(make_item: MakeItem) -> InformationItem:
    """An item that is kept closed and is due today."""
    return make_item(
        title="内部工作安排", attribute="not_open", exemption_reason="state_secret", next_review_on=timezone.localdate()
    )


def test_the_interval_is_a_year_unless_the_agency_or_one_above_sets_another(
    government: Agency, make_agency: Callable[..., Agency], make_user: Callable[..., User]
) -> None:
    below = make_agency(parent=government)
    assert next_review_day(below, today=date(2025, 3, 31)) == date(2026, 3, 31)
    administrator = make_user(Role.ADMINISTRATOR, government)
    set_interval(government, months=6, by=administrator)
    assert next_review_day(below, today=date(2025, 8, 31)) == date(2026, 2, 28)
    set_interval(below, months=3, by=administrator)
    assert (interval_of(government), interval_of(below)) == (6, 3)
    logged = AuditEvent.objects.filter(action="information.closure_interval_set").values_list("details", flat=True)
    assert list(logged) == [{"before": None, "months": 3}, {"before": None, "months": 6}]


def test_only_an_administrator_sets_the_interval(agency: Agency, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        set_interval(agency, months=6, by=staff[Role.DRAFTER])


def test_a_day_beyond_the_interval_is_refused_and_an_open_item_has_none(
    closed: InformationItem, staff: dict[Role, User]
) -> None:
    closed.next_review_on = date(2099, 1, 1)
    with pytest.raises(DraftRejected, match="晚于评估周期（12个月）"):
        save_draft(closed, by=staff[Role.DRAFTER])
    closed.attribute, closed.exemption_reason = "proactive", ""
    save_draft(closed, by=staff[Role.DRAFTER])
    assert InformationItem.objects.get().next_review_on is None


def test_an_item_that_stays_closed_is_due_again_after_the_interval(
    closed: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    assert "内部工作安排" in client.get("/admin/closed/").content.decode()
    answer = client.post(
        f"/admin/item/{closed.pk}/rereview/", {"outcome": "kept", "reason": "仍在保密期内"}, follow=True
    ).content.decode()
    day = months_after(timezone.localdate(), 12)
    assert f"下次评估日期为{day.year}年{day.month}月{day.day}日" in answer
    assert "仍在保密期内" in answer
    assert "没有到期须评估的信息" in client.get("/admin/closed/").content.decode()
    assert "内部工作安排" in client.get("/admin/closed/?show=all").content.decode()


def test_an_item_that_may_be_opened_leads_to_the_editor_and_stays_due(
    closed: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    data = {"outcome": "to_open", "reason": "保密期已满"}
    answer = client.post(f"/admin/item/{closed.pk}/rereview/", data)
    assert answer.headers["Location"] == f"/admin/items/edit/{closed.pk}/"
    assert "可以公开，待办" in client.get("/admin/closed/").content.decode()


def test_a_review_needs_a_result_and_a_reason(
    closed: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    for data in ({"outcome": "kept", "reason": " "}, {"reason": "x"}):
        page = client.post(f"/admin/item/{closed.pk}/rereview/", data, follow=True).content.decode()
        assert "请选择评估结果并写明理由" in page
    assert ClosureReview.objects.count() == 0


def test_who_does_not_draft_reviews_nothing(closed: InformationItem, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        review_closed(closed, by=staff[Role.OFFICER], outcome=ClosureOutcome.KEPT, reason="仍不公开")


def test_results_stay_as_they_were_written(closed: InformationItem, staff: dict[Role, User]) -> None:
    review_closed(closed, by=staff[Role.DRAFTER], outcome=ClosureOutcome.KEPT, reason="仍不公开")
    with pytest.raises(DatabaseError, match="评估记录只能新增"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE information_closurereview SET reason = 'x'")


def test_the_interval_is_set_on_screen(agency: Agency, staff: dict[Role, User], sign_in: SignIn) -> None:
    client: Any = sign_in(staff[Role.ADMINISTRATOR])
    form = {"agency": agency.pk, "months": 6}
    page = client.post("/admin/closed/interval/", form, follow=True).content.decode()
    assert "每6个月评估一次" in page
    wrong = client.post("/admin/closed/interval/", {**form, "months": 61}, follow=True).content.decode()
    assert "没有保存" in wrong
    assert interval_of(agency) == 6
    assert sign_in(staff[Role.DRAFTER]).post("/admin/closed/interval/", form).status_code in {302, 403}
