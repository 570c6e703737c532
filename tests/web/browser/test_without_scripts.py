"""The back office where the browser runs no scripts: a form can be reached, filled in and sent, on a phone as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import InformationItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_draft_is_made_and_sent_in_from_the_menu_to_the_button(
    enter: Callable[..., Page], staff: dict[Role, User]
) -> None:
    page = enter(staff[Role.DRAFTER], java_script_enabled=False)
    page.goto("/admin/")
    page.locator("summary", has_text="菜单").click()
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="政府信息").click()
    page.goto("/admin/items/add/")
    page.locator("#id_title").fill("关于调整预约挂号时间的通知")
    page.locator("#id_column").select_option(label="法定主动公开内容")
    page.locator("#id_body").fill("<p>自下月起调整预约时间。</p>")
    page.locator("#id_formed_on").fill("2025-06-03")
    page.locator("#id_attribute").select_option(label="主动公开")
    page.get_by_role("button", name="保存并提交签审").click()
    expect(page.get_by_role("heading", name="签审进度")).to_be_visible()
    assert InformationItem.objects.get().title == "关于调整预约挂号时间的通知"


def test_files_and_policies_are_chosen_on_plain_pages(
    enter: Callable[..., Page], staff: dict[Role, User], make_item: Callable[..., InformationItem]
) -> None:
    make_item(title="预防接种管理办法")
    item = make_item(title="一图读懂预防接种")
    page = enter(staff[Role.DRAFTER], java_script_enabled=False)
    page.goto(f"/admin/item/{item.pk}/")
    page.get_by_role("link", name="附件（0）").click()
    page.locator("[type=file]").set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": b"a,b\n"})
    page.get_by_role("button", name="上传并添加").click()
    expect(page.get_by_text("已添加附件“名单.csv”。")).to_be_visible()
    # Wagtail shows its messages by a script: without one they are there from the start.
    assert page.locator(".messages > ul").evaluate("list => getComputedStyle(list).opacity") == "1"
    page.get_by_role("link", name="回到这件信息").click()
    page.get_by_role("link", name="关联本件解读的政策").click()
    page.get_by_role("searchbox").last.fill("预防接种管理办法")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("radio").check()
    page.get_by_role("button", name="关联所选信息").click()
    expect(page.get_by_text("本件解读的政策：预防接种管理办法")).to_be_visible()
