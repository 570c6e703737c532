"""The clause of a fee notice: the bands from which the fee is added up.

Source: 国办函〔2020〕109号 Art 3–5.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.applications.letters.composed import Missing
from gongkai.applications.letters.drafting import Drafting
from gongkai.applications.letters.errors import LetterError
from gongkai.applications.letters.facts import LetterFacts
from gongkai.applications.letters.kinds import fact
from gongkai.law.fees import FeeBand, fee_for_items, fee_for_pages


def charged(drafting: Drafting) -> str:
    """The basis, the bands and the amount. Raises: LetterError where the standard gives no fee."""
    basis = drafting.facts.values.get("fee_basis", "")
    if basis not in fact("fee_basis").choices:
        told = fact("fee_basis")
        return drafting.lack(Missing(told.key, told.label, told.place))
    bands, total = fee_bands(drafting.facts, on=drafting.on), fee_of(drafting.facts, on=drafting.on)
    if bands is None or total is None:
        known = {"fee_bands": "", "fee_amount": ""}
    else:
        if not total:
            raise LetterError(
                "no-fee", "按标准应收信息处理费为 0 元，不发收费通知书。", "请核对件数、页数，或者按期答复。"
            )
        known = {"fee_bands": "；".join(_said(band, _UNITS[basis]) for band in bands), "fee_amount": f"{total:f}"}
    return drafting.clause(f"fee_{basis}", known)


def fee_of(facts: LetterFacts, *, on: date) -> Decimal | None:
    """What is charged, in 元; None while it is not known."""
    bands = fee_bands(facts, on=on)
    return None if bands is None else sum((band.amount for band in bands), Decimal(0))


def fee_bands(facts: LetterFacts, *, on: date) -> tuple[FeeBand, ...] | None:
    """The bands of what is charged now: earlier items of the month fill the first ones. None while it is not known."""
    quantity, before = _number(facts, "fee_quantity"), _number(facts, "fee_before")
    if facts.values.get("fee_basis") == "pages":
        return None if quantity is None else fee_for_pages(quantity, on=on).bands
    if quantity is None or before is None:
        return None
    bands = fee_for_items(before + quantity, on=on).bands
    return tuple(FeeBand(max(b.first, before + 1), b.last, b.price) for b in bands if b.last > before)


_UNITS = {"items": "件", "pages": "页"}


def _said(band: FeeBand, unit: str) -> str:
    span = f"第{band.first}{unit}" if band.units == 1 else f"第{band.first}至第{band.last}{unit}，共{band.units}{unit}"
    if not band.price:
        return f"{span}，不收取费用"
    return f"{span}，每{unit}{band.price:f}元，计{band.amount:f}元"


def _number(facts: LetterFacts, key: str) -> int | None:
    text = facts.values.get(key, "").strip()
    return int(text) if text.isascii() and text.isdigit() else None
