"""The letters of a case: choosing, filling in beside the preview, review and signature, service, downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.applications.letters import Composed, LetterKind, kinds
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, can, limit
from gongkai_web.applications.forms.answer import ItemForm
from gongkai_web.applications.forms.letters import (
    LetterForm,
    ServiceForm,
    SettingsForm,
    decided_in,
    first_service,
    item_forms,
    said_in,
)
from gongkai_web.applications.models import Letter, LetterSettings, LetterState
from gongkai_web.applications.selectors import may_see_applicant, visible_cases
from gongkai_web.applications.services import letter_events, letters
from gongkai_web.applications.services.letter_sources import said as filled_in
from gongkai_web.applications.views import office_access as access
from gongkai_web.audit.services import record

_FORMATS: dict[str, tuple[str, Callable[[Letter], bytes]]] = {
    "pdf": ("application/pdf", letters.letter_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", letters.letter_docx),
}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a letter; it is drafted with what the case, the ledger and the settings tell."""
    case = access.case_to_handle(request, pk)
    if request.method == "POST":
        kind = _kind(request.POST.get("kind", ""))
        try:
            made = letters.draft(case, kind, by=access.reader(request), key=request.POST.get("key", "")[:64])
        except GongkaiError as error:
            return access.perform(request, _raising(error), done=access.case_url(case))
        return redirect("applications_letter_edit", pk=made.pk)
    chosen = request.GET.get("kind", "")
    context = {
        "case": case,
        "kinds": kinds(),
        "chosen": chosen if chosen in set(LetterKind) else LetterKind.REPLY.value,
        "key": access.fresh_key(),
        "crumbs": access.case_crumbs(case, "制作文书"),
    }
    return render(request, "applications/letters/new.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form beside the preview; what was filled in is kept, complete or not."""
    letter = _to_handle(request, pk)
    if letter.state != LetterState.DRAFT:
        return redirect("applications_letter_preview", pk=pk)
    if request.method == "POST":
        return _save(request, letter)
    told, today = filled_in(letter), timezone.localdate()
    number = _asked_number(request, len(told.get("decisions", [])))
    shown, refusal = _shown(letter)
    missing = {one.key for one in shown.missing} if shown else set()
    form = LetterForm(letter.letter_kind, told.get("values", {}))
    decides = letter.letter_kind is LetterKind.REPLY
    context = {
        **_context(request, letter, shown, refusal),
        "fields": [(form[name], name in missing) for name in form.fields],
        "elsewhere": [one for one in shown.missing if one.place != "本文书"] if shown else [],
        "items": _marked(item_forms(told.get("decisions", []), on=today, number=number), missing) if decides else [],
        "person": told.get("person", False),
        "version": letters.version(letter),
        "crumbs": access.case_crumbs(letter.case, letter.told.label),
    }
    return render(request, "applications/letters/edit.html", context)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with what can be done with it now."""
    letter = _visible(request, pk)
    shown, refusal = _shown(letter)
    record("applications.letter_read", obj=letter, actor=access.reader(request), personal_data=True)
    context = _context(request, letter, shown, refusal)
    return render(request, "applications/letters/preview.html", context)


@require_GET
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The letter as PDF or DOCX; each download is logged. Raises: `Http404` for another format."""
    letter, user = _visible(request, pk), access.reader(request)
    if suffix not in _FORMATS:
        raise Http404
    media_type, write = _FORMATS[suffix]
    try:
        content = write(letter)
    except GongkaiError as error:
        return access.perform(request, _raising(error), done=reverse("applications_letter_preview", args=[pk]))
    record("applications.letter_downloaded", obj=letter, actor=user, personal_data=True, details={"format": suffix})
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment=True, filename=letters.file_name(letter, suffix))
    response["Content-Disposition"] = header or "attachment"
    return response


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed under its number, or returned with an opinion."""
    letter, user = _visible(request, pk), access.reader(request)
    page = reverse("applications_letter_preview", args=[pk])
    if request.POST.get("act") == "return":
        opinion = request.POST.get("opinion", "")

        def give_back() -> str:
            letters.give_back(letter, by=user, opinion=opinion)
            return "已退回起草人。"

        return access.perform(request, give_back, done=page)
    return access.perform(request, lambda: f"已签发，文号为{letters.sign(letter, by=user).number}。", done=page)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send up, take back, issue, make void, discard."""
    letter, user = _to_handle(request, pk), access.reader(request)
    acts: dict[str, Callable[[], str]] = {
        "submit": lambda: _done(letters.submit(letter, by=user), "已送审，等待审签。"),
        "return": lambda: _done(letters.give_back(letter, by=user, opinion=""), "已取回修改。"),
        "issue": lambda: _done(letters.issue(letter, by=user), "已定稿，可以打印。"),
        "void": lambda: _done(letters.void(letter, by=user, reason=request.POST.get("reason", "")), "已作废。"),
        "discard": lambda: _done(letters.discard(letter, by=user), "草稿已删除。"),
    }
    chosen = request.POST.get("act", "")
    if chosen not in acts:
        raise Http404
    page = reverse("applications_letter_preview", args=[pk])
    done = access.case_url(letter.case) if chosen == "discard" else page
    return access.perform(request, acts[chosen], done=done, failed=page)


@require_http_methods(["GET", "POST"])
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """How it went out; the ledger gets what that means."""
    letter, user = _to_handle(request, pk), access.reader(request)
    page = reverse("applications_letter_preview", args=[pk])
    if letter.state != LetterState.SIGNED:
        return redirect(page)
    initial = first_service(letter, filled_in(letter).get("values", {}), today=timezone.localdate())
    form = ServiceForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                letters.serve(letter, form.service(), by=user, waybill=said["waybill"], refused=said["refused"])
            except GongkaiError as error:
                form.add_error(None, access.sentence(error))
            else:
                return access.perform(request, lambda: "送达已经登记。", done=page)
    effects = letter_events.effects_of(letter, on=timezone.localdate())
    context = {
        **_context(request, letter, None, ""),
        "form": form,
        "effects": effects,
        "crumbs": access.case_crumbs(letter.case, f"送达{letter.told.label}"),
    }
    return render(request, "applications/letters/serve.html", context, status=status)


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """The day on which a mailed letter was signed for."""
    letter, user = _to_handle(request, pk), access.reader(request)

    def perform() -> str:
        day = letters.day_said(request.POST.get("received_on", ""))
        letters.receive(letter, day, by=user)
        return "签收之日已经登记。"

    return access.perform(request, perform, done=reverse("applications_letter_preview", args=[pk]))


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The letters that wait for the person's signature."""
    user = access.reader(request)
    found = waiting_for(user)
    context = {"letters": found[:200], "crumbs": access.crumbs(("待签发文书", ""))}
    return render(request, "applications/letters/waiting.html", context)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What the letters of an agency have in common."""
    agency, agencies = access.agency_of(request, Capability.HANDLE_APPLICATIONS)
    if agency is None:
        raise PermissionDenied
    held = LetterSettings.objects.filter(agency=agency).first() or LetterSettings(agency=agency)
    form = SettingsForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        letters.save_settings(form.save(commit=False), by=access.reader(request))
        return access.perform(request, lambda: "文书设置已保存。", done=request.get_full_path())
    context = {"form": form, "agency": agency, "agencies": agencies, "crumbs": access.crumbs(("文书设置", ""))}
    return render(request, "applications/letters/settings.html", context, status=422 if form.errors else 200)


def waiting_for(user: User) -> Any:
    """Letters in review that the person may sign: not those that he drafted himself."""
    found = limit(Letter.objects.filter(state=LetterState.REVIEW), user, Capability.APPROVE_ANSWERS)
    return found.exclude(drafted_by=user).select_related("case", "drafted_by", "agency").order_by("case__due_on", "id")


def _visible(request: HttpRequest, pk: int) -> Letter:
    """The letter, for whoever may see the applicant. Raises: `Http404`, `PermissionDenied`."""
    user = access.reader(request)
    letter = get_object_or_404(Letter.objects.select_related("case", "agency", "drafted_by", "signed_by"), pk=pk)
    if not visible_cases(user).filter(pk=letter.case_id).exists():
        raise Http404
    if not may_see_applicant(user, letter.case):
        raise PermissionDenied
    return letter


def _to_handle(request: HttpRequest, pk: int) -> Letter:
    letter = _visible(request, pk)
    if not can(access.reader(request), Capability.HANDLE_APPLICATIONS, letter):
        raise PermissionDenied
    return letter


def _save(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Keep what was filled in, then do what the pressed button says."""
    user, pressed = access.reader(request), request.POST.get("act", "save")
    decides = letter.letter_kind is LetterKind.REPLY
    kept, seen = filled_in(letter).get("decisions", []), request.POST.get("seen", "")
    decisions = decided_in(request.POST) if decides else kept
    values = said_in(request.POST, letter.letter_kind)
    page = reverse("applications_letter_edit", args=[letter.pk])

    def save() -> str:
        letters.save(
            letter, by=user, values=values, decisions=decisions, person=bool(request.POST.get("person")), seen=seen
        )
        if pressed != "submit":
            return "已保存。"
        letter.refresh_from_db()
        letters.submit(letter, by=user)
        return "已送审，等待审签。"

    number = len(decisions) + {"more": 1, "fewer": -1}.get(pressed, 0)
    if pressed == "fewer":
        decisions = decisions[: max(number, 1)]
    done = reverse("applications_letter_preview", args=[letter.pk]) if pressed == "submit" else page
    return access.perform(request, save, done=f"{page}?items={number}" if pressed == "more" else done, failed=page)


def _context(request: HttpRequest, letter: Letter, shown: Composed | None, refusal: str) -> dict[str, Any]:
    user = access.reader(request)
    may_sign = can(user, Capability.APPROVE_ANSWERS, letter) and letter.drafted_by_id != user.pk
    return {
        "case": letter.case,
        "letter": letter,
        "kind": letter.told,
        "shown": shown,
        "refusal": refusal,
        "may_act": can(user, Capability.HANDLE_APPLICATIONS, letter),
        "may_sign": may_sign,
        "states": LetterState,
        "crumbs": access.case_crumbs(letter.case, letter.told.label),
    }


def _marked(items: list[ItemForm], missing: set[str]) -> list[tuple[ItemForm, set[str]]]:
    """Each item with the names of its fields that are still to be filled in."""
    marked = []
    for number, item in enumerate(items, 1):
        stem = f"decisions.{number}."
        lacking = {key.removeprefix(stem) for key in missing if key.startswith(stem)}
        marked.append((item, {name for name in item.fields if name.removeprefix("fact-") in lacking}))
    return marked


def _shown(letter: Letter) -> tuple[Composed | None, str]:
    """The letter, or why it cannot be shown."""
    try:
        return letters.preview(letter), ""
    except GongkaiError as error:
        return None, access.sentence(error)


def _asked_number(request: HttpRequest, kept: int) -> int:
    said = request.GET.get("items", "")
    asked = int(said) if access.is_number(said) else kept
    return min(max(asked, kept, 1), 30)


def _kind(text: str) -> LetterKind:
    if text not in set(LetterKind):
        raise Http404
    return LetterKind(text)


def _done(_: object, sentence: str) -> str:
    return sentence


def _raising(error: GongkaiError) -> Callable[[], str]:
    def refuse() -> str:
        raise error

    return refuse
