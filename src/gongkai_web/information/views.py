"""The review page, the page of an item, withdrawal, the register's events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.errors import GongkaiError
from gongkai.information.review import CaseState
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.audit.selectors import recent_of
from gongkai_web.audit.services import record
from gongkai_web.information.attachment_changes import attachment_changes
from gongkai_web.information.changes import field_changes
from gongkai_web.information.forms import ClosureReviewForm, DeterminationForm, EventForm, ReasonForm
from gongkai_web.information.models import (
    InformationItem,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewCase,
)
from gongkai_web.information.models.normative import EVENT_CHOICES
from gongkai_web.information.review_page import base_of, comparable, progress, referral_of
from gongkai_web.information.selectors import clock_of, signed_and_waiting, times_of, visible_cases, visible_items
from gongkai_web.information.services import review as reviewing
from gongkai_web.information.services.normative import add_event, revoke_event
from gongkai_web.information.services.publication import publish, resubmit_withdrawn, send_post, withdraw
from gongkai_web.information.sheet import sign_off_sheet
from gongkai_web.information.standing import standing_of
from gongkai_web.workbench.scoping import admin_url_name, visible


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since the last signature, who has signed, and the form for whose turn it is."""
    case = _visible_case(request, pk)
    user: Any = request.user
    rules = case.as_case()
    step = rules.next_step
    refusal = rules.refusal(str(user.pk), roles=reviewing.roles_in(user, case.agency))
    subject = reviewing.subject_of(case)
    draft = subject.draft()
    stale = case.state in reviewing.RUNNING and draft.content_fingerprint() != case.fingerprint
    before = base_of(case, step=step, wanted=request.GET.get("against", ""))
    signed = before.snapshot if before else None
    files = case.snapshot.get("attachments", [])
    context = {
        "case": case,
        "subject": draft,
        "changes": field_changes(signed, case.snapshot, kind=case.subject_type, skip=("attachments",)),
        "files": attachment_changes(signed and signed.get("attachments", []), files, agency=case.agency),
        "before": before,
        "comparable": comparable(case),
        "steps": progress(case),
        "acts": case.acts.select_related("by"),
        "step": step,
        "may_act": refusal is None and not stale,
        "refusal": refusal,
        "stale": stale,
        "referral": referral_of(case),
        "proposal": case.attribute_proposal,
        "determination": DeterminationForm() if _awaits_answer(request, case) else None,
        "clock": clock_of(draft) if isinstance(draft, InformationItem) else None,
        "may_publish": _may_publish(request, case, draft),
        "goes_out": times_of([case])[case.pk] if signed_and_waiting(user).filter(pk=case.pk).exists() else None,
        "crumbs": _crumbs("签审", url="information_queue", last=case.title),
    }
    record("information.review_read", obj=subject, actor=user, details={"case": case.pk})
    return render(request, "information/review.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign, return or refer, as the pressed button says."""
    case = _visible_case(request, pk)
    user: Any = request.user
    seen, opinion = request.POST.get("seen", ""), request.POST.get("opinion", "")

    def perform() -> str:
        pressed = request.POST.get("act")
        if pressed == "sign":
            checked = request.POST.getlist("checked")
            after = reviewing.sign(case, by=user, seen=seen, opinion=opinion, checked=checked)
            return "签审完成。" if after.state == CaseState.COMPLETE.value else "已签审，转下一环节。"
        if pressed == "return":
            reviewing.give_back(case, by=user, seen=seen, opinion=opinion)
            return "已退回承办人。"
        if pressed == "refer":
            reviewing.refer(case, by=user, seen=seen, opinion=opinion)
            return "已报请确定，收到答复后登记结果。"
        raise Http404

    return _do(request, perform, back=reverse("information_review", args=[case.pk]))


@require_POST
def determine(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer to a referral."""
    case = _visible_case(request, pk)
    form = DeterminationForm(request.POST)
    user: Any = request.user

    def perform() -> str:
        if not form.is_valid():
            raise GongkaiError("FORM", "请选择确定结果并写明机关和文号。")
        may_open = form.cleaned_data["outcome"] == "open"
        reviewing.determine(case, by=user, may_open=may_open, opinion=form.cleaned_data["opinion"])
        return "已登记确定结果。"

    return _do(request, perform, back=reverse("information_review", args=[case.pk]))


@require_POST
def publish_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an item, or record that a post was sent, once everything is signed."""
    case = _visible_case(request, pk)
    user: Any = request.user
    subject = reviewing.subject_of(case)

    def perform() -> str:
        if not _may_publish(request, case, subject.draft()):
            raise PermissionDenied
        if isinstance(subject, MediaPost):
            send_post(subject, by=user, url=request.POST.get("url", ""))
            return "已登记发布。"
        assert isinstance(subject, InformationItem)  # noqa: S101  # there are two kinds of subject
        publish(subject, by=user)
        return "已发布。"

    return _do(request, perform, back=reverse("information_review", args=[case.pk]))


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sign-off sheet as PDF."""
    case = _visible_case(request, pk)
    try:
        pdf = sign_off_sheet(case)
    except GongkaiError as error:  # an opinion may hold a character that no font has
        messages.error(request, f"{error.message}{error.hint}")
        return redirect("information_review", pk=case.pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sign-off-{case.pk}.pdf"'
    return response


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an item's newest draft into the chain."""
    item = get_object_or_404(visible_items(_user(request)), pk=pk)
    try:
        case = reviewing.submit(item, by=_user(request), note=request.POST.get("note", ""))
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return redirect("information_item", item.pk)
    messages.success(request, "已提交签审。")
    return redirect("information_review", case.pk)


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one item: state, clock, cases, what the person may do next."""
    found = get_object_or_404(visible_items(_user(request)), pk=pk)
    draft, user = found.draft(), _user(request)
    cases = list(reviewing.cases_of(found))
    if not found.live or found.has_unpublished_changes:  # what the public reads needs no record of who read it
        record("information.read", obj=found, actor=user)
    context = {
        "item": found,
        "draft": draft,
        "standing": standing_of(found, cases[0].state if cases else None),
        "clock": clock_of(found),
        "cases": cases,
        "may_submit": can(user, Capability.DRAFT, found) and _may_submit(draft, cases),
        "explained_by": found.interpretations.select_related("interpreting"),
        "explains": found.interprets.select_related("policy"),
        "registered": NormativeRecord.objects.filter(item=found).first(),
        "events": recent_of(found, user),
        "edit_url": reverse(admin_url_name(InformationItem, "edit"), args=[found.pk]),
        "may_draft": can(user, Capability.DRAFT, found),
        "may_withdraw": found.live and can(user, Capability.WITHDRAW, found),
        "closing": found.live and bool(draft.may_be_public()),
        "closure_reviews": found.closure_reviews.all(),
        "proposals": found.attribute_proposals.all(),
        "closure_form": ClosureReviewForm(),
        "fields": field_changes(None, draft.content(), kind=found.subject_type()),
        "crumbs": _crumbs("政府信息", url=admin_url_name(InformationItem, "list"), last=draft.title),
    }
    return render(request, "information/item.html", context)


@require_http_methods(["GET", "POST"])
def withdraw_item(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason, and what withdrawing means, before it is done."""
    found = get_object_or_404(visible_items(_user(request)), pk=pk)
    if not can(_user(request), Capability.WITHDRAW, found):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            lambda: _withdrawn(withdraw(found, by=_user(request), reason=form.cleaned_data["reason"])),
            back=reverse("information_item", args=[pk]),
        )
    crumbs = _crumbs("政府信息", url=admin_url_name(InformationItem, "list"), last="撤回")
    return render(request, "information/withdraw.html", {"item": found, "form": form, "crumbs": crumbs})


@require_POST
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a withdrawn item into a draft again."""
    found = get_object_or_404(visible_items(_user(request)), pk=pk)

    def perform() -> str:
        resubmit_withdrawn(found, by=_user(request))
        return "已转为草稿，修改后请重新提交签审。"

    return _do(request, perform, back=reverse("information_item", args=[pk]))


@require_http_methods(["GET", "POST"])
def register_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter 修改, 废止, 延长 or 失效 of a document."""
    entry = get_object_or_404(visible(NormativeRecord, request.user, "change"), pk=pk)
    form = EventForm(request.POST or None, kinds=EVENT_CHOICES, items=visible_items(_user(request)))
    if request.method == "POST" and form.is_valid():
        try:
            add_event(NormativeEvent(record=entry, **form.cleaned_data), by=_user(request))
        except GongkaiError as error:
            form.add_error(None, f"{error.message}{error.hint}")
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "已登记，有效性已重新计算。")
            return redirect("information_record", entry.pk)
    crumbs = _crumbs("规范性文件", url=admin_url_name(NormativeRecord, "list"), last="登记变动")
    return render(request, "information/register_event.html", {"entry": entry, "form": form, "crumbs": crumbs})


@require_GET
def normative_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of the register with its events."""
    entry = get_object_or_404(visible(NormativeRecord, request.user), pk=pk)
    context = {
        "entry": entry,
        "edit_url": reverse(admin_url_name(NormativeRecord, "edit"), args=[entry.pk]),
        "events": entry.events.select_related("recorded_by", "basis_item"),
        "may_change": visible(NormativeRecord, request.user, "change").filter(pk=pk).exists(),
        "crumbs": _crumbs("规范性文件", url=admin_url_name(NormativeRecord, "list"), last=entry.title),
    }
    return render(request, "information/record.html", context)


@require_POST
def revoke_register_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a mistaken entry."""
    events = NormativeEvent.objects.filter(record__in=visible(NormativeRecord, request.user, "change"))
    event = get_object_or_404(events, pk=pk)

    def perform() -> str:
        revoke_event(event, by=_user(request), reason=request.POST.get("reason", ""))
        return "已更正。"

    return _do(request, perform, back=reverse("information_record", args=[event.record_id]))


def _user(request: HttpRequest) -> Any:
    """The back office is entered by users only."""
    return request.user


def _visible_case(request: HttpRequest, pk: int) -> ReviewCase:
    """Raises: `Http404` also for a case whose draft an older version of this product let go."""
    case = get_object_or_404(visible_cases(_user(request)), pk=pk)
    if not reviewing.SUBJECTS[case.subject_type]._default_manager.filter(pk=case.subject_id).exists():
        raise Http404
    return case


def _do(request: HttpRequest, perform: Callable[[], str], *, back: str) -> HttpResponse:
    """Perform an act; its sentence, or the refusal's, is the message on the page one returns to."""
    try:
        messages.success(request, perform())
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
    return redirect(back)


def _withdrawn(item: InformationItem) -> str:
    return f"已撤回“{item.title}”，原网址显示撤回说明。"


def _may_submit(draft: InformationItem, cases: list[ReviewCase]) -> bool:
    """Is there content that no running case has and no complete one has signed?"""
    if draft.is_withdrawn or (cases and cases[0].state in reviewing.RUNNING):
        return False
    signed = cases and cases[0].state == CaseState.COMPLETE.value
    return not (signed and cases[0].fingerprint == draft.content_fingerprint())


def _awaits_answer(request: HttpRequest, case: ReviewCase) -> bool:
    user = _user(request)
    waiting = case.state == CaseState.UNDETERMINED.value and reviewing.may_determine(user, case.agency)
    return waiting and not case.authors.filter(pk=user.pk).exists()


def _may_publish(request: HttpRequest, case: ReviewCase, draft: Any) -> bool:
    """Signed, not out yet, newest case, and something that goes out at all."""
    newest = reviewing.latest_case(draft)
    ready = case.state == CaseState.COMPLETE.value and newest == case and draft.signed_case_id != case.pk
    return ready and not draft.may_be_public() and can(_user(request), Capability.DRAFT, case)


def _crumbs(label: str, *, url: str = "", last: str = "") -> list[dict[str, str]]:
    """The path to the page for Wagtail's header."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "工作台"}]
    crumbs.append({"url": reverse(url) if url else "", "label": label})
    return [*crumbs, {"url": "", "label": last}] if last else crumbs
