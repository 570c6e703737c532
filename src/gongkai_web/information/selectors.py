"""Reads about items: queues, clocks, counts. Anything shown to a person goes through `visible_*`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.information.disclosure import DisclosureAttribute
from gongkai.information.normative import YearCounts, count_year
from gongkai.information.review import CaseState
from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.errors import CalendarRangeError
from gongkai.proactive.duty import Light, PublicationClock, publication_clock
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import REVIEW_CAPABILITY, Capability, agencies_for, limit
from gongkai_web.information.models import (
    ClosureReview,
    InformationItem,
    MediaPost,
    NormativeRecord,
    ReviewCase,
    Reviewed,
    ReviewedQuerySet,
)

_MOST_WAITING = 2000
OPEN_ATTRIBUTES = [attribute.value for attribute in DisclosureAttribute if attribute.is_public]


def visible_items(user: User) -> QuerySet[InformationItem]:
    """Every item, public or not, of the agencies that the person may read."""
    items: QuerySet[InformationItem] = InformationItem.objects.select_related("agency", "column")
    return limit(items, user, Capability.READ)


def visible_cases(user: User) -> QuerySet[ReviewCase]:
    """The review cases of the agencies that the person may read."""
    return limit(ReviewCase.objects.select_related("agency", "opened_by"), user, Capability.READ)


def waiting_for(user: User) -> QuerySet[ReviewCase]:
    """待我签审: open cases whose next step this person may sign, oldest first; never his own text."""
    mine = Q(pk__in=[])
    for role, capability in REVIEW_CAPABILITY.items():
        mine |= Q(waiting_for=role, agency__in=agencies_for(user, capability))
    cases = ReviewCase.objects.filter(mine, state=CaseState.OPEN.value).select_related("agency", "opened_by")
    signed = Q(acts__by=user, acts__kind="signed")
    return cases.exclude(authors=user).exclude(pk__in=cases.filter(signed).values("pk")).order_by("opened_at", "pk")


def undetermined(user: User) -> QuerySet[ReviewCase]:
    """待确定: referrals whose answer this person may record."""
    agencies = agencies_for(user, Capability.SUPERVISE) | agencies_for(user, Capability.REVIEW_CONFIDENTIALITY)
    cases = ReviewCase.objects.filter(state=CaseState.UNDETERMINED.value, agency__in=agencies)
    return cases.exclude(authors=user).select_related("agency", "opened_by").order_by("opened_at")


def sent_back(user: User) -> QuerySet[ReviewCase]:
    """Returned, or voided by a change, and not sent in again: the next move is the drafter's."""
    states = [CaseState.RETURNED.value, CaseState.REOPENED.value]
    return visible_cases(user).filter(~_sent_in_again(), state__in=states)


def signed_and_waiting(user: User) -> QuerySet[ReviewCase]:
    """Completely signed and not out yet: items whose time has not come, posts that nobody has recorded as sent."""
    later = limit(InformationItem.objects.filter(withdrawn_at=None), user, Capability.READ).filter(
        Q(live=False, publish_at__isnull=False) | Q(live=True, has_unpublished_changes=True)
    )
    unsent = limit(MediaPost.objects.filter(live=False), user, Capability.READ)
    # Keys rather than sub-queries: the cases of a few subjects are found by their index, not among all that are signed.
    cases = [*_cases_about(InformationItem, later), *_cases_about(MediaPost, unsent)]
    out = Exists(InformationItem.objects.filter(signed_case=OuterRef("pk")))
    return visible_cases(user).filter(~_sent_in_again(), ~out, pk__in=cases)


def times_of(cases: Iterable[ReviewCase]) -> dict[int, datetime | None]:
    """When what each case has signed is meant to go out, by the case's key."""
    times: dict[int, datetime | None] = {}
    for case in cases:
        if case.subject_type == MediaPost.subject_type():
            times[case.pk] = MediaPost.newest(case.subject_id).planned_for
        else:
            times[case.pk] = InformationItem.newest(case.subject_id).publish_at
    return times


def _cases_about(model: type[Reviewed], rows: QuerySet[Any]) -> list[int]:
    """Keys of the complete cases about the newest of the rows; the state is looked at here, lest its index be taken."""
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:_MOST_WAITING])
    cases = ReviewCase.objects.filter(subject_type=model.subject_type(), subject_id__in=keys)
    return [pk for pk, state in cases.order_by().values_list("pk", "state") if state == CaseState.COMPLETE.value]


def _sent_in_again() -> Exists:
    same = {"subject_type": OuterRef("subject_type"), "subject_id": OuterRef("subject_id")}
    return Exists(ReviewCase.objects.filter(number__gt=OuterRef("number"), **same))


def closed_items(user: User) -> ReviewedQuerySet:
    """What the person's agencies keep closed, the next to be looked at first, with who looked last (条例 §18)."""
    latest = ClosureReview.objects.filter(item=OuterRef("pk")).order_by("-id")
    items: ReviewedQuerySet = InformationItem.objects.filter(
        attribute=DisclosureAttribute.NOT_OPEN.value, agency__in=agencies_for(user, Capability.READ)
    )
    looked: ReviewedQuerySet = items.annotate(
        looked_at=Subquery(latest.values("at")[:1]),
        looked_by=Subquery(latest.values("by_name")[:1]),
        found=Subquery(latest.values("outcome")[:1]),
    )
    ordered: ReviewedQuerySet = looked.select_related("agency").order_by("next_review_on", "pk")
    return ordered


def due_for_rereview(user: User, *, today: date | None = None) -> ReviewedQuerySet:
    """不予公开 items whose periodic review is due (条例 §18), within the person's drafting agencies."""
    today = today or timezone.localdate()
    items: ReviewedQuerySet = InformationItem.objects.filter(
        attribute=DisclosureAttribute.NOT_OPEN.value,
        next_review_on__lte=today,
        agency__in=agencies_for(user, Capability.DRAFT),
    )
    return items.select_related("agency").order_by("next_review_on")


def clock_of(
    item: InformationItem, *, today: date | None = None, calendar: Calendar | None = None
) -> PublicationClock | None:
    """The 20-workday clock of 条例 §26; `None` for what is not to be published and for days before the calendar."""
    if item.attribute not in OPEN_ATTRIBUTES or item.is_withdrawn:
        return None
    try:
        return publication_clock(
            item.formed_on,
            calendar=calendar or calendar_for(),
            today=today or timezone.localdate(),
            published_on=item.published_on if item.first_published_at else None,
        )
    except CalendarRangeError:
        return None


@dataclass(frozen=True)
class DueItem:
    """An item that is not public yet, with its clock."""

    item: InformationItem
    clock: PublicationClock


def items_due(user: User, *, today: date | None = None, limit_to: int = 50) -> list[DueItem]:
    """Open items not yet published in the person's drafting agencies, the most urgent first."""
    items = InformationItem.objects.filter(
        agency__in=agencies_for(user, Capability.DRAFT),
        attribute__in=OPEN_ATTRIBUTES,
        first_published_at=None,
        withdrawn_at=None,
    ).select_related("agency", "column")
    oldest = items.order_by("formed_on", "pk")[:limit_to]
    return [DueItem(item, clock) for item in oldest if (clock := clock_of(item, today=today))]


def urgent(due: Iterable[DueItem]) -> list[DueItem]:
    """Those near, at or past their day."""
    return [entry for entry in due if entry.clock.light in {Light.NEAR, Light.TODAY, Light.OVERDUE}]


def counts_by_attribute(agencies: QuerySet[Agency], *, year: int | None = None) -> dict[DisclosureAttribute, int]:
    """Items by disclosure attribute; `year` is the year of forming. Withdrawn ones do not count."""
    items = _countable(agencies, year)
    found = dict(items.values_list("attribute").annotate(Count("pk")).order_by())
    return {attribute: found.get(attribute.value, 0) for attribute in DisclosureAttribute}


def counts_by_year(agencies: QuerySet[Agency]) -> dict[int, Counter[str]]:
    """Year of forming → attribute → items, the newest year first."""
    rows = _countable(agencies, None).values_list("formed_on__year", "attribute").annotate(Count("pk")).order_by()
    years: dict[int, Counter[str]] = {}
    for year, attribute, number in rows:
        years.setdefault(year, Counter())[attribute] += number
    return dict(sorted(years.items(), reverse=True))


def counts_by_column(agency: Agency, *, year: int | None = None) -> dict[int, int]:
    """Primary key of the column → public items in it; `year` is the year of publication."""
    items = InformationItem.objects.public().filter(agency=agency)
    if year is not None:
        items = items.filter(published_on__year=year)
    return dict(items.values_list("column").annotate(Count("pk")).order_by())


def latest_by_column(agency: Agency) -> dict[int, date]:
    """Primary key of the column → day of its newest public item."""
    items = InformationItem.objects.public().filter(agency=agency)
    return dict(items.values_list("column").annotate(Max("published_on")).order_by())


def normative_counts(agency: Agency, *, year: int, kind: str = "normative_document") -> YearCounts:
    """Table 2's 制发, 废止 and 现行有效 from the agency's own register."""
    records = NormativeRecord.objects.filter(agency=agency, kind=kind, issued_on__lte=date(year, 12, 31))
    return count_year((record.as_fact() for record in records.prefetch_related("events")), year=year)


def _countable(agencies: QuerySet[Agency], year: int | None) -> ReviewedQuerySet:
    items: ReviewedQuerySet = InformationItem.objects.filter(agency__in=agencies, withdrawn_at=None)
    return items if year is None else items.filter(formed_on__year=year)
