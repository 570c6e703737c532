"""The crosswalk between the forms: the same figure, or a gap with its reason; never a converted number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.crosswalk import gap, has, in_form, shared_paths, total, value_at
from gongkai.annual_report.model import Cell, Number, Report, blank_report


def filled(form_id: str, values: dict[str, Number], *, unsplit: bool | None = None) -> Report:
    report = blank_report(formats.load(form_id, unsplit=unsplit), agency="某市卫生健康局", year=2021)
    return replace(report, cells={**report.cells, **{path: Cell(value) for path, value in values.items()}})


def test_decisions_are_the_same_figure_in_both_forms() -> None:
    report = filled("2019", {"proactive.permits.decisions": 203})
    assert value_at(report, "proactive.permits.decisions") == 203
    assert in_form(report, formats.load("2021"))["proactive.permits.decisions"] == 203


def test_items_of_authority_never_become_decisions() -> None:
    report = filled("2019", {"proactive.permits.previous_items": 31, "proactive.permits.change": 2})
    assert in_form(report, formats.load("2021"))["proactive.permits.decisions"] is None


def test_documents_ever_disclosed_never_become_documents_in_force() -> None:
    report = filled("2019", {"proactive.normative_documents.total_disclosed": 44})
    assert in_form(report, formats.load("2021"))["proactive.normative_documents.in_force"] is None
    assert gap("proactive.normative_documents.in_force", form_id="2019") == (
        "“对外公开总数量”计历年公开过的文件，“现行有效件数”计年底有效的文件，不作换算。"
    )


def test_three_parts_of_other_outcomes_add_up_to_the_single_row() -> None:
    parts = {"not_corrected": 2, "fee_unpaid": 1, "other": 4}
    report = filled("2021", {f"applications.other_outcome.{key}.total": value for key, value in parts.items()})
    assert in_form(report, formats.load("2019"))["applications.other_outcome.total"] == 7


def test_a_single_row_is_split_only_where_it_is_zero() -> None:
    path = "applications.other_outcome.other.total"
    assert value_at(filled("2019", {"applications.other_outcome.total": 0}), path) == 0
    assert value_at(filled("2019", {"applications.other_outcome.total": 3}), path) is None
    assert gap(path, form_id="2019") == "2019年格式的“（六）其他处理”只有一行，不能拆分为三种情形。"


def test_a_group_is_stated_only_where_all_its_parts_are() -> None:
    rows = [row.key for row in formats.load("2021").rows if row.key.startswith("unavailable.")]
    complete = {f"applications.{row}.total": 5 for row in rows}
    assert value_at(filled("2021", complete), "applications.unavailable.total") == 15
    complete.pop("applications.unavailable.not_held.total")
    assert value_at(filled("2021", complete), "applications.unavailable.total") is None


@pytest.mark.parametrize("form_id", formats.IDS)
def test_every_figure_of_one_form_is_in_the_other_or_has_a_reason(form_id: str) -> None:
    other = next(one for one in formats.IDS if one != form_id)
    reasons = {path: gap(path, form_id=other) for path in formats.load(form_id).cells if not has(path, form_id=other)}
    assert reasons
    assert all(reason and reason.endswith("。") for reason in reasons.values())
    assert "这一年的法定格式没有这一项。" not in reasons.values()


def test_shared_figures_are_applications_remedies_and_decisions() -> None:
    proactive = [path for path in shared_paths() if path.startswith("proactive.")]
    assert proactive == [f"proactive.{row}.decisions" for row in ("permits", "penalties", "coercive_measures")]
    assert len(shared_paths()) == 3 + 23 * 7 + 15


def test_money_adds_up_exactly() -> None:
    assert total([Decimal("276.024"), Decimal("73.65")]) == Decimal("349.674")
