"""The panels of the start page. Another app adds its own with the hook `gongkai_workbench_panel`.

A panel function takes the request and returns a `Panel`, or `None` when the person's roles have no use for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from gongkai.information.review import CaseState
from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.information.models import InformationItem, MediaPost
from gongkai_web.information.selectors import (
    counts_by_attribute,
    due_for_rereview,
    items_due,
    sent_back,
    signed_and_waiting,
    undetermined,
    urgent,
    waiting_for,
)
from gongkai_web.proactive.selectors import my_stale_columns
from gongkai_web.workbench.scoping import admin_url_name

HOOK = "gongkai_workbench_panel"
SHOWN = 8


@dataclass(frozen=True)
class Row:
    """One line: a link, a chip with its light, a remark."""

    text: str
    url: str = ""
    chip: str = ""
    light: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Panel:
    """`figures` are (label, number, url); `empty` is shown when there are neither rows nor figures."""

    title: str
    empty: str = ""
    rows: Sequence[Row] = ()
    figures: Sequence[tuple[str, int, str]] = ()
    more: str = ""
    order: int = 100
    total: int | None = field(default=None)


def panels_for(request: HttpRequest) -> list[Panel]:
    """The panels that concern this person, in order."""
    found = [panel for function in hooks.get_hooks(HOOK) if (panel := function(request)) is not None]
    return sorted(found, key=lambda panel: panel.order)


def due_panel(request: HttpRequest) -> Panel | None:
    """Items whose 20 workdays run out."""
    user: Any = request.user
    if not may_somewhere(user, Capability.DRAFT) or user.is_superuser:
        return None
    due = urgent(items_due(user))
    rows = [
        Row(
            entry.item.title,
            reverse("information_item", args=[entry.item.pk]),
            entry.clock.light.label,
            entry.clock.light.value,
            entry.clock.sentence,
        )
        for entry in due[:SHOWN]
    ]
    listing = reverse(admin_url_name(InformationItem, "list"))
    more = f"{listing}?due=waiting"
    return Panel("临期和逾期的主动公开", "没有临期的信息。", rows, more=more, order=10, total=len(due))


def review_panel(request: HttpRequest) -> Panel | None:
    """待我签审."""
    user: Any = request.user
    capabilities = (
        Capability.REVIEW_1,
        Capability.REVIEW_2,
        Capability.REVIEW_3,
        Capability.REVIEW_CONFIDENTIALITY,
        Capability.SUPERVISE,
    )
    if not any(may_somewhere(user, capability) for capability in capabilities) or user.is_superuser:
        return None
    waiting, doubtful = waiting_for(user), undetermined(user)
    rows = [
        Row(
            case.title,
            reverse("information_review", args=[case.pk]),
            case.get_state_display(),
            case.state,
            f"{case.agency.short_name}　{timezone.localtime(case.opened_at):%-m月%-d日}送审",
        )
        for case in [*waiting[:SHOWN], *doubtful[:SHOWN]]
    ]
    total = waiting.count() + doubtful.count()
    return Panel("待我签审", "没有等待您签审的信息。", rows, more=reverse("information_queue"), order=5, total=total)


def sent_back_panel(request: HttpRequest) -> Panel | None:
    """What came back from the chain, and posts that are signed and wait to be sent."""
    user: Any = request.user
    if not may_somewhere(user, Capability.DRAFT) or user.is_superuser:
        return None
    own = agencies_for(user, Capability.DRAFT)
    back = sent_back(user).filter(agency__in=own)
    unsent = signed_and_waiting(user).filter(agency__in=own, subject_type=MediaPost.subject_type())
    rows = [
        Row(
            case.title,
            reverse("information_review", args=[case.pk]),
            case.get_state_display() if case.state != CaseState.COMPLETE.value else "签审完成，请登记发布",
            case.state,
            f"{case.agency.short_name}　{timezone.localtime(case.closed_at or case.opened_at):%-m月%-d日}",
        )
        for case in [*back[:SHOWN], *unsent[:SHOWN]]
    ]
    if not rows:
        return None
    more = f"{reverse('information_queue')}?queue=back"
    return Panel("签审退回和待登记发布", rows=rows, more=more, order=8, total=back.count() + unsent.count())


def stale_panel(request: HttpRequest) -> Panel | None:
    """应更新未更新."""
    user: Any = request.user
    if not (may_somewhere(user, Capability.DRAFT) or may_somewhere(user, Capability.MANAGE_COLUMNS)):
        return None
    stale = my_stale_columns(user)
    drafts, form = may_somewhere(user, Capability.DRAFT), reverse(admin_url_name(InformationItem, "add"))
    rows = [
        Row(
            f"{entry.column.agency.short_name}　{entry.column}",
            f"{form}?agency={entry.column.agency_id}&column={entry.column.pk}" if drafts else "",
            chip="应更新未更新" if entry.newest else "空白栏目",
            light="overdue",
            remark=f"最近更新：{entry.newest:%Y年%-m月%-d日}" if entry.newest else "",
        )
        for entry in stale[:SHOWN]
    ]
    return Panel(
        "栏目更新", "各栏目都在更新周期之内。", rows, more=reverse("proactive_stale"), order=30, total=len(stale)
    )


def rereview_panel(request: HttpRequest) -> Panel | None:
    """不予公开 items whose periodic review is due."""
    user: Any = request.user
    if not may_somewhere(user, Capability.DRAFT):
        return None
    due = due_for_rereview(user)
    rows = [
        Row(
            item.title,
            reverse("information_item", args=[item.pk]),
            "须评估",
            "near",
            f"{item.next_review_on:%Y年%-m月%-d日}到期（条例第十八条）",
        )
        for item in due[:SHOWN]
    ]
    if not rows:
        return None
    more = reverse("information_closed")
    return Panel("不予公开信息的定期评估", rows=rows, more=more, order=40, total=due.count())


def figures_panel(request: HttpRequest) -> Panel | None:
    """This year's figures of the person's agencies."""
    user: Any = request.user
    year = timezone.localdate().year
    agencies = agencies_for(user, Capability.READ)
    counts = counts_by_attribute(agencies, year=year)
    figures = [(attribute.label, number, "") for attribute, number in counts.items()]
    published = InformationItem.objects.public().filter(agency__in=agencies, published_on__year=year).count()
    return Panel(f"{year}年至今", figures=[("已公开", published, ""), *figures], order=50)


OWN = (review_panel, sent_back_panel, due_panel, stale_panel, rereview_panel, figures_panel)
