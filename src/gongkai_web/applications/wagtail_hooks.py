"""What this app puts into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.applications import admin_urls
from gongkai_web.applications.lights import Light, near_until
from gongkai_web.applications.models import Notice
from gongkai_web.applications.selectors import queue_counts, visible_cases
from gongkai_web.applications.views.letters import waiting_for
from gongkai_web.applications.views.office_case import urgency_of
from gongkai_web.workbench.panels import HOOK, SHOWN, Panel, Row


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern | URLResolver]:
    """The register, the cases, the figures."""
    return admin_urls.urlpatterns


class ReadersItem(MenuItem):
    """Shown to whoever reads applications."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ_APPLICATIONS)


class HandlersItem(MenuItem):
    """Shown to whoever handles applications."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.HANDLE_APPLICATIONS)


class SignersItem(MenuItem):
    """Shown to whoever signs letters."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.APPROVE_ANSWERS)


class ReadersMenu(SubmenuMenuItem):
    """The app's own part of the menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By capability."""
        return may_somewhere(request.user, Capability.READ_APPLICATIONS)


@hooks.register("register_admin_menu_item")
def applications_menu() -> MenuItem:
    """依申请公开."""
    entries = [
        ReadersItem("台账", reverse("applications_register"), name="register", icon_name="list-ul", order=10),
        HandlersItem("登记申请", reverse("applications_new"), name="new", icon_name="plus", order=20),
        ReadersItem("复议诉讼", reverse("applications_remedies"), name="remedies", icon_name="history", order=30),
        ReadersItem("表三、表四", reverse("applications_figures"), name="figures", icon_name="table", order=40),
        SignersItem("待签发文书", reverse("applications_letters_waiting"), name="letters", icon_name="draft", order=25),
        HandlersItem(
            "文书设置", reverse("applications_letter_settings"), name="letter-settings", icon_name="cog", order=60
        ),
        ReadersItem("提醒", reverse("applications_notices"), name="notices", icon_name="warning", order=50),
    ]
    return ReadersMenu("依申请公开", Menu(items=entries), name="applications", icon_name="mail", order=130)


@hooks.register(HOOK)
def due_panel(request: HttpRequest) -> Panel | None:
    """What is due: the officer's own cases and those that nobody has taken."""
    user: Any = request.user
    if not may_somewhere(user, Capability.HANDLE_APPLICATIONS) or user.is_superuser:
        return None
    today = timezone.localdate()
    cases = visible_cases(user, Capability.HANDLE_APPLICATIONS).filter(due_on__lte=near_until(today))
    cases = cases.select_related("agency").defer("description").order_by(F("due_on").asc(), "id")
    rows = []
    for case in cases[:SHOWN]:
        found = urgency_of(case, today=today)
        url, text = reverse("applications_case", args=[case.pk]), f"{case.number}　{case.subject}"
        rows.append(Row(text, url, found.light.label, found.light.value, found.sentence))
    listing = f"{reverse('applications_register')}?state=open&sort=due"
    return Panel("临期和逾期的公开申请", "没有临期的公开申请。", rows, more=listing, order=8, total=cases.count())


@hooks.register(HOOK)
def queues_panel(request: HttpRequest) -> Panel | None:
    """How much there is in each queue."""
    user: Any = request.user
    if not may_somewhere(user, Capability.HANDLE_APPLICATIONS) or user.is_superuser:
        return None
    home = reverse("applications_register")
    figures = [(name.label, number, f"{home}?queue={name}") for name, number in queue_counts(user).items()]
    unread = Notice.objects.filter(person=user, read_at=None).count()
    return Panel("依申请公开", figures=[*figures, ("未读提醒", unread, reverse("applications_notices"))], order=9)


@hooks.register(HOOK)
def overdue_panel(request: HttpRequest) -> Panel | None:
    """For supervisors: what the agencies below have let pass."""
    user: Any = request.user
    if may_somewhere(user, Capability.HANDLE_APPLICATIONS) or not may_somewhere(user, Capability.SUPERVISE):
        return None
    today = timezone.localdate()
    late = visible_cases(user).filter(due_on__lt=today).select_related("agency").order_by("due_on", "id")
    rows = [
        Row(
            f"{case.agency.short_name}　{case.number}",
            reverse("applications_case", args=[case.pk]),
            Light.OVERDUE.label,
            Light.OVERDUE.value,
            urgency_of(case, today=today).sentence,
        )
        for case in late[:SHOWN]
    ]
    listing = f"{reverse('applications_register')}?light=overdue&sort=due"
    return Panel("逾期未答复的公开申请", "没有逾期未答复的公开申请。", rows, more=listing, order=15, total=late.count())


@hooks.register(HOOK)
def letters_panel(request: HttpRequest) -> Panel | None:
    """The letters that wait for the person's signature."""
    user: Any = request.user
    if not may_somewhere(user, Capability.APPROVE_ANSWERS):
        return None
    found = waiting_for(user)
    rows = [
        Row(f"{one.get_kind_display()}　{one.case.number}", reverse("applications_letter_preview", args=[one.pk]))
        for one in found[:SHOWN]
    ]
    more = reverse("applications_letters_waiting")
    return Panel("待我签发的文书", "没有等待您签发的文书。", rows, more=more, order=7, total=found.count())
