"""Without a complete chain nothing becomes public, whoever asks and however he asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.review import ReviewRefused
from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import InformationItem, PublicationRefused, ReviewCase
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.information.services.publication import publish, publish_due, withdraw
from gongkai_web.information.services.review import latest_case, submit

pytestmark = pytest.mark.django_db
MakeItem = Callable[..., InformationItem]
SignAll = Callable[..., ReviewCase]


def newest_case(item: InformationItem) -> ReviewCase:
    case = latest_case(item)
    assert case is not None
    return case


def test_an_item_with_all_signatures_goes_live_and_is_what_was_signed(live_item: InformationItem) -> None:
    assert live_item.live
    assert live_item.published_on == timezone.localdate()
    assert live_item.signed_fingerprint == live_item.content_fingerprint()
    assert list(InformationItem.objects.public()) == [live_item]


def test_an_unreviewed_item_is_not_published(make_item: MakeItem) -> None:
    with pytest.raises(PublicationRefused, match="未完成签审"):
        publish(make_item())


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_chain_with_a_step_missing_publishes_nothing(make_item: MakeItem, sign_all: SignAll, steps: int) -> None:
    item = make_item()
    sign_all(item, steps)
    with pytest.raises(PublicationRefused):
        publish(item)
    item.refresh_from_db()
    assert not item.live


def test_a_superuser_cannot_publish_by_setting_live(make_item: MakeItem) -> None:
    item = make_item()
    item.live, item.published_on, item.first_published_at = True, timezone.localdate(), timezone.now()
    with pytest.raises(PublicationRefused):
        item.save()


def test_wagtails_own_ways_to_publish_meet_the_guard(make_item: MakeItem) -> None:
    item = make_item()
    with pytest.raises(PublicationRefused):
        item.get_latest_revision().publish(skip_permission_checks=True)
    with pytest.raises(PublicationRefused):
        item.publish(item.get_latest_revision())


def test_live_items_cannot_be_switched_off_without_a_reason(live_item: InformationItem) -> None:
    with pytest.raises(PublicationRefused, match="不能直接取消公开"):
        live_item.unpublish()


def test_bulk_statements_cannot_publish_or_rewrite(make_item: MakeItem, live_item: InformationItem) -> None:
    item = make_item()
    with pytest.raises(PublicationRefused):
        InformationItem.objects.filter(pk=item.pk).update(live=True)
    with pytest.raises(PublicationRefused):
        InformationItem.objects.update(title="改名")
    live_item.body = "改"
    with pytest.raises(PublicationRefused):
        InformationItem.objects.bulk_update([live_item], ["body"])
    with pytest.raises(PublicationRefused):
        InformationItem.objects.bulk_create([InformationItem(live=True)])


def test_a_live_row_cannot_be_saved_with_other_content(live_item: InformationItem) -> None:
    live_item.body = "<p>没有人审过。</p>"
    with pytest.raises(PublicationRefused):
        live_item.save()
    with pytest.raises(PublicationRefused):
        live_item.save(update_fields=["body"])


def _refused_by_the_database(sql: str, values: Sequence[str | int | bool | date | None] = ()) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


def test_raw_sql_cannot_publish_an_unsigned_item(make_item: MakeItem) -> None:
    item = make_item()
    message = _refused_by_the_database(
        "UPDATE information_informationitem SET live = %s, published_on = %s, first_published_at = %s WHERE id = %s",
        [True, timezone.localdate(), timezone.now(), item.pk],
    )
    assert "未完成签审" in message


def test_raw_sql_cannot_publish_with_the_case_of_another_item(make_item: MakeItem, live_item: InformationItem) -> None:
    item = make_item(title="没有签审的信息")
    case = newest_case(live_item)
    message = _refused_by_the_database(
        "UPDATE information_informationitem SET live = %s, published_on = %s, first_published_at = %s, "
        "signed_case_id = %s, signed_fingerprint = %s WHERE id = %s",
        [True, timezone.localdate(), timezone.now(), case.pk, case.fingerprint, item.pk],
    )
    assert "未完成签审" in message


def test_raw_sql_cannot_rewrite_what_is_public(live_item: InformationItem) -> None:
    message = _refused_by_the_database(
        "UPDATE information_informationitem SET body = %s WHERE id = %s", ["<p>改写</p>", live_item.pk]
    )
    assert "须重新签审" in message


def test_raw_sql_cannot_delete_what_was_public(live_item: InformationItem) -> None:
    with pytest.raises(PublicationRefused, match="不能删除"):
        live_item.delete()
    with pytest.raises(PublicationRefused, match="不能删除"):
        InformationItem.objects.filter(pk=live_item.pk).delete()
    refused = _refused_by_the_database("DELETE FROM information_informationitem WHERE id = %s", [live_item.pk])
    assert "不能删除" in refused


def test_a_case_cannot_be_declared_complete_without_its_signatures(
    make_item: MakeItem, staff: dict[Role, User]
) -> None:
    case = submit(make_item(), by=staff[Role.DRAFTER])
    message = _refused_by_the_database("UPDATE information_reviewcase SET state = 'complete' WHERE id = %s", [case.pk])
    assert "签审环节不全" in message


def test_an_index_number_never_changes(make_item: MakeItem) -> None:
    item = make_item()
    message = _refused_by_the_database(
        "UPDATE information_informationitem SET index_number = %s WHERE id = %s", ["x/2025-1", item.pk]
    )
    assert "索引号" in message


def test_a_change_after_the_last_signature_stops_the_publication(
    make_item: MakeItem, sign_all: SignAll, staff: dict[Role, User]
) -> None:
    item = make_item(publish_at=timezone.now() + timedelta(days=1))
    sign_all(item)
    draft = item.draft()
    draft.body = "<p>签完以后改的。</p>"
    save_draft(draft, by=staff[Role.DRAFTER])
    assert newest_case(item).state == "reopened"
    InformationItem.objects.filter(pk=item.pk).update(publish_at=timezone.now())
    assert publish_due() == ([], [])


def test_a_scheduled_item_waits_for_its_time(make_item: MakeItem, sign_all: SignAll) -> None:
    item = make_item(publish_at=timezone.now() + timedelta(days=1))
    sign_all(item)
    item.refresh_from_db()
    assert not item.live
    with pytest.raises(PublicationRefused, match="定时发布"):
        publish(item)
    InformationItem.objects.filter(pk=item.pk).update(publish_at=timezone.now())
    published, refused = publish_due()
    assert (published, refused) == ([item], [])


def test_a_scheduled_replacement_of_a_live_item_waits_for_its_time(
    live_item: InformationItem, sign_all: SignAll, staff: dict[Role, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = live_item.draft()
    draft.title, draft.publish_at = "明天起的新文本", timezone.now() + timedelta(days=1)
    save_draft(draft, by=staff[Role.DRAFTER])
    sign_all(live_item)
    assert publish_due() == ([], [])
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert publish_due() == ([live_item], [])
    live_item.refresh_from_db()
    assert live_item.title == "明天起的新文本"
    assert publish_due() == ([], [])


def test_a_closed_item_with_a_time_is_nothing_that_is_due(make_item: MakeItem, sign_all: SignAll) -> None:
    item = make_item(attribute="not_open", exemption_reason="state_secret", publish_at=timezone.now())
    sign_all(item)
    assert publish_due() == ([], [])


def test_the_public_keeps_seeing_the_signed_text_until_the_new_one_is_signed(
    live_item: InformationItem, sign_all: SignAll, staff: dict[Role, User]
) -> None:
    draft = live_item.draft()
    draft.title = "第二稿"
    save_draft(draft, by=staff[Role.DRAFTER])
    live_item.refresh_from_db()
    assert live_item.title == "关于做好夏季防疫工作的通知"
    assert live_item.draft().title == "第二稿"
    sign_all(live_item)
    live_item.refresh_from_db()
    assert live_item.title == "第二稿"


def test_a_withdrawn_item_leaves_a_tombstone_and_needs_a_new_chain(
    live_item: InformationItem, staff: dict[Role, User]
) -> None:
    withdraw(live_item, by=staff[Role.REVIEWER_3], reason="附件数据有误，更正后重新公开。")
    assert not live_item.live
    assert list(InformationItem.objects.public()) == []
    assert list(InformationItem.objects.tombstones()) == [live_item]
    assert newest_case(live_item).state == "withdrawn"
    with pytest.raises(GongkaiError):
        publish(live_item)


def test_a_withdrawal_needs_a_reason_and_a_right(live_item: InformationItem, staff: dict[Role, User]) -> None:
    with pytest.raises(PublicationRefused, match="理由"):
        withdraw(live_item, by=staff[Role.REVIEWER_3], reason=" ")
    with pytest.raises(GongkaiError, match="权限"):
        withdraw(live_item, by=staff[Role.DRAFTER], reason="想撤")


def test_what_is_not_open_completes_its_chain_without_going_live(make_item: MakeItem, sign_all: SignAll) -> None:
    item = make_item(attribute="not_open", exemption_reason="state_secret")
    case = sign_all(item)
    item.refresh_from_db()
    assert case.state == "complete"
    assert not item.live
    with pytest.raises(PublicationRefused, match="不予公开"):
        publish(item)


def test_a_superuser_who_is_no_reviewer_signs_nothing(
    make_item: MakeItem, staff: dict[Role, User], make_user: Callable[..., User], sign_next: Callable[..., ReviewCase]
) -> None:
    root = make_user(is_superuser=True, is_staff=True)
    case = submit(make_item(), by=staff[Role.DRAFTER])
    with pytest.raises(ReviewRefused, match="没有这个角色"):
        sign_next(case, root)


def test_what_reviewers_have_before_them_is_not_deleted(
    make_item: MakeItem, staff: dict[Role, User], client: Client
) -> None:
    item = make_item()
    case = submit(item, by=staff[Role.DRAFTER])
    for delete in (item.delete, InformationItem.objects.filter(pk=item.pk).delete):
        with pytest.raises(PublicationRefused, match="须与签审记录一起留存"):
            delete()
    with pytest.raises(IntegrityError, match="提交过签审的须留存"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM information_informationitem WHERE id = %s", [item.pk])
    client.force_login(staff[Role.DRAFTER])
    answer = client.post(f"/admin/items/delete/{item.pk}/", follow=True).content.decode()
    assert "须与签审记录一起留存，不能删除" in answer
    assert client.get(f"/admin/review/{case.pk}/").status_code == 200


def test_a_draft_that_nobody_reviewed_is_deleted(make_item: MakeItem, staff: dict[Role, User], client: Client) -> None:
    item = make_item()
    client.force_login(staff[Role.DRAFTER])
    client.post(f"/admin/items/delete/{item.pk}/")
    assert not InformationItem.objects.exists()


def test_a_time_that_is_past_or_no_time_is_named(make_item: MakeItem, staff: dict[Role, User], client: Client) -> None:
    item = make_item()
    client.force_login(staff[Role.DRAFTER])
    counts = {f"attachments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    form = {
        "agency": item.agency_id, "column": item.column_id, "title": "甲", "formed_on": "2025-06-03",
        "attribute": "proactive", **counts,
    }  # fmt: skip

    def save(moment: str) -> str:
        return client.post(
            f"/admin/items/edit/{item.pk}/", {**form, "publish_at": moment}, follow=True
        ).content.decode()

    assert 'type="datetime-local" name="publish_at"' in save("明天早上")
    assert "时间不正确，请按年-月-日 时:分填写" in save("明天早上")
    assert "定时发布的时间已经过去" in save("2020-01-01T08:00")
    save("2099-01-01T08:30")
    assert timezone.localtime(InformationItem.objects.get().publish_at).isoformat() == "2099-01-01T08:30:00+08:00"
