"""What a letter does to the ledger when it is served: each event once, however often serving is tried.

Notices count from the day they are sent, letters that others answer and fee notices from the day they are received
(条例 §32, §34; 国办函〔2020〕109号 §6). A reply is given on the day it is handed over or mailed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongkai.applications import Entry, append, derive
from gongkai.applications import details as d
from gongkai.applications.effects import Next, effect_of
from gongkai.applications.entry import said_by
from gongkai.applications.letters import LetterFacts, LetterKind
from gongkai.applications.letters.charging import fee_of
from gongkai.applications.letters.facts import day_of
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind, Phase
from gongkai_web.accounts.models import User
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Case, Letter
from gongkai_web.applications.selectors.cases import ledger_of
from gongkai_web.applications.services import events
from gongkai_web.applications.services.parties import find

K = EventKind
_EVENTS = {
    LetterKind.CORRECTION_NOTICE: K.CORRECTION_ASKED,
    LetterKind.REASONS_NOTICE: K.REASONS_ASKED,
    LetterKind.EXTENSION_NOTICE: K.EXTENDED,
    LetterKind.DELAY_NOTICE: K.DELAYED,
    LetterKind.THIRD_PARTY_CONSULTATION: K.THIRD_PARTY_ASKED,
    LetterKind.COAUTHOR_CONSULTATION: K.COAUTHOR_ASKED,
    LetterKind.FEE_NOTICE: K.FEE_NOTIFIED,
    LetterKind.TRANSFER_NOTICE: K.TRANSFERRED,
}
_WHEN_RECEIVED = (K.THIRD_PARTY_ASKED, K.COAUTHOR_ASKED, K.FEE_NOTIFIED)
_ANSWERS = (LetterKind.REPLY, LetterKind.ENDING_NOTICE)
_OPEN = (Phase.RUNNING, Phase.AWAITING_CORRECTION, Phase.AWAITING_PAYMENT)


def rehearse(letter: Letter, facts: LetterFacts, *, counted_as: str = "") -> None:
    """Whether the ledger would take what the letter means if it were handed over today; nothing is written.

    A signed letter cannot be changed, so what would be refused at its service is refused before it is signed.
    Raises: LedgerError, EventOrderError, LawError, CaseRefused.
    """
    today = timezone.localdate()
    ledger = ledger_of(letter.case)
    sent = Service(Channel.IN_PERSON, today, today)
    for entry in _entries(letter, facts, sent, counted_as=counted_as):
        ledger = append(ledger, entry)


def record_served(letter: Letter, facts: LetterFacts, *, by: User | None, counted_as: str = "") -> None:
    """Record what the served letter means. Raises: as `events.record`; CaseRefused."""
    if letter.sent_on is None:
        return
    service = Service(Channel(letter.channel), letter.sent_on, letter.received_on)
    for entry in _entries(letter, facts, service, counted_as=counted_as):
        events.record(letter.case, entry, by=by, key=f"letter-{letter.pk}-{entry.kind.value}")


def record_received(letter: Letter, facts: LetterFacts, *, by: User | None) -> None:
    """The addressee has signed: a waiting event is recorded, a service on record gets its day. Raises: as above."""
    if letter.letter_kind not in _ANSWERS:
        record_served(letter, facts, by=by)
        return
    records = ledger_of(letter.case).records
    struck = {one.number for one in records if not isinstance(one, Entry)}
    for number, one in reversed(list(enumerate(records))):
        if isinstance(one, Entry) and number not in struck and isinstance(one.details, d.Served):
            service = Service(one.details.service.channel, one.on, letter.received_on, one.details.service.postal)
            entry = Entry(one.kind, one.on, d.Served(service))
            events.correct(letter.case, number, entry, "补记申请人签收之日", by=by)
            return


def _entries(letter: Letter, facts: LetterFacts, service: Service, *, counted_as: str) -> list[Entry]:
    """What the ledger does not hold yet of what a letter means that went out so."""
    if letter.letter_kind in _ANSWERS:
        return _answer_entries(letter, facts, service, counted_as)
    kind = _EVENTS.get(letter.letter_kind)
    on = service.known_on if kind in _WHEN_RECEIVED else service.sent_on
    if kind is None or on is None or _on_record(letter.case, kind, facts):
        return []
    return [Entry(kind, on, _details(kind, facts, on))]


def _answer_entries(letter: Letter, facts: LetterFacts, service: Service, counted_as: str) -> list[Entry]:
    phase = derive(ledger_of(letter.case)).phase
    again = phase not in (*_OPEN, Phase.ANSWERED, Phase.ENDED)
    served = Entry(K.SERVED_AGAIN if again else K.SERVED, service.sent_on, d.Served(service))
    if phase in _OPEN or (again and phase is not Phase.ANSWERED_AGAIN):
        kind = _answer_kind(letter, again=again)
        return [Entry(kind, service.sent_on, _answer(letter, facts, counted_as)), served]
    _check_same(letter, facts)
    return [served]


def _answer_kind(letter: Letter, *, again: bool) -> EventKind:
    if letter.letter_kind is LetterKind.ENDING_NOTICE:
        return K.ENDED
    return K.ANSWERED_AGAIN if again else K.ANSWERED


def _answer(letter: Letter, facts: LetterFacts, counted_as: str) -> d.Details:
    if letter.letter_kind is LetterKind.ENDING_NOTICE:
        return d.Ended(facts.decisions[0].outcome)
    return d.Answered(facts.decisions, counted_as, facts.values.get("public_interest", ""))


def _check_same(letter: Letter, facts: LetterFacts) -> None:
    """An answer that was recorded by hand must be the one that the letter gives."""
    entries = ledger_of(letter.case).entries
    answers, endings = said_by(entries, d.Answered), said_by(entries, d.Ended)
    held = [one.outcome for one in answers[-1][1].decisions] if answers else [one.outcome for _, one in endings]
    if sorted(held) != sorted(one.outcome for one in facts.decisions):
        raise CaseRefused(
            "LETTER-DIFFERS",
            f"受理编号 {letter.case.number} 的台账已登记的办理结果与本{letter.told.label}不一致。",
            "请作废有误的办理记录，或者作废本文书后另行制作。",
        )


def _on_record(case: Case, kind: EventKind, facts: LetterFacts) -> bool:
    """Whether the officer has recorded it by hand: then the letter only tells it."""
    ledger = ledger_of(case)
    if kind in derive(ledger).timeline.standing.allowed and kind not in (K.THIRD_PARTY_ASKED, K.COAUTHOR_ASKED):
        return False
    entries = [one for one in ledger.entries if one.kind is kind]
    if kind not in (K.THIRD_PARTY_ASKED, K.COAUTHOR_ASKED):
        return bool(entries)
    party = find(case, facts.values.get("addressee", ""), coauthor=kind is K.COAUTHOR_ASKED)
    return party is not None and any(one.event.party == party.label for one in entries)


def _details(kind: EventKind, facts: LetterFacts, on: date) -> d.Details | None:
    makers: Mapping[EventKind, Callable[[LetterFacts, date], d.Details]] = {
        K.CORRECTION_ASKED: lambda said, _: d.CorrectionAsked(
            said.values["correction_missing"], _day(said, "correction_until")
        ),
        K.EXTENDED: lambda said, _: d.Extended(int(said.values["extended_days"]), said.values["approved_by"]),
        K.DELAYED: lambda said, _: d.Delayed(_day(said, "delayed_until")),
        K.THIRD_PARTY_ASKED: lambda said, _: d.Asked(said.values["addressee"]),
        K.COAUTHOR_ASKED: lambda said, _: d.Asked(said.values["addressee"]),
        K.FEE_NOTIFIED: _fee,
        K.TRANSFERRED: lambda said, _: d.Transferred(said.values["transfer_body"], said.values["transfer_contact"]),
    }
    return makers[kind](facts, on) if kind in makers else None


def _fee(facts: LetterFacts, on: date) -> d.FeeNotified:
    values = facts.values
    basis = "pages" if values["fee_basis"] == "pages" else "items"
    before = 0 if basis == "pages" else int(values.get("fee_before") or 0)
    return d.FeeNotified(basis, int(values["fee_quantity"]), fee_of(facts, on=on) or Decimal(0), before)  # type: ignore[arg-type]  # one of two words


def _day(facts: LetterFacts, key: str) -> date:
    return day_of(facts.values[key]) or date.max


def suggested(case: Case) -> list[LetterKind]:
    """The letters of the acts that are open now."""
    allowed = derive(ledger_of(case)).timeline.standing.allowed
    found = [kind for kind, event in _EVENTS.items() if event in allowed]
    found += [LetterKind.REPLY] if {K.ANSWERED, K.SERVED, K.ANSWERED_AGAIN} & set(allowed) else []
    return found + ([LetterKind.ENDING_NOTICE] if K.ENDED in allowed else [])


def effects_of(letter: Letter, *, on: date) -> list[Next]:
    """What serving the letter will record, with its legal effect; nothing for a letter that is only information."""
    if letter.letter_kind is LetterKind.REPLY:
        kinds = [K.ANSWERED, K.SERVED]
    elif letter.letter_kind is LetterKind.ENDING_NOTICE:
        kinds = [K.ENDED, K.SERVED]
    else:
        kinds = [_EVENTS[letter.letter_kind]] if letter.letter_kind in _EVENTS else []
    return [effect_of(kind, on=on) for kind in kinds]
