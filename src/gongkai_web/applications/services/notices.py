"""Reminders: five days and one day before the last day, overdue, new, assigned; and a digest of each office's day.

Every notice is given once: its key names what it is about, and a due day that moves makes a new key. Mail goes through
the task queue, after the transaction, and says numbers of cases and days, nothing of an applicant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Membership, Office, User
from gongkai_web.accounts.permissions import Capability, people_with, roles_with
from gongkai_web.applications.lights import NEAR_WORKDAYS, near_until, workdays_left
from gongkai_web.applications.models import OWED, Case, Notice, NoticeKind
from gongkai_web.applications.tasks import send_notice

DIGEST_FROM = time(8)
"""The digest of a day is made by the first run after this time."""
_NEW_FOR = timedelta(days=14)
_LISTED = 30


def tell_assigned(cases: Iterable[Case], to: User, *, by: User | None) -> int:
    """Tell a person that cases are his now; nobody is told of what he took himself."""
    if by is not None and by.pk == to.pk:
        return 0
    return sum(
        _tell(
            [to],
            case,
            NoticeKind.ASSIGNED,
            agency=case.agency,
            key=f"assigned:{case.pk}:{timezone.now():%Y%m%d%H%M}",
            text=f"申请 {case.number} 交您办理，{_until(case)}。",
        )
        for case in cases
    )


def remind(*, today: date | None = None) -> int:
    """Give the reminders that are due and have not been given; how many there were."""
    day = today or timezone.localdate()
    return _remind_new() + sum(_remind_due(case, day) for case in _pressing(day))


def digest(*, now: datetime | None = None) -> int:
    """The digest of the day for everybody in an office that has open cases; once a day, on workdays and others alike.

    Days without anything due and without overdue or unassigned cases have none.
    """
    moment = timezone.localtime(now)
    if moment.time() < DIGEST_FROM:
        return 0
    places = Case.objects.filter(OWED).order_by().values_list("agency_id", "office_id").distinct()
    return sum(_digest_of(agency, office, moment.date()) for agency, office in places)


def run_daily(**_: object) -> str:
    """What the command `daily` has this app do."""
    return f"办理提醒{remind()}条，每日汇总{digest()}份。"


def people_for(case: Case) -> list[User]:
    """Who is reminded: whoever handles the case, else its office, else all who may handle it."""
    if case.assignee is not None and case.assignee.is_active:
        return [case.assignee]
    return _people_of(case.agency, case.office)


def mark_read(notices: Iterable[Notice], *, by: User) -> int:
    """The person has seen his own notices."""
    own = [notice.pk for notice in notices if notice.person_id == by.pk]
    return Notice.objects.filter(pk__in=own, read_at=None).update(read_at=timezone.now())


def letter_of(notice: Notice) -> EmailMessage:
    """The mail of a notice."""
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    path = reverse("applications_case", args=[notice.case_id]) if notice.case_id else reverse("applications_register")
    body = f"{notice.text}\n\n请登录办理：{address}{path}\n\n本邮件由{settings.GONGKAI_SITE_NAME}系统发出，请勿回复。\n"
    subject = f"【依申请公开】{notice.get_kind_display()}"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [notice.person.email])


def _remind_new() -> int:
    """A case that nobody has taken: its office, or whoever may, hears of it once."""
    since = timezone.now() - _NEW_FOR
    fresh = Case.objects.filter(is_open=True, created_at__gte=since, assignee=None)
    fresh = fresh.exclude(notices__kind=NoticeKind.NEW).select_related("agency", "office")
    return sum(
        _tell(
            _people_of(case.agency, case.office),
            case,
            NoticeKind.NEW,
            agency=case.agency,
            key=f"new:{case.pk}",
            text=f"新收申请 {case.number}（{case.get_entrance_display()}），尚未分办，{_until(case)}。",
        )
        for case in fresh
    )


def _pressing(day: date) -> Iterable[Case]:
    """Cases whose clock ends soon or has ended; closed ones too, where a new answer was ordered."""
    found = Case.objects.filter(due_on__lte=near_until(day))
    return found.select_related("agency", "office", "assignee").iterator(chunk_size=500)


def _remind_due(case: Case, day: date) -> int:
    if case.due_on is None:
        return 0
    kind, words = _stage(workdays_left(case.due_on, today=day))
    text = f"申请 {case.number} 的答复期限到{_chinese(case.due_on)}，{words}。"
    return _tell(people_for(case), case, kind, agency=case.agency, key=f"{kind}:{case.pk}:{case.due_on}", text=text)


def _stage(left: int) -> tuple[NoticeKind, str]:
    if left < 0:
        return NoticeKind.OVERDUE, f"已逾期{-left}个工作日"
    if left <= 1:
        return NoticeKind.ONE_DAY, "今天到期" if left == 0 else "还有1个工作日"
    return NoticeKind.FIVE_DAYS, f"还有{min(left, NEAR_WORKDAYS)}个工作日"


def _digest_of(agency_id: int, office_id: int | None, day: date) -> int:
    agency = Agency.objects.get(pk=agency_id)
    office = Office.objects.get(pk=office_id) if office_id is not None else None
    key = f"digest:{day}:{agency_id}:{office_id or 0}"
    people = [one for one in _people_of(agency, office) if not one.application_notices.filter(key=key).exists()]
    text = _digest_text(agency, office, day) if people else ""
    return _tell(people, None, NoticeKind.DIGEST, key=key, text=text, agency=agency, office=office) if text else 0


def _digest_text(agency: Agency, office: Office | None, day: date) -> str:
    """What the office has to do today, each case on a line of its own; blank where there is nothing."""
    every = Case.objects.filter(OWED, agency=agency, office=office)
    parts = (
        ("已逾期", every.filter(due_on__lt=day).order_by("due_on", "pk")),
        ("今日到期", every.filter(due_on=day).order_by("pk")),
        ("五个工作日内到期", every.filter(due_on__gt=day, due_on__lte=near_until(day)).order_by("due_on", "pk")),
        ("尚未分办", every.filter(assignee=None).order_by("due_on", "pk")),
    )
    lines = [line for title, cases in parts for line in _listed(title, list(cases[: _LISTED + 1]), cases.count())]
    if not lines:
        return ""
    where = office.name if office is not None else agency.short_name
    return "\n".join([f"{_chinese(day)}，{where}办理中的申请{every.count()}件。", *lines])


def _listed(title: str, cases: Sequence[Case], number: int) -> list[str]:
    if not cases:
        return []
    more = ["　……其余见台账"] if number > _LISTED else []
    return [f"{title}{number}件：", *(f"　{case.number}　{_until(case)}" for case in cases[:_LISTED]), *more]


def _people_of(agency: Agency, office: Office | None) -> list[User]:
    """Members of the office who may handle applications, else everybody in the agency who may."""
    able = people_with(Capability.HANDLE_APPLICATIONS, agency)
    if office is not None:
        roles = roles_with(Capability.HANDLE_APPLICATIONS)
        held = Membership.objects.in_force().filter(agency=agency, office=office, role__in=roles)
        if inside := list(able.filter(memberships__in=held)):
            return inside
    return list(able)


def _tell(  # noqa: PLR0913  # a notice is its facts, each by name
    people: Iterable[User],
    case: Case | None,
    kind: NoticeKind,
    *,
    key: str,
    text: str,
    agency: Agency,
    office: Office | None = None,
) -> int:
    """Write the notices that are not there yet and send their mail after the transaction."""
    made = 0
    for person in people:
        notice, new = Notice.objects.get_or_create(
            person=person,
            key=key,
            defaults={"agency": agency, "office": office, "case": case, "kind": kind, "text": text},
        )
        if new and person.email:
            transaction.on_commit(partial(send_notice.enqueue, notice.pk))
        made += new
    return made


def _until(case: Case) -> str:
    return f"答复期限到{_chinese(case.due_on)}" if case.due_on else f"等待{case.get_waiting_on_display()}"


def _chinese(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
