"""Telling stories in order, with Django's clock standing where they are."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from gongkai_web.demo.clock import SHANGHAI, Story, at, tell, workdays_after


def _moment(day: int) -> datetime:
    return datetime(2024, 5, day, 9, tzinfo=SHANGHAI)


def test_steps_of_many_stories_are_taken_in_the_order_of_their_moments() -> None:
    told: list[tuple[str, datetime]] = []

    def story(name: str, *days: int) -> Story:
        for day in days:
            yield _moment(day)
            told.append((name, timezone.now()))

    steps = tell([story("甲", 6, 10), story("乙", 8), story("丙", 7, 20)], until=_moment(15))
    assert told == [("甲", _moment(6)), ("丙", _moment(7)), ("乙", _moment(8)), ("甲", _moment(10))]
    assert steps == 4


def test_the_real_clock_is_back_afterwards_even_when_a_step_fails() -> None:
    def fails() -> Story:
        yield _moment(6)
        raise LookupError

    real = timezone.now
    with pytest.raises(LookupError):
        tell([fails()], until=_moment(15))
    assert timezone.now is real


def test_a_story_never_goes_back() -> None:
    told: list[datetime] = []

    def story() -> Story:
        yield _moment(8)
        yield _moment(6)
        told.append(timezone.now())

    tell([story()], until=_moment(15))
    assert told == [_moment(8)]


def test_office_moments_fall_on_workdays() -> None:
    assert at(date(2024, 10, 1), hour=10) == datetime(2024, 10, 8, 10, tzinfo=SHANGHAI)
    assert workdays_after(date(2024, 10, 8), -1) == date(2024, 9, 30)
