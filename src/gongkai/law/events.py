"""What happens to one application, in the order that the law knows.

Source: 条例 §30–36, 国办函〔2020〕109号 Art 6. An event that cannot follow what went before is refused by its article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.law.errors import EventOrderError
from gongkai.law.provisions import versions


class EventKind(StrEnum):
    """In the order in which events of one day are taken to have happened."""

    RECEIVED = "received"
    CORRECTION_ASKED = "correction-asked"
    CORRECTED = "corrected"
    THIRD_PARTY_ASKED = "third-party-asked"
    THIRD_PARTY_ANSWERED = "third-party-answered"
    COAUTHOR_ASKED = "coauthor-asked"
    COAUTHOR_ANSWERED = "coauthor-answered"
    EXTENDED = "extended"
    FEE_NOTIFIED = "fee-notified"
    PAID = "paid"
    ANSWERED = "answered"
    SERVED = "served"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]


class Phase(StrEnum):
    NEW = "new"
    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    ANSWERED = "answered"
    SERVED = "served"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _PHASES[self]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day. Letters to others count from the day they received them."""

    kind: EventKind
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: what decides which event may come next."""

    phase: Phase = Phase.NEW
    correction_asked: bool = False
    fee_notified: bool = False
    extended: bool = False
    third_parties_open: int = 0
    coauthors_open: int = 0

    @property
    def open(self) -> bool:
        """Whether the application still has to be answered."""
        return self.phase in (Phase.RUNNING, Phase.AWAITING_CORRECTION, Phase.AWAITING_PAYMENT)

    @property
    def allowed(self) -> tuple[EventKind, ...]:
        """The events that may come next."""
        return tuple(kind for kind in EventKind if _ALLOWED[kind](self))


def in_order(events: Iterable[Event]) -> tuple[tuple[Event, ...], Standing]:
    """The events by date, and where the application stands after them.

    >>> asked, received = Event(EventKind.CORRECTED, date(2025, 2, 10)), Event(EventKind.RECEIVED, date(2025, 1, 20))
    >>> in_order([asked, received])
    Traceback (most recent call last):
    gongkai.law.errors.EventOrderError: 2025-02-10 的“收到补正的申请”与此前的经过不符：须先告知补正（条例第三十条）。

    Raises: EventOrderError.
    """
    kinds = list(EventKind)
    ordered = tuple(sorted(events, key=lambda event: (event.on, kinds.index(event.kind))))
    standing = Standing()
    for event in ordered:
        standing = after(standing, event)
    return ordered, standing


def after(standing: Standing, event: Event) -> Standing:
    """Where the application stands after one more event. Raises: EventOrderError."""
    if event.kind not in standing.allowed:
        raise _refused(standing, event)
    return replace(standing, phase=_LEADS_TO.get(event.kind, standing.phase), **_marked(standing, event.kind))


def _marked(standing: Standing, kind: EventKind) -> dict[str, Any]:
    """What an event leaves behind apart from the phase."""
    third, coauthors = standing.third_parties_open, standing.coauthors_open
    marks: dict[EventKind, dict[str, Any]] = {
        EventKind.CORRECTION_ASKED: {"correction_asked": True},
        EventKind.FEE_NOTIFIED: {"fee_notified": True},
        EventKind.EXTENDED: {"extended": True},
        # The answer clock begins anew, so an extension of the former one is gone with it.
        EventKind.CORRECTED: {"extended": False},
        EventKind.PAID: {"extended": False},
        EventKind.THIRD_PARTY_ASKED: {"third_parties_open": third + 1},
        EventKind.THIRD_PARTY_ANSWERED: {"third_parties_open": third - 1},
        EventKind.COAUTHOR_ASKED: {"coauthors_open": coauthors + 1},
        EventKind.COAUTHOR_ANSWERED: {"coauthors_open": coauthors - 1},
    }
    return marks.get(kind, {})


def _refused(standing: Standing, event: Event) -> EventOrderError:
    rule, source = _RULES[event.kind]
    citation = versions(f"deadline.{source}")[-1].citation
    allowed = "、".join(f"{kind.label}（{kind.value}）" for kind in standing.allowed)
    return EventOrderError(
        "event-order",
        f"{event.on.isoformat()} 的“{event.kind.label}”与此前的经过不符：{rule}（{citation}）。",
        f"此时可以登记：{allowed}。" if allowed else "申请已经办结，不再登记新的事件。",
    )


_LABELS = {
    EventKind.RECEIVED: "收到申请",
    EventKind.CORRECTION_ASKED: "告知补正",
    EventKind.CORRECTED: "收到补正的申请",
    EventKind.THIRD_PARTY_ASKED: "第三方收到征求意见书",
    EventKind.THIRD_PARTY_ANSWERED: "收到第三方意见",
    EventKind.COAUTHOR_ASKED: "共同制作机关收到征求意见书",
    EventKind.COAUTHOR_ANSWERED: "收到共同制作机关意见",
    EventKind.EXTENDED: "决定并告知延期",
    EventKind.FEE_NOTIFIED: "申请人收到收费通知",
    EventKind.PAID: "缴清信息处理费",
    EventKind.ANSWERED: "作出答复",
    EventKind.SERVED: "送达答复",
    EventKind.WITHDRAWN: "撤回申请",
}
_PHASES = {
    Phase.NEW: "尚未收到申请",
    Phase.RUNNING: "办理中",
    Phase.AWAITING_CORRECTION: "等待补正",
    Phase.AWAITING_PAYMENT: "等待缴费",
    Phase.ANSWERED: "已答复",
    Phase.SERVED: "已送达",
    Phase.WITHDRAWN: "已撤回",
}
_LEADS_TO = {
    EventKind.RECEIVED: Phase.RUNNING,
    EventKind.CORRECTION_ASKED: Phase.AWAITING_CORRECTION,
    EventKind.CORRECTED: Phase.RUNNING,
    EventKind.FEE_NOTIFIED: Phase.AWAITING_PAYMENT,
    EventKind.PAID: Phase.RUNNING,
    EventKind.ANSWERED: Phase.ANSWERED,
    EventKind.SERVED: Phase.SERVED,
    EventKind.WITHDRAWN: Phase.WITHDRAWN,
}


def _consulting(standing: Standing) -> bool:
    return standing.phase in (Phase.RUNNING, Phase.AWAITING_PAYMENT)


def _running(standing: Standing) -> bool:
    return standing.phase is Phase.RUNNING


def _still_open(standing: Standing) -> bool:
    return standing.open


_ALLOWED: dict[EventKind, Callable[[Standing], bool]] = {
    EventKind.RECEIVED: lambda s: s.phase is Phase.NEW,
    EventKind.CORRECTION_ASKED: lambda s: _running(s) and not s.correction_asked,
    EventKind.CORRECTED: lambda s: s.phase is Phase.AWAITING_CORRECTION,
    EventKind.THIRD_PARTY_ASKED: _running,
    EventKind.THIRD_PARTY_ANSWERED: lambda s: _consulting(s) and s.third_parties_open > 0,
    EventKind.COAUTHOR_ASKED: _running,
    EventKind.COAUTHOR_ANSWERED: lambda s: _consulting(s) and s.coauthors_open > 0,
    EventKind.EXTENDED: lambda s: _running(s) and not s.extended,
    EventKind.FEE_NOTIFIED: lambda s: _running(s) and not s.fee_notified,
    EventKind.PAID: lambda s: s.phase is Phase.AWAITING_PAYMENT,
    EventKind.ANSWERED: _still_open,
    EventKind.SERVED: lambda s: s.phase is Phase.ANSWERED,
    EventKind.WITHDRAWN: _still_open,
}
# What the law says of an event that came at the wrong moment, and the value that cites it.
_RULES = {
    EventKind.RECEIVED: ("一件申请只有一个收到之日，且先于其他事件", "answer"),
    EventKind.CORRECTION_ASKED: ("补正应当在办理中一次性告知", "correction_notice"),
    EventKind.CORRECTED: ("须先告知补正", "correction_notice"),
    EventKind.THIRD_PARTY_ASKED: ("只能在办理中征求第三方意见", "third_party"),
    EventKind.THIRD_PARTY_ANSWERED: ("须先征求第三方意见", "third_party"),
    EventKind.COAUTHOR_ASKED: ("只能在办理中征求共同制作机关意见", "coauthor"),
    EventKind.COAUTHOR_ANSWERED: ("须先征求共同制作机关意见", "coauthor"),
    EventKind.EXTENDED: ("只能在办理中延期一次", "answer_extension"),
    EventKind.FEE_NOTIFIED: ("收费通知应当在答复期限内、答复之前发出一次", "fee_notice"),
    EventKind.PAID: ("须先送达收费通知", "fee_payment"),
    EventKind.ANSWERED: ("须先收到申请，且一件申请只答复一次", "answer"),
    EventKind.SERVED: ("须先作出答复", "answer"),
    EventKind.WITHDRAWN: ("只能在收到申请之后、答复之前撤回", "answer"),
}
