"""Who is asking, which case he may see, and how an act ends: what every screen of the back office shares."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for, can, may_somewhere
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import may_see_applicant, visible_cases

Crumbs = list[dict[str, str]]


def reader(request: HttpRequest) -> User:
    """Whoever reads applications somewhere. Raises: `PermissionDenied`."""
    user: Any = request.user
    if not may_somewhere(user, Capability.READ_APPLICATIONS):
        raise PermissionDenied
    return user  # type: ignore[no-any-return]  # the back office is entered by users only


def case_of(request: HttpRequest, pk: int) -> Case:
    """The case, if the person may see it. Raises: `Http404`, `PermissionDenied`."""
    cases = visible_cases(reader(request)).select_related("agency", "office", "assignee", "applicant")
    return get_object_or_404(cases, pk=pk)


def case_to_handle(request: HttpRequest, pk: int) -> Case:
    """The case, if the person may act in it. Raises: `Http404`, `PermissionDenied`."""
    case = case_of(request, pk)
    if not can(reader(request), Capability.HANDLE_APPLICATIONS, case):
        raise PermissionDenied
    return case


def names_of(user: User, case: Case) -> dict[str, str]:
    """The parties' names by label, for whoever may see them."""
    return {party.label: party.name for party in case.parties.all()} if may_see_applicant(user, case) else {}


def agency_of(request: HttpRequest, capability: Capability) -> tuple[Agency | None, Any]:
    """The agency asked for in the address, else the person's own, else the first; and those to choose from.

    Raises: `Http404` for one that is not the person's.
    """
    user = reader(request)
    agencies = agencies_for(user, capability)
    wanted = request.GET.get("agency", "")
    if wanted:
        chosen = agencies.filter(pk=int(wanted)).first() if is_number(wanted) else None
        if chosen is None:
            raise Http404
        return chosen, agencies
    return agencies.filter(people=user).first() or agencies.first(), agencies


def perform(request: HttpRequest, act: Callable[[], str], *, done: str, failed: str = "") -> HttpResponse:
    """Perform an act; its sentence, or the refusal's, is the message on the page one goes to."""
    try:
        messages.success(request, act())
    except GongkaiError as error:
        messages.error(request, sentence(error))
        return redirect(failed or done)
    return redirect(done)


def sentence(error: GongkaiError) -> str:
    """What is wrong, and what to do next."""
    return f"{error.message}{error.hint}"


def is_number(text: str) -> bool:
    """A primary key as it stands in an address."""
    return text.isascii() and text.isdigit() and len(text) < 18


def seen_by(request: HttpRequest, case: Case) -> int:
    """How many records the screen showed: the guard against acting on what somebody else has changed meanwhile."""
    told = request.POST.get("seen", "")
    return int(told) if is_number(told) else case.records


def fresh_key() -> str:
    """Marks one filling-in of a form, so that sending it twice is one act."""
    return uuid.uuid4().hex


def case_url(case: Case, *, name: str = "applications_case") -> str:
    """The address of one of the case's pages."""
    return reverse(name, args=[case.pk])


def crumbs(*path: tuple[str, str]) -> Crumbs:
    """From the start page over the register to the page; the last address is blank."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "工作台"},
        {"url": reverse("applications_register"), "label": "依申请公开"},
        *({"url": url, "label": label} for label, url in path),
    ]


def case_crumbs(case: Case, label: str) -> Crumbs:
    """A page below the case's own."""
    return crumbs((case.number, case_url(case)), (label, ""))
