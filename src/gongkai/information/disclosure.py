"""公开属性: fixed when a document is made, with the statutory reason when it is not open (条例 §13–§16)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gongkai.errors import GongkaiError


class DisclosureAttribute(Enum):
    """How a piece of government information is made available. Source: 条例 §13; 国办发〔2016〕80号."""

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    NOT_OPEN = "not_open"
    PARTLY_OPEN = "partly_open"

    @property
    def label(self) -> str:
        """The statutory Chinese."""
        return _LABELS[self]

    @property
    def marking(self) -> str:
        """What is printed on the document itself. Source: 国办发〔2016〕80号."""
        return _MARKINGS[self]

    @property
    def is_public(self) -> bool:
        """Does it belong on the portal?"""
        return self in {DisclosureAttribute.PROACTIVE, DisclosureAttribute.PARTLY_OPEN}

    @property
    def needs_reason(self) -> bool:
        """Must a statutory reason be stated?"""
        return self is not DisclosureAttribute.PROACTIVE


_LABELS = {
    DisclosureAttribute.PROACTIVE: "主动公开",
    DisclosureAttribute.ON_REQUEST: "依申请公开",
    DisclosureAttribute.NOT_OPEN: "不予公开",
    DisclosureAttribute.PARTLY_OPEN: "删减后公开",
}
_MARKINGS = {
    DisclosureAttribute.PROACTIVE: "此件公开发布",
    DisclosureAttribute.ON_REQUEST: "此件依申请公开",
    DisclosureAttribute.NOT_OPEN: "此件不公开",
    DisclosureAttribute.PARTLY_OPEN: "此件删减后公开",
}


class ExemptionReason(Enum):
    """The statutory grounds for keeping information from the public. Source: 条例 §14–§16."""

    STATE_SECRET = "state_secret"  # noqa: S105  # 国家秘密, not a password
    PROHIBITED_BY_LAW = "prohibited_by_law"
    SECURITY_STABILITY = "security_stability"
    TRADE_SECRET = "trade_secret"  # noqa: S105  # 商业秘密, not a password
    PRIVACY = "privacy"
    INTERNAL_AFFAIRS = "internal_affairs"
    DELIBERATIVE = "deliberative"
    ENFORCEMENT_FILE = "enforcement_file"
    LIMITED_AUDIENCE = "limited_audience"

    @property
    def label(self) -> str:
        """The regulation's words."""
        return _REASONS[self][0]

    @property
    def article(self) -> str:
        """Where the regulation says so."""
        return _REASONS[self][1]

    @property
    def mandatory(self) -> bool:
        """§14 and §15 forbid disclosure; §16 leaves it to the agency, which then has to give its reasons."""
        return self.article.startswith(("第十四条", "第十五条"))


_REASONS = {
    ExemptionReason.STATE_SECRET: ("依法确定为国家秘密", "第十四条"),
    ExemptionReason.PROHIBITED_BY_LAW: ("法律、行政法规禁止公开", "第十四条"),
    ExemptionReason.SECURITY_STABILITY: ("公开后可能危及国家安全、公共安全、经济安全、社会稳定", "第十四条"),
    ExemptionReason.TRADE_SECRET: ("涉及商业秘密，公开会对第三方合法权益造成损害", "第十五条"),
    ExemptionReason.PRIVACY: ("涉及个人隐私，公开会对第三方合法权益造成损害", "第十五条"),
    ExemptionReason.INTERNAL_AFFAIRS: ("内部事务信息", "第十六条第一款"),
    ExemptionReason.DELIBERATIVE: ("过程性信息", "第十六条第二款"),
    ExemptionReason.ENFORCEMENT_FILE: ("行政执法案卷信息", "第十六条第二款"),
    ExemptionReason.LIMITED_AUDIENCE: ("仅涉及特定对象，不宜主动公开", "第十三条"),
}


@dataclass(frozen=True)
class AttributeDecision:
    """One decision about an item: the attribute, the ground and the explanation in the drafter's words.

    >>> AttributeDecision(DisclosureAttribute.PROACTIVE).problems()
    []
    """

    attribute: DisclosureAttribute
    reason: ExemptionReason | None = None
    explanation: str = ""

    def problems(self) -> list[GongkaiError]:
        """What keeps the decision from being lawful; empty when nothing does. Source: 国办发〔2016〕80号; 条例 §16."""
        found = []
        if self.attribute.needs_reason and self.reason is None:
            found.append(_problem("ATTR-REASON", f"公开属性为“{self.attribute.label}”，须选择法定理由。"))
        if not self.attribute.needs_reason and self.reason is not None:
            found.append(_problem("ATTR-OPEN-REASON", "主动公开的信息不应填写不公开理由，请清空理由或改选公开属性。"))
        if self.attribute is DisclosureAttribute.NOT_OPEN and self.reason is ExemptionReason.LIMITED_AUDIENCE:
            found.append(
                _problem(
                    "ATTR-NOT-EXEMPT",
                    "“仅涉及特定对象”不是不予公开的法定理由，请改选“依申请公开”或第十四至十六条的理由。",
                )
            )
        if self.reason is not None and not self.reason.mandatory and not self.explanation.strip():
            found.append(_problem("ATTR-EXPLAIN", "所选理由由机关裁量，须写明具体说明。"))
        return found


def _problem(code: str, message: str) -> GongkaiError:
    return GongkaiError(code, message)
