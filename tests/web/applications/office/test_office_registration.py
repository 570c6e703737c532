"""Registering an application that came otherwise than by the form."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from office_screens import ROOT, address_of, text_of

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.models import Case, Delivery

pytestmark = pytest.mark.django_db


_LETTER = {
    "entrance": "ordinary_mail", "confirmed_on": "2025-03-05", "submitted_on": "2025-03-01",
    "applicant_type": "natural_person", "name": "李某某", "phone": "13900001111",
    "subject": "河道整治工程预算", "delivery": Delivery.POST, "carrier": "paper",
}  # fmt: skip


def test_a_plain_letter_counts_from_the_day_of_confirmation_and_says_so_before_it_is_registered(
    desk: Client, agency: Agency
) -> None:
    shown = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "act": "check"})
    assert "2025年3月5日" in text_of(shown)
    assert "条例第三十一条" in text_of(shown)
    assert Case.objects.count() == 0
    done = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "act": "register"})
    case = Case.objects.get()
    assert done["Location"] == address_of(case)
    assert (case.received_on, case.due_on) == (date(2025, 3, 5), date(2025, 4, 2))


def test_an_oral_application_is_one_made_in_person(desk: Client, agency: Agency) -> None:
    said = {**_LETTER, "agency": agency.pk, "entrance": "oral", "confirmed_on": "", "submitted_on": "2025-03-04"}
    desk.post(f"{ROOT}new/", {**said, "shown": "2025-03-04", "act": "register"})
    case = Case.objects.get()
    assert (case.entrance, case.received_on) == ("in_person", date(2025, 3, 4))


def test_a_letter_without_the_day_that_counts_is_asked_for_it_with_the_article(desk: Client, agency: Agency) -> None:
    answer = desk.post(f"{ROOT}new/", {**_LETTER, "agency": agency.pk, "confirmed_on": "", "act": "register"})
    assert answer.status_code == 422
    assert "尚无与申请人确认之日" in answer.context["form"].errors["confirmed_on"][0]
    assert Case.objects.count() == 0


def test_the_same_applicant_asking_for_the_same_is_shown_before_it_is_registered_again(
    desk: Client, agency: Agency
) -> None:
    said = {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "act": "register"}
    desk.post(f"{ROOT}new/", said)
    shown = desk.post(f"{ROOT}new/", said)
    assert "是否重复申请（条例第三十六条）" in text_of(shown)
    assert Case.objects.count() == 1
    desk.post(f"{ROOT}new/", {**said, "checked": "on"})
    assert Case.objects.count() == 2


def test_a_day_that_was_changed_after_it_was_shown_is_shown_again(desk: Client, agency: Agency) -> None:
    said = {**_LETTER, "agency": agency.pk, "shown": "2025-03-05", "confirmed_on": "2025-03-06", "act": "register"}
    assert "2025年3月6日" in text_of(desk.post(f"{ROOT}new/", said))
    assert Case.objects.count() == 0


def test_an_agency_that_is_not_the_officers_cannot_be_registered_for(desk: Client, other_agency: Agency) -> None:
    answer = desk.post(f"{ROOT}new/", {**_LETTER, "agency": other_agency.pk, "act": "register"})
    assert answer.status_code == 422
    assert Case.objects.count() == 0
