"""信息处理费: what an application of unusual number or size may cost, band by band.

Source: 国办函〔2020〕109号 Art 3–5; 条例 §42. Charging is at the agency's discretion and never both ways at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Literal

from gongkai.law.errors import LawError
from gongkai.law.provisions import Provision, in_force

Basis = Literal["items", "pages"]

# More than any agency has met; it keeps a slip of the pen from being worked out band by band for minutes.
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class FeeBand:
    """The units from `first` to `last`, both included, that cost `price` 元 each."""

    first: int
    last: int
    price: Decimal

    @property
    def units(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        """In 元."""
        return self.units * self.price


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee for a quantity, with the bands it was added up from."""

    quantity: int
    bands: tuple[FeeBand, ...]
    provision: Provision

    @property
    def total(self) -> Decimal:
        """In 元."""
        return sum((band.amount for band in self.bands), Decimal(0))


def fee_for_items(items: int, *, on: date) -> Fee:
    """按件: what one applicant's items of one calendar month cost, by the rule in force on that day.

    >>> fee_for_items(41, on=date(2025, 3, 1)).total
    Decimal('4300')

    Raises: LawError for a number below 0 or beyond reason, NotInForceError before the rule.
    Source: 国办函〔2020〕109号 Art 4.
    """
    return _fee("items", items, on)


def fee_for_pages(pages: int, *, on: date) -> Fee:
    """按量: what the pages provided for one application cost, by the rule in force on that day.

    >>> fee_for_pages(68, on=date(2025, 3, 1)).total
    Decimal('380')

    Raises: LawError for a number below 0 or beyond reason, NotInForceError before the rule.
    Source: 国办函〔2020〕109号 Art 5.
    """
    return _fee("pages", pages, on)


def _fee(basis: Basis, quantity: int, on: date) -> Fee:
    provision = in_force(f"fee.{basis}", on=on)
    if quantity < 0:
        raise LawError("negative-quantity", f"{provision.unit}数不能为负数：{quantity}。", "请填写 0 或正整数。")
    if quantity > LARGEST:
        raise LawError("quantity-too-large", f"{provision.unit}数过大：{quantity}。", f"请填写不超过 {LARGEST} 的数。")
    return Fee(quantity, tuple(_bands(provision.terms["bands"], quantity)), provision)


def _bands(table: list[Mapping[str, Any]], quantity: int) -> Iterator[FeeBand]:
    first = 1
    for upto, price in _tiers(table):
        if first > quantity:
            return
        last = quantity if upto is None else min(upto, quantity)
        yield FeeBand(first, last, price)
        first = last + 1


def _tiers(table: list[Mapping[str, Any]]) -> Iterator[tuple[int | None, Decimal]]:
    """The bands in order; the last one has no end, or goes on rising by `rise` for every `every` units."""
    *closed, open_band = table
    for band in closed:
        yield band["upto"], Decimal(band["price"])
    price = Decimal(open_band["price"])
    if "every" not in open_band:
        yield None, price
        return
    for step in count(1):
        yield closed[-1]["upto"] + step * open_band["every"], price + (step - 1) * Decimal(open_band["rise"])
