"""Ledgers told in a few words, and random ones whose events are lawful by construction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from gongkai.applications import ApplicantType, Entry, Ledger, append
from gongkai.applications import details as d
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind, Standing, after

K = EventKind


def day(text: str) -> date:
    return date.fromisoformat(text)


def received(on: str, applicant: ApplicantType = ApplicantType.NATURAL_PERSON) -> Entry:
    arrival = Arrival(Entrance.IN_PERSON, submitted_on=day(on))
    return Entry(K.RECEIVED, day(on), d.Received(arrival, applicant))


def decision(outcome: str = "not_processed.publication", item: str = "一", **facts: str) -> d.Decision:
    return d.Decision(item, outcome, facts or {"where": "新华书店"})


def answered(on: str, *decisions: d.Decision, again: bool = False, **said: str) -> Entry:
    kind = K.ANSWERED_AGAIN if again else K.ANSWERED
    return Entry(kind, day(on), d.Answered(decisions or (decision(),), **said))


def served(on: str, channel: Channel = Channel.NET, received_on: str = "") -> Entry:
    return Entry(K.SERVED, day(on), d.Served(Service(channel, day(on), day(received_on) if received_on else None)))


def filed(on: str, number: str = "复1", group: d.RemedyGroup = d.RemedyGroup.RECONSIDERATION) -> Entry:
    return Entry(K.REMEDY_FILED, day(on), d.RemedyFiled(number, group, "市人民政府"))


def decided(on: str, number: str = "复1", result: d.RemedyResult = d.RemedyResult.UPHELD) -> Entry:
    return Entry(K.REMEDY_DECIDED, day(on), d.RemedyDecided(number, result))


def told(*entries: Entry, case_id: str = "1") -> Ledger:
    ledger = Ledger(case_id)
    for entry in entries:
        ledger = append(ledger, entry)
    return ledger


def random_ledger(seed: int, *, case_id: str = "1") -> Ledger:
    """A lawful course of up to ten events; only an extension or a delay may still come too late."""
    rng = Random(seed)  # noqa: S311 - repeatable cases, no secrets
    on = date(2019, 6, 1) + timedelta(days=rng.randrange(2200))
    arrival = Arrival(Entrance.IN_PERSON, submitted_on=on)
    entries = [Entry(K.RECEIVED, on, d.Received(arrival, rng.choice(list(ApplicantType))))]
    standing = after(Standing(), entries[0].event)
    for _ in range(rng.randrange(10)):
        on += timedelta(days=rng.randrange(1, 12))
        kinds = [kind for kind in standing.allowed if on >= date(2021, 1, 1) or kind is not K.FEE_NOTIFIED]
        if not kinds:
            break
        kind = rng.choice(kinds)
        on += timedelta(days=80) if kind is K.ENDED else timedelta()
        entry = Entry(kind, on, _details(kind, entries, on, rng))
        entries.append(entry)
        standing = after(standing, entry.event)
    return Ledger(case_id, tuple(entries))


def _details(kind: EventKind, before: list[Entry], on: date, rng: Random) -> d.Details | None:
    makers: dict[EventKind, Callable[[], d.Details]] = {
        K.SPLIT: lambda: d.SplitInto(("另件",)),
        K.CORRECTION_ASKED: lambda: d.CorrectionAsked("内容描述", on + timedelta(days=rng.randrange(1, 30))),
        K.THIRD_PARTY_ASKED: lambda: d.Asked(f"第三方{len(before)}"),
        K.COAUTHOR_ASKED: lambda: d.Asked(f"机关{len(before)}"),
        K.THIRD_PARTY_ANSWERED: lambda: d.Opinion(_waiting(before, K.THIRD_PARTY_ASKED, rng), rng.random() < 0.5),
        K.COAUTHOR_ANSWERED: lambda: d.Opinion(_waiting(before, K.COAUTHOR_ASKED, rng), rng.random() < 0.5),
        K.EXTENDED: lambda: d.Extended(rng.randrange(1, 21), "科长"),
        K.DELAYED: lambda: d.Delayed(on + timedelta(days=rng.randrange(70, 120))),
        K.FEE_NOTIFIED: lambda: d.FeeNotified("pages", 31, Decimal(10)),
        K.ANSWERED: lambda: _random_answer(rng),
        K.ANSWERED_AGAIN: lambda: _random_answer(rng),
        K.ENDED: lambda: d.Ended(_ending(before)),
        K.SERVED: lambda: d.Served(Service(Channel.NET, on)),
        K.SERVED_AGAIN: lambda: d.Served(Service(Channel.NET, on)),
        K.TRANSFERRED: lambda: d.Transferred("市档案局", "0000"),
        K.MERGED: lambda: d.MergedInto("另件"),
        K.REMEDY_FILED: lambda: d.RemedyFiled(f"案{len(before)}", rng.choice(_FILED), "市人民政府"),
        K.REMEDY_DECIDED: lambda: d.RemedyDecided(_case(before, rng, open_=True), rng.choice(list(d.RemedyResult))),
        K.REMEDY_APPEALED: lambda: d.RemedyAppealed(_case(before, rng, open_=False)),
        K.REANSWER_ORDERED: lambda: d.ReanswerOrdered(
            _case(before, rng, open_=False), on + timedelta(days=rng.randrange(5, 40)) if rng.random() < 0.5 else None
        ),
    }
    return makers[kind]() if kind in makers else None


_FILED = (d.RemedyGroup.LITIGATION_DIRECT,)
_ANSWERS = (
    ("not_processed.publication", {"where": "书店"}),
    ("not_processed.repeated", {"former_case": "0"}),
    ("refused.enforcement_file", {"reason": "案卷", "file": "1号"}),
    ("unavailable.not_held", {"reason": "没有", "search_record": "已检索"}),
)


def _random_answer(rng: Random) -> d.Answered:
    chosen = rng.sample(_ANSWERS, rng.randrange(1, 3))
    return d.Answered(tuple(d.Decision(str(n), key, facts) for n, (key, facts) in enumerate(chosen)))


def _waiting(before: list[Entry], asked: EventKind, rng: Random) -> str:
    answering = K.THIRD_PARTY_ANSWERED if asked is K.THIRD_PARTY_ASKED else K.COAUTHOR_ANSWERED
    heard = {one.event.party for one in before if one.kind is answering}
    return rng.choice([one.event.party for one in before if one.kind is asked and one.event.party not in heard])


def _ending(before: list[Entry]) -> str:
    held = [one.kind for one in before if one.kind in (K.CORRECTION_ASKED, K.FEE_NOTIFIED)]
    return "other_outcome.not_corrected" if held[-1] is K.CORRECTION_ASKED else "other_outcome.fee_unpaid"


def _case(before: list[Entry], rng: Random, *, open_: bool) -> str:
    pending: dict[str, bool] = {}
    for one in before:
        if isinstance(one.details, d.RemedyFiled | d.RemedyAppealed):
            pending[one.details.number] = True
        elif isinstance(one.details, d.RemedyDecided):
            pending[one.details.number] = False
    return rng.choice([number for number, is_open in pending.items() if is_open is open_])
