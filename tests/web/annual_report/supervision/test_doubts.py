"""Answering what reading left open: each answer keeps its person, the document as it was read never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from published import report

from gongkai.annual_report.model import Cell, CellState, Doubt
from gongkai.annual_report.serialisation import to_json
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.annual_report.models import ImportedReport
from gongkai_web.annual_report.supervision import doubts, intake
from gongkai_web.annual_report.supervision.doubts import Answers, CorrectionRefused
from gongkai_web.interchange.models import Job

PERMITS = "proactive.permits.decisions"
GRANTED = "applications.granted.total"


@pytest.fixture
def imported(government: Agency, agency: Agency, supervisor: User) -> ImportedReport:
    """A report with one cell that could be two things, and nobody's name on it."""
    read = report("某市卫生健康委员会", 2024, received=3)
    cells = {**read.cells, PERMITS: Cell(None, CellState.AMBIGUOUS, "1 2"), GRANTED: Cell(3, CellState.SOLVED)}
    doubt = Doubt("ambiguous-cells", "行政许可可能是1，也可能是12。", cells=(PERMITS,), candidates=("1", "12"))
    read = replace(read, cells=cells, agency="卫健委", doubts=(doubt, Doubt("column-sums", "合计列由推算得出。")))
    job = Job.objects.create(kind="reports", agency=government, started_by=supervisor, confirmed=True, state="done")
    file = intake.keep(job, name="甲.html", data=b"<html></html>")
    kept = ImportedReport.objects.create(file=file, printed_agency="卫健委", year=2024, document=to_json(read))
    doubts.rewrite(kept)
    return kept


def test_what_is_open_is_counted(imported: ImportedReport) -> None:
    assert (imported.open_doubts, imported.state) == (3, "doubts")


def test_a_report_can_be_used_once_everything_is_answered(
    imported: ImportedReport, agency: Agency, supervisor: User
) -> None:
    answers = Answers(agency=agency, values={PERMITS: "12"}, settled=frozenset({1}))
    done = doubts.answer(imported, answers, by=supervisor)
    assert (done.open_doubts, done.state, done.agency) == (0, "ready", agency)
    assert done.as_report().value(PERMITS) == 12
    assert done.as_read().value(PERMITS) is None
    kept = done.corrections.get(subject=PERMITS)
    assert (kept.before, kept.after, kept.by) == ("", "12", supervisor)


def test_an_empty_cell_confirms_that_the_original_states_nothing(imported: ImportedReport, supervisor: User) -> None:
    done = doubts.answer(imported, Answers(values={PERMITS: ""}), by=supervisor)
    assert done.as_report().cells[PERMITS].state is CellState.BLANK
    assert [one.settled for one in doubts.doubts_of(done)] == [True, False]


def test_cells_that_were_left_as_they_were_leave_no_trace(imported: ImportedReport, supervisor: User) -> None:
    doubts.answer(imported, Answers(values={"applications.received.total": "3"}), by=supervisor)
    assert imported.corrections.count() == 0


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (PERMITS, "十二", "表二 · 行政许可 · 本年处理决定数量：“十二”不是数字。"),
        (PERMITS, "1.5", "表二 · 行政许可 · 本年处理决定数量：“1.5”不是件数。"),
        (PERMITS, "-1", "表二 · 行政许可 · 本年处理决定数量：“-1”不是件数。"),
        (PERMITS, "1e30", "表二 · 行政许可 · 本年处理决定数量：“1e30”不是数字。"),
        ("proactive.permits.nothing", "1", "表格中没有“proactive.permits.nothing”这一格。"),
    ],
)
def test_what_is_no_figure_is_refused_and_nothing_is_stored(
    imported: ImportedReport, supervisor: User, path: str, text: str, message: str
) -> None:
    with pytest.raises(CorrectionRefused) as refused:
        doubts.answer(imported, Answers(values={path: text}), by=supervisor)
    assert refused.value.message == message
    assert imported.corrections.count() == 0


def test_a_body_outside_the_tree_cannot_be_chosen(
    imported: ImportedReport, supervisor: User, make_agency: Callable[..., Agency]
) -> None:
    with pytest.raises(CorrectionRefused, match="不在本级监督范围内"):
        doubts.answer(imported, Answers(agency=make_agency()), by=supervisor)


def test_members_cannot_answer_for_the_supervising_office(imported: ImportedReport, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        doubts.answer(imported, Answers(values={PERMITS: "12"}), by=staff[Role.OFFICER])


def test_a_report_that_is_set_aside_stays_on_record_with_the_reason(imported: ImportedReport, supervisor: User) -> None:
    done = doubts.set_aside(imported, reason="不是最终稿", by=supervisor)
    assert done.state == "set_aside"
    assert done.corrections.get(subject="state").note == "不是最终稿"
