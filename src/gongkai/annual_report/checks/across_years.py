"""One report against the report of the year before: what was carried over, what accumulates, what jumps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.registry import Subject, rule
from gongkai.annual_report.model import Number, Report

# What a report says where its register changed otherwise than by making and repealing documents.
_REGISTER_CHANGED = re.compile(r"清理|划转|划入|划出|失效|更正|机构改革|重新认定|重新梳理")
_MAIN_FIGURES = re.compile(r"proactive\.\w+\.(?:decisions|amount_wan)|applications\.(?:received|total)\.total")
_SLIP = (3_000, 30_000)  # 万元 for 元 multiplies by 10,000; the year's own growth may add or take two thirds
_JUMP, _JUMP_BY = 10, 100


def is_year_before(previous: Report, report: Report) -> bool:
    """Whether `previous` is the same agency's report for the year before; the unknown does not speak against it."""
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        return False
    return report.agency is None or previous.agency is None or _same_agency(report.agency, previous.agency)


@rule("YEAR-PAIR")
def rule_previous_is_the_year_before(subject: Subject) -> Iterator[Finding]:
    """与同一机关上一年度的报告比对: another report proves nothing, so nothing else is compared with it."""
    report, other = subject.report, subject.unpaired
    if other is not None:
        wanted = f"{report.agency or '同一机关'} {report.year - 1 if report.year else '上一'} 年度"
        given = f"{other.agency or '机关不明'} {other.year or '年份不明'} 年度"
        yield entry("YEAR-PAIR").finding("title", left=given, right=wanted, previous=given, wanted=wanted)


@rule("YEAR-CARRY")
def rule_carried_in_is_carried_out(subject: Subject) -> Iterator[Finding]:
    """二、上年结转 of this year = 四、结转下年度继续办理 of the year before, column by column (LAW Y1)."""
    if subject.previous is None:
        return
    columns = [column.key for column in subject.report.format.columns]
    differing = [key for key in columns if _differ(*_carried(subject, subject.previous, key))]
    for key in differing:
        carried_in, carried_out = _carried(subject, subject.previous, key)
        place = f"applications.carried_in.{key}"
        yield entry("YEAR-CARRY").finding(
            place,
            left=carried_in,
            right=carried_out,
            severity=None if "total" in differing else Severity.WARNING,
            where=subject.where(place),
            form=subject.form,
        )


@rule("YEAR-REGISTER")
def rule_register_rolls_forward(subject: Subject) -> Iterator[Finding]:
    """现行有效(本年) = 现行有效(上年) + 制发 − 废止; a clean-up that the text tells of may explain more (LAW Y2)."""
    previous = _same_form(subject, "2021")
    if previous is None:
        return
    explained = any(_REGISTER_CHANGED.search(text) for text in subject.report.sections.values())
    for row in ("rules", "normative_documents"):
        start = previous.value(f"proactive.{row}.in_force")
        issued, repealed, in_force = (
            subject.report.value(f"proactive.{row}.{key}") for key in ("issued", "repealed", "in_force")
        )
        if start is None or issued is None or repealed is None or in_force in (None, start + issued - repealed):
            continue
        place = f"proactive.{row}.in_force"
        yield entry("YEAR-REGISTER").finding(
            place,
            left=in_force,
            right=start + issued - repealed,
            severity=Severity.WARNING if explained else None,
            where=subject.where(place),
            form=subject.form,
        )


@rule("YEAR-ITEMS")
def rule_items_roll_forward(subject: Subject) -> Iterator[Finding]:
    """上一年项目数量(本年) = 上一年项目数量(上年) + 本年增/减(上年), form 2019 (LAW Y3)."""
    previous = _same_form(subject, "2019")
    if previous is None:
        return
    for place in (path for path in subject.layout.paths if path.endswith(".previous_items")):
        items, start = subject.report.value(place), previous.value(place)
        change = previous.value(place.replace("previous_items", "change"))
        if start is None or change is None or items in (None, start + change):
            continue
        yield entry("YEAR-ITEMS").finding(
            place, left=items, right=start + change, where=subject.where(place), form=subject.form
        )


@rule("YEAR-PENDING")
def rule_pending_cases_reappear(subject: Subject) -> Iterator[Finding]:
    """表四 总计(本年) ≥ 尚未审结(上年): a pending case ends or stays pending (LAW Y4)."""
    if subject.previous is None:
        return
    for group in subject.report.format.remedy_groups:
        place = f"remedies.{group.key}.total"
        total, pending = subject.report.value(place), subject.previous.value(f"remedies.{group.key}.pending")
        if total is None or pending is None or total >= pending:
            continue
        yield entry("YEAR-PENDING").finding(
            place, left=total, right=pending, where=subject.where(place), form=subject.form
        )


@rule("YEAR-UNIT")
def rule_money_keeps_its_unit(subject: Subject) -> Iterator[Finding]:
    """金额以万元填报: a jump of about 10,000 is 元 written for 万元 or the other way round (LAW C5)."""
    for place, value, before in _both_years(subject):
        if place.endswith("amount_wan") and _is_slip(value, before):
            yield entry("YEAR-UNIT").finding(
                place, left=value, right=before, where=subject.where(place), form=subject.form
            )


@rule("YEAR-JUMP")
def rule_jumps_are_explained(subject: Subject) -> Iterator[Finding]:
    """与上年数量级一致，或在正文说明: main figures that change tenfold and by at least 100 (LAW Y5)."""
    for place, value, before in _both_years(subject):
        low, high = _apart(value, before)
        slipped = place.endswith("amount_wan") and _is_slip(value, before)
        if high >= _JUMP * low and high - low >= _JUMP_BY and not slipped:
            yield entry("YEAR-JUMP").finding(place, left=value, right=before, where=subject.where(place))


def _same_agency(name: str, other: str) -> bool:
    name, other = _spelled_out(name), _spelled_out(other)
    return name.endswith(other) or other.endswith(name)


def _spelled_out(agency: str) -> str:
    return re.sub(r"\s", "", agency).replace("卫健", "卫生健康").removesuffix("员会")


def _carried(subject: Subject, previous: Report, column: str) -> tuple[Number | None, Number | None]:
    carried_in = subject.report.value(f"applications.carried_in.{column}")
    return carried_in, previous.value(f"applications.carried_out.{column}")


def _differ(one: Number | None, other: Number | None) -> bool:
    return one is not None and other is not None and one != other


def _same_form(subject: Subject, form_id: str) -> Report | None:
    """The report of the year before where both years use the form `form_id`."""
    previous = subject.previous
    if previous is None or {subject.report.format.id, previous.format.id} != {form_id}:
        return None
    return previous


def _both_years(subject: Subject) -> Iterator[tuple[str, Number, Number]]:
    """Main figures stated in both years. 采购金额 of form 2019 and 收费金额 of form 2021 have different paths."""
    previous = subject.previous
    if previous is None:
        return
    for path, value in zip(subject.layout.paths, subject.values, strict=False):
        if value is not None and _MAIN_FIGURES.fullmatch(path):
            before = previous.value(path)
            if before is not None:
                yield path, value, before


def _apart(value: Number, before: Number) -> tuple[Decimal, Decimal]:
    one, other = abs(Decimal(value)), abs(Decimal(before))
    return min(one, other), max(one, other)


def _is_slip(value: Number, before: Number) -> bool:
    low, high = _apart(value, before)
    return low > 0 and _SLIP[0] <= high / low <= _SLIP[1]
