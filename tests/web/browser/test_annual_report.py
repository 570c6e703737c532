"""The officer's January: draft, explain, sign, freeze, publish, submit — by five people in five browsers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from test_accessibility import _check as check_accessibility

from gongkai.annual_report.serialisation import to_json
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import AnnualReport, ReportState, ReportVersion
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.services import draft as drafting
from gongkai_web.proactive.figures_models import PeriodFigure
from gongkai_web.proactive.figures_services import save_figure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = timezone.localdate().year - 1
CHAIN = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
TEXT = "（二）依申请公开。本年度未收到政府信息公开申请。\n（三）政府信息管理。健全信息发布审查制度。"
PROBLEMS = (
    "存在的主要问题：解读材料形式单一，部分栏目更新不够及时。\n"
    "改进情况：增加图解和问答，按月检查栏目更新，明确责任科室。"
)


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """`shoot(page, name)`: keep a picture where GONGKAI_SCREENSHOTS names a folder."""
    folder = os.environ.get("GONGKAI_SCREENSHOTS", "")

    def run(page: Page, name: str) -> None:
        if folder:
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"))

    return run


def _record_figures(agency: Agency, by: User) -> None:
    for kind, decisions in (("permits", 7), ("penalties", 14), ("coercive_measures", 0)):
        save_figure(PeriodFigure(agency=agency, kind=kind, year=YEAR, decisions=decisions, basis="年报"), by=by)
    fees = PeriodFigure(agency=agency, kind="fees", year=YEAR, amount_wan=Decimal(0), basis="决算")
    save_figure(fees, by=by)


def _open(page: Page) -> None:
    page.goto("/admin/annual-reports/")
    page.get_by_label("报告年度").select_option(str(YEAR))
    page.get_by_role("button", name="打开报告").click()
    page.wait_for_url(re.compile(r"/annual-reports/\d+/$"))


def _write(page: Page) -> None:
    """A ready paragraph, own words, a reference from the list; what is typed is saved and checked by itself."""
    page.get_by_text("由记录写成的段落").first.click()
    page.get_by_role("button", name="采用").first.click()
    overview = page.get_by_label("正文").first
    expect(overview).to_have_value(re.compile(r"行政许可决定\{\{ 表二 行政许可"))
    overview.press("Control+End")
    overview.press("Enter")
    overview.press_sequentially("（五）监督保障。培训", delay=1)
    page.locator("[data-figure]").fill("政府信息公开培训")
    page.get_by_role("button", name="插入正文光标处").click()
    expect(overview).to_have_value(re.compile(r"培训\{\{ 政府信息公开培训 \}\}"))
    expect(page.locator("[data-preview=overview]")).to_contain_text("〔未填报：政府信息公开培训〕", timeout=15000)
    page.get_by_role("link", name="手工填报没有记录的指标").click()
    for name, number in (("政府信息公开培训", "２"), ("收取信息处理费", "0")):
        page.get_by_label(name, exact=True).fill(number)
        page.get_by_label(f"{name}的依据").fill("台账")
    page.get_by_role("button", name="保存").click()
    overview = page.get_by_label("正文").first
    overview.fill(overview.input_value().replace("（五）", f"{TEXT}\n（五）") + "次。")
    page.get_by_label("正文").nth(1).fill(PROBLEMS)
    expect(page.locator("[data-preview=overview]")).to_contain_text("培训2次", timeout=15000)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def _explain_everything(page: Page) -> int:
    signed = 0
    while page.locator(".gk-ar-todo").count():
        page.locator(".gk-ar-todo summary").first.click()
        page.locator(".gk-ar-todo textarea").first.fill("经核对，情况属实。")
        page.locator(".gk-ar-todo button").first.click()
        expect(page.get_by_text("已说明并签名。")).to_be_visible()
        signed += 1
    return signed


def _sign(page: Page) -> None:
    page.goto("/admin/review/")
    page.get_by_role("link", name=re.compile("政府信息公开工作年度报告")).first.click()
    expect(page.get_by_role("button", name="同意并签审")).to_be_visible()
    for point in page.locator("input[name=checked]").all():
        point.check()
    page.get_by_role("button", name="同意并签审").click()
    expect(page.get_by_text(re.compile("已签审|签审完成")).first).to_be_visible()


def test_the_officers_january(
    enter: Callable[[User], Page],
    open_browser: Callable[[], Page],
    staff: dict[Role, User],
    agency: Agency,
    shoot: Callable[[Page, str], None],
) -> None:
    _record_figures(agency, staff[Role.DRAFTER])
    page = enter(staff[Role.OFFICER])
    _open(page)
    expect(page.locator("#cell-proactive-penalties-decisions")).to_contain_text("14")
    _write(page)
    shoot(page, "report-edit")
    assert _explain_everything(page) >= 1
    page.get_by_role("button", name="定稿").click()
    expect(page.get_by_text("六种格式写出再读回都与报告一致")).to_be_visible(timeout=30000)
    assert page.get_by_role("cell", name="一致", exact=True).count() == 6
    shoot(page, "report-version")
    page.get_by_role("button", name="提交签审").click()
    expect(page.get_by_text("等待一审一校签审")).to_be_visible()

    for role in CHAIN:
        _sign(enter(staff[role]))
    report = AnnualReport.objects.get()
    assert report.state == ReportState.PUBLISHED

    citizen = open_browser()
    citizen.goto(report.item.get_absolute_url())  # type: ignore[union-attr]  # a published report has its item
    expect(citizen.get_by_role("heading", name=re.compile("政府信息公开工作年度报告")).first).to_be_visible()
    expect(citizen.get_by_text("校验凭证总摘要")).to_be_visible()
    shoot(citizen, "report-portal")

    page.reload()
    page.get_by_role("button", name="报送上级机关").click()
    expect(page.get_by_text("已报送某市人民政府。")).to_be_visible()
    assert AnnualReport.objects.get().state == ReportState.SUBMITTED


def test_everything_works_without_a_script(
    enter: Callable[[User], Page], open_browser: Callable[..., Page], staff: dict[Role, User], agency: Agency
) -> None:
    _record_figures(agency, staff[Role.DRAFTER])
    signed_in = enter(staff[Role.OFFICER])
    page = open_browser(java_script_enabled=False, storage_state=signed_in.context.storage_state())
    _open(page)
    page.get_by_label("正文").first.fill("本年度作出行政处罚决定{{ 表二 行政处罚 · 本年处理决定数量 }}件。")
    page.get_by_role("button", name="保存", exact=True).press("Enter")  # Wagtail's bar lies over a phone's page
    expect(page.locator("[data-preview=overview]")).to_contain_text("行政处罚决定14件")


def test_the_screens_of_a_report_are_accessible(
    enter: Callable[[User], Page], staff: dict[Role, User], agency: Agency
) -> None:
    officer = staff[Role.OFFICER]
    _record_figures(agency, staff[Role.DRAFTER])
    report = drafting.open_report(agency, YEAR, by=officer)
    drafting.open_table(report, "remedies", reason="台账在旧系统", by=officer)
    drafting.save_texts(report, {"overview": "行政许可决定9件，{{ 没有的指标 }}。", "problems": PROBLEMS}, by=officer)
    version = ReportVersion.objects.create(
        report=report,
        number=1,
        document=to_json(draft_of(report).report),
        records=[{"key": "items", "name": "主动公开的信息", "count": 3, "sha256": "1" * 64}],
        proofs=[{"format": "docx", "size": 8419, "sha256": "2" * 64, "holds": True, "differences": []}],
        findings=[{"severity": "warning", "message": "甲与乙不符", "explanation": "情况属实"}],
        receipt={},
        sha256="0" * 64,
        by=officer,
    )
    home = f"/admin/annual-reports/{report.pk}/"
    check_accessibility(
        enter(officer),
        [
            "/admin/annual-reports/",
            home,
            f"{home}figures/",
            f"{home}preview/",
            f"{home}records/?key=proactive.permits.decisions",
            f"{home}versions/{version.number}/",
        ],
    )
