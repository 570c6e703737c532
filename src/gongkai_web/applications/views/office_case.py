"""The page of one case: where it stands, what has happened, what may happen next; and its printable derivation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.applications import Application, derive
from gongkai.applications.effects import Next
from gongkai.applications.letters import LetterKind
from gongkai.applications.proceedings import defence_due
from gongkai.law.errors import LawError
from gongkai.law.events import EventKind
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.applications.forms.register import AssignForm
from gongkai_web.applications.lights import Urgency, urgency
from gongkai_web.applications.models import Case, FileKind
from gongkai_web.applications.selectors import ledger_of, may_see_applicant, similar
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_clocks import answer_sentence, bars
from gongkai_web.applications.views.office_telling import named, outcome_label
from gongkai_web.applications.views.office_timeline import rows
from gongkai_web.audit.services import record

# The letter by which an event is told to those whom it concerns; most letters record it when they are served.
LETTERS: dict[EventKind, LetterKind] = {
    EventKind.CORRECTION_ASKED: LetterKind.CORRECTION_NOTICE,
    EventKind.REASONS_ASKED: LetterKind.REASONS_NOTICE,
    EventKind.THIRD_PARTY_ASKED: LetterKind.THIRD_PARTY_CONSULTATION,
    EventKind.COAUTHOR_ASKED: LetterKind.COAUTHOR_CONSULTATION,
    EventKind.EXTENDED: LetterKind.EXTENSION_NOTICE,
    EventKind.DELAYED: LetterKind.DELAY_NOTICE,
    EventKind.FEE_NOTIFIED: LetterKind.FEE_NOTICE,
    EventKind.ANSWERED: LetterKind.REPLY,
    EventKind.ENDED: LetterKind.ENDING_NOTICE,
    EventKind.SERVED: LetterKind.SERVICE_RECORD,
    EventKind.TRANSFERRED: LetterKind.TRANSFER_NOTICE,
    EventKind.ANSWERED_AGAIN: LetterKind.REPLY,
    EventKind.SERVED_AGAIN: LetterKind.SERVICE_RECORD,
}
_SCREENS = {
    EventKind.SPLIT: "applications_split",
    EventKind.MERGED: "applications_merge",
    EventKind.TRANSFERRED: "applications_transfer",
}
_REMEDIES = (
    EventKind.REMEDY_FILED,
    EventKind.REMEDY_DECIDED,
    EventKind.REMEDY_APPEALED,
    EventKind.REANSWER_ORDERED,
    EventKind.ANSWERED_AGAIN,
    EventKind.SERVED_AGAIN,
)
_ANSWERS = (EventKind.ANSWERED, EventKind.ANSWERED_AGAIN)


@dataclass(frozen=True)
class Step:
    """Something that may be recorded next, and the letter that records it when it is served."""

    next: Next
    url: str
    letter: str
    letter_url: str


@require_GET
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one case."""
    case, user = access.case_of(request, pk), access.reader(request)
    today = timezone.localdate()
    application = derive(ledger_of(case), as_of=today)
    may_see, may_act = may_see_applicant(user, case), can(user, Capability.HANDLE_APPLICATIONS, case)
    names, every = access.names_of(user, case), bars(application, today=today)
    if may_see:
        record("applications.case_read", obj=case, actor=user, personal_data=True)
    steps = _steps(case, application) if may_act else []
    context = {
        "case": case,
        "application": application,
        "urgency": urgency_of(case, today=today),
        "answer_sentence": answer_sentence(application, today=today),
        "bars": [bar for bar in every if not bar.is_over],
        "over": [bar for bar in every if bar.is_over],
        "rows": rows(case.ledger_records.select_related("by").order_by("number"), names=names),
        "consultations": [(named(one.party, names), one) for one in application.consultations],
        "proceedings": [(one, defence_due(one.filed)) for one in application.proceedings],
        "remedies": _remedies(application),
        "steps": [step for step in steps if step.next.kind not in _REMEDIES],
        "remedy_steps": [step for step in steps if step.next.kind in _REMEDIES],
        "warnings": similar(case).warnings if may_act and case.is_open and not case.erased_at else (),
        "assign": AssignForm(user=user) if may_act and case.is_owed else None,
        "files": case.files.select_related("by") if may_see else [],
        "file_kinds": FileKind.choices,
        "may_see": may_see,
        "may_act": may_act,
        "today": today,
        "crumbs": access.crumbs((case.number, "")),
    }
    return render(request, "applications/office/case.html", context)


@require_GET
def derivation(request: HttpRequest, pk: int) -> HttpResponse:
    """Every clock day by day, with its articles and the holiday notices: for the file, and for a court."""
    case = access.case_of(request, pk)
    today = timezone.localdate()
    application = derive(ledger_of(case), as_of=today)
    notices = {
        step.day.notice.citation for clock in application.clocks for step in clock.steps if step.day.notice is not None
    }
    context = {
        "case": case,
        "clocks": application.clocks,
        "notices": sorted(notices),
        "today": today,
        "crumbs": access.case_crumbs(case, "期限推算"),
    }
    return render(request, "applications/office/derivation.html", context)


@require_GET
def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """Who applies, in full; the reading is logged, and the page says so."""
    case, user = access.case_of(request, pk), access.reader(request)
    may_see = may_see_applicant(user, case)
    if may_see:
        record("applications.applicant_read", obj=case, actor=user, personal_data=True)
    context = {
        "case": case,
        "applicant": getattr(case, "applicant", None),
        "may_see": may_see,
        "crumbs": access.case_crumbs(case, "申请人"),
    }
    return render(request, "applications/office/applicant.html", context)


def urgency_of(case: Case, *, today: date) -> Urgency:
    """The light of a case by its cached columns; an answer ordered anew is owed although the case is closed."""
    return urgency(case.due_on, open_=case.is_owed, running=case.is_running(today), today=today)


def step_url(case: Case, kind: EventKind) -> str:
    """The screen on which an event of that kind is recorded."""
    if kind in _SCREENS:
        return reverse(_SCREENS[kind], args=[case.pk])
    name = "applications_answer" if kind in _ANSWERS else "applications_record"
    return reverse(name, args=[case.pk, kind.value])


def letter_label(kind: EventKind) -> str:
    """What the letter of an event is called; blank where it needs none."""
    letter = LETTERS.get(kind)
    return letter.label if letter else ""


def letter_url(case: Case, kind: EventKind) -> str:
    """Where the letter of an event is begun; blank where it needs none."""
    letter = LETTERS.get(kind)
    return f"{reverse('applications_letter_new', args=[case.pk])}?kind={letter.value}" if letter else ""


def _steps(case: Case, application: Application) -> list[Step]:
    return [
        Step(one, step_url(case, one.kind), letter_label(one.kind), letter_url(case, one.kind))
        for one in application.next
    ]


def _remedies(application: Application) -> list[dict[str, Any]]:
    """The remedy against each outcome, with its last days where the service is known."""
    try:
        found, periods = application.remedies(), dict(application.remedy_periods())
    except LawError:
        # A decision from before the regulation of 2019: no remedy is on record, and none is guessed.
        return []
    on = application.answers[-1][0].on if application.answers else application.entries[-1].on
    return [
        {"outcome": outcome_label(key, on=on), "remedy": remedy, "dates": periods.get(key)} for key, remedy in found
    ]
