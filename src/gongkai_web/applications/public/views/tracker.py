"""The tracker: in with number and secret, then one case and nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.applications import Application
from gongkai.applications.details import FeeNotified
from gongkai.applications.entry import said_by
from gongkai.errors import GongkaiError
from gongkai_web.applications.files import NewFile, open_file
from gongkai_web.applications.models import Case, CaseFile, FileKind, LetterSettings
from gongkai_web.applications.public import proofs, signed_in, throttle
from gongkai_web.applications.public.acts import ACTS, Act, is_done, open_acts, perform
from gongkai_web.applications.public.bar import bar
from gongkai_web.applications.public.forms import TrackForm, WordsForm
from gongkai_web.applications.public.next_step import next_step
from gongkai_web.applications.public.remedies import recourses
from gongkai_web.applications.public.timeline import answer_clock, timeline
from gongkai_web.applications.public.views.pages import crumbs, private, show, too_many
from gongkai_web.applications.selectors.cases import derived
from gongkai_web.applications.services.access import open_case
from gongkai_web.applications.services.letters import file_name, letter_pdf, served_letters
from gongkai_web.audit.services import record

_WRONG = "受理编号和查询码不符。请对照回执核对；回执遗失的，请携带有效证件联系受理机关。"
OwnView = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
@private
def track(request: HttpRequest) -> HttpResponse:
    """Number and secret. A wrong pair is told in one sentence, whichever of the two is wrong."""
    form = TrackForm(
        request.POST if request.method == "POST" else None, initial={"number": request.GET.get("number", "")[:40]}
    )
    wrong = ""
    if request.method == "POST" and form.is_valid():
        if seconds := throttle.is_exhausted(request, kind="track"):
            return too_many(request, seconds)
        case = open_case(form.cleaned_data["number"], form.cleaned_data["secret"])
        if case is not None:
            signed_in.enter(request, case)
            return redirect("applications:case")
        throttle.seconds_to_wait(request, kind="track")
        wrong = _WRONG
    context = {
        "title": "办理进度查询",
        "crumbs": crumbs(reverse("applications:apply"), "办理进度查询"),
        "form": form,
        "wrong": wrong,
    }
    return show(request, "track.html", context)


def own_case(view: OwnView) -> OwnView:
    """Only with the case of this session; everybody else is asked for number and secret first."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        case = signed_in.case_of(request)
        return view(request, case, *args, **kwargs) if case is not None else redirect("applications:track")

    return private(answer)


@require_safe
@own_case
def case(request: HttpRequest, own: Case) -> HttpResponse:
    """The whole story, what comes next, and what may be done."""
    today = timezone.localdate()
    found = derived(own, as_of=today)
    clock = answer_clock(found)
    done = ACTS.get(request.GET.get("done", ""))
    context = {
        "title": f"办理进度 {own.number}",
        "crumbs": crumbs(reverse("applications:apply"), "办理进度"),
        "agency": own.agency,
        "case": own,
        "found": found,
        "clock": clock,
        "bar": bar(clock, today=today),
        "next": next_step(found, today=today),
        "steps": timeline(found, today=today),
        "acts": open_acts(found),
        "fees": [said for _, said in said_by(found.entries, FeeNotified)],
        "pay_until": next((one.due for one in found.clocks if one.key == "fee_payment"), None),
        "payment": LetterSettings.objects.filter(agency=own.agency).values_list("payment_method", flat=True).first(),
        "recourses": recourses(found, own.agency),
        "letters": served_letters(own),
        "files": _files(own, found),
        "done": done.done if done else "",
        "moved": "moved" in request.GET,
    }
    return show(request, "case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own_case
def act(request: HttpRequest, own: Case, name: str) -> HttpResponse:
    """Correct, give reasons, show a payment, withdraw: the effect is told before it is done."""
    chosen = next((one for one in open_acts(derived(own, as_of=timezone.localdate())) if one.name == name), None)
    if chosen is None:
        return _too_late(request, own, name)
    given = request.POST if request.method == "POST" else None
    form = WordsForm(given, label=chosen.words, help_text=chosen.words_help) if chosen.words else None
    problem = ""
    if given is not None and (form is None or form.is_valid()):
        if seconds := throttle.seconds_to_wait(request, kind="act"):
            return too_many(request, seconds)
        try:
            _perform(request, own, chosen, form.cleaned_data["words"] if form else "")
        except GongkaiError as error:
            problem = f"{error.message}{error.hint}"
        else:
            return redirect(f"{reverse('applications:case')}?done={chosen.name}")
    context = {
        "title": chosen.title,
        "crumbs": crumbs(reverse("applications:apply"), chosen.title),
        "agency": own.agency,
        "case": own,
        "act": chosen,
        "form": form,
        "key": _key(request),
        "problem": problem,
        "accept": proofs.ACCEPT,
        "rules": proofs.RULES,
    }
    return show(request, "act.html", context)


def _perform(request: HttpRequest, own: Case, chosen: Act, words: str) -> None:
    files: list[NewFile] = []
    if chosen.files is not None:
        files = [proofs.checked(one, kind=chosen.files) for one in request.FILES.getlist("files")[: proofs.MOST]]
    perform(own, chosen, key=f"web-{_key(request)}", words=words, files=files)


def _key(request: HttpRequest) -> str:
    """The form's own mark, so that pressing twice does it once."""
    given = request.POST.get("key", "")
    return given if given.isalnum() and len(given) == 32 else secrets.token_hex(16)


def _too_late(request: HttpRequest, own: Case, name: str) -> HttpResponse:
    """It was done a moment ago by the same form, or the case has moved on."""
    if name not in ACTS:
        raise Http404("没有这个办理事项，请回到办理进度查看现在可以做什么。")
    told = "done" if is_done(own, key=f"web-{_key(request)}") else "moved"
    return redirect(f"{reverse('applications:case')}?{told}={name}")


@require_safe
@own_case
def file(request: HttpRequest, own: Case, number: int) -> HttpResponse:
    """What the agency provides, once the answer has been served."""
    found = next((one for one in _files(own, derived(own, as_of=timezone.localdate())) if one.pk == number), None)
    if found is None:
        raise Http404("没有这份文件，或者答复尚未送达。请回到办理进度查看。")
    return _download(open_file(found, by=None), found.name, found.media_type)


@require_safe
@own_case
def letter(request: HttpRequest, own: Case, number: int) -> HttpResponse:
    """A letter that was sent to the applicant, as PDF."""
    found = served_letters(own).filter(pk=number).first()
    if found is None:
        raise Http404("没有这份文书，或者尚未送达。请回到办理进度查看。")
    record("applications.letter_fetched", obj=found, agency=own.agency, personal_data=True)
    return _download(letter_pdf(found), file_name(found, "pdf"), "application/pdf")


def _files(own: Case, found: Application) -> list[CaseFile]:
    if found.served is None:
        return []
    return list(CaseFile.objects.filter(case=own, kind=FileKind.REPLY).select_related("case__agency"))


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Never opened in the page: whatever the file is, it cannot run here."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


@require_POST
@private
def leave(request: HttpRequest) -> HttpResponse:
    """Out of the case."""
    signed_in.leave(request)
    return redirect("applications:track")
