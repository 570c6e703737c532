"""The queues of the chain as each role sees them, and the page of a new-media post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import InformationItem, MediaPost, ReviewCase
from gongkai_web.information.selectors import sent_back, signed_and_waiting
from gongkai_web.information.services.drafting import save_draft, save_post
from gongkai_web.information.services.publication import send_post
from gongkai_web.information.services.review import give_back, submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MakeItem = Callable[..., InformationItem]
SignAll = Callable[..., ReviewCase]


@pytest.fixture
def post(agency: Agency, staff: dict[Role, User]) -> MediaPost:
    """A draft for WeChat."""
    draft = MediaPost(agency=agency, channel="wechat", account="健康某市", title="冬季护肤提示", body="每天饮水。")
    return save_post(draft, by=staff[Role.DRAFTER])


def queue(client: Client, name: str) -> str:
    return client.get(f"/admin/review/?queue={name}").content.decode()


def test_a_returned_item_is_on_the_drafters_start_page_until_it_is_sent_in_again(
    make_item: MakeItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    item = make_item(title="值班安排公告")
    case = submit(item, by=staff[Role.DRAFTER])
    give_back(case, by=staff[Role.REVIEWER_1], seen=case.fingerprint, opinion="请补充电话")
    drafter = sign_in(staff[Role.DRAFTER])
    assert "签审退回和待登记发布（1）" in drafter.get("/admin/").content.decode()
    assert "值班安排公告" in queue(drafter, "back")
    submit(item, by=staff[Role.DRAFTER])
    assert list(sent_back(staff[Role.DRAFTER])) == []
    assert "签审退回和待登记发布" not in drafter.get("/admin/").content.decode()


def test_a_signed_item_whose_time_has_not_come_waits_in_sight(
    make_item: MakeItem, sign_all: SignAll, staff: dict[Role, User], sign_in: SignIn
) -> None:
    case = sign_all(make_item(title="定时公告", publish_at=timezone.now() + timedelta(days=2)))
    sign_all(make_item(title="已经发布的公告"))
    assert list(signed_and_waiting(staff[Role.DRAFTER])) == [case]
    day = timezone.localtime(timezone.now() + timedelta(days=2))
    assert f"{day.year}年{day.month}月{day.day}日" in queue(sign_in(staff[Role.DRAFTER]), "ready")


def test_a_signed_replacement_waits_too_and_an_unsigned_one_does_not(
    live_item: InformationItem, sign_all: SignAll, staff: dict[Role, User]
) -> None:
    draft = live_item.draft()
    draft.title, draft.publish_at = "后天的文本", timezone.now() + timedelta(days=2)
    save_draft(draft, by=staff[Role.DRAFTER])
    assert list(signed_and_waiting(staff[Role.DRAFTER])) == []
    case = sign_all(live_item)
    assert list(signed_and_waiting(staff[Role.DRAFTER])) == [case]


def test_a_post_shows_where_it_stands_from_the_draft_to_the_address(
    post: MediaPost, sign_all: SignAll, staff: dict[Role, User], sign_in: SignIn
) -> None:
    drafter = sign_in(staff[Role.DRAFTER])
    address = f"/admin/post/{post.pk}/"
    assert "未经签审不能发布" in drafter.get(address).content.decode()
    sent = drafter.post(f"{address}submit/", follow=True).content.decode()
    assert "已提交签审" in sent
    assert post.state_label() == "签审中"
    case = sign_all(post)
    assert "签审完成，待发布" in drafter.get("/admin/posts/").content.decode()
    assert "登记发布时间和网址" in drafter.get(address).content.decode()
    drafter.post(f"/admin/review/{case.pk}/publish/", {"url": "https://example.cn/s/1"})
    page = drafter.get(address).content.decode()
    assert "https://example.cn/s/1" in page
    assert "已发布的内容不再修改" in page
    assert f"/admin/posts/edit/{post.pk}/" not in page


def test_a_post_that_was_sent_is_not_waiting_any_more(
    post: MediaPost, sign_all: SignAll, staff: dict[Role, User]
) -> None:
    case = sign_all(post)
    assert list(signed_and_waiting(staff[Role.DRAFTER])) == [case]
    send_post(post, by=staff[Role.DRAFTER], url="https://example.cn/s/1")
    assert list(signed_and_waiting(staff[Role.DRAFTER])) == []


def test_everybody_of_the_agency_sees_what_waits_to_be_determined(
    make_item: MakeItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    case = submit(make_item(title="疑似敏感的名单"), by=staff[Role.DRAFTER])
    data = {"act": "refer", "seen": case.fingerprint, "opinion": "可能涉密"}
    sign_in(staff[Role.REVIEWER_1]).post(f"/admin/review/{case.pk}/act/", data)
    assert "疑似敏感的名单" in queue(sign_in(staff[Role.DRAFTER]), "undetermined")
