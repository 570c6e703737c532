"""What happens to one application, in the order that the law knows.

Source: 条例 §29–36, §51; 国办函〔2020〕109号 Art 6. An event that cannot follow what went before is refused by
its article.
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
    SPLIT = "split"
    CORRECTION_ASKED = "correction-asked"
    CORRECTED = "corrected"
    REASONS_ASKED = "reasons-asked"
    REASONS_GIVEN = "reasons-given"
    THIRD_PARTY_ASKED = "third-party-asked"
    THIRD_PARTY_ANSWERED = "third-party-answered"
    COAUTHOR_ASKED = "coauthor-asked"
    COAUTHOR_ANSWERED = "coauthor-answered"
    EXTENDED = "extended"
    DELAYED = "delayed"
    FEE_NOTIFIED = "fee-notified"
    PAID = "paid"
    ANSWERED = "answered"
    ENDED = "ended"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    REMEDY_FILED = "remedy-filed"
    REMEDY_DECIDED = "remedy-decided"
    REMEDY_APPEALED = "remedy-appealed"
    REANSWER_ORDERED = "reanswer-ordered"
    ANSWERED_AGAIN = "answered-again"
    SERVED_AGAIN = "served-again"

    @property
    def label(self) -> str:
        return _LABELS[self]


class Phase(StrEnum):
    NEW = "new"
    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    ANSWERED = "answered"
    ENDED = "ended"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    ANSWERED_AGAIN = "answered_again"

    @property
    def label(self) -> str:
        return _PHASES[self]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day. Letters to others count from the day they received them.

    `days` is the length of an extension in workdays, `until` the last day that the agency or a court has set (to
    correct, to answer after a delay, to answer again), `party` tells several letters to others apart.
    """

    kind: EventKind
    on: date
    days: int | None = None
    until: date | None = None
    party: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: what decides which event may come next."""

    phase: Phase = Phase.NEW
    correction_asked: bool = False
    fee_notified: bool = False
    extended: bool = False
    third_parties_open: int = 0
    coauthors_open: int = 0
    reasons_asked: bool = False
    reasons_given: bool = False
    delayed: bool = False
    remedies_open: int = 0
    remedies_decided: int = 0
    reanswer_ordered: bool = False

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
        EventKind.CORRECTED: {"extended": False, "delayed": False},
        EventKind.PAID: {"extended": False, "delayed": False},
        EventKind.THIRD_PARTY_ASKED: {"third_parties_open": third + 1},
        EventKind.THIRD_PARTY_ANSWERED: {"third_parties_open": third - 1},
        EventKind.COAUTHOR_ASKED: {"coauthors_open": coauthors + 1},
        EventKind.COAUTHOR_ANSWERED: {"coauthors_open": coauthors - 1},
        EventKind.REASONS_ASKED: {"reasons_asked": True},
        EventKind.REASONS_GIVEN: {"reasons_given": True},
        EventKind.DELAYED: {"delayed": True},
        EventKind.REANSWER_ORDERED: {"reanswer_ordered": True},
        EventKind.ANSWERED: {"reanswer_ordered": False},
        EventKind.ANSWERED_AGAIN: {"reanswer_ordered": False},
    }
    return marks.get(kind, {}) | _remedies_marked(standing, kind)


def _remedies_marked(standing: Standing, kind: EventKind) -> dict[str, Any]:
    """How many proceedings are open and how many have been decided."""
    moves = {EventKind.REMEDY_FILED: (1, 0), EventKind.REMEDY_DECIDED: (-1, 1), EventKind.REMEDY_APPEALED: (1, -1)}
    if kind not in moves:
        return {}
    opened, decided = moves[kind]
    return {
        "remedies_open": standing.remedies_open + opened,
        "remedies_decided": standing.remedies_decided + decided,
    }


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
    EventKind.SPLIT: "拆分为多件申请",
    EventKind.CORRECTION_ASKED: "告知补正",
    EventKind.CORRECTED: "收到补正的申请",
    EventKind.REASONS_ASKED: "要求说明理由",
    EventKind.REASONS_GIVEN: "收到说明的理由",
    EventKind.THIRD_PARTY_ASKED: "第三方收到征求意见书",
    EventKind.THIRD_PARTY_ANSWERED: "收到第三方意见",
    EventKind.COAUTHOR_ASKED: "共同制作机关收到征求意见书",
    EventKind.COAUTHOR_ANSWERED: "收到共同制作机关意见",
    EventKind.EXTENDED: "决定并告知延期",
    EventKind.DELAYED: "确定并告知延迟答复的期限",
    EventKind.FEE_NOTIFIED: "申请人收到收费通知",
    EventKind.PAID: "缴清信息处理费",
    EventKind.ANSWERED: "作出答复",
    EventKind.ENDED: "决定不再处理",
    EventKind.SERVED: "送达答复",
    EventKind.WITHDRAWN: "撤回申请",
    EventKind.TRANSFERRED: "移送其他机关",
    EventKind.MERGED: "并入另一件申请",
    EventKind.REMEDY_FILED: "被申请复议、起诉或者投诉举报",
    EventKind.REMEDY_DECIDED: "复议、诉讼或者投诉举报有结果",
    EventKind.REMEDY_APPEALED: "提起上诉",
    EventKind.REANSWER_ORDERED: "被责令重新答复",
    EventKind.ANSWERED_AGAIN: "重新作出答复",
    EventKind.SERVED_AGAIN: "送达重新作出的答复",
}
_PHASES = {
    Phase.NEW: "尚未收到申请",
    Phase.RUNNING: "办理中",
    Phase.AWAITING_CORRECTION: "等待补正",
    Phase.AWAITING_PAYMENT: "等待缴费",
    Phase.ANSWERED: "已答复",
    Phase.ENDED: "不再处理",
    Phase.SERVED: "已送达",
    Phase.WITHDRAWN: "已撤回",
    Phase.TRANSFERRED: "已移送",
    Phase.MERGED: "已并案",
    Phase.ANSWERED_AGAIN: "已重新答复",
}
_LEADS_TO = {
    EventKind.RECEIVED: Phase.RUNNING,
    EventKind.CORRECTION_ASKED: Phase.AWAITING_CORRECTION,
    EventKind.CORRECTED: Phase.RUNNING,
    EventKind.FEE_NOTIFIED: Phase.AWAITING_PAYMENT,
    EventKind.PAID: Phase.RUNNING,
    EventKind.ANSWERED: Phase.ANSWERED,
    EventKind.ENDED: Phase.ENDED,
    EventKind.SERVED: Phase.SERVED,
    EventKind.WITHDRAWN: Phase.WITHDRAWN,
    EventKind.TRANSFERRED: Phase.TRANSFERRED,
    EventKind.MERGED: Phase.MERGED,
    EventKind.ANSWERED_AGAIN: Phase.ANSWERED_AGAIN,
    EventKind.SERVED_AGAIN: Phase.SERVED,
}
_NO_REMEDY = (Phase.NEW, Phase.MERGED)
_CONCLUDED = (Phase.ANSWERED, Phase.ENDED, Phase.SERVED, Phase.WITHDRAWN, Phase.TRANSFERRED, Phase.ANSWERED_AGAIN)


def _consulting(standing: Standing) -> bool:
    return standing.phase in (Phase.RUNNING, Phase.AWAITING_PAYMENT)


def _running(standing: Standing) -> bool:
    return standing.phase is Phase.RUNNING


def _still_open(standing: Standing) -> bool:
    return standing.open


_ALLOWED: dict[EventKind, Callable[[Standing], bool]] = {
    EventKind.RECEIVED: lambda s: s.phase is Phase.NEW,
    EventKind.SPLIT: _running,
    EventKind.CORRECTION_ASKED: lambda s: _running(s) and not s.correction_asked,
    EventKind.CORRECTED: lambda s: s.phase is Phase.AWAITING_CORRECTION,
    EventKind.REASONS_ASKED: lambda s: _running(s) and not s.reasons_asked,
    EventKind.REASONS_GIVEN: lambda s: s.open and s.reasons_asked and not s.reasons_given,
    EventKind.THIRD_PARTY_ASKED: _running,
    EventKind.THIRD_PARTY_ANSWERED: lambda s: _consulting(s) and s.third_parties_open > 0,
    EventKind.COAUTHOR_ASKED: _running,
    EventKind.COAUTHOR_ANSWERED: lambda s: _consulting(s) and s.coauthors_open > 0,
    EventKind.EXTENDED: lambda s: _running(s) and not s.extended and not s.delayed,
    EventKind.DELAYED: lambda s: _running(s) and s.reasons_given and not s.delayed,
    EventKind.FEE_NOTIFIED: lambda s: _running(s) and not s.fee_notified,
    EventKind.PAID: lambda s: s.phase is Phase.AWAITING_PAYMENT,
    EventKind.ANSWERED: _still_open,
    EventKind.ENDED: lambda s: s.phase in (Phase.AWAITING_CORRECTION, Phase.AWAITING_PAYMENT),
    EventKind.SERVED: lambda s: s.phase in (Phase.ANSWERED, Phase.ENDED),
    EventKind.WITHDRAWN: _still_open,
    EventKind.TRANSFERRED: _running,
    EventKind.MERGED: lambda s: _running(s) and s.remedies_open + s.remedies_decided == 0,
    EventKind.REMEDY_FILED: lambda s: s.phase not in _NO_REMEDY,
    EventKind.REMEDY_DECIDED: lambda s: s.remedies_open > 0,
    EventKind.REMEDY_APPEALED: lambda s: s.remedies_decided > 0,
    EventKind.REANSWER_ORDERED: lambda s: s.remedies_decided > 0 and not s.reanswer_ordered,
    # An agency may also put its answer right of its own accord while the proceeding is open.
    EventKind.ANSWERED_AGAIN: lambda s: s.phase in _CONCLUDED and (s.reanswer_ordered or s.remedies_open > 0),
    EventKind.SERVED_AGAIN: lambda s: s.phase is Phase.ANSWERED_AGAIN,
}
# What the law says of an event that came at the wrong moment, and the value that cites it.
_RULES = {
    EventKind.RECEIVED: ("一件申请只有一个收到之日，且先于其他事件", "answer"),
    EventKind.SPLIT: ("只能在办理中拆分", "split"),
    EventKind.CORRECTION_ASKED: ("补正应当在办理中一次性告知", "correction_notice"),
    EventKind.REASONS_ASKED: ("只能在办理中要求说明一次理由", "answer_delayed"),
    EventKind.REASONS_GIVEN: ("须先要求申请人说明理由", "answer_delayed"),
    EventKind.CORRECTED: ("须先告知补正", "correction_notice"),
    EventKind.THIRD_PARTY_ASKED: ("只能在办理中征求第三方意见", "third_party"),
    EventKind.THIRD_PARTY_ANSWERED: ("须先征求第三方意见", "third_party"),
    EventKind.COAUTHOR_ASKED: ("只能在办理中征求共同制作机关意见", "coauthor"),
    EventKind.COAUTHOR_ANSWERED: ("须先征求共同制作机关意见", "coauthor"),
    EventKind.EXTENDED: ("只能在办理中延期一次", "answer_extension"),
    EventKind.DELAYED: ("须先收到申请人说明的理由，且只确定一次", "answer_delayed"),
    EventKind.FEE_NOTIFIED: ("收费通知应当在答复期限内、答复之前发出一次", "fee_notice"),
    EventKind.PAID: ("须先送达收费通知", "fee_payment"),
    EventKind.ANSWERED: ("须先收到申请，且一件申请只答复一次", "answer"),
    EventKind.ENDED: ("只有不补正或者不缴费的申请可以不再处理", "correction"),
    EventKind.SERVED: ("须先作出答复", "answer"),
    EventKind.WITHDRAWN: ("只能在收到申请之后、答复之前撤回", "answer"),
    EventKind.TRANSFERRED: ("只能在办理中移送有权办理的机关", "transfer"),
    EventKind.MERGED: ("只能在办理中、未被复议或者起诉时并入同一申请人的同一申请", "answer"),
    EventKind.REMEDY_FILED: ("须先收到申请，已并案的以并入的申请为准", "remedy_right"),
    EventKind.REMEDY_DECIDED: ("须先有尚未审结的复议、诉讼或者投诉举报", "remedy_right"),
    EventKind.REMEDY_APPEALED: ("须先有一审的结果", "appeal"),
    EventKind.REANSWER_ORDERED: ("须先有复议、诉讼或者投诉举报的结果，且上一次责令的已经重新答复", "reanswer"),
    EventKind.ANSWERED_AGAIN: ("须先办结，并且被责令重新答复或者复议、诉讼尚未审结", "reanswer"),
    EventKind.SERVED_AGAIN: ("须先重新作出答复", "reanswer"),
}
