"""Splitting, merging, handing out, files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from office_screens import ROOT, address_of, text_of

from gongkai.applications import details as d
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Office, Role, User
from gongkai_web.applications.models import Case
from gongkai_web.information.models import InformationItem

pytestmark = pytest.mark.django_db


def test_splitting_makes_cases_with_the_same_day_of_receipt(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    desk.post(address_of(case, "split/"), {"on": "2025-03-06", "parts": "招标公告\n\n评标报告\n", "seen": 1})
    made = Case.objects.exclude(pk=case.pk).order_by("pk")
    assert [one.subject for one in made] == ["招标公告", "评标报告"]
    assert {one.received_on for one in made} == {date(2025, 3, 3)}


def test_merging_into_a_number_that_does_not_exist_says_so(desk: Client, make_case: Callable[..., Case]) -> None:
    answer = desk.post(address_of(make_case(), "merge/"), {"on": "2025-03-06", "into": "2025-999-00001", "seen": 1})
    assert "没有受理编号为“2025-999-00001”的其他申请" in text_of(answer)


def test_merging_and_transfer_end_a_case(desk: Client, make_case: Callable[..., Case]) -> None:
    first, second, third = make_case(), make_case(), make_case()
    desk.post(address_of(second, "merge/"), {"on": "2025-03-06", "into": first.number, "seen": 1})
    desk.post(address_of(third, "transfer/"), {"on": "2025-03-06", "body": "市水务局", "contact": "某路1号", "seen": 1})
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.phase, third.phase) == ("merged", "transferred")


def test_what_was_disclosed_becomes_a_draft_without_the_applicant(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    answered = d.Answered((d.Decision("一", "granted", {"how": "复印件"}),))
    happen(case, EventKind.ANSWERED, date(2025, 3, 20), answered)
    desk.post(address_of(case, "proactive/"), {"title": "某路段招标公告", "body": "公告全文<b>", "seen": 2})
    item = InformationItem.objects.get()
    assert (item.draft().title, item.live) == ("某路段招标公告", False)
    assert "王某某" not in item.draft().body
    assert "<b>" not in item.draft().body


def test_ticked_cases_are_handed_out_together_and_the_person_is_told(
    desk: Client, make_case: Callable[..., Case], make_user: Callable[..., User], agency: Agency
) -> None:
    colleague = make_user(Role.OFFICER, agency)
    office = Office.objects.create(agency=agency, name="政策法规科")
    cases = [make_case(), make_case()]
    sent = {"case": [one.pk for one in cases], "assignee": colleague.pk, "office": office.pk, "back": ROOT}
    desk.post(f"{ROOT}assign/", sent)
    assert {one.assignee for one in Case.objects.all()} == {colleague}
    assert colleague.application_notices.filter(kind="assigned").count() == 2


def test_a_drafter_is_nobody_to_hand_cases_to(
    desk: Client, make_case: Callable[..., Case], staff: dict[Role, User], officer: User
) -> None:
    case = make_case()
    desk.post(f"{ROOT}assign/", {"case": case.pk, "assignee": staff[Role.DRAFTER].pk, "back": "https://elsewhere/"})
    case.refresh_from_db()
    assert case.assignee == officer


def test_files_are_kept_sealed_and_handed_on_as_downloads(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    upload = SimpleUploadedFile("检索记录.txt", "检索了档案系统。".encode(), content_type="text/plain")
    desk.post(address_of(case, "files/"), {"kind": "search_record", "file": upload})
    stored = case.files.get()
    answer = desk.get(address_of(case, f"files/{stored.pk}/"))
    assert text_of(answer) == "检索了档案系统。"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_not_what_its_name_says_is_refused(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    upload = SimpleUploadedFile("检索记录.pdf", b"MZ\x90", content_type="application/pdf")
    desk.post(address_of(case, "files/"), {"kind": "search_record", "file": upload})
    assert case.files.count() == 0
