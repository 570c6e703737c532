"""信息处理费: the vectors of 国办函〔2020〕109号 Art 4 and 5, to the 元."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import LawError, NotInForceError
from gongkai.law.fees import fee_for_items, fee_for_pages

ON = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("items", "total"),
    [(0, 0), (1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (100, 37000)],
)
def test_fee_by_items(items: int, total: int) -> None:
    assert fee_for_items(items, on=ON).total == Decimal(total)


@pytest.mark.parametrize(
    ("pages", "total"),
    [(0, 0), (30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (300, 6700)],
)
def test_fee_by_pages(pages: int, total: int) -> None:
    assert fee_for_pages(pages, on=ON).total == Decimal(total)


def test_the_bands_show_how_the_fee_was_added_up() -> None:
    bands = fee_for_items(41, on=ON).bands
    assert [(b.first, b.last, str(b.price), str(b.amount)) for b in bands] == [
        (1, 10, "0", "0"),
        (11, 30, "100", "2000"),
        (31, 40, "200", "2000"),
        (41, 41, "300", "300"),
    ]


def test_the_fee_says_what_is_not_confirmed() -> None:
    assert fee_for_items(1, on=ON).provision.unverified == "施行日期"


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(LawError, match="件数不能为负数：-1"):
        fee_for_items(-1, on=ON)


def test_a_number_beyond_reason_is_refused_at_once() -> None:
    with pytest.raises(LawError, match="页数过大"):
        fee_for_pages(10**12, on=ON)


def test_before_2021_there_was_no_fee() -> None:
    with pytest.raises(NotInForceError):
        fee_for_items(31, on=date(2020, 12, 31))


@given(st.integers(0, 3000))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_every_unit_is_in_one_band(quantity: int) -> None:
    for fee in (fee_for_items(quantity, on=ON), fee_for_pages(quantity, on=ON)):
        assert sum(band.units for band in fee.bands) == quantity
        assert [b.first for b in fee.bands[1:]] == [b.last + 1 for b in fee.bands[:-1]]


@given(st.integers(0, 3000))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_one_more_never_costs_less(quantity: int) -> None:
    assert fee_for_items(quantity + 1, on=ON).total >= fee_for_items(quantity, on=ON).total
    assert fee_for_pages(quantity + 1, on=ON).total >= fee_for_pages(quantity, on=ON).total
