"""The 20-workday duty, stale columns, and the ready-made sets."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.calendar import calendar_for
from gongkai.proactive.columns import COLUMN_SETS, ColumnKind
from gongkai.proactive.duty import DOUBLE_PUBLICITY_WORKDAYS, Light, is_stale, publication_clock
from gongkai.proactive.obligations import ARTICLE_20, Level, obligations_for

CALENDAR = calendar_for()


@pytest.mark.parametrize(
    ("today", "light", "used"),
    [
        (date(2025, 1, 20), Light.NORMAL, 0),
        (date(2025, 2, 13), Light.NORMAL, 14),
        (date(2025, 2, 14), Light.NEAR, 15),
        (date(2025, 2, 21), Light.TODAY, 20),
        (date(2025, 2, 24), Light.OVERDUE, 21),
    ],
)
def test_the_clock_runs_over_the_spring_festival(today: date, light: Light, used: int) -> None:
    clock = publication_clock(date(2025, 1, 20), calendar=CALENDAR, today=today)
    assert (clock.due_on, clock.light, clock.used) == (date(2025, 2, 21), light, used)


def test_what_was_published_in_time_and_late() -> None:
    made = date(2025, 1, 20)
    in_time = publication_clock(made, calendar=CALENDAR, today=date(2026, 1, 1), published_on=date(2025, 2, 21))
    late = publication_clock(made, calendar=CALENDAR, today=date(2026, 1, 1), published_on=date(2025, 2, 25))
    assert (in_time.light, in_time.late_workdays) == (Light.DONE, 0)
    assert late.sentence == "第22个工作日公开，超期2个工作日（条例第二十六条）"


def test_an_item_published_on_the_day_it_was_made_has_used_nothing() -> None:
    clock = publication_clock(
        date(2025, 1, 20), calendar=CALENDAR, today=date(2025, 1, 20), published_on=date(2025, 1, 20)
    )
    assert clock.used == 0


def test_double_publicity_has_seven_workdays() -> None:
    clock = publication_clock(
        date(2025, 9, 25), calendar=CALENDAR, today=date(2025, 9, 26), limit=DOUBLE_PUBLICITY_WORKDAYS
    )
    assert clock.due_on == date(2025, 10, 11)


def test_a_column_is_stale_after_its_interval_and_when_it_is_blank() -> None:
    today = date(2025, 3, 3)
    assert not is_stale(date(2025, 2, 1), interval_days=30, today=today)
    assert is_stale(date(2025, 1, 31), interval_days=30, today=today)
    assert is_stale(None, interval_days=30, today=today)
    assert not is_stale(None, interval_days=None, today=today)


def test_article_20_has_its_fifteen_items_in_order() -> None:
    assert len(ARTICLE_20) == 15
    assert ARTICLE_20[6].article == "条例第二十条第（七）项"
    assert [row.code for row in ARTICLE_20] == sorted(row.code for row in ARTICLE_20)


def test_article_21_adds_for_cities_and_for_townships() -> None:
    assert len(obligations_for()) == 15
    assert len(obligations_for(Level.DISTRICTED_CITY_AND_COUNTY)) == 20
    assert obligations_for(Level.TOWNSHIP)[-1].label == "农业农村"


def test_the_statutory_block_has_its_five_parts() -> None:
    kinds = [column.kind for column in COLUMN_SETS["statutory"].columns]
    assert kinds == [
        ColumnKind.GUIDE,
        ColumnKind.RULES,
        ColumnKind.STATUTORY,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.APPLICATION,
    ]


def test_columns_of_all_sets_have_distinct_codes_and_known_parents() -> None:
    columns = [column for column_set in COLUMN_SETS.values() for column in column_set.columns]
    codes = [column.code for column in columns]
    assert len(codes) == len(set(codes))
    assert {column.parent for column in columns} == {None, "statutory"}
