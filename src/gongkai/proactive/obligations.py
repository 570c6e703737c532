"""What an agency must publish of its own accord: 条例 §20 for every agency, §21 for the levels of government.

Each row is a ready-made column; an agency takes the sets that concern it and adds its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """Whom a set of obligations binds."""

    EVERY_AGENCY = "every_agency"
    DISTRICTED_CITY_AND_COUNTY = "city_county"
    TOWNSHIP = "township"


@dataclass(frozen=True)
class Obligation:
    """One item of the statutory list. `interval_days`: usual upkeep in calendar days, `None` = upon change."""

    code: str
    label: str
    text: str
    article: str
    level: Level = Level.EVERY_AGENCY
    interval_days: int | None = None


def _item(number: int, numeral: str, label: str, text: str, interval_days: int | None = None) -> Obligation:
    return Obligation(f"art20-{number:02}", label, text, f"条例第二十条第（{numeral}）项", interval_days=interval_days)


ARTICLE_20 = (
    _item(1, "一", "法规文件", "行政法规、规章和规范性文件", 180),
    _item(2, "二", "机关简介", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名", 365),
    _item(3, "三", "规划计划", "国民经济和社会发展规划、专项规划、区域规划及相关政策", 365),
    _item(4, "四", "统计信息", "国民经济和社会发展统计信息", 180),
    _item(5, "五", "行政许可", "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果", 30),
    _item(
        6, "六", "行政处罚和行政强制", "实施行政处罚、行政强制的依据、条件、程序以及有一定社会影响的行政处罚决定", 30
    ),
    _item(7, "七", "财政预算决算", "财政预算、决算信息", 365),
    _item(8, "八", "行政事业性收费", "行政事业性收费项目及其依据、标准", 365),
    _item(9, "九", "政府集中采购", "政府集中采购项目的目录、标准及实施情况", 180),
    _item(10, "十", "重大建设项目", "重大建设项目的批准和实施情况", 180),
    _item(11, "十一", "民生领域", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况", 90),
    _item(12, "十二", "应急管理", "突发公共事件的应急预案、预警信息及应对情况", 365),
    _item(13, "十三", "监督检查", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况", 90),
    _item(14, "十四", "公务员招考", "公务员招考的职位、名额、报考条件等事项以及录用结果", 365),
    _item(15, "十五", "其他法定信息", "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"),
)
"""Source: 条例 §20."""


def _local(code: str, label: str, text: str, level: Level = Level.DISTRICTED_CITY_AND_COUNTY) -> Obligation:
    return Obligation(f"art21-{code}", label, text, "条例第二十一条", level, 180)


ARTICLE_21 = (
    _local("municipal", "市政建设", "市政建设"),
    _local("services", "公共服务和公益事业", "公共服务、公益事业"),
    _local("land", "土地征收和房屋征收", "土地征收、房屋征收"),
    _local("order", "治安管理", "治安管理"),
    _local("relief", "社会救助", "社会救助"),
    _local(
        "rural",
        "农业农村",
        "贯彻落实农业农村政策、农田水利工程建设运营、农村土地承包经营权流转、宅基地使用情况审核、"
        "土地征收、房屋征收、筹资筹劳、社会救助等方面的政府信息",
        Level.TOWNSHIP,
    ),
)
"""Source: 条例 §21."""


def obligations_for(*levels: Level) -> tuple[Obligation, ...]:
    """§20 for everyone, and the rows of §21 for the given levels."""
    return ARTICLE_20 + tuple(row for row in ARTICLE_21 if row.level in levels)
