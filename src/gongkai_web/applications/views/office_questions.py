"""The seven questions of handling: one after the other, to an outcome or to the event that has to come first."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.applications import derive
from gongkai.applications.effects import effect_of
from gongkai.applications.errors import LedgerError
from gongkai.applications.outcomes import requirement
from gongkai.applications.questions import Choice, Question, find, questions
from gongkai.law.events import EventKind
from gongkai.law.outcomes import outcome
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import ledger_of
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_case import letter_label, letter_url, step_url


@dataclass(frozen=True)
class Answered:
    """A question with the answer given, and the address of the page as it was before."""

    question: Question
    choice: Choice
    back: str


@require_GET
def seven_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers stand in the address; each one narrows the outcomes down, the officer decides."""
    case = access.case_to_handle(request, pk)
    answers = _answers(request)
    try:
        found = find(answers)
    except LedgerError as error:
        raise Http404 from error
    application = derive(ledger_of(case), as_of=timezone.localdate())
    allowed = {one.kind for one in application.next}
    context = {
        "case": case,
        "answered": _answered(answers),
        "question": found.next,
        "answers": answers,
        "outcomes": [_outcome(key) for key in found.outcomes],
        "event": _event(case, found.event, allowed, found.outcomes) if found.event else None,
        "may_answer": found.next is None and bool(found.outcomes) and EventKind.ANSWERED in allowed,
        "answer_url": _answer_url(case, found.outcomes),
        "may_end": EventKind.ENDED in allowed,
        "end_url": step_url(case, EventKind.ENDED),
        "crumbs": access.case_crumbs(case, "七步判断"),
    }
    return render(request, "applications/office/questions.html", context)


def _answers(request: HttpRequest) -> dict[str, str]:
    """The answers in the order of the questions."""
    return {question.key: request.GET[question.key] for question in questions() if request.GET.get(question.key)}


def _answered(answers: dict[str, str]) -> list[Answered]:
    found, before = [], dict[str, str]()
    for question in questions():
        choice = next((one for one in question.answers if one.key == answers.get(question.key)), None)
        if choice is not None:
            found.append(Answered(question, choice, "?" + urlencode(before)))
            before[question.key] = choice.key
    return found


def _outcome(key: str) -> dict[str, object]:
    """An outcome with its article and what it requires."""
    required = requirement(key)
    either = "，或者".join("和".join(fact.label for fact in facts) for facts in required.either)
    return {
        "outcome": outcome(key, on=timezone.localdate()),
        "facts": [fact.label for fact in required.facts] + ([either] if either else []),
        "needs": required.needs.label if required.needs else "",
    }


def _event(case: Case, kind: EventKind, allowed: set[EventKind], outcomes: tuple[str, ...]) -> dict[str, object]:
    url = _answer_url(case, outcomes) if kind is EventKind.ANSWERED else step_url(case, kind)
    rule = effect_of(kind, on=timezone.localdate())
    letter = {"letter": letter_label(kind), "letter_url": letter_url(case, kind)}
    return {"rule": rule, "allowed": kind in allowed, "url": url, **letter}


def _answer_url(case: Case, outcomes: tuple[str, ...]) -> str:
    """The answer's form with the outcome, where only one is left; among several the officer chooses there."""
    url = reverse("applications_answer", args=[case.pk, EventKind.ANSWERED.value])
    return f"{url}?{urlencode({'outcome': outcomes[0]})}" if len(outcomes) == 1 else url
