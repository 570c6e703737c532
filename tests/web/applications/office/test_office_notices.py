"""Reminders are given once, by mail as well, and say nothing of the applicant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from gongkai.applications import details as d
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Membership, Office, Role, User
from gongkai_web.applications.models import Case, Notice
from gongkai_web.applications.services import notices

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _kinds(person: User) -> list[str]:
    return sorted(person.application_notices.values_list("kind", flat=True))


def test_five_days_one_day_and_overdue_are_each_told_once(make_case: Callable[..., Case], officer: User) -> None:
    case = make_case(on=date(2025, 3, 3))
    assert case.due_on == date(2025, 3, 31)
    days = (date(2025, 3, 21), date(2025, 3, 24), date(2025, 3, 25), date(2025, 3, 28), date(2025, 3, 31),
            date(2025, 4, 1), date(2025, 4, 2))  # fmt: skip
    assert [notices.remind(today=day) for day in days] == [0, 1, 0, 1, 0, 1, 0]
    assert _kinds(officer) == ["five_days", "one_day", "overdue"]


def test_a_day_that_moves_is_told_again(
    make_case: Callable[..., Case], happen: Callable[..., Case], officer: User
) -> None:
    case = make_case(on=date(2025, 3, 3))
    notices.remind(today=date(2025, 3, 26))
    happen(case, EventKind.EXTENDED, date(2025, 3, 26), d.Extended(20, "赵主任"))
    assert notices.remind(today=date(2025, 3, 27)) == 0
    assert notices.remind(today=date(2025, 4, 22)) == 1
    assert _kinds(officer) == ["five_days", "five_days"]


def test_mail_goes_out_after_the_transaction_and_names_no_applicant(
    make_case: Callable[..., Case], officer: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    case = make_case(on=date(2025, 3, 3), name="欧阳某某", subject="某小区拆迁补偿")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        notices.remind(today=date(2025, 3, 28))
    letter = mail.outbox[0]
    assert letter.to == [officer.email]
    assert case.number in letter.body
    assert "欧阳" not in letter.body
    assert "拆迁" not in letter.body
    assert Notice.objects.get().mailed_at is not None


def test_a_new_case_that_nobody_has_is_told_to_its_office(
    make_case: Callable[..., Case], agency: Agency, officer: User, make_user: Callable[..., User]
) -> None:
    office = Office.objects.create(agency=agency, name="政策法规科")
    inside = make_user(Role.OFFICER, agency)
    Membership.objects.filter(user=inside).update(office=office)
    case = make_case(on=date(2025, 3, 3), office=office)
    Case.objects.filter(pk=case.pk).update(assignee=None)
    notices.remind(today=date(2025, 3, 4))
    assert _kinds(inside) == ["new"]
    assert _kinds(officer) == []


def test_the_digest_comes_once_a_day_from_eight_and_only_if_there_is_something(
    make_case: Callable[..., Case], officer: User
) -> None:
    case = make_case(on=date(2025, 3, 3))
    assert notices.digest(now=datetime(2025, 3, 10, 9, tzinfo=SHANGHAI)) == 0
    assert notices.digest(now=datetime(2025, 3, 31, 7, 59, tzinfo=SHANGHAI)) == 0
    assert notices.digest(now=datetime(2025, 3, 31, 8, tzinfo=SHANGHAI)) == 1
    assert notices.digest(now=datetime(2025, 3, 31, 9, tzinfo=SHANGHAI)) == 0
    text = officer.application_notices.get(kind="digest").text
    assert "今日到期1件：" in text
    assert case.number in text


def test_the_command_daily_gives_the_reminders(make_case: Callable[..., Case], officer: User) -> None:
    make_case(on=date(2025, 3, 3))
    out = StringIO()
    call_command("daily", stdout=out)
    assert "办理提醒1条" in out.getvalue()
    assert "overdue" in _kinds(officer)


def test_notices_are_shown_to_their_person_and_marked_as_read(
    make_case: Callable[..., Case], officer: User, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    make_case(on=date(2025, 3, 3))
    notices.remind(today=date(2025, 4, 10))
    notice = officer.application_notices.get()
    stranger = sign_in(staff[Role.SUPERVISOR])
    assert notice.text not in stranger.get("/admin/applications/notices/").content.decode()
    stranger.post("/admin/applications/notices/read/", {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None
    desk = sign_in(officer)
    assert notice.text in desk.get("/admin/applications/notices/").content.decode()
    desk.post("/admin/applications/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_the_start_page_shows_what_is_due_and_how_much_lies_in_each_queue(
    make_case: Callable[..., Case], officer: User, sign_in: Callable[[User], Client]
) -> None:
    case = make_case(on=date(2025, 3, 3))
    page = sign_in(officer).get("/admin/").content.decode()
    assert "临期和逾期的公开申请（1）" in page
    assert case.number in page
    assert "已逾期" in page
