"""The back office's pages about one agency and one person, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, Membership, Office, User
from gongkai_web.accounts.permissions import Capability, ancestors, can
from gongkai_web.accounts.security import has_second_factor, is_locked_out, lift_lockout, remove_second_factor
from gongkai_web.accounts.selectors import roles_filled
from gongkai_web.accounts.tree import MoveRefused, effect_of_move, may_be_top, move_agency, possible_parents
from gongkai_web.audit.selectors import recent_of
from gongkai_web.workbench.scoping import admin_url_name, visible

_TOP = "top"
"""How the page of moving names the top of the tree."""


@require_GET
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: its place, its codes, whether every role has somebody, what is below it."""
    user: Any = request.user
    found = get_object_or_404(visible(Agency, user), pk=pk)
    below = visible(Agency, user).filter(path__startswith=found.path).exclude(pk=found.pk)
    context = {
        "agency": found,
        "lineage": ancestors(found),
        "below": below.order_by("path"),
        "offices": found.offices.all(),
        "may_administer": can(user, Capability.ADMINISTER, found),
        "roles": roles_filled(found) if can(user, Capability.ADMINISTER, found) else (),
        "edit_url": reverse(admin_url_name(Agency, "edit"), args=[found.pk]),
        "adding": {model.__name__: reverse(admin_url_name(model, "add")) for model in (Agency, Office, Membership)},
        "events": recent_of(found, user),
        "crumbs": _crumbs(Agency, "机构", found.name),
    }
    return render(request, "accounts/agency.html", context)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose where to, read what that means, give the reason."""
    user: Any = request.user
    found = get_object_or_404(visible(Agency, user, "change"), pk=pk)
    parents = possible_parents(found, user)
    wanted = request.POST.get("to") or request.GET.get("to", "")
    chosen, to_top = _chosen(parents, wanted), wanted == _TOP and may_be_top(found, user)
    if request.method == "POST":
        reason = request.POST.get("reason", "")

        def perform() -> str:
            if chosen is None and not to_top:  # no choice is not the top of the tree
                raise MoveRefused("MOVE-NOWHERE", "没有选择新的上级机构，或者不能移到那里。", "请重新选择后查看影响。")
            if to_top and not request.POST.get("sure"):
                raise MoveRefused("MOVE-TOP", "没有确认移为顶级机构。", "请重新查看影响，勾选确认后再移动。")
            moved = move_agency(found, to=chosen, reason=reason, by=user)
            return f"已把{moved.name}移到{chosen.name}之下。" if chosen else f"{moved.name}已成为顶级机构。"

        return _do(request, perform, back=reverse("accounts_agency", args=[pk]))
    context = {
        "agency": found,
        "parents": parents,
        "chosen": chosen,
        "top": _TOP if may_be_top(found, user) else "",
        "to_top": to_top,
        "effect": effect_of_move(found, to=chosen) if chosen or to_top else None,
        "crumbs": _crumbs(Agency, "机构", "移动机构"),
    }
    return render(request, "accounts/move.html", context)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the account, the roles with their periods, what keeps the person out."""
    user: Any = request.user
    found = get_object_or_404(visible(User, user), pk=pk)
    context = {
        "person": found,
        "memberships": visible(Membership, user).filter(user=found).select_related("agency", "office"),
        "elsewhere": found.memberships.exclude(pk__in=visible(Membership, user).values("pk")).count(),
        "second_factor": has_second_factor(found),
        "locked": is_locked_out(found),
        "urls": {
            "edit": reverse(admin_url_name(User, "edit"), args=[found.pk]),
            "membership": admin_url_name(Membership, "edit"),
            "add_membership": f"{reverse(admin_url_name(Membership, 'add'))}?user={found.pk}",
        },
        "events": recent_of(found, user),
        "crumbs": _crumbs(User, "人员", str(found)),
    }
    return render(request, "accounts/person.html", context)


@require_POST
def lift(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Lift a lock-out, or take away a second factor that was lost."""
    user: Any = request.user
    found = get_object_or_404(visible(User, user, "change"), pk=pk)
    acts: dict[str, tuple[Callable[..., None], str]] = {
        "lockout": (lift_lockout, f"已解除{found}的登录锁定。"),
        "second-factor": (remove_second_factor, f"已取消{found}的两步验证，请提醒本人登录后重新启用。"),
    }
    if what not in acts:
        raise Http404
    act, sentence = acts[what]

    def perform() -> str:
        act(found, by=user)
        return sentence

    return _do(request, perform, back=reverse("accounts_person", args=[pk]))


def _chosen(parents: Any, key: str) -> Agency | None:
    found: Agency | None = parents.filter(pk=key).first() if key.isdigit() else None
    return found


def _do(request: HttpRequest, perform: Callable[[], str], *, back: str) -> HttpResponse:
    """Perform an act; its sentence, or the refusal's, is the message on the page one returns to."""
    try:
        messages.success(request, perform())
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
    return redirect(back)


def _crumbs(model: type[Any], label: str, last: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": "工作台"},
        {"url": reverse(admin_url_name(model, "list")), "label": label},
        {"url": "", "label": last},
    ]
