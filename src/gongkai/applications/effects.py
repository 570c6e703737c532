"""What may be recorded next, with its legal effect: what the officer reads before choosing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.details import DETAILS, Details
from gongkai.law.errors import NotInForceError
from gongkai.law.events import EventKind, Standing
from gongkai.law.provisions import Provision, in_force, versions


@dataclass(frozen=True, slots=True)
class Next:
    """An event that may come next. `details`: what it has to say, None where its day is all."""

    kind: EventKind
    effect: str
    citation: str
    details: type[Details] | None

    @property
    def label(self) -> str:
        return self.kind.label


# The effect, and the value of the law behind it; `{days}` is that value.
_EFFECTS: dict[EventKind, tuple[str, str]] = {
    EventKind.RECEIVED: ("答复期限自次日起算 {days} 个工作日。", "answer"),
    EventKind.SPLIT: ("拆出的各件各自答复，收到之日不变；本件继续办理其余内容。", "split"),
    EventKind.CORRECTION_ASKED: (
        "答复期限停止计算，收到补正的申请后重新起算；应当在收到申请后 {days} 个工作日内一次性告知。",
        "correction_notice",
    ),
    EventKind.CORRECTED: ("答复期限自收到补正的申请之日重新起算，此前的延期不再有效。", "answer_restart_corrected"),
    EventKind.REASONS_ASKED: ("答复期限不停止计算；申请人说明理由后，决定不予处理或者延迟答复。", "answer_delayed"),
    EventKind.REASONS_GIVEN: (
        "理由不合理的，告知不予处理；理由合理但无法按期答复的，可以确定延迟答复的合理期限。",
        "answer_delayed",
    ),
    EventKind.THIRD_PARTY_ASKED: (
        "第三方自收到之日起有 {days} 个工作日，其间不计入答复期限；逾期未提出意见的，由本机关决定是否公开。",
        "third_party",
    ),
    EventKind.THIRD_PARTY_ANSWERED: ("答复期限自次日起继续计算。", "third_party"),
    EventKind.COAUTHOR_ASKED: (
        "共同制作机关自收到之日起有 {days} 个工作日，其间不计入答复期限；逾期未提出意见的，视为同意公开。",
        "coauthor",
    ),
    EventKind.COAUTHOR_ANSWERED: ("答复期限自次日起继续计算。", "coauthor"),
    EventKind.EXTENDED: ("答复期限至多延长 {days} 个工作日，须经工作机构负责人同意并告知申请人。", "answer_extension"),
    EventKind.DELAYED: ("以所定之日为答复期限，并告知申请人。", "answer_delayed"),
    EventKind.FEE_NOTIFIED: (
        "答复期限停止计算；申请人自次日起有 {days} 个工作日缴费，逾期未缴的视为放弃申请。",
        "fee_payment",
    ),
    EventKind.PAID: ("答复期限自次日起重新计算。", "fee_restart"),
    EventKind.ANSWERED: ("答复期限停止，申请办结；应当送达，并告知救济途径。", "answer"),
    EventKind.ENDED: ("申请因逾期不补正或者逾期不缴费而不再处理，计入其他处理。", "correction"),
    EventKind.SERVED: ("申请人知悉之日起，复议和起诉的期限开始计算。", "reconsideration"),
    EventKind.WITHDRAWN: ("申请办结，计入其他处理的“其他”；各项期限不再计算。", "answer"),
    EventKind.TRANSFERRED: ("本机关办结，须告知申请人接收机关的名称和联系方式。", "transfer"),
    EventKind.MERGED: ("本件不再单独办理，以并入的申请为准。", "answer"),
    EventKind.REMEDY_FILED: ("计入年度报告表四；本机关须在期限内答复、答辩。投诉举报不计入表四。", "remedy_right"),
    EventKind.REMEDY_DECIDED: ("计入该年度表四的相应结果；被责令重新答复的，另行登记。", "remedy_right"),
    EventKind.REMEDY_APPEALED: ("该案重新计为尚未审结。", "appeal"),
    EventKind.REANSWER_ORDERED: ("重新答复的期限开始计算：有确定期限的从其期限，否则按答复期限。", "reanswer"),
    EventKind.ANSWERED_AGAIN: ("以新的答复代替原答复；不再计入新收和办理结果。", "reanswer"),
    EventKind.SERVED_AGAIN: ("申请人对新的答复的复议和起诉期限开始计算。", "reconsideration"),
}


def allowed_next(standing: Standing, *, on: date) -> tuple[Next, ...]:
    """What may be recorded next by the law of that day, in its usual course.

    >>> [one.label for one in allowed_next(Standing(), on=date(2025, 3, 3))]
    ['收到申请']
    """
    return tuple(effect_of(kind, on=on) for kind in standing.allowed)


def effect_of(kind: EventKind, *, on: date) -> Next:
    """What an event of that kind brings about by the law of that day, whether or not it may come next.

    >>> effect_of(EventKind.CORRECTED, on=date(2025, 3, 3)).citation
    '条例第三十条'
    """
    effect, name = _EFFECTS[kind]
    rule = _rule(name, on)
    return Next(kind, effect.format(days=rule.value), rule.citation, DETAILS.get(kind))


def _rule(name: str, on: date) -> Provision:
    """The value of that day; before the first one, the first: the order of events is told by it all the same."""
    try:
        return in_force(f"deadline.{name}", on=on)
    except NotInForceError:
        return versions(f"deadline.{name}")[0]
