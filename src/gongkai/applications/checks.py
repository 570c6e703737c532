"""What the law requires of each entry beyond its place in the order, which `gongkai.law.events` keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.applications import details as d
from gongkai.applications.check_remedies import check_appealed, check_decided, check_filed, check_ordered
from gongkai.applications.consultations import check_asked, check_disclosure, check_opinion
from gongkai.applications.entry import Entry
from gongkai.applications.errors import LedgerError
from gongkai.applications.outcomes import check_decisions
from gongkai.applications.receipt import receipt_day
from gongkai.applications.service import service_rule
from gongkai.law.calendar import Calendar
from gongkai.law.clocks import timeline
from gongkai.law.events import EventKind
from gongkai.law.fees import fee_for_items, fee_for_pages
from gongkai.law.provisions import in_force


@dataclass(frozen=True, slots=True)
class _Context:
    before: tuple[Entry, ...]
    entry: Entry
    case_id: str
    calendar: Calendar | None


def check(before: tuple[Entry, ...], entry: Entry, *, case_id: str, calendar: Calendar | None) -> None:
    """Whether the entry says what the law requires, given what went before it. Raises: LedgerError, LawError."""
    expected = d.DETAILS.get(entry.kind)
    if not (entry.details is None if expected is None else isinstance(entry.details, expected)):
        raise LedgerError(
            "details-missing",
            f"{entry.on.isoformat()} 的“{entry.kind.label}”所载事项不全或者不符。",
            "请按该事项的要求填写。",
        )
    rule = _CHECKS.get(type(entry.details))
    if rule is not None:
        rule(_Context(before, entry, case_id, calendar), entry.details)


def _received(context: _Context, said: d.Received) -> None:
    counted = receipt_day(said.arrival)
    if counted.on != context.entry.on:
        raise LedgerError(
            "receipt-day",
            f"收到申请之日应为 {counted.on.isoformat()}，而不是 {context.entry.on.isoformat()}：{counted.reason}。",
            "请改正收到之日。",
        )
    if bool(said.split_from) != (said.split_on is not None) or (said.split_on or date.max) < context.entry.on:
        raise LedgerError("split-origin", "拆分而来的申请须写明原申请和拆分之日，且不早于收到之日。", "请补充。")


def _split(context: _Context, said: d.SplitInto) -> None:
    named = set(said.cases)
    if not named or "" in named or len(named) != len(said.cases) or context.case_id in named:
        raise LedgerError("split-into", "拆分须写明拆出的各件申请，不重复，也不含本件。", "请填写拆出申请的编号。")


def _correction(context: _Context, said: d.CorrectionAsked) -> None:
    _require(said.missing, "补正告知须写明需要补正的事项", "correction_notice", context)
    if said.until <= context.entry.on:
        raise LedgerError(
            "correction-period", "补正告知须给出合理的补正期限（条例第三十条）。", "请填写晚于告知之日的期限。"
        )


def _extended(context: _Context, said: d.Extended) -> None:
    _require(said.approved_by, "延期须经政府信息公开工作机构负责人同意，并记明同意的人", "answer_extension", context)


def _fee(context: _Context, said: d.FeeNotified) -> None:
    """One of two ways, never both, and no other amount than its bands give."""
    on = context.entry.on
    if said.basis == "pages":
        fee = fee_for_pages(said.quantity, on=on)
        due = fee.total
    else:
        fee = fee_for_items(said.before + said.quantity, on=on)
        due = fee.total - fee_for_items(said.before, on=on).total
    if said.amount != due or due == 0:
        raise LedgerError(
            "fee-amount",
            f"按标准应收 {due} 元，通知所列为 {said.amount} 元（{fee.provision.citation}）。",
            "请核对件数或者页数；应收为 0 的不发收费通知。",
        )


def _answered(context: _Context, said: d.Answered) -> None:
    entry = context.entry
    check_decisions(said, on=entry.on, happened=frozenset(one.kind for one in context.before))
    if entry.kind is EventKind.ANSWERED:
        check_disclosure(context.before, said, on=entry.on, calendar=context.calendar)


_ENDINGS = {
    "other_outcome.not_corrected": (EventKind.CORRECTION_ASKED, "correction"),
    "other_outcome.fee_unpaid": (EventKind.FEE_NOTIFIED, "fee_payment"),
}


def _ended(context: _Context, said: d.Ended) -> None:
    """Only when the applicant has let the period run out."""
    asked, key = _ENDINGS.get(said.outcome, (None, ""))
    held = [one.kind for one in context.before if one.kind in (EventKind.CORRECTION_ASKED, EventKind.FEE_NOTIFIED)]
    if asked is None or held[-1] is not asked:
        raise LedgerError(
            "ending", "不再处理的理由与经过不符（条例第三十条；信息处理费管理办法第六条）。", "请改选理由。"
        )
    clock = timeline((one.event for one in context.before), calendar=context.calendar).clock(key)
    if clock.due is None or context.entry.on <= clock.due:
        raise LedgerError(
            "ended-too-early",
            f"申请人的期限到 {clock.due} 才届满，{context.entry.on.isoformat()} 不能不再处理（{clock.citation}）。",
            "请等期限届满。",
        )


def _served(context: _Context, said: d.Served) -> None:
    service_rule(said.service)
    if said.service.sent_on != context.entry.on:
        raise LedgerError(
            "service-day",
            f"送达的登记之日应为送出、交邮之日 {said.service.sent_on.isoformat()}。",
            "请改正日期；签收之日另填。",
        )


def _transferred(context: _Context, said: d.Transferred) -> None:
    _require(said.body, "移送须写明接收机关的名称", "transfer", context)
    _require(said.contact, "移送须写明接收机关的联系方式", "transfer", context)


def _merged(context: _Context, said: d.MergedInto) -> None:
    if said.case in ("", context.case_id):
        raise LedgerError("merged-into", "并案须写明并入的另一件申请。", "请填写并入申请的编号。")


def _require(text: str, complaint: str, rule: str, context: _Context) -> None:
    if not text.strip():
        cited = in_force(f"deadline.{rule}", on=context.entry.on).citation
        raise LedgerError("fact-missing", f"{complaint}（{cited}）。", "请补充后再登记。")


def _in_context(rule: Callable[..., None]) -> Callable[..., None]:
    """A check of another module, which takes the entries before, the entry and what it says."""
    return lambda context, said: rule(context.before, context.entry, said)


_CHECKS: Mapping[type, Callable[..., None]] = {
    d.Received: _received,
    d.SplitInto: _split,
    d.CorrectionAsked: _correction,
    d.Asked: _in_context(check_asked),
    d.Opinion: _in_context(check_opinion),
    d.Extended: _extended,
    d.FeeNotified: _fee,
    d.Answered: _answered,
    d.Ended: _ended,
    d.Served: _served,
    d.Transferred: _transferred,
    d.MergedInto: _merged,
    d.RemedyFiled: _in_context(check_filed),
    d.RemedyDecided: _in_context(check_decided),
    d.RemedyAppealed: _in_context(check_appealed),
    d.ReanswerOrdered: _in_context(check_ordered),
}
