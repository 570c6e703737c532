"""What the applicant reads of his case: what has happened, by which article, and what is still to come.

The ledger says more than he is told: who consented to an extension, and what was struck, stay inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications import Application, Entry
from gongkai.applications import details as d
from gongkai.applications.effects import effect_of
from gongkai.applications.receipt import receipt_day
from gongkai.applications.service import service_rule
from gongkai.law.clock import Clock
from gongkai.law.events import EventKind, Phase
from gongkai.law.outcomes import outcome

TO_COME, ENDED, DONE = "to-come", "ended", "done"


@dataclass(frozen=True)
class Step:
    """One point of the line, as the portal's timeline shows it. `day` None: nobody knows it yet."""

    day: date | None
    label: str
    text: str
    state: str = DONE
    url: str = ""
    link: str = ""


def chinese(day: date) -> str:
    """The day in words.

    >>> chinese(date(2025, 3, 21))
    '2025年3月21日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def timeline(case: Application, *, today: date) -> list[Step]:
    """Everything that happened, in its order, then what is due."""
    return [*(_happened(entry) for entry in case.entries), *_to_come(case, today)]


def _happened(entry: Entry) -> Step:
    said = _SAID.get(type(entry.details))
    text = said(entry.details, entry.on) if said else _PLAIN.get(entry.kind, "")
    citation = _citation(entry)
    state = ENDED if entry.kind in _ENDINGS else DONE
    label = _LABELS.get(entry.kind, entry.kind.label)
    return Step(entry.on, label, f"{text}（{citation}）。" if text else f"{citation}。", state)


def _citation(entry: Entry) -> str:
    """What an entry says for itself comes before the rule of its kind: the entrance, the outcome, the way it went."""
    said = entry.details
    if isinstance(said, d.Received):
        return receipt_day(said.arrival).provision.citation
    if isinstance(said, d.Answered):
        cited = (outcome(one.outcome, on=entry.on).provision.citation for one in said.decisions)
        return "；".join(dict.fromkeys(cited))
    if isinstance(said, d.Ended):
        return outcome(said.outcome, on=entry.on).provision.citation
    if isinstance(said, d.Served):
        return service_rule(said.service).citation
    return effect_of(entry.kind, on=entry.on).citation


def _received(said: d.Received, _: date) -> str:
    if said.split_from:
        return f"从申请 {said.split_from} 拆分而来，收到之日不变"
    return f"{said.arrival.entrance.label}：{receipt_day(said.arrival).provision.value}"


def _correction(said: d.CorrectionAsked, _: date) -> str:
    return f"{said.missing.rstrip('。')}。请在 {chinese(said.until)} 前补正，答复期限自收到补正之日起重新计算"


def _answered(said: d.Answered, on: date) -> str:
    several = len(said.decisions) > 1
    return "；".join(
        f"{one.item}：{_result(one.outcome, on)}" if several else _result(one.outcome, on) for one in said.decisions
    )


def _result(key: str, on: date) -> str:
    found = outcome(key, on=on)
    return f"{found.group}（{found.label}）" if found.group and found.group != found.label else found.label


def _served(said: d.Served, _: date) -> str:
    service = said.service
    known = service.known_on
    text = f"{service.channel.label}：{service_rule(service).value}"
    return f"{text}；您于 {chinese(known)} 收到" if known and known != service.sent_on else text


def _fee(said: d.FeeNotified, _: date) -> str:
    unit = "页" if said.basis == "pages" else "件"
    return f"{said.quantity} {unit}，应缴 {said.amount} 元；缴清之前停止计算答复期限"


# Sentences end without their full stop: the article follows in brackets.
_SAID: Mapping[type, Callable[[Any, date], str]] = {
    d.Received: _received,
    d.SplitInto: lambda said, _: f"拆出的申请：{'、'.join(said.cases)}，分别答复",
    d.CorrectionAsked: _correction,
    d.Asked: lambda said, _: f"征求{said.party}的意见，其间不计入答复期限",
    d.Opinion: lambda said, _: f"已收到{said.party}的意见，继续计算答复期限",
    d.Extended: lambda said, _: f"答复期限延长 {said.days} 个工作日",
    d.Delayed: lambda said, _: f"答复期限为 {chinese(said.until)}",
    d.FeeNotified: _fee,
    d.Answered: _answered,
    d.Ended: lambda said, on: _result(said.outcome, on),
    d.Served: _served,
    d.Transferred: lambda said, _: f"移送{said.body}，联系方式：{said.contact}",
    d.MergedInto: lambda said, _: f"并入申请 {said.case} 一并办理",
    d.RemedyFiled: lambda said, _: f"{said.group.label}，由{said.body}办理，案号 {said.number}",
    d.RemedyDecided: lambda said, _: f"案号 {said.number}：{said.result.label}",
    d.RemedyAppealed: lambda said, _: f"案号 {said.number}",
    d.ReanswerOrdered: lambda said, _: f"案号 {said.number}；机关应当重新答复",
}
_PLAIN = {
    EventKind.CORRECTED: "答复期限自次日起重新计算",
    EventKind.REASONS_ASKED: "申请的数量、频次较多，请说明理由；答复期限不停止计算",
    EventKind.REASONS_GIVEN: "机关将据此决定如何处理",
    EventKind.PAID: "答复期限自次日起重新计算",
    EventKind.WITHDRAWN: "申请办结，不再处理",
}
_LABELS = {
    EventKind.RECEIVED: "机关收到您的申请",
    EventKind.CORRECTION_ASKED: "机关请您补正",
    EventKind.CORRECTED: "机关收到您的补正",
    EventKind.REASONS_ASKED: "机关请您说明理由",
    EventKind.REASONS_GIVEN: "机关收到您说明的理由",
    EventKind.EXTENDED: "机关决定延期",
    EventKind.FEE_NOTIFIED: "您收到收费通知",
    EventKind.PAID: "您已缴清信息处理费",
    EventKind.WITHDRAWN: "您撤回了申请",
    EventKind.REMEDY_FILED: "复议、诉讼或者投诉举报",
    EventKind.REMEDY_DECIDED: "复议、诉讼或者投诉举报的结果",
}
_ENDINGS = (EventKind.ENDED, EventKind.WITHDRAWN, EventKind.TRANSFERRED, EventKind.MERGED)


def _to_come(case: Application, today: date) -> Iterator[Step]:
    for clock in case.to_do:
        if clock.key in _DUE and clock.due is not None:
            label, overdue = _DUE[clock.key], clock.due < today
            yield Step(
                clock.due,
                f"{label}（已过期限）" if overdue else label,
                f"{clock.citation}。",
                ENDED if overdue else TO_COME,
            )
    if case.phase is Phase.AWAITING_CORRECTION or case.phase is Phase.AWAITING_PAYMENT:
        yield Step(None, "机关答复", "答复期限在您补正或者缴费之后重新计算。", TO_COME)
    if case.phase in (Phase.ANSWERED, Phase.ENDED, Phase.ANSWERED_AGAIN):
        yield Step(None, "送达答复", "机关将按您选择的方式送达；您收到之日起，可以寻求救济的期限开始计算。", TO_COME)


_DUE = {
    "answer": "机关最迟在这一天答复",
    "reanswer": "机关最迟在这一天重新答复",
    "correction": "您补正的最后一天",
    "fee_payment": "您缴费的最后一天",
    "third_party": "第三方提出意见的最后一天",
    "coauthor": "共同制作机关提出意见的最后一天",
}


def answer_clock(case: Application) -> Clock:
    """The clock of the answer that counts now."""
    keys = {clock.key for clock in case.clocks}
    return case.timeline.clock("reanswer" if "reanswer" in keys else "answer")
