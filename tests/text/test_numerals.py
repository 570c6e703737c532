"""Numbers as printed in cells and in Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.numerals import Printed, PrintedKind, chinese_to_int, parse_cell, to_wan


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0", 0, None),
        ("1143", 1143, None),
        ("1,143", 1143, None),
        ("1，143", 1143, None),
        ("１１４３", 1143, None),
        (" 12 ", 12, None),
        ("\xa07\u3000", 7, None),
        ("+5", 5, None),
        ("-3", -3, None),
        ("－3", -3, None),
        ("增5", 5, None),
        ("减3", -3, None),
        ("增加2项", 2, "项"),
        ("12件", 12, "件"),
        ("3 项", 3, "项"),
        ("12（件）", 12, "件"),
        ("276.024", Decimal("276.024"), None),
        ("7539.4万元", Decimal("7539.4"), "万元"),
        ("75394432.52元", Decimal("75394432.52"), "元"),
        ("￥1,200.50", Decimal("1200.50"), "元"),
        ("0.", 0, None),
        ("零", 0, None),
        ("无增减", 0, None),
    ],
)
def test_a_printed_number_is_read_with_its_unit(text: str, value: int | Decimal, unit: str | None) -> None:
    assert parse_cell(text) == Printed(PrintedKind.NUMBER, value, unit)


@pytest.mark.parametrize("text", ["/", "—", "-", "――", "－－", "无", "\\", "——", "N/A", " / "])
def test_a_dash_is_not_zero(text: str) -> None:
    assert parse_cell(text) == Printed(PrintedKind.DASH)


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\u3000\n", "\u200b"])
def test_white_space_is_blank(text: str) -> None:
    assert parse_cell(text) == Printed(PrintedKind.BLANK)


@pytest.mark.parametrize(
    "text", ["0 0", "1, 143", "5?15", "12，5", "自然人", "1.2.3", "²", "3万件次", "0" * 16, "12" * 40]
)
def test_anything_else_is_unreadable(text: str) -> None:
    assert parse_cell(text) == Printed(PrintedKind.UNREADABLE)


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_do_not_change_the_number(number: int) -> None:
    assert parse_cell(f"{number:,}").value == number == parse_cell(str(number)).value


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    printed = parse_cell(text)
    assert (printed.value is not None) == (printed.kind is PrintedKind.NUMBER)


@pytest.mark.parametrize(
    ("amount", "unit", "wan"),
    [
        (Decimal("75394432.52"), "元", "7539.443252"),
        (Decimal("73.65"), "万元", "73.65"),
        (3, None, "3"),
        (2, "亿元", "20000"),
        (5, "千元", "0.5"),
    ],
)
def test_money_is_converted_exactly(amount: int | Decimal, unit: str | None, wan: str) -> None:
    assert to_wan(amount, unit=unit) == Decimal(wan)


def test_a_count_is_no_money() -> None:
    assert to_wan(12, unit="件") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百二十", 120),
        ("一百二", 120),
        ("一百零二", 102),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两", 2),
        ("〇", 0),
        ("十余", 10),
        ("二百余", 200),
        ("二〇二四", 2024),
        ("一千零五", 1005),
        ("三万五千", 35000),
        ("一万二", 12000),
        ("一亿二千万", 120_000_000),
        ("1.2万", 12000),
        ("3百", 300),
        ("廿一", 21),
    ],
)
def test_chinese_numerals_are_read(text: str, value: int) -> None:
    assert chinese_to_int(text) == value


@pytest.mark.parametrize("text", ["", "若干", "一项", "1.23456万", "零" * 30, "abc"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert chinese_to_int(text) is None


@given(st.text(alphabet="零一二三四五六七八九十百千万亿余〇两", max_size=30))
def test_any_run_of_numerals_gets_an_answer(text: str) -> None:
    value = chinese_to_int(text)
    assert value is None or value >= 0


def test_converting_yuan_leaves_no_zeros_that_were_not_printed() -> None:
    assert str(to_wan(251000, unit="元")) == "25.1"
    assert str(to_wan(1_000_000, unit="元")) == "100"
    assert str(to_wan(Decimal("25.10"), unit="万元")) == "25.10"
