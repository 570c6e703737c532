"""Letters from the draft to the service: who may do what, one number, one text, one event in the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.applications.letters import Composed, LetterKind, compose, docx, kind_of, pdf
from gongkai.applications.letters.facts import day_of
from gongkai.applications.service import Channel, Service, service_rule
from gongkai.law.provisions import versions
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.models import Case, Letter, LetterSettings, LetterState
from gongkai_web.applications.services import events, letter_events
from gongkai_web.applications.services.letter_facts import facts_for, first_decisions, first_values
from gongkai_web.applications.services.letter_freezing import (
    LetterRefused,
    digest,
    fix,
    require_complete,
    signed_facts,
    unfrozen,
)
from gongkai_web.applications.services.letter_sources import said
from gongkai_web.audit.services import record as log

LONGEST = 8000
"""Characters of one fact."""


@transaction.atomic
def draft(
    case: Case, kind: LetterKind, *, by: User | None, values: Mapping[str, str] | None = None, key: str = ""
) -> Letter:
    """A new letter, filled in as far as the case, the ledger and the agency's settings tell. Raises: NotAllowed.

    With a `key` that the case knows, the letter that was drafted then.
    """
    locked = events.lock(case, by=by)
    if key and (known := Letter.objects.filter(case=locked, key=key).first()):
        return known
    filled = {
        "values": {**first_values(locked, kind), **_short(values or {})},
        "decisions": first_decisions(locked, kind) if kind_of(kind).decides else [],
    }
    letter = Letter.objects.create(
        case=locked, agency=locked.agency, kind=kind.value, facts=json.dumps(filled, ensure_ascii=False),
        drafted_by=by, key=key,
    )  # fmt: skip
    log("applications.letter_drafted", obj=letter, actor=by, details={"case": locked.number})
    return letter


@transaction.atomic
def save(  # noqa: PLR0913  # what may be filled in
    letter: Letter,
    *,
    by: User | None,
    values: Mapping[str, str],
    decisions: Sequence[Mapping[str, Any]] = (),
    person: bool = False,
    counted_as: str = "",
    seen: str = "",
) -> Letter:
    """Keep what was filled in; whoever fills in last is the drafter.

    `seen` is the `version` that the screen showed. Raises: NotAllowed, LetterRefused.
    """
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    _require_state(held, "修改", LetterState.DRAFT)
    if seen and seen != version(held):
        raise LetterRefused("LETTER-CHANGED", "别人刚刚修改过这份文书。", "请刷新页面，核对最新内容后再修改。")
    filled = {"values": _short(values), "decisions": [dict(one) for one in decisions]}
    held.facts = json.dumps({**filled, "person": person, "counted_as": counted_as}, ensure_ascii=False)
    held.drafted_by = by or held.drafted_by
    held.save(update_fields=["facts", "drafted_by"])
    log("applications.letter_changed", obj=held, actor=by)
    return held


def version(letter: Letter) -> str:
    """Tells whether what is filled in has changed."""
    return digest(letter.facts)[:16]


def preview(letter: Letter) -> Composed:
    """The letter as it stands: the signed text, or the draft as it would be if it were signed today.

    Raises: LetterRefused where the text was erased or does not fit its digest; LetterError, LawError for a draft that
    cannot be composed.
    """
    if letter.is_signed:
        return unfrozen(letter)[0]
    return compose(letter.letter_kind, facts_for(letter), on=timezone.localdate())


@transaction.atomic
def submit(letter: Letter, *, by: User | None) -> Letter:
    """Hand a complete letter to whoever signs. Raises: NotAllowed, LetterRefused, LetterError."""
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    _require_state(held, "送审", LetterState.DRAFT)
    require_complete(preview(held))
    letter_events.rehearse(held, facts_for(held), counted_as=said(held).get("counted_as", ""))
    return _move(held, LetterState.REVIEW, "applications.letter_submitted", by)


@transaction.atomic
def give_back(letter: Letter, *, by: User | None, opinion: str) -> Letter:
    """Return it to the drafter with an opinion; the drafter himself may take it back without one. Raises: as above."""
    held = _locked(letter, None, Capability.APPROVE_ANSWERS)
    own = by is not None and by.pk == held.drafted_by_id
    require(by, Capability.HANDLE_APPLICATIONS if own else Capability.APPROVE_ANSWERS, held)
    _require_state(held, "退回", LetterState.REVIEW)
    if not own and not opinion.strip():
        raise LetterRefused("LETTER-OPINION", "退回文书须写明意见。", "请写明需要修改之处。")
    held.opinion = opinion.strip()[:LONGEST]
    held.save(update_fields=["opinion"])
    return _move(held, LetterState.DRAFT, "applications.letter_returned", by)


@transaction.atomic
def sign(letter: Letter, *, by: User | None, on: date | None = None) -> Letter:
    """Give it its number and fix its text, as of `on` (today). Signing a signed letter again changes nothing.

    By a person who may approve answers and has not drafted it. Raises: NotAllowed, LetterRefused, LetterError.
    """
    held = _locked(letter, by, Capability.APPROVE_ANSWERS)
    if held.is_signed and held.state != LetterState.VOID:
        return _repeat(letter, held)
    _require_state(held, "签发", LetterState.REVIEW)
    if by is None or by.pk == held.drafted_by_id:
        raise LetterRefused("LETTER-OWN", "文书须由起草人以外的人签发。", "请交其他有审签权限的人签发。")
    held.signed_by, held.signed_at = by, timezone.now()
    fix(held, on or timezone.localdate(), numbered=True)
    log("applications.letter_signed", obj=held, actor=by, details={"number": held.number, "digest": held.digest})
    return _repeat(letter, held)


@transaction.atomic
def issue(letter: Letter, *, by: User | None, on: date | None = None) -> Letter:
    """Fix the text of a receipt or a form of the file, which has no number and needs no signer. Raises: as `sign`."""
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    if held.is_signed:
        return _repeat(letter, held)
    if held.told.numbered:
        raise LetterRefused("LETTER-REVIEW", f"{held.told.label}须经审签。", "请送审。")
    fix(held, on or timezone.localdate(), numbered=False)
    log("applications.letter_issued", obj=held, actor=by, details={"digest": held.digest})
    return _repeat(letter, held)


@transaction.atomic
def serve(letter: Letter, service: Service, *, by: User | None, waybill: str = "", refused: str = "") -> Letter:
    """It went out: recorded here and, once, in the ledger. Serving a served letter again changes nothing.

    `refused`: why the addressee did not take it, and how it was left with him. Raises: NotAllowed, LetterRefused,
    LedgerError, EventOrderError.
    """
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    if held.state == LetterState.SERVED:
        return _repeat(letter, held)
    _require_state(held, "送达", LetterState.SIGNED)
    if held.told.to == "none":
        raise LetterRefused("LETTER-FORM", f"{held.told.label}是内部存档的表单，不送达。", "请打印后归档。")
    _check_service(held, service)
    held.channel, held.sent_on, held.received_on = service.channel.value, service.sent_on, service.received_on
    held.waybill, held.refused, held.state = waybill.strip()[:40], refused.strip()[:200], LetterState.SERVED
    held.save(update_fields=["channel", "sent_on", "received_on", "waybill", "refused", "state"])
    facts, counted_as = signed_facts(held)
    letter_events.record_served(held, facts, by=by, counted_as=counted_as)
    log("applications.letter_served", obj=held, actor=by, details={"channel": held.channel, "number": held.number})
    return _repeat(letter, held)


@transaction.atomic
def receive(letter: Letter, received_on: date, *, by: User | None) -> Letter:
    """The addressee signed for a mailed letter on that day. Raises: as `serve`."""
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    _require_state(held, "登记签收", LetterState.SERVED)
    if held.received_on is not None:
        return _repeat(letter, held)
    if held.sent_on is None or not held.sent_on <= received_on <= timezone.localdate():
        raise LetterRefused("LETTER-RECEIVED", "签收之日早于送出之日，或者晚于今天。", "请核对签收之日。")
    held.received_on = received_on
    held.save(update_fields=["received_on"])
    letter_events.record_received(held, signed_facts(held)[0], by=by)
    log("applications.letter_received", obj=held, actor=by)
    return _repeat(letter, held)


@transaction.atomic
def void(letter: Letter, *, by: User | None, reason: str) -> Letter:
    """A signed letter that was not served goes no further; its number stays used. Raises: as above."""
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    _require_state(held, "作废", LetterState.SIGNED)
    if not reason.strip():
        raise LetterRefused("LETTER-VOID", "作废文书须写明理由。", "请填写作废的理由。")
    held.void_reason = reason.strip()[:200]
    held.save(update_fields=["void_reason"])
    return _move(held, LetterState.VOID, "applications.letter_voided", by)


@transaction.atomic
def discard(letter: Letter, *, by: User | None) -> None:
    """Delete a draft. Raises: NotAllowed, LetterRefused."""
    held = _locked(letter, by, Capability.HANDLE_APPLICATIONS)
    _require_state(held, "删除", LetterState.DRAFT)
    log("applications.letter_discarded", obj=held, actor=by)
    held.delete()


@transaction.atomic
def save_settings(held: LetterSettings, *, by: User | None) -> LetterSettings:
    """Keep what the letters of an agency have in common. Raises: NotAllowed."""
    require(by, Capability.HANDLE_APPLICATIONS, held.agency)
    held.save()
    log("applications.letter_settings_changed", obj=held.agency, actor=by)
    return held


def served_letters(case: Case) -> QuerySet[Letter]:
    """What the applicant has been sent, and may download with his number and secret."""
    to_applicant = [one.value for one in LetterKind if kind_of(one).to == "applicant"]
    return Letter.objects.filter(case=case, state=LetterState.SERVED, kind__in=to_applicant, case__erased_at=None)


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF; whoever hands it out has asked whether he may, and logs it.

    Raises: as `preview`; WritingError.
    """
    return pdf.write(preview(letter))


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word document. Raises: as `preview`."""
    return docx.write(preview(letter))


def day_said(text: str) -> date:
    """A day as a form sends it. Raises: LetterRefused."""
    day = day_of(text)
    if day is None:
        raise LetterRefused("LETTER-DAY", "日期无法识别。", "请写成“2025-03-21”的样子。")
    return day


def file_name(letter: Letter, suffix: str) -> str:
    """What a download is called: without anybody's name."""
    return f"{letter.number or letter.case.number}{letter.told.label}.{suffix}".replace("/", "-")


def _check_service(letter: Letter, service: Service) -> None:
    service_rule(service)
    latest = max(service.sent_on, service.received_on or service.sent_on)
    if latest > timezone.localdate():
        raise LetterRefused("LETTER-LATE", f"{latest.isoformat()} 晚于今天，尚未发生的送达不能登记。", "请核对日期。")
    if letter.dated is not None and service.sent_on < letter.dated:
        raise LetterRefused("LETTER-EARLY", f"送出之日早于落款日期 {letter.dated.isoformat()}。", "请核对送出之日。")
    facts, _ = signed_facts(letter)
    named = "reconsideration_body" in facts.values and letter.told.names_remedy
    if service.channel is Channel.NET and named and "remedy_online" not in " ".join(letter.law) and _online(service):
        raise LetterRefused(
            "LETTER-ONLINE",
            "通过网络送达的文书应当同时提供网上申请行政复议的渠道，本文书没有写明（行政复议法第二十二条第二款）。",
            "请改用其他方式送达，或者作废后重新制作，送达方式选“网上送达”。",
        )


def _online(service: Service) -> bool:
    return service.sent_on >= versions("letter.remedy_online")[0].since


def _require_state(letter: Letter, act: str, *states: LetterState) -> None:
    if letter.state not in states:
        raise LetterRefused(
            "LETTER-STATE", f"{letter}{letter.get_state_display()}，不能{act}。", "请刷新页面，查看最新情况。"
        )


def _locked(letter: Letter, by: User | None, capability: Capability) -> Letter:
    held = Letter.objects.select_for_update(of=("self",)).select_related("case", "agency").get(pk=letter.pk)
    require(by, capability, held)
    return held


def _move(held: Letter, state: LetterState, event: str, by: User | None) -> Letter:
    held.state = state
    held.save(update_fields=["state"])
    log(event, obj=held, actor=by)
    return held


def _repeat(letter: Letter, held: Letter) -> Letter:
    """The caller's object says what the stored one says."""
    letter.__dict__.update({key: value for key, value in held.__dict__.items() if key != "_state"})
    return held


def _short(values: Mapping[str, str]) -> dict[str, str]:
    return {key: str(text)[:LONGEST] for key, text in values.items()}
