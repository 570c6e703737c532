"""Applying: search first, then describe, say who you are, how you want it, look it over, submit."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models import Draft
from gongkai_web.applications.public import drafts, proofs, steps, throttle
from gongkai_web.applications.public.forms import PROOF_HELP
from gongkai_web.applications.public.views.pages import NAME, crumbs, private, show, taking, taking_agency, too_many
from gongkai_web.portal import versions
from gongkai_web.portal.selectors.structure import structure
from gongkai_web.portal.views.requests import structure_of
from gongkai_web.search import selectors as searching
from gongkai_web.search.asked import Asked
from gongkai_web.search.columns import column_names
from gongkai_web.search.narrowing import Platform
from gongkai_web.search.parsing import clean_question
from gongkai_web.search.throttle import seconds_to_wait as wait_for_search

_SHOWN = 6
_LONGEST_SUBJECT = 200
_SECONDS = 5
"""Nobody fills in the form in less; the setting `GONGKAI_APPLY_SECONDS` replaces it."""


@require_safe
@private
def apply(request: HttpRequest) -> HttpResponse:
    """The agencies to choose from; with one chosen, the search that comes first."""
    agencies = structure_of(request)
    slug, asked = request.GET.get("agency", "")[:60], clean_question(request.GET.get("description", ""))
    open_ = taking(agencies)
    agency = next((one for one in open_ if one.slug == slug), None)
    if agency is None:
        context = {
            "title": NAME,
            "crumbs": crumbs("", NAME)[1:],
            "agencies": open_,
            "asked": asked,
            "unknown": bool(slug),
        }
        return show(request, "choose.html", context)
    return _search_first(request, agency, asked)


def _search_first(request: HttpRequest, agency: Agency, asked: str) -> HttpResponse:
    context: dict[str, Any] = {**_frame(agency, steps.SEARCH), "asked": asked, "most": _LONGEST_SUBJECT}
    context |= {"draft": drafts.of_browser(request, agency), "gone": "gone" in request.GET}
    if asked and (seconds := wait_for_search(request, kind="search")):
        context["wait"] = seconds
    elif asked:
        version = versions.of_request(request).structure
        platform = Platform(structure(version), column_names(version))
        answer = searching.search(Asked(question=asked), platform=platform)
        context |= {"answer": answer, "rows": answer.rows[:_SHOWN], "more": answer.total > _SHOWN}
    return show(request, "search.html", context)


@require_POST
@private
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a draft, or go on with the one that lies there; a receipt that lies there has to be noted down first."""
    agency = taking_agency(request, slug)
    former = drafts.of_browser(request, agency)
    if former is not None and former.case_id is not None:
        return redirect(f"{reverse('applications:receipt', args=[agency.slug])}?again=1")
    if seconds := throttle.seconds_to_wait(request, kind="draft"):
        return too_many(request, seconds)
    subject = clean_question(request.POST.get("description", ""))[:_LONGEST_SUBJECT]
    _, token = drafts.begin(request, agency, subject=subject)
    response = _to(agency, "describe")
    drafts.remember(response, request, token)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One form. Whatever was typed is kept, right or wrong; only going on needs it to be right."""
    agency = taking_agency(request, slug)
    draft = drafts.of_browser(request, agency)
    if draft is None or draft.case_id is not None:
        return _elsewhere(agency, draft)
    if request.method == "POST":
        return _stepped(request, draft, name)
    form = steps.form_of(name, drafts.data_of(draft))
    return _show_step(request, draft, name, {"form": form, "saved": "saved" in request.GET})


def _stepped(request: HttpRequest, draft: Draft, name: str) -> HttpResponse:
    data = drafts.data_of(draft)
    form = steps.form_of(name, data, given=request.POST)
    drafts.keep(draft, name, form.typed)
    refused: list[Any] = []
    if name == "identity":
        drafts.remove_proof(draft, request.POST.get("remove", ""))
        uploads = request.FILES.getlist("proof")
        if uploads and (seconds := throttle.seconds_to_wait(request, kind="upload")):
            return too_many(request, seconds)
        refused = drafts.add_proofs(draft, uploads)
    where = _where(request, name)
    if where and not refused and (where[0] != "next" or form.is_valid()):
        return _to(draft.agency, where[1], saved=where[0] == "save")
    return _show_step(request, draft, name, {"form": form, "refused": refused})


def _where(request: HttpRequest, name: str) -> tuple[str, str]:
    """Which button was pressed, and where it leads."""
    if request.POST.get("remove") or request.POST.get("go") == "save":
        return "save", name
    if request.POST.get("go") == "back":
        return "back", steps.before(name)
    return "next", steps.after(name)


def _show_step(request: HttpRequest, draft: Draft, name: str, context: dict[str, Any]) -> HttpResponse:
    more = {
        "draft": draft,
        "step": name,
        "before": steps.before(name),
        "files": list(draft.files.defer("sealed")) if name == "identity" else [],
        "accept": proofs.ACCEPT,
        "proof_help": PROOF_HELP,
    }
    return show(request, "step.html", {**_frame(draft.agency, name, drafts.data_of(draft)), **more, **context})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything at a glance; what is missing leads back to its step. Submitting twice is submitting once."""
    agency = taking_agency(request, slug)
    draft = drafts.of_browser(request, agency)
    if draft is None or draft.case_id is not None:
        return _elsewhere(agency, draft)
    if request.method == "POST":
        return _submit(request, draft)
    return _show_preview(request, draft)


def _submit(request: HttpRequest, draft: Draft) -> HttpResponse:
    forms = steps.filled(drafts.data_of(draft))
    if not all(form.is_valid() for form in forms.values()):
        return _show_preview(request, draft)
    if problem := _robot(request, draft):
        return _show_preview(request, draft, problem=problem)
    if seconds := throttle.seconds_to_wait(request, kind="submit"):
        return too_many(request, seconds)
    try:
        drafts.submit(draft, steps.whole(forms))
    except GongkaiError as error:
        return _show_preview(request, draft, problem=f"{error.message}{error.hint}")
    return redirect("applications:receipt", draft.agency.slug)


def _robot(request: HttpRequest, draft: Draft) -> str:
    """Instead of a picture to read: a field that nobody sees, and a time in which nobody types. Both say what to do."""
    if request.POST.get("website"):
        return "“网址”一栏请留空：它用来防止程序自动提交。请清空后再提交。"
    least = int(getattr(settings, "GONGKAI_APPLY_SECONDS", _SECONDS))
    if (timezone.now() - draft.created_at).total_seconds() < least:
        return f"提交得太快了。请核对内容，{least}秒后再提交。"
    return ""


def _show_preview(request: HttpRequest, draft: Draft, *, problem: str = "") -> HttpResponse:
    forms = steps.filled(drafts.data_of(draft))
    sections = [
        {"name": name, "label": steps.LABELS[name], "valid": form.is_valid(), "lines": list(steps.lines(form)),
         "errors": [error for errors in form.errors.values() for error in errors]}
        for name, form in forms.items()
    ]  # fmt: skip
    context = {
        "draft": draft, "sections": sections, "ready": all(section["valid"] for section in sections),
        "files": list(draft.files.defer("sealed")), "problem": problem,
    }  # fmt: skip
    return show(request, "preview.html", {**_frame(draft.agency, steps.PREVIEW, drafts.data_of(draft)), **context})


@require_POST
@private
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw away the draft, or the receipt that has been noted down."""
    agency = taking_agency(request, slug)
    draft = drafts.of_browser(request, agency)
    noted = draft is not None and draft.case_id is not None
    if draft is not None:
        drafts.discard(draft)
    if noted:
        return redirect("applications:track")
    return redirect(f"{reverse('applications:apply')}?agency={agency.slug}")


def _elsewhere(agency: Agency, draft: Draft | None) -> HttpResponse:
    """To the receipt of what is submitted, or to the beginning where there is no draft any more."""
    if draft is not None:
        return redirect("applications:receipt", agency.slug)
    return redirect(f"{reverse('applications:apply')}?agency={agency.slug}&gone=1")


def _to(agency: Agency, name: str, *, saved: bool = False) -> HttpResponseRedirect:
    if name == steps.PREVIEW:
        return redirect("applications:preview", agency.slug)
    if not name:
        return redirect(f"{reverse('applications:apply')}?agency={agency.slug}")
    address = reverse("applications:step", args=[agency.slug, name])
    return redirect(f"{address}?saved=1" if saved else address)


def _frame(agency: Agency, name: str, data: steps.Data | None = None) -> dict[str, Any]:
    return {
        "title": f"{steps.LABELS[name]} - 向{agency.short_name}申请公开",
        "crumbs": crumbs(reverse("applications:apply"), f"向{agency.short_name}申请"),
        "agency": agency,
        "marks": steps.marks(name, data or {}),
    }
