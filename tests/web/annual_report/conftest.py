"""A department with a year of records, and its report up to any stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services import draft, explaining, freezing
from gongkai_web.proactive.figures_models import PeriodFigure
from gongkai_web.proactive.figures_services import save_figure

YEAR = 2024
TEXTS = {
    "overview": (
        "（一）主动公开。全年作出行政许可决定{{ 表二 行政许可 · 本年处理决定数量 }}件。\n"
        "（二）依申请公开。本年度未收到政府信息公开申请。\n"
        "（三）政府信息管理。健全信息发布审查和登记制度。\n"
        "（四）政府信息公开平台建设。优化门户栏目设置。\n"
        "（五）监督保障。组织培训{{ 政府信息公开培训 }}次。"
    ),
    "problems": (
        "存在的主要问题：解读材料形式单一，部分栏目更新不够及时。\n"
        "改进情况：增加图解和问答形式，按月检查栏目更新，明确责任科室。"
    ),
    "other_matters": "无其他需要报告的事项。",
}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Files of one test lie beside no other's, so that their names stay as they were given."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(staff: dict[Role, User]) -> User:
    """Who keeps the report."""
    return staff[Role.OFFICER]


@pytest.fixture
def recorded(agency: Agency, staff: dict[Role, User]) -> Agency:
    """The agency with the figures of table 2 for the year: 7 permits, 14 penalties, nothing else."""
    for kind, decisions in (("permits", 7), ("penalties", 14), ("coercive_measures", 0)):
        figure = PeriodFigure(agency=agency, kind=kind, year=YEAR, decisions=decisions, basis="执法统计年报")
        save_figure(figure, by=staff[Role.DRAFTER])
    fees = PeriodFigure(agency=agency, kind="fees", year=YEAR, amount_wan=Decimal("113.372"), basis="财务决算")
    save_figure(fees, by=staff[Role.DRAFTER])
    return agency


@pytest.fixture
def report(recorded: Agency, officer: User) -> AnnualReport:
    """A draft that nobody has written in."""
    return draft.open_report(recorded, YEAR, by=officer)


@pytest.fixture
def written(report: AnnualReport, officer: User) -> AnnualReport:
    """A draft with its text and figures; only warnings are open."""
    draft.enter_figures(
        report,
        {"training.sessions": (Decimal(2), "培训签到表"), "fees.charged": (Decimal(0), "财务台账")},
        by=officer,
    )
    draft.save_texts(report, TEXTS, by=officer)
    return draft.save_signature(report, signed_on=date(2025, 1, 20), by=officer)


@pytest.fixture
def explain_all(officer: User) -> Callable[[AnnualReport], int]:
    """`explain_all(report)`: sign an explanation for every warning; how many there were."""

    def run(report: AnnualReport) -> int:
        blocking = judge(draft_of(report)).blocking
        for one in blocking:
            explaining.explain(report, one.finding.fingerprint, text="经核对，情况属实。", by=officer)
        return len(blocking)

    return run


@pytest.fixture
def frozen(written: AnnualReport, officer: User, explain_all: Callable[[AnnualReport], int]) -> AnnualReport:
    """The report as version 1."""
    explain_all(written)
    freezing.freeze(written, by=officer)
    return written
