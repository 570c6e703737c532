"""From the draft to the tombstone, by five people in five browsers, and what a citizen sees meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.review import submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "关于公布蓝莓基地健康驿站名单的通知"
SENTENCE = "健康驿站每周三下午提供慢性病咨询。"
REASON = "名单中有一处电话有误，更正后重新公开。"
CHAIN = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)


def _draft_and_submit(page: Page) -> None:
    page.goto("/admin/items/add/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_column").select_option(label="法定主动公开内容")
    page.locator("[contenteditable=true]").first.fill(SENTENCE)
    page.get_by_role("tab", name="目录信息").click()
    page.locator("#id_formed_on").fill("2025-06-03")
    page.locator("#id_formed_on").press("Tab")
    page.get_by_role("tab", name="公开属性与发布").click()
    page.locator("#id_attribute").select_option(label="主动公开")
    page.get_by_role("button", name="更多动作").last.click()
    page.get_by_role("button", name="保存并提交签审").click()
    expect(page.get_by_text("已提交签审。")).to_be_visible()


def _sign(page: Page) -> None:
    page.goto("/admin/review/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(SENTENCE).first).to_be_visible()
    for point in page.locator("input[name=checked]").all():
        point.check()
    page.get_by_role("button", name="同意并签审").click()


def _search(page: Page, words: str) -> None:
    page.goto("/")
    page.locator("input[type=search]:visible").first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")


def test_an_item_is_drafted_signed_by_four_people_found_read_withdrawn_and_gone(
    enter: Callable[[User], Page], open_browser: Callable[[], Page], staff: dict[Role, User]
) -> None:
    citizen = open_browser()
    _draft_and_submit(enter(staff[Role.DRAFTER]))
    item = InformationItem.objects.get()

    for role in CHAIN:
        _search(citizen, "健康驿站")
        expect(citizen.get_by_role("link", name=TITLE)).to_have_count(0)
        assert citizen.goto(f"/items/{item.pk}/").status == 404  # type: ignore[union-attr]  # there is an answer
        _sign(enter(staff[role]))

    _search(citizen, "健康驿站")
    citizen.get_by_role("link", name=TITLE).first.click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(citizen.get_by_text(SENTENCE).first).to_be_visible()

    reviewer = enter(staff[Role.REVIEWER_3])
    reviewer.goto(f"/admin/item/{item.pk}/")
    reviewer.get_by_role("link", name="撤回").click()
    reviewer.get_by_label("理由").fill(REASON)
    reviewer.get_by_role("button", name="撤回").click()
    expect(reviewer.get_by_text("原网址显示撤回说明")).to_be_visible()

    assert citizen.goto(f"/items/{item.pk}/").status == 410  # type: ignore[union-attr]  # there is an answer
    expect(citizen.get_by_text(REASON)).to_be_visible()
    expect(citizen.get_by_text(SENTENCE)).to_have_count(0)
    _search(citizen, "健康驿站")
    expect(citizen.get_by_role("link", name=TITLE)).to_have_count(0)


def test_the_author_sees_no_button_to_sign_his_own_text(
    enter: Callable[[User], Page], staff: dict[Role, User], make_item: Callable[..., InformationItem]
) -> None:
    case = submit(make_item(), by=staff[Role.DRAFTER])
    page = enter(staff[Role.DRAFTER])
    page.goto(f"/admin/review/{case.pk}/")
    expect(page.get_by_role("heading", name="签审进度")).to_be_visible()
    expect(page.get_by_role("button", name="同意并签审")).to_have_count(0)


def test_the_portal_is_searched_and_read_without_scripts(
    live_item: InformationItem, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto("/search/?q=夏季防疫")
    page.get_by_role("link", name=live_item.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(live_item.title)
