"""Figures that cannot be: negative, fractional, beyond the agency's powers, below what they include."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.agency_kind import lacks_rule_power
from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.registry import Subject, rule

MONEY_DECIMALS = 6  # 0.000001 万元 is one 分


@rule("NUM-NEGATIVE")
def rule_not_negative(subject: Subject) -> Iterator[Finding]:
    """件数和金额不小于 0; only 本年增/减 of the 2019 form may be negative (LAW C5)."""
    for at in (*(() if subject.plain_counts else subject.layout.counts), *subject.layout.money):
        value = subject.values[at]
        if value is not None and value < 0:
            yield _cell_finding("NUM-NEGATIVE", at, subject)


@rule("NUM-FRACTION")
def rule_counts_are_whole(subject: Subject) -> Iterator[Finding]:
    """件数为整数 (LAW C5)."""
    for at in (*(() if subject.plain_counts else subject.layout.counts), *subject.layout.changes):
        value = subject.values[at]
        if isinstance(value, Decimal) and value != value.to_integral_value():
            yield _cell_finding("NUM-FRACTION", at, subject)


@rule("NUM-DECIMALS")
def rule_money_ends_at_the_cent(subject: Subject) -> Iterator[Finding]:
    """以万元计的金额不超过 6 位小数 (LAW C5)."""
    for at in subject.layout.money:
        value = subject.values[at]
        if isinstance(value, Decimal) and _is_finer_than_a_cent(value):
            yield _cell_finding("NUM-DECIMALS", at, subject)


@rule("RULES-POWER")
def rule_rules_need_power(subject: Subject) -> Iterator[Finding]:
    """规章由国务院部门和省、设区的市、自治州人民政府制定: a body without that power reports 0 (LAW C7)."""
    agency = subject.report.agency
    for path in subject.layout.row("proactive.rules"):
        value = subject.report.value(path)
        if value and agency and lacks_rule_power(agency):
            yield entry("RULES-POWER").finding(
                path, left=value, right=0, where=subject.where(path), agency=agency, form=subject.form
            )


@rule("REGISTER-FLOOR")
def rule_register_holds_the_years_own(subject: Subject) -> Iterator[Finding]:
    """现行有效件数 ≥ 本年制发件数 − 本年废止件数 (LAW C8; form 2021)."""
    value = subject.report.value
    for row in ("rules", "normative_documents"):
        place = f"proactive.{row}.in_force"
        issued, repealed, in_force = (value(f"proactive.{row}.{key}") for key in ("issued", "repealed", "in_force"))
        if issued is None or repealed is None or in_force is None or in_force >= issued - repealed:
            continue
        yield entry("REGISTER-FLOOR").finding(
            place, left=in_force, right=issued - repealed, where=subject.where(place), form=subject.form
        )


def _is_finer_than_a_cent(amount: Decimal) -> bool:
    """By its digits: rounding would fail on numbers longer than the decimal context."""
    _, digits, exponent = amount.as_tuple()
    return isinstance(exponent, int) and exponent < -MONEY_DECIMALS and any(digits[exponent + MONEY_DECIMALS :])


def _cell_finding(code: str, at: int, subject: Subject) -> Finding:
    path = subject.layout.paths[at]
    return entry(code).finding(path, left=subject.values[at], where=subject.where(path), form=subject.form)
