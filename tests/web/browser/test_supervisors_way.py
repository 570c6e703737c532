"""The supervising office's way: who has not filed, import, doubts, return, summary; and axe on every screen of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report, blank_report
from gongkai.annual_report.writing import write
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import ImportedReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BASE, YEAR = "/admin/annual-reports/supervision/", 2024
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PROBLEMS = "存在的主要问题：图解偏少，更新不够及时。改进情况：逐件配发图解，更新周期由系统提醒，责任科室逐月核对。"


def _report(agency: str, permits: int) -> Report:
    form = formats.for_year(YEAR)
    cells = {path: Cell(0) for path in form.cells} | {"proactive.permits.decisions": Cell(permits)}
    return replace(
        blank_report(form, agency=agency, year=YEAR),
        cells=cells,
        sections={
            "overview": "（一）主动公开。公开信息30条。",
            "problems": PROBLEMS,
            "other_matters": "未收取信息处理费。",
        },
        signed_by=agency,
        signed_on=date(YEAR + 1, 1, 20),
    )


def _file(name: str, agency: str, permits: int) -> dict[str, object]:
    kind = name.rsplit(".", 1)[-1]
    return {"name": name, "mimeType": "application/octet-stream", "buffer": write(_report(agency, permits), to=kind)}


def _accessible(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    spare = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert spare <= 0, f"{address}: {spare} px wider than the window"


def test_from_the_roster_to_the_summary(
    enter: Callable[[User], Page],
    government: Agency,
    agency: Agency,
    other_agency: Agency,
    make_user: Callable[..., User],
) -> None:
    page = enter(make_user(Role.SUPERVISOR, government, home=government))
    page.goto(f"{BASE}?year={YEAR}")
    expect(page.get_by_role("link", name="未报送 3")).to_be_visible()

    page.goto(f"{BASE}imports/?year={YEAR}")
    page.get_by_label("各机关公布的年度报告").set_input_files(
        [
            _file("卫健委.html", agency.name, 7),  # type: ignore[list-item]
            _file("水务.pdf", "远方市水务局", 461),  # type: ignore[list-item]
            {"name": "通知.txt", "mimeType": "text/plain", "buffer": "会议通知。".encode()},
        ]
    )
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("link", name="已读取 1")).to_be_visible()
    expect(page.get_by_role("link", name="有疑问 1")).to_be_visible()
    expect(page.get_by_role("link", name="读取失败 1")).to_be_visible()
    job = page.url

    page.get_by_role("link", name="远方市水务局").click()
    page.get_by_label("机构", exact=True).select_option(label=other_agency.name)
    page.get_by_label("表二 · 行政许可 · 本年处理决定数量").fill("460")
    page.get_by_role("button", name="保存核对结果").click()
    expect(page.get_by_text("没有未核对的疑问，这份报告可以采用。")).to_be_visible()
    doubtful = ImportedReport.objects.get(agency=other_agency)

    page.goto(f"{BASE}filings/{agency.pk}/{YEAR}/")
    page.get_by_label("意见或理由").fill("“五”没有说明上年问题的整改结果。")
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text("已退回", exact=True)).to_be_visible()

    page.goto(f"{BASE}summary/?year={YEAR}")
    page.get_by_role("link", name="表二 · 行政许可 · 本年处理决定数量：467").click()
    expect(page.get_by_role("row", name=other_agency.name)).to_contain_text("460")

    screens = ("", "imports/", "findings/", "summary/", "compare/", "similarity/", "ranking/")
    for address in (*(f"{BASE}{screen}?year={YEAR}&kind=warning" for screen in screens), job):
        _accessible(page, address)
    _accessible(page, f"{BASE}imported/{doubtful.pk}/")
    _accessible(page, f"{BASE}filings/{agency.pk}/{YEAR}/")
    _accessible(page, f"{BASE}similarity/{agency.pk}/{YEAR}/{other_agency.pk}/{YEAR}/")
    _accessible(page, "/statistics/")
