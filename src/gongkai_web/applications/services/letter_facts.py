"""What a letter states: from the case, its ledger, the agency, and what the officer has filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.applications import Application, Ledger, derive
from gongkai.applications.details import Answered, CorrectionAsked, Decision, Ended, Extended, FeeNotified, Received
from gongkai.applications.entry import Entry, said_by
from gongkai.applications.letters import LetterFacts, LetterKind, facts_of
from gongkai.applications.service import Channel
from gongkai.law.events import EventKind
from gongkai.law.remedies import AgencyKind as LawKind
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.models.agency import AgencyKind
from gongkai_web.accounts.permissions import Capability, people_with
from gongkai_web.applications.models import Applicant, Case, Delivery, Letter, LetterSettings
from gongkai_web.applications.selectors.cases import ledger_of
from gongkai_web.applications.services.letter_sources import from_letters, said

LEFT_TO_OFFICER = "letter"
_FROM_SETTINGS = (
    "contact_person", "agency_phone", "reconsideration_body", "court", "online_channel", "payment_method", "tracking",
)  # fmt: skip


def facts_for(letter: Letter) -> LetterFacts:
    """Everything that is known for a letter which is not signed yet."""
    told = said(letter)
    own = {one.key for one in facts_of(letter.letter_kind) if one.where == LEFT_TO_OFFICER}
    values = {key: str(text) for key, text in told.get("values", {}).items() if key in own}
    case = letter.case
    application = derive(ledger_of(case), as_of=timezone.localdate())
    return LetterFacts(
        {**_of_agency(case.agency), **_of_case(case), **_of_ledger(letter, application, values), **values},
        tuple(Decision(one["item"], one["outcome"], one["facts"]) for one in told.get("decisions", [])),
        LawKind.GOVERNMENT if case.agency.kind == AgencyKind.GOVERNMENT else LawKind.DEPARTMENT,
        bool(told.get("person")),
    )


def first_values(case: Case, kind: LetterKind) -> dict[str, str]:
    """What a new letter begins with: the agency's settings, and what the ledger lets expect."""
    settings = LetterSettings.objects.filter(agency=case.agency).first() or LetterSettings(agency=case.agency)
    values = {name: str(getattr(settings, name)) for name in _FROM_SETTINGS}
    values["agency_phone"] = values["agency_phone"] or case.agency.phone
    values["contact_person"] = values["contact_person"] or case.agency.disclosure_office
    values["reconsideration_body"] = values["reconsideration_body"] or _government(case.agency)
    values["service_channel"] = _CHANNELS.get(case.delivery, "")
    values["office"] = case.office.name if case.office else ""
    values["handler"] = str(case.assignee or "")
    values |= _expected(derive(ledger_of(case), as_of=timezone.localdate()), case, kind)
    own = {one.key for one in facts_of(kind) if one.where == LEFT_TO_OFFICER}
    return {key: text for key, text in values.items() if key in own and text}


def first_decisions(case: Case, kind: LetterKind) -> list[dict[str, Any]]:
    """The decisions of a reply or an ending that the ledger holds already; else the whole of what was asked for."""
    entries = ledger_of(case).entries
    if kind is LetterKind.REPLY and (answers := said_by(entries, Answered)):
        return [plain(one) for one in answers[-1][1].decisions]
    if kind is LetterKind.ENDING_NOTICE:
        ended = said_by(entries, Ended)
        held = [one.kind for one in entries if one.kind in (EventKind.CORRECTION_ASKED, EventKind.FEE_NOTIFIED)]
        derived = "fee_unpaid" if held[-1:] == [EventKind.FEE_NOTIFIED] else "not_corrected"
        outcome = ended[-1][1].outcome if ended else f"other_outcome.{derived}"
        return [plain(Decision(case.subject, outcome))]
    return []


def plain(decision: Decision) -> dict[str, Any]:
    """A decision as JSON."""
    return {"item": decision.item, "outcome": decision.outcome, "facts": dict(decision.facts)}


_CHANNELS = {
    Delivery.NET.value: Channel.NET.value,
    Delivery.EMAIL.value: Channel.NET.value,
    Delivery.POST.value: Channel.POST.value,
    Delivery.IN_PERSON.value: Channel.IN_PERSON.value,
    Delivery.ON_SITE.value: Channel.IN_PERSON.value,
}


def _of_agency(agency: Agency) -> dict[str, str]:
    return {"agency": agency.name, "agency_address": agency.address}


def _of_case(case: Case) -> dict[str, str]:
    person = Applicant.objects.filter(case=case).first() or Applicant(case=case)
    return {
        "applicant": person.name,
        "served_to": person.name,
        "applicant_contact": person.phone or person.email,
        "applicant_address": person.address,
        "applicant_type": case.applicant_type,
        "case_number": case.number,
        "subject": case.subject,
        "delivery": case.get_delivery_display(),
        "media": case.get_media_display(),
    }


def _of_ledger(letter: Letter, application: Application, values: Mapping[str, str]) -> dict[str, str]:
    """Days and amounts that stand in the ledger or follow from it."""
    entries = application.entries
    received = said_by(entries, Received)[0]
    asked, fees = said_by(entries, CorrectionAsked), said_by(entries, FeeNotified)
    days = {
        "received_on": received[0].on,
        "corrected_on": _last(entries, EventKind.CORRECTED),
        "correction_asked_on": asked[-1][0].on if asked else None,
        "fee_notified_on": fees[-1][0].on if fees else None,
        "fee_due": _due(application, "fee_payment"),
        "answer_due": _due(application, "answer"),
    }
    if asked and letter.letter_kind is LetterKind.ENDING_NOTICE:
        days["correction_until"] = asked[-1][1].until
    if letter.letter_kind is LetterKind.EXTENSION_NOTICE:
        days |= _extension(application, values)
    found = {key: day.isoformat() if day else "" for key, day in days.items()}
    return {
        **found,
        "entrance": received[1].arrival.entrance.label,
        "fee_amount": f"{fees[-1][1].amount:f}" if fees else "",
    }


def _extension(application: Application, values: Mapping[str, str]) -> dict[str, date | None]:
    """The answer's last day before the extension, and with it."""
    entries = [one for one in application.entries if one.kind is not EventKind.EXTENDED]
    today = timezone.localdate()
    ledger = replace(application.ledger, records=tuple(entries))
    days = values.get("extended_days", "")
    with_it = (
        _with_extension(ledger, int(days), today) if days.isascii() and days.isdigit() and 0 < int(days) <= 20 else None
    )
    return {"former_due": _due(derive(ledger, as_of=None), "answer"), "answer_due": with_it}


def _with_extension(ledger: Ledger, days: int, today: date) -> date | None:
    last = max(today, ledger.entries[-1].on)
    extended = Entry(EventKind.EXTENDED, last, Extended(days, "—"))
    grown = replace(ledger, records=(*ledger.records, extended))
    return _due(derive(grown, as_of=None), "answer")


def _expected(application: Application, case: Case, kind: LetterKind) -> dict[str, str]:
    """What is likely: those consulted, the head who may consent, the extension on record, the searched outcome."""
    entries = application.entries
    extended = said_by(entries, Extended)
    values = {"approved_by": _head(case), "extended_days": str(extended[-1][1].days) if extended else ""}
    if kind in (LetterKind.REPLY, LetterKind.CONSULTATION_NOTICE):
        # Who the third party is may itself be nobody's business.
        parties = {"共同制作机关" if one.coauthor else "第三方": one.asked_on for one in application.consultations}
        values["consulted"] = "、".join(parties)
        values["consulted_on"] = min(parties.values()).isoformat() if parties else ""
    values |= from_letters(case, kind)
    if kind is LetterKind.FEE_NOTICE:
        values["fee_before"] = "0"
    if kind is LetterKind.EXTENSION_NOTICE:
        values["extended_days"] = values["extended_days"] or "20"
    return values


def _head(case: Case) -> str:
    """Whoever may consent to an extension, where that is one person."""
    found = [str(one) for one in people_with(Capability.APPROVE_ANSWERS, case.agency)[:2]]
    return found[0] if len(found) == 1 else ""


def _government(agency: Agency) -> str:
    """The government of the same level, which hears reconsiderations against a department."""
    above = agency.parent
    return above.name if above is not None and above.kind == AgencyKind.GOVERNMENT else ""


def _due(application: Application, key: str) -> date | None:
    return next((one.due for one in application.clocks if one.key == key), None)


def _last(entries: tuple[Entry, ...], kind: EventKind) -> date | None:
    return next((one.on for one in reversed(entries) if one.kind is kind), None)
