"""The day an application counts as received, by the way it came.

Source: 条例 §31; 指导案例26号 for a form on the agency's own site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.applications.errors import LedgerError
from gongkai.law.provisions import Provision, in_force


class Entrance(StrEnum):
    IN_PERSON = "in_person"
    REGISTERED_MAIL = "registered_mail"
    ORDINARY_MAIL = "ordinary_mail"
    WEB_FORM = "web_form"
    EMAIL = "email"
    FAX = "fax"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an application came. `confirmed_on`: the day both sides confirmed it.

    `exception_stated`: the agency's site told applicants that a submission is not yet a receipt.
    """

    entrance: Entrance
    submitted_on: date | None = None
    signed_on: date | None = None
    confirmed_on: date | None = None
    exception_stated: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptDay:
    """The day of receipt with the rule that makes it so."""

    on: date
    provision: Provision

    @property
    def reason(self) -> str:
        return f"{self.provision.value}（{self.provision.citation}）"


_LABELS = {
    Entrance.IN_PERSON: "当面提交",
    Entrance.REGISTERED_MAIL: "邮寄（签收）",
    Entrance.ORDINARY_MAIL: "平常信函",
    Entrance.WEB_FORM: "本机关网站在线申请",
    Entrance.EMAIL: "电子邮件",
    Entrance.FAX: "传真",
}
_RULES = {
    Entrance.IN_PERSON: ("receipt_in_person", "submitted_on", "提交之日"),
    Entrance.REGISTERED_MAIL: ("receipt_registered_mail", "signed_on", "签收之日"),
    Entrance.ORDINARY_MAIL: ("receipt_ordinary_mail", "confirmed_on", "与申请人确认之日"),
    Entrance.WEB_FORM: ("receipt_web_form", "submitted_on", "系统确认提交成功之日"),
    Entrance.EMAIL: ("receipt_confirmed", "confirmed_on", "双方确认之日"),
    Entrance.FAX: ("receipt_confirmed", "confirmed_on", "双方确认之日"),
}


def receipt_day(arrival: Arrival) -> ReceiptDay:
    """The day of receipt.

    >>> receipt_day(Arrival(Entrance.WEB_FORM, submitted_on=date(2025, 3, 1))).on
    datetime.date(2025, 3, 1)
    >>> receipt_day(Arrival(Entrance.EMAIL, submitted_on=date(2025, 3, 1), confirmed_on=date(2025, 3, 4))).on
    datetime.date(2025, 3, 4)

    Raises: LedgerError where the day that counts has not come yet; NotInForceError before 2019-05-15.
    """
    excepted = arrival.entrance is Entrance.WEB_FORM and arrival.exception_stated
    name, member, label = _RULES[Entrance.EMAIL if excepted else arrival.entrance]
    on: date | None = getattr(arrival, member)
    if on is None:
        raise LedgerError(
            "receipt-open",
            f"以“{arrival.entrance.label}”方式提交的申请尚无{label}，还不能算作收到（{_citation(name)}）。",
            f"请联系申请人并登记{label}。",
        )
    _check_order(arrival, on, label)
    return ReceiptDay(on, in_force(f"deadline.{name}", on=on))


def _check_order(arrival: Arrival, on: date, label: str) -> None:
    if arrival.submitted_on is not None and on < arrival.submitted_on:
        raise LedgerError(
            "receipt-before-submission",
            f"{label} {on.isoformat()} 早于提交之日 {arrival.submitted_on.isoformat()}。",
            "请核对日期。",
        )


def _citation(name: str) -> str:
    return in_force(f"deadline.{name}", on=date(2019, 5, 15)).citation
