"""Figures that no app of this installation records yet: entered by hand, each with its evidence."""

from __future__ import annotations

from functools import partial

from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import ManualFigure
from gongkai_web.annual_report.sources.registry import Figure, Source, register

PLATFORM = "政府信息公开平台建设"
OVERSIGHT = "监督保障"
MANAGEMENT = "政府信息管理"
PROACTIVE = "主动公开"
APPLICATIONS = "依申请公开"

_KINDS = (
    ("messages.received", "收到网民留言", "件", PLATFORM),
    ("messages.answered", "答复网民留言", "件", PLATFORM),
    ("messages.published", "公开网民留言答复", "件", PLATFORM),
    ("media.accounts", "政务新媒体账号", "个", PLATFORM),
    ("media.wechat", "微信公众号发布信息", "条", PLATFORM),
    ("media.weibo", "微博发布信息", "条", PLATFORM),
    ("media.video", "短视频平台发布信息", "条", PLATFORM),
    ("media.followers", "政务新媒体关注量", "人", PLATFORM),
    ("site.visits", "网站总访问量", "次", PLATFORM),
    ("site.columns", "网站专栏专题", "个", PLATFORM),
    ("hotline.calls", "热线电话", "件", PLATFORM),
    ("events.press", "新闻发布会", "场", PROACTIVE),
    ("events.interviews", "在线访谈", "期", PROACTIVE),
    ("events.open_days", "政府开放日活动", "次", PROACTIVE),
    ("proposals.npc", "办理人大代表建议", "件", PROACTIVE),
    ("proposals.cppcc", "办理政协提案", "件", PROACTIVE),
    ("gazette.issues", "政府公报", "期", PROACTIVE),
    ("training.sessions", "政府信息公开培训", "次", OVERSIGHT),
    ("training.people", "政府信息公开培训人次", "人次", OVERSIGHT),
    ("oversight.inspections", "政务公开检查", "次", OVERSIGHT),
    ("oversight.score", "政务公开考核得分", "分", OVERSIGHT),
    ("evaluation.people", "参加社会评议", "人", OVERSIGHT),
    ("accountability.cases", "责任追究", "件", OVERSIGHT),
    ("fees.charged", "收取信息处理费", "元", APPLICATIONS),
)


def _entered(key: str, agency: Agency, year: int) -> Figure:
    row = ManualFigure.objects.filter(report__agency=agency, report__year=year, key=key).first()
    if row is None:
        return Figure(None)
    return Figure(int(row.value) if row.value == row.value.to_integral_value() else row.value.normalize())


for _key, _name, _unit, _pillar in _KINDS:
    register(Source(_key, _name, _unit, partial(_entered, _key), _pillar, by_hand=True))
