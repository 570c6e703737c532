"""Recording what happened to a case: first the form, then its legal effect, then the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.applications import Application, Ledger, derive
from gongkai.applications.effects import Next, effect_of
from gongkai.applications.entry import Entry
from gongkai.errors import GongkaiError
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, people_with
from gongkai_web.applications.forms.answer import AnswerForm, answering_outcomes
from gongkai_web.applications.forms.entries import FORMS, EntryForm
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import ledger_of
from gongkai_web.applications.services import events
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_case import letter_label, letter_url
from gongkai_web.applications.views.office_effect import Effect, effect

_ANSWERS = (EventKind.ANSWERED, EventKind.ANSWERED_AGAIN)
_CONTROL = {"csrfmiddlewaretoken", "act"}


@require_http_methods(["GET", "POST"])
def record_event(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An event that has a form of its own kind."""
    case, event = access.case_to_handle(request, pk), _kind(kind, FORMS)
    ledger = ledger_of(case)
    form = _entry_form(request, case, event, ledger)
    return _proceed(request, case, ledger, form, template="record.html")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The answer, item by item. The outcomes may come in the address, from the seven questions."""
    case, event = access.case_to_handle(request, pk), _kind(kind, _ANSWERS)
    today = timezone.localdate()
    form = AnswerForm(_answer_data(request), kind=event, today=today, items=_asked_items(request, case, today))
    return _proceed(request, case, ledger_of(case), form, template="answer.html")


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """作废: the wrong record stays on file with the reason."""
    case = access.case_to_handle(request, pk)
    stored = get_object_or_404(case.ledger_records, number=number)
    if not isinstance(stored.record, Entry):
        raise Http404
    if request.method == "POST":
        return access.perform(
            request,
            lambda: _struck(request, case, number),
            done=access.case_url(case),
            failed=request.path,
        )
    context = {
        "case": case,
        "record": stored,
        "seen": case.records,
        "key": access.fresh_key(),
        "crumbs": access.case_crumbs(case, "作废记录"),
    }
    return render(request, "applications/office/strike.html", context)


def _struck(request: HttpRequest, case: Case, number: int) -> str:
    reason = request.POST.get("reason", "")
    events.strike(
        case, number, reason, by=access.reader(request), expected=access.seen_by(request, case), key=_key(request)
    )
    return f"第{number + 1}条记录已经作废，期限和状态已重新计算。"


def _proceed(
    request: HttpRequest, case: Case, ledger: Ledger, form: EntryForm | AnswerForm, *, template: str
) -> HttpResponse:
    """The form, its effect, or the record, as the pressed button says."""
    shown, status = None, 200
    pressed = request.POST.get("act", "")
    if pressed == "confirm" and case.ledger_records.filter(key=_key(request) or None).exists():
        return access.perform(request, lambda: "已经登记过了，没有重复登记。", done=access.case_url(case))
    if pressed in {"preview", "confirm"}:
        status = 422
        if form.is_valid():
            try:
                if pressed == "confirm":
                    return _record(request, case, form.entry())
                shown = effect(ledger, form.entry(), today=timezone.localdate(), names=_names(request, case))
                status = 200
            except GongkaiError as error:
                form.add_error(None, access.sentence(error))
    context = _context(request, case, form, shown)
    return render(request, f"applications/office/{template}", context, status=status)


def _record(request: HttpRequest, case: Case, entry: Entry) -> HttpResponse:
    """Raises: GongkaiError."""
    user = access.reader(request)
    events.record(case, entry, by=user, expected=access.seen_by(request, case), key=_key(request))
    letter = letter_label(entry.kind)
    done = f"已登记“{entry.kind.label}”。" + (f"请制作、送达《{letter}》。" if letter else "")
    return access.perform(request, lambda: done, done=access.case_url(case))


def _context(request: HttpRequest, case: Case, form: EntryForm | AnswerForm, shown: Effect | None) -> dict[str, Any]:
    today = timezone.localdate()
    rule: Next = effect_of(form.kind, on=today)
    return {
        "case": case,
        "form": form,
        "kind": form.kind,
        "rule": rule,
        "letter": letter_label(form.kind),
        "letter_url": letter_url(case, form.kind),
        "effect": shown,
        "said": _said(request) if shown else [],
        "seen": request.POST.get("seen", case.records),
        "key": _key(request) or access.fresh_key(),
        "outcomes": answering_outcomes(today) if isinstance(form, AnswerForm) else [],
        "crumbs": access.case_crumbs(case, form.kind.label),
    }


def _said(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be carried by the page that shows the effect."""
    kept = {"seen", "key"} | _CONTROL
    return [(name, value) for name, values in request.POST.lists() if name not in kept for value in values]


def _entry_form(request: HttpRequest, case: Case, kind: EventKind, ledger: Ledger) -> EntryForm:
    today = timezone.localdate()
    application = derive(ledger, as_of=today)
    initial = {"approved_by": _head(case, access.reader(request))} if kind is EventKind.EXTENDED else {}
    form = FORMS[kind](
        request.POST if request.method == "POST" else None,
        kind=kind, application=application, today=today, initial=initial,
    )  # fmt: skip
    _name_parties(form, application, _names(request, case))
    return form


def _name_parties(form: EntryForm, application: Application, names: Mapping[str, str]) -> None:
    """The choice of a party shows its name, and means its label."""
    field = form.fields.get("party")
    if field is None or not hasattr(field, "choices"):
        return
    labels = {one.party for one in application.consultations}
    field.choices = [
        (value, text.replace(value, names[value], 1) if value in labels & names.keys() else text)
        for value, text in field.choices
    ]


def _head(case: Case, user: User) -> str:
    """Whoever may consent, if there is only one such person."""
    found = [str(one) for one in people_with(Capability.APPROVE_ANSWERS, case.agency)[:2] if one.pk != user.pk]
    return found[0] if len(found) == 1 else ""


def _names(request: HttpRequest, case: Case) -> dict[str, str]:
    return access.names_of(access.reader(request), case)


def _answer_data(request: HttpRequest) -> Any:
    """One more item, or one less, when its button was pressed."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    said = data.get("items", "1")
    number = int(said) if access.is_number(said) else 1
    number += {"more": 1, "fewer": -1}.get(data.get("act", ""), 0)
    data["items"] = str(max(number, 1))
    return data


def _asked_items(request: HttpRequest, case: Case, today: date) -> list[dict[str, str]]:
    """The outcomes that the address proposes, on the whole of what was asked for."""
    known = {one.key for one in answering_outcomes(today)}
    proposed = [key for key in request.GET.getlist("outcome") if key in known]
    return [{"item": case.subject, "outcome": key} for key in proposed] or [{"item": case.subject}]


def _kind(text: str, among: Any) -> EventKind:
    """Raises: `Http404` for what is no event, or one that has another screen."""
    found = next((kind for kind in among if kind.value == text), None)
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]  # mappings and tuples of kinds


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")[:64]
