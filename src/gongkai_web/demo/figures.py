"""Numbers that the five agencies published in their reports. Only numbers: the words of the example are its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Register:
    """Table 2, normative documents of one year: 制发, 废止, 现行有效."""

    issued: int
    repealed: int
    in_force: int


@dataclass(frozen=True)
class Published:
    """What one agency reported for one year. `fees_wan`: 行政事业性收费, 万元; counts of decisions otherwise."""

    year: int
    register: Register
    permits: int
    penalties: int
    coercive_measures: int
    fees_wan: Decimal
    applications_received: int
    applications_carried_in: int = 0
    website: int = 0
    website_parts: tuple[tuple[str, int], ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    attributes: dict[str, int] = field(default_factory=dict)


LUOYANG = Published(
    year=2022,
    register=Register(0, 11, 9),
    permits=3916,
    penalties=800,
    coercive_measures=3,
    fees_wan=Decimal("276.024"),
    applications_received=11,
    website=468,
    other=(
        ("网上诉求办理", "4244件"),
        ("110联动诉求办理", "10387件"),
        ("政务新媒体发布", "3443条"),
        ("其中：微信公众号", "2088条"),
        ("其中：视频号", "463条"),
        ("其中：抖音、快手", "892条"),
    ),
)
CHAOYANG = Published(
    year=2022,
    register=Register(0, 0, 1),
    permits=461,
    penalties=16,
    coercive_measures=0,
    fees_wan=Decimal("73.65"),
    applications_received=1,
    website=1143,
    website_parts=(
        ("工作动态", 144),
        ("疫情信息", 369),
        ("互动交流", 21),
        ("政策文件", 81),
        ("食品备案", 89),
        ("通知公告", 203),
        ("政务公开", 236),
    ),
    other=(("政务新媒体刊登", "68期、95条"), ("政府信息公开平台栏目", "31个")),
)
YANCHI = Published(
    year=2020,
    register=Register(0, 0, 0),
    permits=0,
    penalties=27,
    coercive_measures=0,
    fees_wan=Decimal(0),
    applications_received=0,
    website=26,
    website_parts=(("人事信息", 1), ("政务动态", 14), ("办事指南", 8), ("医疗服务信息", 3)),
    other=(("公众号推送", "630条"), ("电视栏目播出", "33期"), ("咨询电话", "1500次")),
    attributes={"proactive": 26, "on_request": 51, "not_open": 60, "partly_open": 0},
)
PINGDINGSHAN = Published(
    year=2024,
    register=Register(2, 0, 2),
    permits=7,
    penalties=14,
    coercive_measures=0,
    fees_wan=Decimal("113.372"),
    applications_received=6,
    applications_carried_in=1,
    website=441,
    other=(("微信公众号发布", "293篇"), ("公众号关注", "3657人"), ("公众号点击", "129898人次")),
)
BAOSHAN = Published(
    year=2021,
    register=Register(0, 0, 0),
    permits=185,
    penalties=24,
    coercive_measures=0,
    fees_wan=Decimal("127.68"),
    applications_received=0,
    website=504,
    website_parts=(
        ("通知公告", 22),
        ("突发公共卫生事件", 193),
        ("公共卫生知识普及", 70),
        ("爱国卫生运动", 74),
        ("发展规划", 4),
        ("财政预决算", 27),
        ("绩效评价", 80),
        ("行政许可", 185),
        ("行政处罚", 24),
    ),
    other=(("网络信箱咨询", "32次"), ("在线访谈", "1次")),
)
