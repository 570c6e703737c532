"""The register 台账 with its filters, and the queues of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, Person, limit, memberships_of
from gongkai_web.applications.crypto import blinds
from gongkai_web.applications.lights import Light, near_until
from gongkai_web.applications.models import OWED, Applicant, Case, Waiting
from gongkai_web.applications.selectors.cases import visible_cases


class Queue(StrEnum):
    """The heaps of work; each holds only cases that still want something done."""

    MINE = "mine"
    OFFICE = "office"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    DUE_WEEK = "due_week"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """What its tab says."""
        return _LABELS[self]


_LABELS = {
    Queue.MINE: "我经办的",
    Queue.OFFICE: "本机构的",
    Queue.UNASSIGNED: "未分办",
    Queue.WAITING: "等待他人",
    Queue.DUE_WEEK: "本周到期",
    Queue.OVERDUE: "已逾期",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; None and blank do not narrow. `year` is that of receipt."""

    agency: int | None = None
    year: int | None = None
    state: str = ""
    applicant_type: str = ""
    entrance: str = ""
    outcome: str = ""
    assignee: int | None = None
    office: int | None = None
    light: Light | None = None
    received_from: date | None = None
    received_to: date | None = None
    text: str = ""
    nearest_due_first: bool = False


def register(user: Person, filters: Filters, *, today: date | None = None) -> QuerySet[Case]:
    """The cases the person may see, newest first unless asked for by their due day.

    `filters.state` is `open`, `closed` or a phase. `text` is looked for in numbers and subjects; as the whole name of
    an applicant by its blind index, where the person may read names.
    """
    today = today or timezone.localdate()
    exact = {
        "agency_id": filters.agency,
        "received_on__year": filters.year,
        "applicant_type": filters.applicant_type,
        "entrance": filters.entrance,
        "outcome": filters.outcome,
        "assignee_id": filters.assignee,
        "office_id": filters.office,
        "received_on__gte": filters.received_from,
        "received_on__lte": filters.received_to,
    }
    cases = visible_cases(user).filter(**{name: value for name, value in exact.items() if value not in (None, "")})
    if filters.state:
        cases = cases.filter(_in_state(filters.state))
    if filters.light is not None:
        cases = cases.filter(lit(filters.light, today))
    if filters.text.strip():
        cases = cases.filter(_matching(user, filters.text.strip()))
    if filters.nearest_due_first:
        return cases.order_by(F("due_on").asc(nulls_last=True), "-received_on", "-id")
    return cases.order_by("-received_on", "-id")


def lit(light: Light, today: date) -> Q:
    """The cases that show this light on the day, as `lights.urgency` has it."""
    running = running_on(today)
    near = near_until(today)
    return {
        Light.DONE: ~OWED,
        Light.OVERDUE: Q(due_on__lt=today),
        Light.TODAY: running & Q(due_on=today),
        Light.NEAR: running & Q(due_on__gt=today, due_on__lte=near),
        Light.NORMAL: running & Q(due_on__gt=near),
        Light.PAUSED: OWED & (Q(due_on=None) | Q(due_on__gte=today)) & ~running,
    }[light]


def running_on(day: date) -> Q:
    """The answer clock counts on that day; as `Case.is_running`."""
    silent = Q(waiting_on__in=[Waiting.THIRD_PARTY, Waiting.COAUTHOR], waits_until__lt=day)
    return Q(due_on__isnull=False) & (Q(waiting_on="") | silent)


def queue(user: User, name: Queue | str, *, today: date | None = None) -> QuerySet[Case]:
    """The cases of a queue, the nearest due day first."""
    found = visible_cases(user).filter(OWED).filter(_queued(user, Queue(name), today or timezone.localdate()))
    return found.order_by(F("due_on").asc(nulls_last=True), "received_on", "id")


def queue_counts(user: User, *, today: date | None = None) -> dict[Queue, int]:
    """How many cases lie in each queue; one query."""
    day = today or timezone.localdate()
    counts = {name.value: Count("pk", filter=_queued(user, name, day)) for name in Queue}
    found = visible_cases(user).filter(OWED).aggregate(**counts)
    return {name: found[name.value] for name in Queue}


def _queued(user: User, name: Queue, today: date) -> Q:
    offices = [held.office_id for held in memberships_of(user) if held.office_id is not None]
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        Queue.MINE: Q(assignee=user),
        Queue.OFFICE: Q(office__in=offices),
        Queue.UNASSIGNED: Q(assignee=None),
        Queue.WAITING: ~Q(waiting_on=""),
        Queue.DUE_WEEK: Q(due_on__gte=today, due_on__lte=sunday),
        Queue.OVERDUE: Q(due_on__lt=today),
    }[name]


def _in_state(state: str) -> Q:
    return {"open": OWED, "closed": ~OWED}.get(state, Q(phase=state))


def _matching(user: Person, text: str) -> Q:
    named = limit(
        Applicant.objects.filter(name_index__in=blinds("name", text)),
        user,
        Capability.READ_APPLICANTS,
        by="case__agency",
    )
    return Q(number__contains=text) | Q(subject__contains=text) | Q(pk__in=named.values("case_id"))
