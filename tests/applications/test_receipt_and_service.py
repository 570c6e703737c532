"""The day of receipt by entrance, and the day of service by channel."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.applications import LedgerError
from gongkai.applications.receipt import Arrival, Entrance, receipt_day
from gongkai.applications.service import Channel, Service, service_rule

SUBMITTED, SIGNED, CONFIRMED = date(2025, 3, 1), date(2025, 3, 3), date(2025, 3, 5)


@pytest.mark.parametrize(
    ("entrance", "on", "citation"),
    [
        (Entrance.IN_PERSON, SUBMITTED, "条例第三十一条第（一）项"),
        (Entrance.REGISTERED_MAIL, SIGNED, "条例第三十一条第（二）项"),
        (Entrance.ORDINARY_MAIL, CONFIRMED, "条例第三十一条第（二）项"),
        (Entrance.WEB_FORM, SUBMITTED, "指导案例26号"),
        (Entrance.EMAIL, CONFIRMED, "条例第三十一条第（三）项"),
        (Entrance.FAX, CONFIRMED, "条例第三十一条第（三）项"),
    ],
)
def test_each_entrance_has_its_day(entrance: Entrance, on: date, citation: str) -> None:
    found = receipt_day(Arrival(entrance, SUBMITTED, SIGNED, CONFIRMED))
    assert (found.on, found.provision.citation) == (on, citation)


def test_the_guiding_case_yields_to_a_notice_on_the_site_and_is_marked_unverified() -> None:
    found = receipt_day(Arrival(Entrance.WEB_FORM, SUBMITTED, None, CONFIRMED, exception_stated=True))
    assert found.on == CONFIRMED
    assert not receipt_day(Arrival(Entrance.WEB_FORM, SUBMITTED)).provision.confirmed


def test_an_ordinary_letter_is_not_received_before_it_is_confirmed() -> None:
    with pytest.raises(LedgerError, match="尚无与申请人确认之日，还不能算作收到（条例第三十一条第（二）项）"):
        receipt_day(Arrival(Entrance.ORDINARY_MAIL, SUBMITTED))


def test_nothing_is_received_before_it_was_submitted() -> None:
    with pytest.raises(LedgerError, match="早于提交之日 2025-03-01"):
        receipt_day(Arrival(Entrance.FAX, SUBMITTED, None, date(2025, 2, 28)))


def test_post_is_in_time_by_mailing_and_known_by_signature() -> None:
    assert Service(Channel.POST, SUBMITTED).known_on is None
    assert Service(Channel.POST, SUBMITTED, SIGNED).known_on == SIGNED
    assert Service(Channel.NET, SUBMITTED).known_on == SUBMITTED


def test_a_courier_is_no_post() -> None:
    with pytest.raises(LedgerError, match="没有通过邮政企业"):
        service_rule(Service(Channel.POST, SUBMITTED, postal=False))
