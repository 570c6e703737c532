"""The remedy follows the outcome and the day of decision: 2024-01-01 and 2025-06-01 changed it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import NotInForceError
from gongkai.law.outcomes import outcome_keys
from gongkai.law.remedies import AgencyKind, Way, remedy, remedy_dates, remedy_of_class

REFUSALS = [key for key in outcome_keys() if key.startswith("refused.") and key != "refused.administrative_query"]


@pytest.mark.parametrize("key", REFUSALS)
def test_a_refusal_goes_through_reconsideration_since_2024(key: str) -> None:
    assert remedy(key, decided_on=date(2023, 12, 31)).way is Way.CHOICE
    first = remedy(key, decided_on=date(2024, 1, 1))
    assert (first.way, first.must_tell) == (Way.RECONSIDERATION_FIRST, True)
    assert remedy(key, decided_on=date(2025, 6, 1)).way is Way.RECONSIDERATION_FIRST


@pytest.mark.parametrize("key", [key for key in outcome_keys() if key.startswith(("unavailable.", "not_processed."))])
def test_the_interpretation_of_2025_confirms_the_choice(key: str) -> None:
    before, since = remedy(key, decided_on=date(2025, 5, 31)), remedy(key, decided_on=date(2025, 6, 1))
    assert (before.way, before.confirmed) == (Way.CHOICE, False)
    assert (since.way, since.confirmed) == (Way.CHOICE, True)
    assert "2025年司法解释第一条" in since.provision.citation


def test_the_refused_part_of_a_partial_answer_goes_through_reconsideration() -> None:
    part = remedy("partly_granted", decided_on=date(2025, 1, 2))
    assert (part.way, part.note) == (Way.RECONSIDERATION_FIRST, "不予公开的部分应当先申请行政复议")


def test_an_administrative_query_is_left_to_the_lawyers() -> None:
    query = remedy("refused.administrative_query", decided_on=date(2025, 7, 1))
    assert (query.way, query.confirmed) == (Way.UNSETTLED, False)


def test_who_hears_the_reconsideration_of_a_department_changed_in_2024() -> None:
    assert remedy("granted", decided_on=date(2023, 12, 31)).body == "本级人民政府或者上一级主管部门"
    assert remedy("granted", decided_on=date(2024, 1, 1)).body == "本级人民政府"


def test_vertically_led_agencies_and_governments_keep_their_own() -> None:
    on = date(2025, 7, 1)
    assert remedy("granted", decided_on=on, agency=AgencyKind.VERTICAL).body == "上一级主管部门"
    assert remedy("granted", decided_on=on, agency=AgencyKind.GOVERNMENT).body == "上一级人民政府"


def test_a_failure_to_publish_is_met_by_applying_first() -> None:
    since = remedy_of_class("proactive_duty", decided_on=date(2025, 6, 1))
    assert (since.way, since.provision.citation) == (Way.APPLY_FIRST, "2025年司法解释第二条")
    assert remedy_of_class("proactive_duty", decided_on=date(2025, 5, 31)).provision.citation == "2011年司法解释第三条"


def test_no_answer_is_unsettled_since_2024() -> None:
    assert remedy_of_class("no_answer", decided_on=date(2023, 6, 1)).way is Way.CHOICE
    assert remedy_of_class("no_answer", decided_on=date(2025, 6, 2)).way is Way.UNSETTLED


def test_a_suit_has_a_date_only_where_it_is_open_at_once() -> None:
    choice = remedy_dates(Way.CHOICE, served_on=date(2025, 3, 3))
    assert (choice.reconsideration, choice.litigation) == (date(2025, 5, 6), date(2025, 9, 3))
    assert remedy_dates(Way.RECONSIDERATION_FIRST, served_on=date(2025, 3, 3)).litigation is None


def test_decisions_under_the_old_regulation_have_no_outcome_here() -> None:
    with pytest.raises(NotInForceError):
        remedy("granted", decided_on=date(2019, 5, 14))
