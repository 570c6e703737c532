"""The officer's whole way: from the morning's post to the answer that was served, the registration by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.law.calendar import calendar_for
from gongkai_web.accounts.models import Role, User
from gongkai_web.applications.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBJECT = "滨河路公共卫生间选址论证报告"


def _ago(workdays: int) -> date:
    return calendar_for().add_workdays(timezone.localdate(), -workdays)


def _register(page: Page) -> None:
    """Only the keyboard: the first field has the focus, Enter goes on, and the button that confirms has it next."""
    page.goto("/admin/applications/new/")
    expect(page.get_by_label("申请方式")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("申请方式")).to_have_value("ordinary_mail")
    page.get_by_label("与申请人确认之日").fill(_ago(12).isoformat())
    page.get_by_label("提交、寄出之日").fill("")
    page.get_by_label("姓名或者名称").fill("王某某")
    page.get_by_label("联系电话").fill("13800001234")
    page.get_by_label("所需政府信息的名称").fill(SUBJECT)
    page.keyboard.press("Enter")
    expect(page.get_by_text("条例第三十一条").first).to_be_visible()
    expect(page.get_by_role("button", name="确认登记")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()


def _record(page: Page, event: str, fields: dict[str, str]) -> None:
    """From the case's page: the form, the effect, the record."""
    page.get_by_role("link", name=f"登记“{event}”").click()
    for label, text in fields.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="下一步：查看法律效果").click()
    expect(page.get_by_text("法律效果", exact=True)).to_be_visible()
    page.get_by_role("button", name="确认登记").click()
    expect(page.get_by_text(f"已登记“{event}”。")).to_be_visible()


def test_a_letter_is_registered_corrected_extended_answered_and_served(
    enter: Callable[[User], Page], staff: dict[Role, User]
) -> None:
    page = enter(staff[Role.OFFICER])
    _register(page)
    correction = {
        "告知之日": _ago(10).isoformat(),
        "需要补正的事项": "请写明报告的年份。",
        "补正期限（截止之日）": _ago(1).isoformat(),
    }
    _record(page, "告知补正", correction)
    expect(page.get_by_text("停止计时").first).to_be_visible()
    _record(page, "收到补正的申请", {"收到补正之日": _ago(8).isoformat()})
    extension = {"决定并告知之日": _ago(2).isoformat(), "延长的工作日数": "10", "同意延期的工作机构负责人": "赵主任"}
    _record(page, "决定并告知延期", extension)
    counted = calendar_for().count(_ago(8), until=timezone.localdate())
    expect(page.get_by_text(f"第 {counted}/30 个工作日").first).to_be_visible()

    page.get_by_role("link", name="七步判断").click()
    for answer in (
        "齐全、明确",
        "是",
        "由本机关负责",
        "有",
        "可以全部公开",
        "按申请人要求的形式提供",
        "已写明，可以答复",
    ):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="下一步").click()
    page.get_by_role("link", name="直接登记“作出答复”").click()
    page.get_by_label("提供的方式，或者公开的地点、途径").fill("随函寄送复印件")
    page.get_by_role("button", name="下一步：查看法律效果").click()
    expect(page.get_by_text("计入年度报告表三：予以公开")).to_be_visible()
    page.get_by_role("button", name="确认登记").click()

    page.get_by_role("link", name="直接登记“送达答复”").click()
    page.get_by_label("直接送达").check()
    page.get_by_role("button", name="下一步：查看法律效果").click()
    page.get_by_role("button", name="确认登记").click()
    expect(page.get_by_text("申请行政复议到").first).to_be_visible()

    case = Case.objects.get()
    assert (case.phase, case.outcome, case.records) == ("served", "granted", 6)
    page.goto("/admin/applications/?state=closed")
    expect(page.locator(".gk-chip", has_text="已办结")).to_be_visible()
    page.goto(f"/admin/applications/figures/?year={case.answered_on.year}")  # type: ignore[union-attr]  # answered above
    expect(page.get_by_role("link", name="1件，查看").first).to_be_visible()
