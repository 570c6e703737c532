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

# The letter by which an event is told to those whom it concerns.
LETTERS: dict[EventKind, str] = {
    EventKind.CORRECTION_ASKED: "补正告知书",
    EventKind.REASONS_ASKED: "说明理由告知书",
    EventKind.THIRD_PARTY_ASKED: "征求意见书（第三方）",
    EventKind.COAUTHOR_ASKED: "征求意见书（共同制作机关）",
    EventKind.EXTENDED: "延期答复告知书",
    EventKind.DELAYED: "延迟答复告知书",
    EventKind.FEE_NOTIFIED: "收费通知书",
    EventKind.ANSWERED: "政府信息公开申请答复书",
    EventKind.ENDED: "不再处理告知书",
    EventKind.SERVED: "送达回证",
    EventKind.TRANSFERRED: "移送明细表",
    EventKind.ANSWERED_AGAIN: "重新作出的答复书",
    EventKind.SERVED_AGAIN: "送达回证",
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
    """Something that may be recorded next."""

    next: Next
    url: str
    letter: str


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
        "assign": AssignForm(user=user) if may_act and case.is_open else None,
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
    owed = case.is_open or case.due_on is not None
    running = case.is_running(today) or not case.is_open
    return urgency(case.due_on, open_=owed, running=running, today=today)


def step_url(case: Case, kind: EventKind) -> str:
    """The screen on which an event of that kind is recorded."""
    if kind in _SCREENS:
        return reverse(_SCREENS[kind], args=[case.pk])
    name = "applications_answer" if kind in _ANSWERS else "applications_record"
    return reverse(name, args=[case.pk, kind.value])


def _steps(case: Case, application: Application) -> list[Step]:
    return [Step(one, step_url(case, one.kind), LETTERS.get(one.kind, "")) for one in application.next]


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
