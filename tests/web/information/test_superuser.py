"""A platform administrator has every door of the back office open, and none of them leads past the chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import InformationItem, MediaPost, ReviewCase
from gongkai_web.information.services.drafting import save_post
from gongkai_web.information.services.review import submit

pytestmark = pytest.mark.django_db
TITLE = "没有签审的信息"


@pytest.fixture
def draft(make_item: Callable[..., InformationItem]) -> InformationItem:
    """An item that nobody has reviewed."""
    return make_item(title=TITLE)


@pytest.fixture
def root(make_user: Callable[..., User], sign_in: Callable[[User], Client]) -> Client:
    """Signed in as the platform's administrator; a failure is an answer to be judged."""
    client = sign_in(make_user(is_superuser=True, is_staff=True))
    client.raise_request_exception = False
    return client


def assert_not_public(item: InformationItem) -> None:
    item.refresh_from_db()
    assert (item.live, item.first_published_at) == (False, None)
    assert Client().get(f"/items/{item.pk}/").status_code == 404
    assert TITLE not in Client().get("/").content.decode()


def edit_form(item: InformationItem, **more: str) -> dict[str, Any]:
    """What the editor sends."""
    counts = {f"attachments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return {
        "title": TITLE, "agency": item.agency_id, "column": item.column_id, "body": "<p>正文</p>",
        "formed_on": "2025-06-03", "attribute": "proactive", "attachments-MAX_NUM_FORMS": "1000", **counts, **more,
    }  # fmt: skip


@pytest.mark.parametrize("action", ["action-publish", "action-unpublish", "action-workflow-action", "live"])
def test_no_button_of_wagtails_editor_publishes(root: Client, draft: InformationItem, action: str) -> None:
    address = f"/admin/items/edit/{draft.pk}/"
    page = root.get(address).content.decode()
    assert "action-publish" not in page
    root.post(address, edit_form(draft, **{action: "1"}))
    assert_not_public(draft)


def test_a_new_item_is_not_published_with_its_form(root: Client, draft: InformationItem) -> None:
    root.post("/admin/items/add/", edit_form(draft, **{"action-publish": "1", "live": "on"}))
    assert InformationItem.objects.filter(title=TITLE, live=True).count() == 0


def test_no_other_snippet_view_publishes(root: Client, draft: InformationItem) -> None:
    revision = draft.latest_revision
    assert revision is not None
    for path in ("unpublish", f"revisions/{revision.pk}/revert", f"revisions/{revision.pk}/unschedule", "copy"):
        root.post(f"/admin/items/{path}/{draft.pk}/", edit_form(draft, **{"action-publish": "1"}))
        root.post(f"/admin/items/{draft.pk}/{path}/", edit_form(draft, **{"action-publish": "1"}))
    assert_not_public(draft)


def test_no_bulk_act_publishes_and_none_removes_what_is_public(
    root: Client, draft: InformationItem, live_item: InformationItem
) -> None:
    for action in ("publish", "unpublish"):
        root.post(f"/admin/bulk/information/informationitem/{action}/?id={draft.pk}", {"confirm": "1"})
    assert_not_public(draft)
    answer = root.post(f"/admin/bulk/information/informationitem/delete/?id={live_item.pk}", {"confirm": "1"})
    assert answer.status_code == 404
    live_item.refresh_from_db()
    assert live_item.live


def test_pages_of_wagtail_are_served_nowhere(root: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("wagtail_serve", args=["x/"])
    assert Client().get("/welcome-to-your-new-wagtail-site/").status_code == 404


def test_the_acts_of_the_review_page_refuse_a_superuser(
    root: Client, draft: InformationItem, staff: dict[Role, User]
) -> None:
    case = submit(draft, by=staff[Role.DRAFTER])
    step = case.as_case().next_step
    assert step is not None
    sign = {"act": "sign", "seen": case.fingerprint, "opinion": "同意", "checked": step.checklist}
    assert "没有这个角色" in root.post(f"/admin/review/{case.pk}/act/", sign, follow=True).content.decode()
    assert root.post(f"/admin/review/{case.pk}/publish/").status_code in {302, 403}
    assert ReviewCase.objects.get().acts.count() == 0
    assert_not_public(draft)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_writes_nothing(root: Client, draft: InformationItem, method: str) -> None:
    for address in ("/api/v1/items", f"/api/v1/items/{draft.pk}"):
        answer = getattr(root, method)(address, {"live": True}, content_type="application/json")
        assert answer.status_code in {404, 405}
    assert_not_public(draft)


def test_a_post_is_not_recorded_as_sent_unsigned(root: Client, draft: InformationItem, staff: dict[Role, User]) -> None:
    post = MediaPost(agency=draft.agency, channel="weibo", account="某市", title="未审", body="未审")
    save_post(post, by=staff[Role.DRAFTER])
    fields = {"agency": draft.agency_id, "channel": "weibo", "account": "某市", "title": "未审", "body": "改"}
    root.post(f"/admin/posts/edit/{post.pk}/", {**fields, "live": "on", "action-publish": "1"})
    case = submit(post, by=staff[Role.DRAFTER])
    root.post(f"/admin/review/{case.pk}/publish/", {"url": "https://example.cn/s/1"})
    post.refresh_from_db()
    assert not post.live
