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
