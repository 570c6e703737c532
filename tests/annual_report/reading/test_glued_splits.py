"""Every way to tell glued, lost or shifted numbers apart."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading.glued_splits import (
    Effort,
    UndecidableError,
    blank_splits,
    joined,
    lost_readings,
    plain_splits,
    summing_splits,
    text_splits,
    window_readings,
)

NO_WALLS: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("digits", "readings"),
    [
        ("0000000", [(0, 0, 0, 0, 0, 0, 0)]),
        ("640020470", [(64, 0, 0, 2, 0, 4, 70)]),
        ("220000325", [(2, 20, 0, 0, 0, 3, 25), (22, 0, 0, 0, 0, 3, 25)]),
        ("270020130", [(2, 7, 0, 0, 20, 1, 30), (27, 0, 0, 2, 0, 1, 30)]),
        ("13612252045128321" + "4069", [(13612, 252, 0, 45, 128, 32, 14069)]),
        ("1000002", []),
        ("000000", []),
    ],
)
def test_digits_are_cut_where_the_last_number_is_the_sum(digits: str, readings: list[tuple[int, ...]]) -> None:
    assert summing_splits(digits, NO_WALLS, 7) == readings


def test_white_space_is_a_wall_that_no_number_crosses() -> None:
    text, walls = joined(["23", "0", "00", "0", "023"])
    assert summing_splits(text, walls, 7) == [(23, 0, 0, 0, 0, 0, 23)]


def test_no_number_has_a_leading_zero() -> None:
    assert plain_splits("1003", NO_WALLS, 3) == [(10, 0, 3)]


@pytest.mark.parametrize(
    ("text", "kinds", "splits"),
    [
        ("000", ["count", "count", "count"], [("0", "0", "0")]),
        ("350", ["count", "change"], [("35", "0"), ("3", "50")]),
        ("160+527", ["count", "change", "count"], [("160", "+52", "7"), ("160", "+5", "27")]),
        ("12.52元", ["count", "money"], [("1", "2.52元")]),
        ("5-3", ["count", "change"], [("5", "-3")]),
        ("00", ["count"], []),
        ("", ["count"], []),
    ],
)
def test_text_is_cut_into_one_number_of_each_kind(text: str, kinds: list[str], splits: list[tuple[str, ...]]) -> None:
    assert text_splits(text, NO_WALLS, kinds) == splits


def test_blanks_that_vanished_may_have_stood_in_any_column_but_the_last() -> None:
    readings = blank_splits("2626", NO_WALLS, 7)
    assert (26, None, None, None, None, None, 26) in readings
    assert (None, None, None, None, None, 26, 26) in readings
    assert len(readings) == 6


def test_a_lost_cell_may_have_stood_anywhere_and_held_what_the_sum_needs() -> None:
    assert lost_readings([20, 3, 0, 0, 0, 23], 7) == [
        (0, 20, 3, 0, 0, 0, 23),
        (20, 0, 3, 0, 0, 0, 23),
        (20, 3, 0, 0, 0, 0, 23),
        (20, 3, 0, 0, 0, 23, 46),
    ]


def test_zeros_of_which_one_is_lost_have_one_reading() -> None:
    assert lost_readings([0] * 6, 7) == [(0, 0, 0, 0, 0, 0, 0)]


def test_two_lost_cells_are_only_listed_within_a_known_bound() -> None:
    assert lost_readings([0] * 5, 7) is None
    assert lost_readings([0] * 5, 7, largest=0) == [(0, 0, 0, 0, 0, 0, 0)]
    assert (1, 0, 0, 0, 0, 0, 1) in (lost_readings([0] * 5, 7, largest=1) or [])


def test_three_lost_cells_are_not_listed() -> None:
    assert lost_readings([0] * 4, 7, largest=0) is None


def test_windows_leave_only_blanks_outside() -> None:
    assert window_readings([None, 1, None, 1, None], 3) == [(1, None, 1)]
    assert window_readings([None, 0, 0, None], 3) == [(None, 0, 0), (0, 0, None)]


def test_thousands_separators_stay_inside_their_number() -> None:
    assert plain_splits("1,0007", NO_WALLS, 2) == [(1000, 7)]


def test_a_search_that_would_take_minutes_is_given_up() -> None:
    with pytest.raises(UndecidableError):
        summing_splits("1" * 84, NO_WALLS, 7)


def test_all_the_searches_of_a_report_share_one_effort() -> None:
    effort = Effort(steps=40)
    assert summing_splits("0000000", NO_WALLS, 7, effort=effort) == [(0, 0, 0, 0, 0, 0, 0)]
    with pytest.raises(UndecidableError):
        summing_splits("640020470", NO_WALLS, 7, effort=effort)
