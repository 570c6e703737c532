"""Write, read back, compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report
from gongkai.annual_report.proof import differences, prove
from gongkai.annual_report.writing import WRITERS


def report_of(form_id: str, **changed: int) -> Report:
    form = formats.load(form_id)
    values = {name.replace("__", "."): value for name, value in changed.items()}
    return Report(
        agency="云溪市卫生健康委员会",
        year=2024 if form_id == "2021" else 2019,
        format=form,
        cells={path: Cell(values.get(path, 0)) for path in form.cells},
        sections={"overview": "全年公开信息12条。", "problems": "解读形式单一。改进：增加图解。"},
        signed_by="云溪市卫生健康委员会",
        signed_on=date(2025, 1, 20),
    )


@pytest.mark.parametrize("form_id", formats.IDS)
def test_all_six_formats_give_the_report_back(form_id: str) -> None:
    proofs = prove(report_of(form_id))
    assert [proof.format for proof in proofs] == list(WRITERS)
    assert [proof.differences for proof in proofs] == [()] * 6
    assert all(len(proof.data) > 1000 for proof in proofs)


def test_another_figure_is_found_by_its_statutory_name() -> None:
    other = report_of("2021", proactive__permits__decisions=7)
    (found,) = differences(report_of("2021"), other)
    assert (found.place, found.report, found.file) == ("表二 · 行政许可 · 本年处理决定数量", "0", "7")


def test_other_words_title_and_signature_are_found() -> None:
    report = report_of("2021")
    other = replace(report, sections={**report.sections, "overview": "全年公开信息13条。"}, signed_on=None, year=2023)
    assert [one.place for one in differences(report, other)] == ["报告年度", "标题", "落款日期", "一、总体情况"]
