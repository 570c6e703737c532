"""The day an answer is served, by the way it goes: in time by one day, known to the applicant from another.

Source: 条例 §40; 国办公开办函〔2016〕235号: by post only through 邮政企业, in time by the day of mailing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.applications.errors import LedgerError
from gongkai.law.provisions import Provision, in_force


class Channel(StrEnum):
    IN_PERSON = "in_person"
    POST = "post"
    NET = "net"

    @property
    def label(self) -> str:
        return {"in_person": "直接送达", "post": "邮寄送达", "net": "网上送达"}[self.value]

    @property
    def rule(self) -> str:
        """The name of its rule in the register of the law."""
        return f"deadline.service_{self.value}"


@dataclass(frozen=True, slots=True)
class Service:
    """How an answer went. `sent_on`: handed over, mailed or put where the applicant can fetch it.

    `received_on`: signed for by the applicant, where that is known. `postal`: carried by the postal enterprise.
    """

    channel: Channel
    sent_on: date
    received_on: date | None = None
    postal: bool = True

    @property
    def known_on(self) -> date | None:
        """The day from which the applicant knows: the periods for remedies count from it; None while unknown."""
        return self.received_on if self.channel is Channel.POST else self.received_on or self.sent_on


def service_rule(service: Service) -> Provision:
    """The rule by which its day counts. Raises: LedgerError for a courier or a receipt before the sending."""
    rule = in_force(service.channel.rule, on=service.sent_on)
    if service.channel is Channel.POST and not service.postal:
        raise LedgerError(
            "not-postal",
            f"邮寄送达没有通过邮政企业，不能作为送达（{rule.citation}）。",
            "请改由邮政企业寄递，并登记交邮之日。",
        )
    if service.received_on is not None and service.received_on < service.sent_on:
        raise LedgerError("received-before-sent", "签收之日早于送出之日。", "请核对送达的日期。")
    return rule
