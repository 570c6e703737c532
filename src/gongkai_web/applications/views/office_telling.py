"""What an entry of the ledger says, in words for the officer: pairs of a label and a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from gongkai.applications import details as d
from gongkai.applications.entry import Entry
from gongkai.applications.outcomes import requirement
from gongkai.applications.receipt import receipt_day
from gongkai.applications.service import Channel
from gongkai.law.outcomes import outcome

Line = tuple[str, str]
Names = Mapping[str, str]
"""What those who are consulted are called; the ledger knows them by a label only."""


def told(entry: Entry, *, names: Names | None = None) -> list[Line]:
    """What the entry says besides its kind and day."""
    telling = _TELLING.get(type(entry.details))
    return list(telling(entry, entry.details, names or {})) if telling else []


def chinese(day: date | None) -> str:
    """2025年3月21日; “—” where there is no day."""
    return f"{day:%Y年%-m月%-d日}" if day else "—"


def named(label: str, names: Names) -> str:
    """The party's name where it may be seen, else its label."""
    return names.get(label, label)


def outcome_label(key: str, *, on: date) -> str:
    """The outcome with its group: 不予公开　属于国家秘密."""
    found = outcome(key, on=on)
    group = found.group
    return f"{group}　{found.label}" if group and group != found.label else found.label


def _received(entry: Entry, said: d.Received, _: Names) -> Iterator[Line]:
    yield "申请方式", said.arrival.entrance.label
    yield "申请人类别", said.applicant.label
    yield "收到之日", f"{chinese(entry.on)}：{receipt_day(said.arrival).reason}"
    if said.split_from:
        yield "拆分自", f"{said.split_from}（{chinese(said.split_on)}）"


def _split(_: Entry, said: d.SplitInto, __: Names) -> Iterator[Line]:
    yield "拆出", "、".join(said.cases)


def _correction(_: Entry, said: d.CorrectionAsked, __: Names) -> Iterator[Line]:
    yield "需要补正的事项", said.missing
    yield "补正期限", chinese(said.until)


def _asked(_: Entry, said: d.Asked, names: Names) -> Iterator[Line]:
    yield "征求的对象", named(said.party, names)


def _opinion(_: Entry, said: d.Opinion, names: Names) -> Iterator[Line]:
    yield "提出意见的一方", named(said.party, names)
    if said.agrees:
        yield "意见", "同意公开"
    else:
        yield "意见", "不同意公开，且有合理理由" if said.reasonable else "不同意公开，但没有合理理由"


def _extended(_: Entry, said: d.Extended, __: Names) -> Iterator[Line]:
    yield "延长", f"{said.days}个工作日"
    yield "同意的负责人", said.approved_by


def _delayed(_: Entry, said: d.Delayed, __: Names) -> Iterator[Line]:
    yield "延迟至", chinese(said.until)


def _fee(_: Entry, said: d.FeeNotified, __: Names) -> Iterator[Line]:
    unit = "页" if said.basis == "pages" else "件"
    before = f"，当月此前{said.before}件" if said.before else ""
    yield "计收方式", f"按{'量' if said.basis == 'pages' else '件'}，本件{said.quantity}{unit}{before}"
    yield "信息处理费", f"{said.amount}元"


def _answered(entry: Entry, said: d.Answered, __: Names) -> Iterator[Line]:
    for decision in said.decisions:
        yield decision.item, outcome_label(decision.outcome, on=entry.on)
        labels = _fact_labels(decision.outcome)
        for key, text in decision.facts.items():
            yield labels.get(key, key), text
    if said.counted_as:
        yield "计入表三", outcome_label(said.counted_as, on=entry.on)
    if said.public_interest:
        yield "公共利益的理由", said.public_interest


def _fact_labels(key: str) -> dict[str, str]:
    required = requirement(key)
    facts = [*required.facts, *(fact for facts in required.either for fact in facts)]
    return {fact.key: fact.label for fact in facts}


def _ended(entry: Entry, said: d.Ended, __: Names) -> Iterator[Line]:
    yield "理由", outcome_label(said.outcome, on=entry.on)


def _served(_: Entry, said: d.Served, __: Names) -> Iterator[Line]:
    service = said.service
    yield "送达方式", service.channel.label
    if service.channel is Channel.POST:
        yield "交邮之日", chinese(service.sent_on)
        yield "签收之日", chinese(service.received_on) if service.received_on else "尚未签收"


def _transferred(_: Entry, said: d.Transferred, __: Names) -> Iterator[Line]:
    yield "接收机关", said.body
    yield "联系方式", said.contact


def _merged(_: Entry, said: d.MergedInto, __: Names) -> Iterator[Line]:
    yield "并入", said.case


def _filed(_: Entry, said: d.RemedyFiled, __: Names) -> Iterator[Line]:
    yield "种类", said.group.label + ("（简易程序）" if said.simple else "")
    yield "案号", said.number
    yield "机关", said.body
    if said.copy_on:
        yield "收到副本", chinese(said.copy_on)


def _decided(_: Entry, said: d.RemedyDecided, __: Names) -> Iterator[Line]:
    yield "案号", said.number
    yield "结果", said.result.label


def _appealed(_: Entry, said: d.RemedyAppealed, __: Names) -> Iterator[Line]:
    yield "案号", said.number


def _ordered(_: Entry, said: d.ReanswerOrdered, __: Names) -> Iterator[Line]:
    yield "案号", said.number
    yield "期限", chinese(said.until) if said.until else "未确定，按答复期限计算"


_TELLING: Mapping[type, Callable[[Entry, Any, Names], Iterator[Line]]] = {
    d.Received: _received,
    d.SplitInto: _split,
    d.CorrectionAsked: _correction,
    d.Asked: _asked,
    d.Opinion: _opinion,
    d.Extended: _extended,
    d.Delayed: _delayed,
    d.FeeNotified: _fee,
    d.Answered: _answered,
    d.Ended: _ended,
    d.Served: _served,
    d.Transferred: _transferred,
    d.MergedInto: _merged,
    d.RemedyFiled: _filed,
    d.RemedyDecided: _decided,
    d.RemedyAppealed: _appealed,
    d.ReanswerOrdered: _ordered,
}
