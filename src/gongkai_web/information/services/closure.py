"""The periodic review of what is kept closed. Source: 条例 §18."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.disclosure import DisclosureAttribute
from gongkai.law.deadlines import months_after
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, ancestors
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import ClosureInterval, ClosureOutcome, ClosureReview, InformationItem
from gongkai_web.information.models.closure import DEFAULT_MONTHS, MOST_MONTHS


class ClosureRefused(GongkaiError):  # noqa: N818  # names the event
    """The review of a closed item, or its interval, cannot be stored like this."""


def interval_of(agency: Agency) -> int:
    """Months between two reviews: the agency's own, else those of the nearest agency above, else 12."""
    lineage = [agency, *reversed(ancestors(agency))]
    own = dict(ClosureInterval.objects.filter(agency__in=lineage).values_list("agency", "months"))
    return next((own[place.pk] for place in lineage if place.pk in own), DEFAULT_MONTHS)


def next_review_day(agency: Agency, *, today: date | None = None) -> date:
    """The last day on which something closed today is to be looked at again."""
    return months_after(today or timezone.localdate(), interval_of(agency))


@transaction.atomic
def set_interval(agency: Agency, *, months: int, by: User) -> ClosureInterval:
    """Set the interval of an agency and of those below it that have no own. Raises: `NotAllowed`, `ClosureRefused`.

    Days that are fixed already stay; the next review of each item counts by the new interval.
    """
    require(by, Capability.ADMINISTER, agency)
    if not 1 <= months <= MOST_MONTHS:
        raise ClosureRefused("CLOSURE-MONTHS", f"评估周期须是1至{MOST_MONTHS}个月。", "请重新填写。")
    stored = ClosureInterval.objects.filter(agency=agency).first() or ClosureInterval(agency=agency)
    before = stored.months if stored.pk else None
    stored.months = months
    stored.save()
    details = {"before": before, "months": months}
    record("information.closure_interval_set", obj=stored, actor=by, agency=agency, details=details)
    return stored


@transaction.atomic
def review_closed(item: InformationItem, *, by: User, outcome: ClosureOutcome, reason: str) -> ClosureReview:
    """Keep the result of one look at a closed item; one that may be opened stays due until it is.

    Raises: `NotAllowed`; `ClosureRefused` when the item is not closed or no reason is given.
    """
    require(by, Capability.DRAFT, item.agency)
    if item.attribute != DisclosureAttribute.NOT_OPEN.value:
        raise ClosureRefused("CLOSURE-OPEN", "这件信息不是“不予公开”，无须定期评估。", "请刷新页面。")
    if not reason.strip():
        raise ClosureRefused("CLOSURE-REASON", "评估须写明理由。", "请写明仍不公开的理由，或可以公开的原因。")
    kept = outcome is ClosureOutcome.KEPT
    item.next_review_on = next_review_day(item.agency) if kept else timezone.localdate()
    item.save(update_fields=["next_review_on", "updated_at"])
    review = ClosureReview.objects.create(
        item=item,
        outcome=outcome.value,
        reason=reason.strip(),
        next_on=item.next_review_on if kept else None,
        by=by,
        by_name=str(by)[:40],
        at=timezone.now(),
    )
    action = "information.kept_closed" if kept else "information.found_openable"
    record(action, obj=item, actor=by, details={"reason": review.reason, "review": review.pk})
    return review
