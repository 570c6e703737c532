"""The applicant's whole way in a browser, at a desk and on a phone, with scripts and without; and axe on each page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from gongkai.applications import Entry
from gongkai.applications import details as d
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Case, FileKind
from gongkai_web.applications.services import events
from gongkai_web.demo.applications_answers import answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBJECT = "滨河路改造工程验收报告"
PNG = {"name": "身份证.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + b"0" * 64}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.GONGKAI_APPLY_SECONDS = 0
    settings.GONGKAI_APPLY_PER_HOUR = dict.fromkeys(("draft", "submit", "upload", "track", "act"), 0)


Seen = Callable[[Page], None]


def _nothing(_: Page) -> None:
    """Looks at no page."""


def _looked_at(page: Page) -> None:
    """No rule of WCAG 2.2 AA is broken and nothing is wider than the window."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{page.url} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    spare = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert spare <= 0, f"{page.url}: {spare} px wider than the window"


def _apply(page: Page, agency: Agency, *, seen: Seen = _nothing) -> tuple[str, str]:
    """From the agencies to the receipt; gives number and secret."""
    page.goto("/apply/?description=滨河路")
    seen(page)
    page.get_by_role("link", name=agency.name).click()
    expect(page.get_by_role("heading", name="也许已经公开")).to_be_visible()
    seen(page)
    page.get_by_role("button", name="上面没有我要的，继续申请").click()
    page.get_by_label("所需政府信息的名称").fill("")
    _next(page)
    expect(page.get_by_role("alert")).to_contain_text("请填写所需政府信息的名称")
    seen(page)
    page.get_by_label("所需政府信息的名称").fill(SUBJECT)
    page.get_by_label("所需政府信息的名称").press("Enter")
    page.wait_for_url("**/identity/")
    seen(page)
    _identify(page)
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("group", name="获取信息的方式")).to_be_visible()
    seen(page)
    page.get_by_label("网上查看、下载").check()
    page.get_by_label("电子文件").check()
    _next(page)
    expect(page.get_by_text("身份证.png")).to_be_visible()
    seen(page)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/receipt/")
    seen(page)
    return page.locator("strong").nth(0).inner_text(), page.locator("strong").nth(1).inner_text()


def _identify(page: Page) -> None:
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或者名称").fill("欧阳某某")
    page.get_by_label("证件类型").select_option("identity_card")
    page.get_by_label("证件号码").fill("11010519491231002X")
    page.get_by_label("联系电话").fill("13912345678")
    page.get_by_label("身份证明").set_input_files([PNG])  # type: ignore[list-item]  # as Playwright reads it
    _next(page)
    page.wait_for_url("**/delivery/")


def _next(page: Page) -> None:
    page.get_by_role("button", name="下一步").click()


def _track(page: Page, number: str, secret: str) -> None:
    page.goto(f"/apply/track/?number={number}")
    page.get_by_label("查询码").fill(secret)
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url("**/apply/case/")


def _happens(kind: EventKind, details: Any = None) -> Case:
    case = Case.objects.get()
    events.record(case, Entry(kind, timezone.localdate(), details), by=None)
    return case


def test_an_applicant_applies_corrects_downloads_the_answer_and_reads_his_remedies(
    open_browser: Callable[..., Page], agency: Agency
) -> None:
    page = open_browser()
    number, secret = _apply(page, agency, seen=_looked_at)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载回执（PDF）").click()
    assert download.value.suggested_filename == f"receipt-{number}.pdf"
    page.get_by_role("button", name="已经记下，清除本页并去查询").click()
    page.wait_for_url("**/track/")
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill("AAAA")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("受理编号和查询码不符")
    _looked_at(page)

    until = timezone.localdate() + timedelta(days=20)
    _happens(EventKind.CORRECTION_ASKED, d.CorrectionAsked("请写明所需报告的年度", until))
    _track(page, number, secret)
    expect(page.get_by_role("heading", name="现在轮到您")).to_be_visible()
    _looked_at(page)
    page.get_by_role("link", name="补正申请").click()
    _looked_at(page)
    page.get_by_label("补正的内容").fill("2024年的。")
    page.get_by_role("button", name="提交补正").click()
    expect(page.get_by_text("补正已经提交")).to_be_visible()
    expect(page.get_by_text("机关收到您的补正")).to_be_visible()
    _looked_at(page)

    case = _happens(EventKind.ANSWERED, answer("partly_granted"))
    file = NewFile("验收报告.pdf", b"%PDF-1.7 x", "application/pdf", FileKind.REPLY)
    add_file(case, file, by=None)
    _happens(EventKind.SERVED, d.Served(Service(Channel.NET, timezone.localdate())))
    page.reload()
    with page.expect_download() as answered:
        page.get_by_role("link", name="验收报告.pdf").click()
    assert answered.value.suggested_filename == "验收报告.pdf"
    expect(page.get_by_role("heading", name="不服答复怎么办")).to_be_visible()
    _looked_at(page)
    page.get_by_role("button", name="退出查询").click()
    page.goto("/apply/case/")
    page.wait_for_url("**/track/")


def test_an_applicant_applies_and_withdraws_without_scripts(open_browser: Callable[..., Page], agency: Agency) -> None:
    page = open_browser(java_script_enabled=False)
    number, secret = _apply(page, agency)
    _track(page, number, secret)
    page.get_by_role("link", name="撤回申请").click()
    expect(page.get_by_text("这件申请不能恢复")).to_be_visible()
    page.get_by_role("button", name="确认撤回").click()
    expect(page.get_by_text("申请已经撤回。")).to_be_visible()
    assert Case.objects.get().phase == "withdrawn"


def test_the_form_is_filled_in_by_keyboard_alone(open_browser: Callable[..., Page], agency: Agency) -> None:
    page = open_browser()
    page.goto(f"/apply/?agency={agency.slug}")
    page.get_by_role("button", name="直接填写申请").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/describe/")
    page.get_by_label("所需政府信息的名称").focus()
    for text in (SUBJECT, "某建发〔2024〕3号", "2024年下半年验收"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "下一步"
    page.keyboard.press("Enter")
    page.wait_for_url("**/identity/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到主要内容"


@pytest.mark.parametrize("choice", ["large", "dark"])
def test_a_case_with_its_clock_is_accessible_in_large_text_and_on_dark_ground(
    open_browser: Callable[..., Page], agency: Agency, choice: str
) -> None:
    page = open_browser()
    number, secret = _apply(page, agency)
    _happens(EventKind.THIRD_PARTY_ASKED, d.Asked("某公司"))
    page.goto("/")
    address = page.locator(f"a[href*='choice={choice}']").first.get_attribute("href")
    assert address is not None
    page.goto(address)
    _track(page, number, secret)
    expect(page.get_by_role("heading", name="现在轮到第三方甲")).to_be_visible()
    _looked_at(page)
    page.get_by_role("link", name="撤回申请").click()
    _looked_at(page)
