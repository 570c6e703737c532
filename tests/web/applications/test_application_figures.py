"""Tables 三 and 四 from what the cases repeat of their ledgers, the same as from the ledgers themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.applications import ApplicantType, Entry, figures
from gongkai.applications.details import (
    Answered,
    Decision,
    Received,
    RemedyAppealed,
    RemedyDecided,
    RemedyFiled,
    RemedyGroup,
    RemedyResult,
    SplitInto,
)
from gongkai.applications.errors import LedgerError
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, User
from gongkai_web.applications import selectors
from gongkai_web.applications.models import Case, CountedCell
from gongkai_web.applications.services import events

GRANTED = Answered((Decision("全部", "granted", {"how": "电子邮件发送"}),))
Make = Callable[..., Case]


@pytest.fixture
def several(make_case: Make, happen: Make) -> list[Case]:
    """One answered at once, one carried over a year, one still open, one in court over three years."""
    at_once = happen(make_case(on=date(2023, 3, 1)), EventKind.ANSWERED, date(2023, 3, 20), GRANTED)
    carried = happen(
        make_case(on=date(2023, 12, 20), kind=ApplicantType.ENTERPRISE), EventKind.ANSWERED, date(2024, 1, 10), GRANTED
    )
    open_still = make_case(on=date(2023, 12, 28))
    court = happen(make_case(on=date(2022, 5, 5)), EventKind.ANSWERED, date(2022, 5, 20), GRANTED)
    suit = RemedyFiled("（2022）行初1号", RemedyGroup.LITIGATION_DIRECT, "某市中级人民法院")
    happen(court, EventKind.REMEDY_FILED, date(2022, 8, 1), suit)
    upheld = RemedyDecided("（2022）行初1号", RemedyResult.UPHELD)
    happen(court, EventKind.REMEDY_DECIDED, date(2023, 2, 1), upheld)
    happen(court, EventKind.REMEDY_APPEALED, date(2023, 3, 1), RemedyAppealed("（2022）行初1号"))
    happen(court, EventKind.REMEDY_DECIDED, date(2025, 2, 1), upheld)
    return [at_once, carried, open_still, court]


@pytest.mark.parametrize("year", [2020, 2022, 2023, 2024, 2025, 2030])
def test_the_query_counts_what_the_ledgers_count(several: list[Case], agency: Agency, year: int) -> None:
    by_ledger = figures([selectors.ledger_of(case) for case in several], year)
    assert selectors.table3(agency, year) == {path: len(found) for path, found in by_ledger.items()}
    for path, numbers in by_ledger.items():
        assert [case.number for case in selectors.cases_in(agency, year, path)] == sorted(set(numbers))


def test_a_case_carried_over_the_year_stands_in_both_years(several: list[Case], agency: Agency) -> None:
    before, after = selectors.table3(agency, 2023), selectors.table3(agency, 2024)
    assert before["applications.received.enterprise"] == 1
    assert before["applications.carried_out.total"] == after["applications.carried_in.total"] == 2
    assert after["applications.granted.enterprise"] == 1
    assert after["applications.carried_out.natural_person"] == 1


def test_an_open_case_is_carried_into_every_year_to_come(several: list[Case], agency: Agency) -> None:
    assert [case.pk for case in selectors.cases_in(agency, 2029, "applications.carried_in.total")] == [several[2].pk]


def test_the_carry_holds_for_each_kind_of_applicant(several: list[Case], agency: Agency) -> None:
    rows = selectors.carry(agency, 2024)
    assert all(row.holds for row in rows)
    assert [row.carried_in for row in rows if row.column == "enterprise"] == [(several[1].number,)]


def test_a_year_before_the_form_is_refused(agency: Agency) -> None:
    with pytest.raises(LedgerError, match="2018年"):
        selectors.table3(agency, 2018)


def test_a_case_split_off_counts_from_the_year_of_the_split(make_case: Make, happen: Make, agency: Agency) -> None:
    origin = make_case(on=date(2023, 12, 27))
    part = make_case(on=date(2023, 12, 27), split_from=origin.number, split_on=date(2024, 1, 4))
    happen(origin, EventKind.SPLIT, date(2024, 1, 4), SplitInto((part.number,)))
    assert selectors.table3(agency, 2023)["applications.received.total"] == 1
    assert selectors.table3(agency, 2024)["applications.received.total"] == 1
    assert selectors.table3(agency, 2025)["applications.carried_in.total"] == 2


def test_a_corrected_kind_of_applicant_moves_the_case(make_case: Make, officer: User, agency: Agency) -> None:
    case = make_case(on=date(2023, 12, 28))
    right = Received(Arrival(Entrance.IN_PERSON, submitted_on=date(2023, 12, 28)), ApplicantType.ENTERPRISE)
    events.correct(case, 0, Entry(EventKind.RECEIVED, date(2023, 12, 28), right), "申请人是企业", by=officer)
    assert selectors.table3(agency, 2023)["applications.received.enterprise"] == 1
    assert selectors.table3(agency, 2023)["applications.received.natural_person"] == 0


def test_a_closed_case_needs_two_rows(make_case: Make, happen: Make) -> None:
    case = happen(make_case(), EventKind.ANSWERED, date(2025, 3, 20), GRANTED)
    assert sorted(CountedCell.objects.filter(case=case).values_list("path", "year", "until")) == [
        ("applications.granted.natural_person", 2025, 2025),
        ("applications.received.natural_person", 2025, 2025),
    ]
