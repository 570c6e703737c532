"""Registering what came over the counter, by post, fax or mail; and correcting a registration."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.applications import ApplicantType
from gongkai.applications.details import Received
from gongkai.applications.entry import Entry
from gongkai.errors import GongkaiError
from gongkai.law.deadlines import answer_due
from gongkai.law.events import EventKind
from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.applications.forms.registration import CorrectionForm, RegistrationForm
from gongkai_web.applications.models import Case, LedgerRecord
from gongkai_web.applications.selectors.similar import Similar, similar_to
from gongkai_web.applications.services import events
from gongkai_web.applications.services.intake import register
from gongkai_web.applications.views import office_access as access
from gongkai_web.applications.views.office_telling import chinese


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One screen. Before it is stored, the day of receipt is shown, and what looks like a repetition."""
    user = access.reader(request)
    if not may_somewhere(user, Capability.HANDLE_APPLICATIONS):
        raise PermissionDenied
    today = timezone.localdate()
    form = RegistrationForm(
        request.POST if request.method == "POST" else None, user=user, initial={"submitted_on": today}
    )
    context: dict[str, Any] = {"form": form, "crumbs": access.crumbs(("登记申请", ""))}
    if request.method == "GET":
        return render(request, "applications/office/new.html", context)
    if not form.is_valid():
        return render(request, "applications/office/new.html", context, status=422)
    found, receipt = _similar(form), form.receipt()
    # The day may have been changed since it was shown; the Enter key sends the form from any field.
    shown = request.POST.get("shown") == receipt.on.isoformat()
    if request.POST.get("act") != "register" or not shown or (found.warnings and "checked" not in request.POST):
        context |= {"receipt": receipt, "due": answer_due(receipt.on), "similar": found}
        return render(request, "applications/office/new.html", context)
    try:
        case = _registered(request, form)
    except GongkaiError as error:
        form.add_error(None, access.sentence(error))
        return render(request, "applications/office/new.html", context, status=422)
    done = f"已登记，受理编号 {case.number}，收到之日{chinese(case.received_on)}，答复期限到{chinese(case.due_on)}。"
    return access.perform(request, lambda: done, done=access.case_url(case))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another entrance, another day, another kind of applicant: never silently, the former stays with the reason."""
    case = access.case_to_handle(request, pk)
    stored, said = _receipt(case)
    if stored is None or said is None:
        return redirect(access.case_url(case))
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=_initial(said))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _correct(request, case, stored.number, form, said)
            except GongkaiError as error:
                form.add_error(None, access.sentence(error))
            else:
                return access.perform(request, lambda: "已更正，期限已重新计算。", done=access.case_url(case))
    context = {
        "case": case,
        "form": form,
        "title": "更正收到登记",
        "notice": "更正申请方式、收到之日或者申请人类别。原记录作废但保留备查；收到之日改变的，各项期限重新计算；"
        "申请人类别改变的，年度报告表三随之改变，并记入审计记录。",
        "button": "更正",
        "seen": case.records,
        "crumbs": access.case_crumbs(case, "更正收到登记"),
    }
    return render(request, "applications/office/act.html", context, status=status)


def _similar(form: RegistrationForm) -> Similar:
    said = form.cleaned_data
    return similar_to(
        said["agency"],
        id_kind=said["id_kind"],
        id_number=said["id_number"],
        name=said["name"],
        subject=said["subject"],
        description=said["description"],
        on=form.receipt().on,
    )


def _registered(request: HttpRequest, form: RegistrationForm) -> Case:
    said = form.cleaned_data
    return register(
        said["agency"],
        by=access.reader(request),
        arrival=form.arrival(),
        applicant=form.applicant(),
        subject=said["subject"],
        description=said["description"],
        delivery=said["delivery"],
        media=said["carrier"],
    )


def _receipt(case: Case) -> tuple[LedgerRecord | None, Received | None]:
    """The receipt that counts, with what it says."""
    struck = {one.data["strike"] for one in case.ledger_records.filter(kind="strike")}
    for stored in case.ledger_records.filter(kind=EventKind.RECEIVED.value):
        entry = stored.record
        if stored.number not in struck and isinstance(entry, Entry) and isinstance(entry.details, Received):
            return stored, entry.details
    return None, None


def _initial(said: Received) -> dict[str, Any]:
    arrival = said.arrival
    return {
        "entrance": arrival.entrance.value,
        "submitted_on": arrival.submitted_on,
        "signed_on": arrival.signed_on,
        "confirmed_on": arrival.confirmed_on,
        "applicant_type": said.applicant.value,
    }


def _correct(request: HttpRequest, case: Case, number: int, form: CorrectionForm, said: Received) -> None:
    """Raises: GongkaiError."""
    kind = ApplicantType(form.cleaned_data["applicant_type"])
    details = Received(form.arrival(), kind, said.split_from, said.split_on)
    entry = Entry(EventKind.RECEIVED, form.receipt().on, details)
    events.correct(
        case, number, entry, form.cleaned_data["reason"],
        by=access.reader(request), expected=access.seen_by(request, case),
    )  # fmt: skip
