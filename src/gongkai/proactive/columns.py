"""The block that every agency's 政府信息公开 column has, and the health sector's catalogue.

Source: 国办公开办函〔2019〕61号 (unified names and layout); 国办发〔2019〕54号, 医疗卫生领域基层政务公开标准目录.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gongkai.proactive.obligations import ARTICLE_20, ARTICLE_21, Obligation


class ColumnKind(Enum):
    """What a column shows."""

    GUIDE = "guide"
    RULES = "rules"
    STATUTORY = "statutory"
    ANNUAL_REPORT = "annual_report"
    APPLICATION = "application"
    LIST = "list"

    @property
    def label(self) -> str:
        """The name by which the notice calls the block."""
        return _KINDS[self]


_KINDS = {
    ColumnKind.GUIDE: "政府信息公开指南",
    ColumnKind.RULES: "政府信息公开制度",
    ColumnKind.STATUTORY: "法定主动公开内容",
    ColumnKind.ANNUAL_REPORT: "政府信息公开年报",
    ColumnKind.APPLICATION: "依申请公开",
    ColumnKind.LIST: "信息列表",
}


@dataclass(frozen=True)
class ColumnTemplate:
    """A column to be created. `interval_days`: it is stale when nothing came for longer; `None` = no interval."""

    code: str
    name: str
    kind: ColumnKind = ColumnKind.LIST
    parent: str | None = None
    basis: str = ""
    description: str = ""
    interval_days: int | None = None


_NOTICE = "国办公开办函〔2019〕61号"
STATUTORY_BLOCK = (
    ColumnTemplate("guide", ColumnKind.GUIDE.label, ColumnKind.GUIDE, basis=f"{_NOTICE}；条例第十二条"),
    ColumnTemplate("rules", ColumnKind.RULES.label, ColumnKind.RULES, basis=_NOTICE),
    ColumnTemplate("statutory", ColumnKind.STATUTORY.label, ColumnKind.STATUTORY, basis=_NOTICE),
    ColumnTemplate(
        "annual-report", ColumnKind.ANNUAL_REPORT.label, ColumnKind.ANNUAL_REPORT, basis=_NOTICE, interval_days=366
    ),
    ColumnTemplate("application", ColumnKind.APPLICATION.label, ColumnKind.APPLICATION, basis=_NOTICE),
)


def _from_obligation(row: Obligation) -> ColumnTemplate:
    return ColumnTemplate(row.code, row.label, ColumnKind.LIST, "statutory", row.article, row.text, row.interval_days)


def _health(code: str, name: str, description: str, interval_days: int | None = 180) -> ColumnTemplate:
    basis = "医疗卫生领域基层政务公开标准目录"
    return ColumnTemplate(f"health-{code}", name, ColumnKind.LIST, "statutory", basis, description, interval_days)


HEALTH_CATALOGUE = (
    _health("normative", "卫生健康规范性文件", "卫生健康领域行政规范性文件及解读"),
    _health("institution", "卫生健康机构设置", "机构设置、职能和联系方式", 365),
    _health("planning", "卫生健康专项规划", "卫生健康专项规划和年度计划", 365),
    _health("permit-law", "许可法规政策文件", "医疗卫生行政许可的法规和政策文件"),
    _health("permit-guide", "许可办事指南", "适用范围、依据、条件、材料、程序、时限、收费、公开查询方式等要素", 365),
    _health("permit-process", "许可过程信息", "受理和办理过程信息，形成或变更之日起20个工作日内公开", 30),
    _health("permit-result", "许可结果信息", "许可决定和证照信息，作出决定之日起7个工作日内公开", 30),
    _health("penalty-result", "处罚结果信息", "行政处罚决定信息，作出决定之日起7个工作日内公开", 30),
    _health("inspection", "双随机一公开", "年度抽查计划、抽查事项、抽查结果和查处情况", 90),
    _health("public-health", "公共卫生服务", "基本公共卫生服务项目、预防接种、健康科普", 90),
    _health("emergency", "卫生应急", "突发公共卫生事件应急预案、预警和处置", 365),
    _health("hospital", "院务公开", "医疗卫生机构依《医疗卫生机构信息公开管理办法》公开的信息", 180),
    _health("proposals", "建议提案办理", "人大代表建议和政协提案复文公开", 365),
    _health("budget", "预决算和三公经费", "部门预算、决算及“三公”经费", 365),
)


@dataclass(frozen=True)
class ColumnSet:
    """A ready-made set that an agency can take whole."""

    code: str
    label: str
    columns: tuple[ColumnTemplate, ...]


COLUMN_SETS = {
    column_set.code: column_set
    for column_set in (
        ColumnSet("statutory", "政府信息公开专栏（法定）", STATUTORY_BLOCK),
        ColumnSet("art20", "条例第二十条事项", tuple(map(_from_obligation, ARTICLE_20))),
        ColumnSet("art21", "条例第二十一条事项", tuple(map(_from_obligation, ARTICLE_21))),
        ColumnSet("health", "医疗卫生领域基层标准目录", HEALTH_CATALOGUE),
    )
}
