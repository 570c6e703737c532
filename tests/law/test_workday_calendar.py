"""The workday calendar: the vectors, the make-up days, and what counting has to satisfy."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import CalendarRangeError, DayKind, UnknownRegionError, calendar_for
from gongkai.law.notices import national, regions

CALENDAR = calendar_for()
DAYS = st.dates(date(2008, 1, 1), date(2026, 12, 31))


def assert_workday(day: date) -> None:
    assert CALENDAR.is_workday(day), f"{day} should be a workday"


def assert_off(day: date) -> None:
    assert not CALENDAR.is_workday(day), f"{day} should be a day off"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2024, 9, 13), 7, date(2024, 9, 25)),
        (date(2024, 9, 13), 20, date(2024, 10, 17)),
        (date(2025, 1, 20), 7, date(2025, 2, 5)),
        (date(2025, 1, 20), 20, date(2025, 2, 21)),
        (date(2025, 1, 20), 40, date(2025, 3, 21)),
        (date(2025, 9, 25), 7, date(2025, 10, 11)),
        (date(2025, 9, 25), 20, date(2025, 10, 29)),
        (date(2025, 12, 31), 20, date(2026, 1, 29)),
        (date(2026, 2, 6), 15, date(2026, 3, 5)),
        (date(2026, 2, 6), 20, date(2026, 3, 12)),
    ],
)
def test_the_nth_workday_after_a_day(start: date, n: int, due: date) -> None:
    assert CALENDAR.add_workdays(start, n) == due


@pytest.mark.parametrize(
    ("year", "made_up"),
    [
        (2024, ["0204", "0218", "0407", "0428", "0511", "0914", "0929", "1012"]),
        (2025, ["0126", "0208", "0427", "0928", "1011"]),
        (2026, ["0104", "0214", "0228", "0509", "0920", "1010"]),
    ],
)
def test_the_weekend_days_on_which_people_work(year: int, made_up: list[str]) -> None:
    days = CALENDAR.days(date(year, 1, 1), until=date(year, 12, 31))
    assert [day.date.strftime("%m%d") for day in days if day.kind is DayKind.SWAPPED] == made_up


@pytest.mark.parametrize(
    ("fixed", "last"),
    [
        (date(2020, 1, 31), date(2020, 1, 23)),
        (date(2021, 1, 31), date(2021, 1, 29)),
        (date(2022, 1, 31), date(2022, 1, 30)),
        (date(2023, 1, 31), date(2023, 1, 31)),
        (date(2024, 1, 31), date(2024, 1, 31)),
        (date(2025, 1, 31), date(2025, 1, 27)),
        (date(2026, 1, 31), date(2026, 1, 30)),
    ],
)
def test_the_last_workday_up_to_a_fixed_date(fixed: date, last: date) -> None:
    assert CALENDAR.on_or_before(fixed) == last


def test_a_notice_moves_days_of_the_december_before_its_year() -> None:
    assert_workday(date(2018, 12, 29))
    assert_off(date(2018, 12, 31))
    assert_workday(date(2011, 12, 31))
    assert_off(date(2007, 12, 31))


def test_a_day_is_explained_with_its_holiday_and_its_notice() -> None:
    day = CALENDAR.explain(date(2025, 10, 11))
    assert (day.kind, day.name, day.weekday) == (DayKind.SWAPPED, "国庆节、中秋节", "星期六")
    assert day.reason == "国庆节、中秋节调休上班（国办发明电〔2024〕12号）"
    assert day.notice is not None
    assert day.notice.citation == "《国务院办公厅关于2025年部分节假日安排的通知》（国办发明电〔2024〕12号）"


def test_plain_days_need_no_notice() -> None:
    assert CALENDAR.explain(date(2025, 3, 3)).reason == "工作日"
    assert CALENDAR.explain(date(2025, 3, 2)).reason == "周末"


def test_half_day_holidays_are_workdays() -> None:
    for day in (date(2024, 3, 8), date(2023, 5, 4), date(2023, 6, 1), date(2024, 8, 1)):
        assert_workday(day)


def test_an_amendment_is_known_from_its_publication_on() -> None:
    before, after = calendar_for(known_on=date(2019, 3, 21)), calendar_for(known_on=date(2019, 3, 22))
    assert [c.is_workday(date(2019, 5, 2)) for c in (before, after)] == [True, False]
    assert [c.is_workday(date(2019, 4, 28)) for c in (before, after)] == [False, True]


def test_the_extension_of_2020_cancels_a_made_up_workday() -> None:
    before = calendar_for(known_on=date(2020, 1, 26))
    assert before.is_workday(date(2020, 2, 1))
    assert_off(date(2020, 2, 1))
    assert_off(date(2020, 1, 31))
    assert_workday(date(2020, 2, 3))
    assert_workday(date(2020, 1, 19))


def test_a_due_date_moves_with_the_notice() -> None:
    received = date(2020, 1, 20)
    assert calendar_for(known_on=received).add_workdays(received, 20) == date(2020, 2, 21)
    assert CALENDAR.add_workdays(received, 20) == date(2020, 2, 25)


def test_a_year_without_notice_is_provisional_and_assumes_the_statutory_days() -> None:
    spring = CALENDAR.explain(date(2027, 2, 8))
    assert (spring.kind, spring.provisional, spring.notice) == (DayKind.HOLIDAY, True, None)
    assert spring.reason == "春节放假（推定，尚无放假通知）"
    assert CALENDAR.is_workday(date(2027, 1, 4))
    assert not CALENDAR.is_workday(date(2027, 10, 1))


def test_an_assumed_holiday_on_a_weekend_is_made_up_for() -> None:
    # 2027: 初一 and 初二 fall on Saturday and Sunday, so two workdays after 初三 are off.
    assert [CALENDAR.is_workday(date(2027, 2, day)) for day in (8, 9, 10, 11)] == [False, False, False, True]


def test_a_year_known_today_was_provisional_before_its_notice() -> None:
    before = calendar_for(known_on=date(2025, 11, 3))
    assert before.is_provisional(date(2026, 5, 6))
    assert not calendar_for(known_on=date(2025, 11, 4)).is_provisional(date(2026, 5, 6))


def test_the_last_days_of_december_wait_for_the_next_notice() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 28))
    assert CALENDAR.is_provisional(date(2026, 12, 31))
    assert not CALENDAR.is_provisional(date(2025, 12, 31))


def test_a_stretch_is_provisional_if_any_of_its_days_is() -> None:
    assert not CALENDAR.provisional_between(date(2026, 12, 1), until=date(2026, 12, 28))
    assert CALENDAR.provisional_between(date(2026, 12, 1), until=date(2027, 1, 5))
    assert not CALENDAR.provisional_between(date(2025, 12, 1), until=date(2026, 1, 5))


def test_years_far_away_still_answer() -> None:
    assert CALENDAR.add_workdays(date(2060, 3, 1), 5) == date(2060, 3, 8)
    assert CALENDAR.add_workdays(date(2001, 3, 1), 5) == date(2001, 3, 8)
    assert CALENDAR.is_provisional(date(2060, 3, 1))
    assert CALENDAR.is_provisional(date(2001, 3, 1))


@pytest.mark.parametrize(("day", "n"), [(date(2100, 12, 30), 30), (date(1996, 1, 2), -9), (date(9999, 12, 31), 1)])
def test_beyond_the_calendar_is_an_error_and_not_a_guess(day: date, n: int) -> None:
    with pytest.raises(CalendarRangeError, match="超出日历范围"):
        CALENDAR.add_workdays(day, n)


def test_counting_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarRangeError):
        CALENDAR.count(date(1990, 1, 1), until=date(2020, 1, 1))


def test_a_time_of_day_does_not_matter() -> None:
    assert not CALENDAR.is_workday(datetime(2026, 2, 16, 9, 30))  # noqa: DTZ001  a naive time is the case


def test_a_region_adds_its_own_holidays() -> None:
    here = calendar_for(region="宁夏")
    day = here.explain(date(2021, 5, 13))
    assert (day.kind, day.reason) == (
        DayKind.LOCAL_HOLIDAY,
        "开斋节放假（《自治区人民政府办公厅关于2021年部分节假日安排的通知》）",
    )
    assert CALENDAR.is_workday(date(2021, 5, 13))
    assert here.add_workdays(date(2021, 5, 12), 1) == date(2021, 5, 17)


def test_a_region_swaps_days_too() -> None:
    here = calendar_for(region="广西壮族自治区")
    assert here.is_workday(date(2021, 4, 18))
    assert not here.is_workday(date(2021, 4, 16))


def test_a_year_that_is_not_recorded_for_a_region_is_provisional_there() -> None:
    here = calendar_for(region="宁夏")
    assert here.is_provisional(date(2025, 6, 3))
    assert not here.is_provisional(date(2021, 6, 3))


def test_an_unknown_region_names_the_known_ones() -> None:
    with pytest.raises(UnknownRegionError) as caught:
        calendar_for(region="火星")
    assert caught.value.hint == "可用的地区：宁夏、广西、新疆、西藏。"


def test_regional_days_are_marked_unchecked() -> None:
    assert all(notice.checked_on is None for region in regions().values() for notice in region.notices)


def test_every_year_from_2008_to_2026_has_a_notice() -> None:
    assert sorted({notice.year for notice in national()}) == list(range(2008, 2027))
    assert all(notice.number and notice.published and notice.url for notice in national())


def test_a_notice_is_published_before_what_it_arranges_ends() -> None:
    for notice in national():
        assert notice.published is not None
        assert notice.published < max(arrangement.last for arrangement in notice.arrangements)


def test_people_make_up_on_weekends_only() -> None:
    for notice in national():
        for arrangement in notice.arrangements:
            assert all(day.weekday() >= 5 for day in arrangement.work), (notice.number, arrangement.name)


@given(DAYS, st.integers(1, 120))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_counting_undoes_adding(day: date, n: int) -> None:
    assert CALENDAR.count(day, until=CALENDAR.add_workdays(day, n)) == n
    assert CALENDAR.count(day, until=CALENDAR.add_workdays(day, -n)) == -n


@given(DAYS, st.integers(-120, 120), st.integers(1, 60))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_more_workdays_are_later(day: date, n: int, more: int) -> None:
    assert CALENDAR.add_workdays(day, n + more) > CALENDAR.add_workdays(day, n)


@given(DAYS, st.integers(1, 120), st.integers(1, 30))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_a_later_start_is_never_due_earlier(day: date, n: int, later: int) -> None:
    assert CALENDAR.add_workdays(day + timedelta(days=later), n) >= CALENDAR.add_workdays(day, n)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_adding_twice_is_adding_the_sum(day: date, n: int, m: int) -> None:
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(day, n), m) == CALENDAR.add_workdays(day, n + m)


@given(DAYS, st.integers(1, 120))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_a_due_date_is_a_workday(day: date, n: int) -> None:
    assert_workday(CALENDAR.add_workdays(day, n))


@given(DAYS)
@settings(deadline=None)  # the first example loads the calendar or the register
def test_no_workdays_is_the_day_itself(day: date) -> None:
    assert CALENDAR.add_workdays(day, 0) == day
    assert CALENDAR.count(day, until=day) == 0
