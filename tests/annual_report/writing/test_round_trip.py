"""For any report: what is written is read back as the same report, in every format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from any_report import reports
from hypothesis import HealthCheck, given, settings
from one_report import BLANK, one_report

from gongkai.annual_report.model import Cell, CellState, Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.writing import WRITERS, write
from gongkai.annual_report.writing.outline import outline

ANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("to", WRITERS)
@ANY
@given(report=reports())
def test_what_is_written_is_read_back_as_the_same_report(to: str, report: Report) -> None:
    again = read(write(report, to=to), name=f"report.{to}")
    assert len(again) == 1
    assert figures(again[0]) == figures(report)
    assert frame(again[0]) == frame(report)
    assert narrative(again[0]) == narrative(report)


def figures(report: Report) -> dict[str, Any]:
    return {path: stated(cell) for path, cell in report.cells.items()}


def stated(cell: Cell) -> Any:
    """The number, or the state with the printed mark."""
    return cell.value if cell.state is CellState.STATED else (cell.state, cell.raw)


def frame(report: Report) -> tuple[Any, ...]:
    text = outline(report)
    form = (report.format.id, report.format.unsplit)
    title = "".join(text.title.split())  # a title that breaks before its year may come back with a space there
    return report.agency, report.year, form, title, report.signed_by, report.signed_on


def narrative(report: Report) -> dict[str, list[str]]:
    """Section texts by paragraph, blank space left out: justified lines do not tell it apart."""
    texts = {key: ["".join(line.split()) for line in text.splitlines()] for key, text in report.sections.items()}
    return {key: [line for line in lines if line] for key, lines in texts.items() if any(lines)}


@pytest.mark.shared
@pytest.mark.parametrize("to", WRITERS)
def test_published_reports_keep_figures_and_narrative(to: str, shared: Path) -> None:
    files = sorted([*shared.glob("seeds/*.txt"), *shared.glob("reports/*_*.*")])
    assert len(files) > 10
    for file in files:
        for report in read(file.read_bytes(), name=file.name):
            (again,) = read(write(report, to=to), name=f"report.{to}")
            assert {path: cell.value for path, cell in again.cells.items()} == {
                path: cell.value for path, cell in report.cells.items()
            }
            assert (again.agency, again.year, again.signed_on) == (report.agency, report.year, report.signed_on)
            assert narrative(again) == narrative(report)


def test_words_printed_for_a_number_do_not_shift_the_row() -> None:
    remark = Cell(None, CellState.UNREADABLE, "见附件")
    report = one_report(
        proactive__permits__decisions=remark,
        applications__granted__natural_person=remark,
        applications__granted__total=Cell(345),
        remedies__litigation_direct__corrected=remark,
    )
    for to in WRITERS:
        (again,) = read(write(report, to=to), name=f"report.{to}")
        assert figures(again) == figures(report), to


def test_a_row_left_blank_stays_a_row() -> None:
    blanks = {f"proactive__penalties__{column}": BLANK for column in ("previous_items", "change", "decisions")}
    report = one_report(form_id="2019", **blanks)
    for to in WRITERS:
        (again,) = read(write(report, to=to), name=f"report.{to}")
        assert figures(again) == figures(report), to


def test_control_characters_spoil_no_format() -> None:
    report = replace(one_report(overview="公\x00开\x0b12条\ud800"), agency="云溪市\x01卫生健康委员会")
    for to in WRITERS:
        if to != "json":  # JSON escapes them: nothing is lost
            (again,) = read(write(report, to=to), name=f"report.{to}")
            assert again.agency == "云溪市卫生健康委员会", to
            assert narrative(again)["overview"] in (["公开12条"], ["公开", "12条"]), to
