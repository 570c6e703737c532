"""Where an item stands between the first draft and the public, in one word; and what of it a list can ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.information.review import CaseState
from gongkai.law.calendar import calendar_for
from gongkai.law.errors import CalendarRangeError
from gongkai.proactive.duty import made_days
from gongkai_web.information.models import InformationItem, ReviewCase
from gongkai_web.information.selectors import OPEN_ATTRIBUTES

_RUNNING = (CaseState.OPEN.value, CaseState.UNDETERMINED.value)
STANDINGS = {
    "draft": "草稿",
    "review": "签审中",
    "undetermined": "待确定",
    "returned": "已退回",
    "signed": "签审完成，未公开",
    "live": "已公开",
    "changed": "已公开，有新草稿",
    "withdrawn": "已撤回",
    "kept": "全部未撤回（计入统计）",
}
DUE = {"overdue": "已逾期", "near": "临期和今日到期", "waiting": "全部待公开"}


def with_case_state(items: QuerySet[InformationItem]) -> QuerySet[InformationItem]:
    """Each item with `case_state`, the state of its newest case; `None` where nothing was ever sent in."""
    newest = ReviewCase.objects.filter(subject_type=InformationItem.subject_type(), subject_id=OuterRef("pk"))
    return items.annotate(case_state=Subquery(newest.order_by("-number").values("state")[:1]))


def standing_of(item: InformationItem, case_state: str | None) -> str:
    """The word for an item and the state of its newest case."""
    if item.is_withdrawn:
        return STANDINGS["withdrawn"]
    running = {CaseState.OPEN.value: "review", CaseState.UNDETERMINED.value: "undetermined"}.get(case_state or "")
    if item.live:
        changed = STANDINGS["changed"] if item.has_unpublished_changes else STANDINGS["live"]
        return f"已公开，新草稿{STANDINGS[running]}" if running else changed
    if running:
        return STANDINGS[running]
    if case_state == CaseState.COMPLETE.value:
        return _signed(item)
    return STANDINGS["returned"] if case_state == CaseState.RETURNED.value else STANDINGS["draft"]


def by_standing(items: QuerySet[InformationItem], standing: str) -> QuerySet[InformationItem]:
    """Items annotated by `with_case_state` that stand there."""
    drafted = Q(live=False, withdrawn_at=None)
    finished = (*_RUNNING, CaseState.RETURNED.value, CaseState.COMPLETE.value)
    conditions = {
        "draft": drafted & (Q(case_state=None) | ~Q(case_state__in=finished)),
        "review": Q(withdrawn_at=None, case_state=CaseState.OPEN.value),
        "undetermined": Q(withdrawn_at=None, case_state=CaseState.UNDETERMINED.value),
        "returned": drafted & Q(case_state=CaseState.RETURNED.value),
        "signed": drafted & Q(case_state=CaseState.COMPLETE.value),
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "withdrawn": Q(withdrawn_at__isnull=False),
        "kept": Q(withdrawn_at=None),
    }
    return items.filter(conditions[standing]) if standing in conditions else items


def by_due(items: QuerySet[InformationItem], due: str, *, today: date | None = None) -> QuerySet[InformationItem]:
    """Open items that were never public, by their clock of 20 workdays (条例 §26)."""
    waiting = items.filter(attribute__in=OPEN_ATTRIBUTES, first_published_at=None, withdrawn_at=None)
    try:
        days = made_days(today or timezone.localdate(), calendar=calendar_for())
    except CalendarRangeError:  # a clock of the machine that is years off
        return waiting
    chosen: dict[str, Any] = {
        "overdue": {"formed_on__lte": days.overdue},
        "near": {"formed_on__gt": days.overdue, "formed_on__lte": days.near},
        "waiting": {},
    }
    return waiting.filter(**chosen[due]) if due in chosen else items


def _signed(item: InformationItem) -> str:
    if item.attribute not in OPEN_ATTRIBUTES:
        return f"签审完成（{item.get_attribute_display()}）"
    if item.publish_at and item.publish_at > timezone.now():
        return f"签审完成，{timezone.localtime(item.publish_at):%-m月%-d日 %H:%M}发布"
    return STANDINGS["signed"]
