"""What the example says when it decides: the facts that each outcome requires, in words of its own."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.applications.details import Answered, Decision
from gongkai.applications.outcomes import requirement

_FACTS = {
    "how": "电子文件随答复书一并提供",
    "withheld": "涉及第三方商业秘密的报价部分，第三方不同意公开，不予公开",
    "reason": "经审查，所申请的内容符合该项规定的情形",
    "classification": "秘密级，依据国家秘密及其密级具体范围的规定确定",
    "law_article": "法律、行政法规关于病历资料保密的规定",
    "harm": "公开后可能影响应急物资储备点的安全",
    "third_party_opinion": "第三方书面答复不同意公开，理由是涉及未公开的技术参数",
    "category": "工作流程和讨论记录",
    "file": "某医疗机构违规执业行政处罚案卷",
    "special_procedure": "请按医师执业注册信息查询的专门规定，到政务服务窗口查询",
    "search_record": "检索了档案系统2010年以来的目录和办公自动化系统的收发文，以名称和文号为检索词，没有找到",
    "other_body": "示例市自然资源局",
    "other_contact": "0000-55990000",
    "petition_channel": "请通过信访渠道或者拨打政务服务热线反映",
    "former_case": "此前对同一申请的答复",
    "where": "请到公共图书馆查阅统计年鉴",
}


def answer(*outcomes: str, public_interest: str = "") -> Answered:
    """One item for each outcome, with everything that it requires."""
    names = ("第一项", "第二项", "第三项") if len(outcomes) > 1 else ("全部内容",)
    return Answered(tuple(map(_decision, names, outcomes)), public_interest=public_interest)


def other_body() -> Answered:
    """Not held, because another agency is responsible."""
    return Answered((Decision("全部内容", "unavailable.not_held", _stated(("reason", "other_body", "other_contact"))),))


def _decision(item: str, outcome: str) -> Decision:
    needed = requirement(outcome)
    first = needed.either[0] if needed.either else ()
    return Decision(item, outcome, _stated(fact.key for fact in (*needed.facts, *first)))


def _stated(keys: Iterable[str]) -> dict[str, str]:
    return {key: _FACTS[key] for key in keys}
